"""Matching: are two records the same person? Values in, a Finding with its reasons out; nothing is decided.

`names` writes a name in the one form under which its spellings meet, `nik` reads the national number and
says what is odd about it, `likeness` weighs two cards against each other.
"""
