"""Do the items of one aspect work: how hard each is, whether it goes with the others, how far the sum can be trusted.

Sources: Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16(3), 297-334.
Its interval: Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient
twenty. Psychometrika 30(3), 357-370. Floor and ceiling above 15 %: Terwee, C. B. et al. (2007). Quality criteria were
proposed for measurement properties of health status questionnaires. Journal of Clinical Epidemiology 60(1), 34-42.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simpul.engines.statistics.counts import percent
from simpul.engines.statistics.distributions import f_quantile
from simpul.engines.statistics.paired import CONFIDENCE, mean, spread
from simpul.engines.statistics.study import ItemAnswers

# Terwee and her colleagues: more people than this at one end, and the scale ends too early.
CROWDED_PERCENT = 15.0
FEW_PEOPLE, FEW_ITEMS, SAME = "few_people", "few_items", "no_variation"


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `difficulty` from 0 (nobody reaches anything) to 1 (everybody the highest): the mean within its range.

    `item_total` is its correlation with the sum of the others, `alpha_without` alpha when it is left out; None where
    there is no variation or nothing else.
    """

    code: str
    answered: int
    mean: float | None
    sd: float | None
    difficulty: float | None
    item_total: float | None = None
    alpha_without: float | None = None


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """All items of an aspect, over the `complete` people who answered every one.

    alpha may be negative. `floor` and `ceiling` count people with the lowest and the highest possible sum.
    why_not (no alpha): "few_people", "few_items", "no_variation".
    """

    aspect: str
    people: int
    complete: int
    items: tuple[Item, ...]
    alpha: float | None = None
    alpha_low: float | None = None
    alpha_high: float | None = None
    floor: int = 0
    ceiling: int = 0
    floor_percent: float | None = None
    ceiling_percent: float | None = None
    is_crowded: bool = False
    why_not: str = ""


def analyse_items(answers: ItemAnswers) -> ItemAnalysis:
    """Raises ValueError where a row or a range has not one entry for each item."""
    size = len(answers.codes)
    if (
        any(len(row) != size for row in answers.rows)
        or not len(answers.lowest) == len(answers.highest) == size
    ):
        raise ValueError(f"Each row of {answers.aspect!r} has one answer for each of its {size} items.")
    whole = [[value for value in row if value is not None] for row in answers.rows]
    complete = [row for row in whole if len(row) == size]
    totals = [math.fsum(row) for row in complete]
    columns = [[row[place] for row in complete] for place in range(size)]
    why_not = _why_not(size, totals)
    spreads = [(spread(column) or 0.0) ** 2 for column in columns]
    items = tuple(_item(answers, place, columns, totals, spreads, bool(why_not)) for place in range(size))
    ends = [math.fsum(bounds) for bounds in (answers.lowest, answers.highest)]
    floor, ceiling = (sum(abs(total - end) < 1e-9 for total in totals) for end in ends)
    at_floor, at_ceiling = (percent(count, len(totals)) if totals else None for count in (floor, ceiling))
    alpha = None if why_not else _alpha(spreads, totals)
    low, high = (None, None) if alpha is None else _feldt(alpha, len(totals), size)
    crowded = max(at_floor or 0.0, at_ceiling or 0.0) > CROWDED_PERCENT
    return ItemAnalysis(
        answers.aspect,
        len(answers.rows),
        len(complete),
        items,
        alpha,
        low,
        high,
        floor,
        ceiling,
        at_floor,
        at_ceiling,
        crowded,
        why_not,
    )


def _why_not(size: int, totals: Sequence[float]) -> str:
    if size < 2:
        return FEW_ITEMS
    if len(totals) < 2:
        return FEW_PEOPLE
    return SAME if not spread(totals) else ""


def _alpha(spreads: Sequence[float], totals: Sequence[float]) -> float | None:
    whole = (spread(totals) or 0.0) ** 2
    size = len(spreads)
    return size / (size - 1) * (1 - math.fsum(spreads) / whole) if whole > 1e-20 and size > 1 else None


def _feldt(alpha: float, people: int, size: int) -> tuple[float, float]:
    df = people - 1
    bounds = [f_quantile((1 + side * CONFIDENCE) / 2, df, df * (size - 1)) for side in (1, -1)]
    return 1 - (1 - alpha) * bounds[0], 1 - (1 - alpha) * bounds[1]


def _item(
    answers: ItemAnswers,
    place: int,
    columns: Sequence[Sequence[float]],
    totals: Sequence[float],
    spreads: Sequence[float],
    is_bare: bool,
) -> Item:
    told = [row[place] for row in answers.rows]
    given = [value for value in told if value is not None]
    low, high = answers.lowest[place], answers.highest[place]
    average = mean(given) if given else None
    difficulty = (average - low) / (high - low) if average is not None and high > low else None
    item = Item(answers.codes[place], len(given), average, spread(given), difficulty)
    if is_bare:
        return item
    rest = [total - own for total, own in zip(totals, columns[place], strict=True)]
    others = [one for number, one in enumerate(spreads) if number != place]
    without = _alpha(others, rest) if len(others) > 1 else None
    return Item(
        item.code, item.answered, item.mean, item.sd, difficulty, _correlation(columns[place], rest), without
    )


def _correlation(left: Sequence[float], right: Sequence[float]) -> float | None:
    middles = mean(left), mean(right)
    pairs = [(a - middles[0], b - middles[1]) for a, b in zip(left, right, strict=True)]
    squares = [math.fsum(pair[side] ** 2 for pair in pairs) for side in (0, 1)]
    if min(squares) <= 1e-18:
        return None
    together = math.fsum(a * b for a, b in pairs) / math.sqrt(squares[0] * squares[1])
    return max(-1.0, min(1.0, together))
