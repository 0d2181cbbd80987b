"""The questions that pages ask about cases. One file for each part of the work."""

from simpul.cases.queries.case import (
    Onward,
    Row,
    Step,
    case_of,
    cases_of,
    cases_within_reach,
    count_open,
    needs_of,
    next_step_of,
    onward_of,
    require_open,
    rows_of,
    sees_all,
    steps_of,
    stood_before,
    waiting_for,
)

__all__ = (
    "Onward",
    "Row",
    "Step",
    "case_of",
    "cases_of",
    "cases_within_reach",
    "count_open",
    "needs_of",
    "next_step_of",
    "onward_of",
    "require_open",
    "rows_of",
    "sees_all",
    "steps_of",
    "stood_before",
    "waiting_for",
)
