"""Matching: two records of one person, services for a need, many people to few places. Nothing is decided.

`names` writes a name in the one form under which its spellings meet, `nik` reads the national number and
says what is odd about it, `likeness` weighs two cards against each other. `fit` puts services in an order for the
need of one person, each with its reasons; `placing` shares few places out among many people.
"""
