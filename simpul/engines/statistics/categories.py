"""Categories before and after (kurang, cukup, baik): how many stand where, and whether they moved by more than chance.

Sources: McNemar, Q. (1947). Psychometrika 12(2), 153-157, here exact. Stuart, A. (1955). Biometrika 42(3/4), 412-416;
Maxwell, A. E. (1970). British Journal of Psychiatry 116, 651-655. Up against down: the sign test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simpul.engines.statistics.counts import percent
from simpul.engines.statistics.distributions import chi_square_above, coin_two_sided
from simpul.engines.statistics.study import Band

MCNEMAR, STUART_MAXWELL = "mcnemar", "stuart_maxwell"
NO_PAIRS, NOBODY_MOVED, ONE_BAND, BELOW_ALL, UNTESTED = (
    "no_pairs",
    "nobody_moved",
    "one_category",
    "below_all_categories",
    "untested",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many people stand in one category, before and after, and their percentages by the one rounding rule."""

    code: str
    title: str
    before: int
    after: int
    before_percent: float
    after_percent: float


@dataclass(frozen=True, slots=True)
class Shift:
    """How the same people moved between categories.

    `table[i][j]`: from category i before to j after. `test` is "mcnemar" (two categories in use, exact) or
    "stuart_maxwell" (chi-square with `df`). `sign_p` is exact: as many up as down. why_not: "no_pairs",
    "nobody_moved", "one_category", "below_all_categories", "untested" (of scores that nothing can be tested with).
    """

    people: int
    standings: tuple[Standing, ...] = ()
    table: tuple[tuple[int, ...], ...] = ()
    up: int = 0
    down: int = 0
    sign_p: float | None = None
    test: str = ""
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    why_not: str = ""


def shift(bands: Sequence[Band], pairs: Sequence[tuple[float, float]]) -> Shift:
    """Put each score of each pair into its category and compare."""
    if not pairs:
        return Shift(0, why_not=NO_PAIRS)
    table = [[0] * len(bands) for _band in bands]
    for pair in pairs:
        before, after = (_place(bands, score) for score in pair)
        if before is None or after is None:
            return Shift(len(pairs), why_not=BELOW_ALL)
        table[before][after] += 1
    return from_table(bands, table)


def from_table(bands: Sequence[Band], table: Sequence[Sequence[int]]) -> Shift:
    """The same from a square table of counts, rows before and columns after, with at least one person."""
    size, people = len(bands), sum(map(sum, table))
    rows = [sum(row) for row in table]
    columns = [sum(row[place] for row in table) for place in range(size)]
    standings = tuple(
        Standing(band.code, band.title, before, after, percent(before, people), percent(after, people))
        for band, before, after in zip(bands, rows, columns, strict=True)
    )
    up = sum(table[i][j] for i in range(size) for j in range(i + 1, size))
    down = sum(table[i][j] for i in range(size) for j in range(i))
    kept = [place for place in range(size) if rows[place] or columns[place]]
    test, statistic, df, p, why_not = _tested(table, kept, up, down)
    sign_p = coin_two_sided(up, up + down) if up + down else None
    frozen = tuple(tuple(row) for row in table)
    return Shift(people, standings, frozen, up, down, sign_p, test, statistic, df, p, why_not)


def _place(bands: Sequence[Band], score: float) -> int | None:
    reached = [place for place, band in enumerate(bands) if score >= band.at_least]
    return reached[-1] if reached else None


def _tested(
    table: Sequence[Sequence[int]], kept: Sequence[int], up: int, down: int
) -> tuple[str, float | None, int | None, float | None, str]:
    if len(kept) < 2:
        return "", None, None, None, ONE_BAND
    if not up + down:
        return "", None, None, None, NOBODY_MOVED
    if len(kept) == 2:
        return MCNEMAR, float(min(up, down)), None, coin_two_sided(up, up + down), ""
    statistic, df = _stuart_maxwell([[table[i][j] for j in kept] for i in kept])
    return STUART_MAXWELL, statistic, df, chi_square_above(statistic, df), ""


def _stuart_maxwell(table: Sequence[Sequence[int]]) -> tuple[float, int]:
    """The quadratic form of the changes of the margins over their covariance, and its rank."""
    size = len(table)
    change = [sum(table[i]) - sum(row[i] for row in table) for i in range(size)]
    spread = [
        [
            float(sum(table[i]) + sum(row[i] for row in table) - 2 * table[i][i])
            if i == j
            else float(-table[i][j] - table[j][i])
            for j in range(size)
        ]
        for i in range(size)
    ]
    return _quadratic(spread, [float(one) for one in change])


def _quadratic(matrix: list[list[float]], values: list[float]) -> tuple[float, int]:
    """values' matrix^- values by elimination; a category that nobody entered or left falls out, so does the last.

    The matrix is a sum over who moved, so it is never negative, and `values` lie within it.
    """
    size, statistic, rank = len(values), 0.0, 0
    left = list(range(size))
    while left:
        pivot = max(left, key=lambda place: matrix[place][place])
        if matrix[pivot][pivot] <= 1e-9:
            break
        left.remove(pivot)
        rank += 1
        statistic += values[pivot] ** 2 / matrix[pivot][pivot]
        for row in left:
            factor = matrix[row][pivot] / matrix[pivot][pivot]
            values[row] -= factor * values[pivot]
            for column in left:
                matrix[row][column] -= factor * matrix[pivot][column]
    return statistic, rank
