"""Scoring: from the answers to a questionnaire to a score per domain, or to "not known", with reasons.

A missing answer is never a zero. Values in, frozen results out; nothing is decided.
"""

from simpul.engines.scoring.scheme import METHODS, REASONS, STATES, DomainScheme, ItemScheme, Scheme
from simpul.engines.scoring.scores import AnswerError, DomainScore, score, state_of
from simpul.engines.scoring.types import (
    ANSWERS,
    NOT_APPLICABLE,
    SIDES,
    IndicatorScheme,
    TypeScheme,
    TypeStep,
    suggest,
)

__all__ = [
    "ANSWERS",
    "METHODS",
    "NOT_APPLICABLE",
    "REASONS",
    "SIDES",
    "STATES",
    "AnswerError",
    "DomainScheme",
    "DomainScore",
    "IndicatorScheme",
    "ItemScheme",
    "Scheme",
    "TypeScheme",
    "TypeStep",
    "score",
    "state_of",
    "suggest",
]
