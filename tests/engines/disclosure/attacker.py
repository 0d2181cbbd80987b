"""The twin of the engine: a reader who tries every table there is. Small tables only; uses nothing of the engine's sums."""

from itertools import product

import numpy as np

from simpul.engines.disclosure.protection import Reason
from simpul.engines.disclosure.tables import key

# A hidden count that is not said to be small is tried so far above the true one.
ABOVE = 4
MOST_TABLES = 300_000


def possible(told, cell, threshold):
    """The counts that a reader tries for one cell, by what is shown in its place."""
    if not cell.text:
        return [told]
    if cell.text != "–":
        return list(range(1, threshold))
    return list(range(1 if cell.reason is Reason.SMALL else threshold, cell.count + ABOVE + threshold))


def guesses(protected, codes):
    """Of every cell the counts it has in any of the tables that agree with all shown cells; None where too many.

    `codes` are the innermost codes of each dimension by its name: flat dimensions, all margins published.
    """
    names = list(codes)
    inner = [key(**dict(zip(names, one, strict=True))) for one in product(*codes.values())]
    tried = [possible(protected.cells[one].count, protected.cells[one], protected.threshold) for one in inner]
    if np.prod([float(len(one)) for one in tried]) > MOST_TABLES:
        return None
    tables = np.array(list(product(*tried)))
    agrees = np.ones(len(tables), bool)
    sums = {}
    for one, cell in protected.cells.items():
        within = [at for at, part in enumerate(inner) if set(one) <= set(part)]
        sums[one] = tables[:, within].sum(axis=1)
        allowed = possible(cell.count, cell, protected.threshold)
        high = np.inf if cell.text == "–" else allowed[-1]
        agrees &= (sums[one] >= allowed[0]) & (sums[one] <= high)
    return {one: set(sums[one][agrees].tolist()) for one in protected.cells}
