"""Rows for research: how many people look alike, and what must be coarser or left out so that at least k do.

k-anonymity: Sweeney, k-anonymity: a model for protecting privacy (2002). Coarser by whole columns, and the few rows
left over are suppressed: Samarati, Protecting respondents' identities in microdata release (2001). Diversity:
Machanavajjhala and others, l-diversity: privacy beyond k-anonymity (2007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from simpul.engines.disclosure.bands import UNKNOWN, Bands

Row = Mapping[str, object]
Values = tuple[object, ...]
# What a column says when it says nothing any more.
ANY = "*"


@dataclass(frozen=True)
class Step:
    """One way to make a column coarser: its code ("compact", "regency") and what becomes of a value."""

    code: str
    coarser: Callable[[object], object]


@dataclass(frozen=True)
class Grouped:
    """People who are alike in all quasi-identifiers: their `values`, how many, and the rows they stand in."""

    values: Values
    rows: tuple[int, ...]
    diversity: Mapping[str, int]

    @property
    def size(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Suggestion:
    """What would make the rows safe: of each column the step to take ("" for none), and the rows to leave out.

    `loss` is the sum over the columns of how far up their ladder they go, 1 for one that says nothing any more.
    """

    steps: Mapping[str, str]
    suppressed: tuple[int, ...]
    smallest: int
    loss: float


@dataclass(frozen=True)
class Anonymity:
    """How the rows stand: their smallest class (0 without rows), the classes below k, and what would help.

    `poor` are classes that are large enough, but of which some sensitive column tells fewer than `l_diversity`
    different things. `suggestions` begin with the one that loses least, of those the one that leaves out fewest rows.
    """

    k: int
    smallest: int
    below: tuple[Grouped, ...]
    poor: tuple[Grouped, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def holds(self) -> bool:
        return not self.below


def k_anonymity(
    rows: Sequence[Row],
    quasi_identifiers: Sequence[str],
    *,
    k: int,
    sensitive: Sequence[str] = (),
    l_diversity: int = 2,
    ladders: Mapping[str, Sequence[Step]] | None = None,
    suppress: float = 0.05,
) -> Anonymity:
    """Classes of rows that are alike in the quasi-identifiers, and the mildest ways to make each at least k.

    `ladders` have the steps of a column from fine to coarse; one without a ladder may only become ANY. At most the
    share `suppress` of the rows may be left out. A row that lacks a column has UNKNOWN there.
    Raises ValueError for a k below 2.
    """
    if k < 2:
        raise ValueError("with k below 2 nobody is like anybody")
    found = _classes(rows, quasi_identifiers, [None] * len(quasi_identifiers), sensitive)
    below = tuple(one for one in found if one.size < k)
    poor = tuple(_poor(found, k, l_diversity))
    smallest = min((one.size for one in found), default=0)
    ways: tuple[Suggestion, ...] = ()
    if below or poor:
        steps = [_ladder(name, ladders or {}) for name in quasi_identifiers]
        ways = tuple(
            sorted(
                _ways(rows, quasi_identifiers, steps, k, sensitive, l_diversity, suppress),
                key=lambda way: (way.loss, len(way.suppressed)),
            )
        )
    return Anonymity(k, smallest, below, poor, ways)


def _ladder(name: str, ladders: Mapping[str, Sequence[Step]]) -> tuple[Step | None, ...]:
    return (None, *ladders.get(name, ()), Step(ANY, lambda _: ANY))


def _ways(
    rows: Sequence[Row],
    names: Sequence[str],
    ladders: Sequence[Sequence[Step | None]],
    k: int,
    sensitive: Sequence[str],
    least: int,
    suppress: float,
) -> Iterator[Suggestion]:
    """Every way that no milder one makes needless: whatever is coarser than a good one is left out."""
    good: list[tuple[int, ...]] = []
    for way in sorted(product(*(range(len(ladder)) for ladder in ladders)), key=lambda way: (sum(way), way)):
        if any(all(low <= high for low, high in zip(milder, way, strict=True)) for milder in good):
            continue
        steps = [ladder[at] for ladder, at in zip(ladders, way, strict=True)]
        found = _classes(rows, names, steps, sensitive)
        out = tuple(sorted(row for one in found if one.size < k for row in one.rows))
        if len(out) > suppress * len(rows) or any(_poor(found, k, least)):
            continue
        good.append(way)
        taken = {name: step.code if step else "" for name, step in zip(names, steps, strict=True)}
        loss = sum(at / (len(ladder) - 1) for at, ladder in zip(way, ladders, strict=True))
        yield Suggestion(taken, out, min((one.size for one in found if one.size >= k), default=0), loss)


def _classes(
    rows: Sequence[Row], names: Sequence[str], steps: Sequence[Step | None], sensitive: Sequence[str]
) -> list[Grouped]:
    groups: dict[Values, list[int]] = {}
    for number, row in enumerate(rows):
        told = (row.get(name, UNKNOWN) for name in names)
        values = tuple(step.coarser(one) if step else one for one, step in zip(told, steps, strict=True))
        groups.setdefault(values, []).append(number)
    return [
        Grouped(values, tuple(found), _diversity(rows, found, sensitive))
        for values, found in sorted(
            groups.items(), key=lambda pair: (len(pair[1]), [str(one) for one in pair[0]])
        )
    ]


def _diversity(rows: Sequence[Row], found: Iterable[int], sensitive: Sequence[str]) -> dict[str, int]:
    kept = list(found)
    return {name: len({str(rows[number].get(name)) for number in kept}) for name in sensitive}


def _poor(found: Iterable[Grouped], k: int, least: int) -> Iterator[Grouped]:
    for one in found:
        if one.size >= k and any(count < least for count in one.diversity.values()):
            yield one


def age_steps(*sets: Bands) -> tuple[Step, ...]:
    """Years to bands, from finer sets to wider ones; what is no number of years becomes UNKNOWN."""
    return tuple(Step(bands.code, lambda value, to=bands: _banded(value, to)) for bands in sets)  # type: ignore[misc]


def _banded(value: object, bands: Bands) -> str:
    return bands.of(value if isinstance(value, int) and value >= 0 else None)


def region_steps() -> tuple[Step, ...]:
    """A village's code to its kecamatan, kabupaten/kota and province."""
    levels = (("district", 3), ("regency", 2), ("province", 1))
    return tuple(Step(code, lambda value, to=depth: _cut(value, to)) for code, depth in levels)  # type: ignore[misc]


def _cut(value: object, depth: int) -> str:
    return ".".join(str(value).split(".")[:depth])
