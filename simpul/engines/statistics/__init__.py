"""Statistics: has something changed, and is the change more than chance? Plain numbers in, plain answers out.

`goals` scores a goal attainment scale, `change` tells a real change from the error of the measuring. `evaluate` takes
a Study (aspects and scores before and after) and gives an Evaluation: all numbers of every aspect, findings in order,
and the limits of the design; `sentence` puts a finding into words. `analyse_items` looks at the items of one aspect;
`read_counts` and `read_means` check what somebody else has printed, typed over line by line. scipy and numpy are imported
only while they compute.
"""

from simpul.engines.statistics.categories import Shift, Standing
from simpul.engines.statistics.change import RELIABLE_AT, ReliableChange, Verdict, reliable_change
from simpul.engines.statistics.counts import Counted, MeansOnly, Printed, counted, means_only, percent
from simpul.engines.statistics.design import pairs_needed, power_of, smallest_effect
from simpul.engines.statistics.evaluation import AspectResult, Evaluation
from simpul.engines.statistics.findings import evaluate, is_sure
from simpul.engines.statistics.goals import EXPECTED_CORRELATION, LEVELS, gas_t_score
from simpul.engines.statistics.items import ItemAnalysis, analyse_items
from simpul.engines.statistics.paired import Described, Paired, paired_from_summary
from simpul.engines.statistics.printed import CountedTable, read_counts, read_means
from simpul.engines.statistics.record import to_json, to_text
from simpul.engines.statistics.study import Aspect, Band, ItemAnswers, Score, Study
from simpul.engines.statistics.tables import MEANS, SHORT, TESTS, Columns, chance, heads, interval
from simpul.engines.statistics.wording import NAMES, label, method_notes, sentence, written

__all__ = [
    "EXPECTED_CORRELATION",
    "LEVELS",
    "MEANS",
    "NAMES",
    "RELIABLE_AT",
    "SHORT",
    "TESTS",
    "Aspect",
    "AspectResult",
    "Band",
    "Columns",
    "Counted",
    "CountedTable",
    "Described",
    "Evaluation",
    "ItemAnalysis",
    "ItemAnswers",
    "MeansOnly",
    "Paired",
    "Printed",
    "ReliableChange",
    "Score",
    "Shift",
    "Standing",
    "Study",
    "Verdict",
    "analyse_items",
    "chance",
    "counted",
    "evaluate",
    "gas_t_score",
    "heads",
    "interval",
    "is_sure",
    "label",
    "means_only",
    "method_notes",
    "paired_from_summary",
    "pairs_needed",
    "percent",
    "power_of",
    "read_counts",
    "read_means",
    "reliable_change",
    "sentence",
    "smallest_effect",
    "to_json",
    "to_text",
    "written",
]
