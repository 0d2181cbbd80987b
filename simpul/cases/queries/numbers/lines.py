"""The shape of numbers: figures with the cases behind them, in lines, in parts with a definition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy

# The group of cases to which nothing was given: no model chosen, no reason told.
WITHOUT = "-"
CASES = gettext_lazy("Kasus")
TOO_FEW = gettext_lazy("terlalu sedikit untuk dikatakan")
_NOW = ("stage", "worker", "model", "overdue", "unmet")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of cases, and the group by which the list of exactly these cases is asked for."""

    group: str
    cases: int


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted, its figures, and what else there is to say, such as how many tasks these cases have.

    `measures` are the same in numbers for a file: n, median, mean; a measure that may not be said is None.
    """

    title: str
    figures: tuple[Figure, ...]
    words: str = ""
    measures: tuple[tuple[str, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers that belong together, with their definition. `columns` name the figures of each line.

    Without `has_list` no cases stand behind the figures.
    """

    code: str
    title: str
    definition: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    has_list: bool = True

    @property
    def is_now(self) -> bool:
        """Whether it says how things stand, not what happened in the period."""
        return self.code in _NOW

    @property
    def has_words(self) -> bool:
        return any(line.words for line in self.lines)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases, and how many rows (tasks, goals, needs) in them."""

    cases: int = 0
    rows: int = 0


class Source(Protocol):
    """One definition: which cases, in which groups. What counts them also lists them."""

    def counted(self) -> dict[str, Counted]: ...

    def keys(self, group: str) -> Any:
        """The keys of the cases of one group, of all with an empty one; for `pk__in`."""
        ...


class Grouped:
    """A source in the database: rows of cases, or of what belongs to them, grouped by a field."""

    def __init__(self, rows: Any, by: str, *, case: str = "case", row: str = "pk") -> None:
        self.rows, self.by, self.case, self.row = rows.order_by(), by, case, row

    def counted(self) -> dict[str, Counted]:
        lines = self.rows.values(self.by).annotate(
            number=Count(self.row, distinct=True), within=Count(self.case, distinct=True)
        )
        return {_group(line[self.by]): Counted(line["within"], line["number"]) for line in lines}

    def total(self) -> Counted:
        """All groups together: one case may stand in several."""
        whole = self.rows.aggregate(
            number=Count(self.row, distinct=True), within=Count(self.case, distinct=True)
        )
        return Counted(whole["within"], whole["number"])

    def keys(self, group: str) -> Any:
        rows = self.rows
        if group:
            rows = rows.filter(**{self.by: "" if group == WITHOUT else group})
        return rows.values(self.case)


def _group(value: Any) -> str:
    return WITHOUT if value in ("", None) else str(value)


class Found:
    """A source whose groups had to be worked out: the keys of the cases in each."""

    def __init__(self, groups: Mapping[str, Iterable[UUID]]) -> None:
        self.groups = {group: frozenset(keys) for group, keys in groups.items()}

    def counted(self) -> dict[str, Counted]:
        return {group: Counted(len(keys), len(keys)) for group, keys in self.groups.items()}

    def keys(self, group: str) -> Any:
        if group:
            return self.groups.get(group, frozenset())
        return frozenset().union(*self.groups.values())


class FoundRows(Found):
    """The same for rows that belong to cases: a case stands in a group once for each of its rows there."""

    def __init__(self, groups: Mapping[str, Collection[UUID]]) -> None:
        super().__init__(groups)
        self.rows = {group: len(keys) for group, keys in groups.items()}

    def counted(self) -> dict[str, Counted]:
        return {group: Counted(len(keys), self.rows[group]) for group, keys in self.groups.items()}


# --- lines of groups ---


def lines_of(
    found: Mapping[str, Counted], names: Mapping[str, Any], unit: Callable[[int], str] | None = None
) -> list[Line]:
    """A line for every group that has cases: those with names in their order, then what is left."""
    order = [group for group in names if group in found]
    order += sorted(group for group in found if group not in names)
    return [line_of(str(names.get(group, group)), group, found[group], unit) for group in order]


def line_of(name: str, group: str, number: Counted, unit: Callable[[int], str] | None) -> Line:
    if unit is None:
        return Line(name, (Figure(group, number.cases),))
    return Line(name, (Figure(group, number.cases),), unit(number.rows), (("rows", number.rows),))


def whole(name: str, number: Counted, unit: Callable[[int], str] | None = None) -> Line:
    """All groups together: one case may stand in several, so it is not their sum."""
    return line_of(name, "", number, unit)
