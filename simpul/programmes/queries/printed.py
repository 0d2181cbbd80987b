"""Numbers of a paper or a report, checked: percentages from the counts, sums behind the means, what cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from simpul.engines.reasons import Finding
from simpul.engines.statistics import CountedTable, MeansOnly, sentence, written

MEANS_ALONE = "means_alone"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: how many, what was printed, what is right; `agrees` is None where nothing can be said."""

    name: str
    count: str
    printed: str
    right: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """One printed table with what is to be said of it; `total` is how many people there were."""

    title: str
    total: int
    lines: tuple[Line, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """The sums behind two printed means and the exact difference; empty where no whole scores give them."""

    name: str
    before: str
    after: str
    sum_before: str
    sum_after: str
    difference: str


def tables_of(found: Iterable[CountedTable]) -> tuple[Table, ...]:
    """Tables of counts in words."""
    return tuple(
        Table(
            one.title,
            one.found.total,
            tuple(
                Line(share.code, _told(share.count), _told(share.printed), _told(share.percent), share.agrees)
                for share in one.found.shares
            ),
            tuple(map(_said, one.found.findings)),
        )
        for one in found
    )


def means_of(found: Iterable[MeansOnly]) -> tuple[Means, ...]:
    """Pairs of means with what follows from them."""
    return tuple(
        Means(
            one.code,
            _told(one.before),
            _told(one.after),
            _told(one.before_sum),
            _told(one.after_sum),
            "" if one.difference is None else _told(Decimal(f"{float(one.difference):.3f}")),
        )
        for one in found
    )


def said_of(found: Iterable[MeansOnly]) -> tuple[str, ...]:
    """What is to be said of means; that they show no significance is said once for all of them."""
    rows = list(found)
    said = [_said(one) for row in rows for one in row.findings if one.kind != MEANS_ALONE]
    alone = [one for row in rows for one in row.findings if one.kind == MEANS_ALONE]
    names = ", ".join(one.about for one in alone)
    return (*said, sentence(alone[0], _language(), title=names)) if alone else tuple(said)


def _said(finding: Finding) -> str:
    return sentence(finding, _language())


def _told(value: float | Decimal | None) -> str:
    """As it was printed where somebody printed it; "" where there is none."""
    if value is None:
        return ""
    return written("", str(value) if isinstance(value, Decimal) else value, _language())


def _language() -> str:
    return get_language() or "id"
