"""Accreditation: a body judges itself, others visit and score, a second person validates, a plenary decides.

Who scores never decides. Scores are added and locked, never overwritten; the grade is a Finding.
"""
