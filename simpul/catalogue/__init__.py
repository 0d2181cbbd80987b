"""Catalogue: what the law and the experts say, as dated, sourced data that a person can read and correct.

Editions of the list of needs (`screening/`), the facts they ask for (`facts/`), the examples that prove them,
and the ways from one edition to another (`crosswalks/`). Plain Python: no framework, no database.
"""
