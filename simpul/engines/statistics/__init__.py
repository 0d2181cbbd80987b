"""Statistics: has something changed, and is the change more than chance? Plain numbers in, plain answers out.

`goals` scores a goal attainment scale, `change` tells a real change from the error of the measuring.
"""

from simpul.engines.statistics.change import RELIABLE_AT, ReliableChange, Verdict, reliable_change
from simpul.engines.statistics.goals import EXPECTED_CORRELATION, LEVELS, gas_t_score

__all__ = [
    "EXPECTED_CORRELATION",
    "LEVELS",
    "RELIABLE_AT",
    "ReliableChange",
    "Verdict",
    "gas_t_score",
    "reliable_change",
]
