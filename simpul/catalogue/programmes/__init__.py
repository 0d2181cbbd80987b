"""Capacity programmes in the catalogue: what is known about a body, criteria for choosing one, numbers of practice."""

from simpul.catalogue.programmes.reader import (
    body_facts,
    criteria,
    named_conditions,
    node_of,
    norms,
)
from simpul.catalogue.programmes.shapes import BodyFact, Choice, Criterion, Named, Norms

__all__ = [
    "BodyFact",
    "Choice",
    "Criterion",
    "Named",
    "Norms",
    "body_facts",
    "criteria",
    "named_conditions",
    "node_of",
    "norms",
]
