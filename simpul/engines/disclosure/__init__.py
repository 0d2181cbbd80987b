"""Disclosure: numbers for everybody from which nobody can be found out. Counts in, what may be shown out.

`protect` takes the tables that are published together and hides small counts and as few others as needed; `Release`
is what may then be kept and shown at every door; `audit` is a reader outside who tries to compute what is hidden, in
one release or between several. `k_anonymity` does for rows what `protect` does for counts. `Bands`, `counted` and
`stock_and_flow` count what tables are made of. numpy and scipy are imported only while they compute.
"""

from simpul.engines.disclosure.anonymity import (
    Anonymity,
    Grouped,
    Step,
    Suggestion,
    age_steps,
    k_anonymity,
    region_steps,
)
from simpul.engines.disclosure.bands import UNKNOWN, Band, Bands, column
from simpul.engines.disclosure.counting import NO_REASON, Counted, Flow, Flows, counted, stock_and_flow
from simpul.engines.disclosure.outsider import NotSolved, Outsider, Range
from simpul.engines.disclosure.protection import Cell, Protected, Reason, protect
from simpul.engines.disclosure.releases import HIDDEN, Release, audit, small_sign
from simpul.engines.disclosure.tables import (
    ALL,
    PAIRS,
    Dimension,
    Key,
    Relation,
    Table,
    Tree,
    areas,
    key,
    months,
    plain,
    tabulate,
    written,
)

__all__ = [
    "ALL",
    "HIDDEN",
    "NO_REASON",
    "PAIRS",
    "UNKNOWN",
    "Anonymity",
    "Band",
    "Bands",
    "Cell",
    "Counted",
    "Dimension",
    "Flow",
    "Flows",
    "Grouped",
    "Key",
    "NotSolved",
    "Outsider",
    "Protected",
    "Range",
    "Reason",
    "Relation",
    "Release",
    "Step",
    "Suggestion",
    "Table",
    "Tree",
    "age_steps",
    "areas",
    "audit",
    "column",
    "counted",
    "k_anonymity",
    "key",
    "months",
    "plain",
    "protect",
    "region_steps",
    "small_sign",
    "stock_and_flow",
    "tabulate",
    "written",
]
