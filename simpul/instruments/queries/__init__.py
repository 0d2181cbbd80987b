"""What pages ask about instruments: which may be used, one of them as it was, and scores in words."""

from simpul.instruments.queries.finding import (
    Own,
    available,
    find,
    find_all,
    home_of,
    is_shipped,
    own_of,
    owned,
    stored_versions,
)
from simpul.instruments.queries.words import DomainChange, ScoreLine, compare, level_words, score_lines

__all__ = [
    "DomainChange",
    "Own",
    "ScoreLine",
    "available",
    "compare",
    "find",
    "find_all",
    "home_of",
    "is_shipped",
    "level_words",
    "own_of",
    "owned",
    "score_lines",
    "stored_versions",
]
