"""Scoring: from the answers to a questionnaire to a score per domain, or to "not known", with reasons.

A missing answer is never a zero. Values in, frozen results out; nothing is decided.
"""

from simpul.engines.scoring.scheme import METHODS, REASONS, STATES, DomainScheme, ItemScheme, Scheme
from simpul.engines.scoring.scores import AnswerError, DomainScore, score, state_of

__all__ = [
    "METHODS",
    "REASONS",
    "STATES",
    "AnswerError",
    "DomainScheme",
    "DomainScore",
    "ItemScheme",
    "Scheme",
    "score",
    "state_of",
]
