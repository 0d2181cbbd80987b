"""Screening: what a person may need. Facts are asked, findings follow with reasons, a worker decides.

A *screening* is one such conversation about one person on one day. When it is finished it keeps the facts,
the findings and the edition of the catalogue, so that it can be judged again. A *decision* is what a worker
made of one finding.
"""
