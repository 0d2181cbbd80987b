"""Rules: criteria as short texts, judged with three answers and with reasons.

The nodes of `language` are the rule; `reader` makes them from text; `judge` is the truth. Three faster readers of
the same nodes, proven equal to it, serve an interview (`open_facts`), whole populations in memory (`population`), and
tables of an office where they stand (`sql`).
"""

from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules.facts import DateRange, FactError, FactKind, Facts, FactSpec, Value, completed
from simpul.engines.rules.language import (
    NODE_TYPES,
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    IsTrue,
    Named,
    Node,
    Not,
    Operator,
    Readings,
)
from simpul.engines.rules.open_facts import OpenFacts
from simpul.engines.rules.reader import RuleError, parse

__all__ = [
    "NODE_TYPES",
    "AgeBetween",
    "AgeCompare",
    "All",
    "Among",
    "Answer",
    "Any",
    "AtLeast",
    "Between",
    "Compare",
    "CompareFacts",
    "DateRange",
    "FactError",
    "FactKind",
    "FactSpec",
    "Facts",
    "Finding",
    "IsTrue",
    "Named",
    "Node",
    "Not",
    "OpenFacts",
    "Operator",
    "Readings",
    "RuleError",
    "Value",
    "completed",
    "parse",
]
