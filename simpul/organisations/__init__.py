"""Organisations: who helps. LKS and their like, Dinas, forums and other bodies.

An *organisation* is known to every subject by its key alone.
"""
