"""The numbers of casework: each is defined once, and leads to exactly the cases behind it."""

from simpul.cases.queries.numbers.judged import instruments_in_use
from simpul.cases.queries.numbers.lines import WITHOUT, Figure, Line, Part
from simpul.cases.queries.numbers.parts import cases_behind, label_of, parts_of
from simpul.cases.queries.numbers.scope import Period, Scope, areas_of, organisations_of, period_of
from simpul.cases.queries.numbers.table import as_csv

__all__ = (
    "WITHOUT",
    "Figure",
    "Line",
    "Part",
    "Period",
    "Scope",
    "areas_of",
    "as_csv",
    "cases_behind",
    "instruments_in_use",
    "label_of",
    "organisations_of",
    "parts_of",
    "period_of",
)
