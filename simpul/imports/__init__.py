"""Whole files of an office: read as they are, tried without writing anything, loaded at once, and undone.

A *batch* is one file. Its rows are new, known already, doubtful (may be somebody who is known), or refused with a
reason. All of it is loaded or nothing; what it made is kept by key, so that it can be taken back.
"""
