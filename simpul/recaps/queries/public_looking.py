"""What who publishes looks at before and after: the numbers as everybody reads them, what is hidden, and the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from simpul.catalogue import editions
from simpul.places.queries import names_of
from simpul.recaps.models import Release
from simpul.recaps.queries.ages import bands
from simpul.recaps.queries.people import sex_words
from simpul.recaps.queries.public import (
    SERVICE,
    Figure,
    figures,
    month_words,
    named,
    pages_of,
    service_titles,
    words_of,
)
from simpul.recaps.queries.public_tables import PEOPLE

# So many hidden cells stand on a page; the count of all stands above them.
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One release in the list."""

    release: Release
    area: str
    month: str
    stage: str


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """A number that is not written: of what, its sign, why, and what a reader outside could compute of it."""

    about: str
    text: str
    why: str
    computed: str


@dataclass(frozen=True)
class LookedAt:
    """Everything of the preview."""

    codes: tuple[tuple[str, str], ...]
    cells: int
    counted: tuple[tuple[str, int], ...]
    hidden: tuple[HiddenCell, ...]
    more: int
    figures: tuple[tuple[str, str], ...]
    earlier: int


def lines(rows: Iterable[Release]) -> list[Line]:
    """The releases of a list with their words."""
    found = list(rows)
    names = names_of({row.region for row in found})
    return [Line(row, _area(row.region, names), month_words(row.period), stage_words(row)) for row in found]


def area_words(release: Release) -> str:
    return _area(release.region, names_of([release.region]))


def stage_words(release: Release) -> str:
    """Where it stands, in words."""
    return {
        "preparing": _("sedang disiapkan"),
        "ready": _("menunggu diperiksa"),
        "dropped": _("dibuang"),
        "shown": _("terbit"),
        "withdrawn": _("dicabut"),
    }[release.stage]


def is_to_look_at(release: Release) -> bool:
    """Whether its numbers are there."""
    return bool(release.mark) and release.dropped_at is None


def looked_at(release: Release) -> LookedAt:
    """What a person looks at before publishing."""
    told: dict[str, Any] = release.workings
    hidden, words = _each_once(told["hidden"]), _Words(release)
    kinds = Counter(one["why"] for one in hidden)
    return LookedAt(
        codes=tuple((code, words.area(code)) for code in words.pages),
        cells=told["cells"],
        counted=tuple((why_words(why), kinds[why]) for why in sorted(kinds)),
        hidden=tuple(
            HiddenCell(words.of(one["cell"]), one["text"], why_words(one["why"]), computed_words(one))
            for one in hidden[:MOST_LINES]
        ),
        more=max(len(hidden) - MOST_LINES, 0),
        figures=tuple((words.figure(one), words_of(one.told)) for one in words.totals),
        earlier=len(told["earlier"]),
    )


def _each_once(hidden: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Distinct people of an area stand in two tables; who looks reads of them once, as everybody does."""
    found = list(hidden)
    whole = {one["cell"]["area"] for one in found if one["cell"].keys() == {"area"}}
    return [one for one in found if one["cell"].get("count") != PEOPLE or one["cell"]["area"] not in whole]


def why_words(why: str) -> str:
    return {
        "small": _("angkanya kecil"),
        "protects": _("melindungi angka kecil lain"),
        "change": _("berubah sedikit sejak terbitan sebelumnya"),
        "asked": _("diminta disembunyikan"),
    }[why]


def computed_words(one: Mapping[str, Any]) -> str:
    """What a reader of everything that is shown could find out at most."""
    if "low" not in one:
        return ""
    if one["high"] is None:
        return _("%(low)s atau lebih") % {"low": one["low"]}
    return _("antara %(low)s dan %(high)s") % {"low": one["low"], "high": one["high"]}


def _area(code: str, names: Mapping[str, Any]) -> str:
    return f"{names[code].name} ({code})" if code in names else code


class _Words:
    """The words of the cells of one release."""

    def __init__(self, release: Release) -> None:
        told = list(figures(release))
        self.pages = pages_of(release)
        self.names = names_of({one.area for one in told})
        self.types = {need.code: named(need) for need in editions.get(release.edition).types}
        self.types |= {"*": _("kejadian jenis"), **service_titles()}
        self.ages = {band.key: band.words for band in bands("compact")}
        totals = (one for one in told if one.area == release.region and not one.sex and not one.age)
        # Services stand under another heading for everybody; here they come last.
        self.totals = sorted(totals, key=lambda one: one.unit == SERVICE)

    def area(self, code: str) -> str:
        return _area(code, self.names)

    def figure(self, one: Figure) -> str:
        return self.types.get(one.type) or _("orang unik")

    def of(self, cell: Mapping[str, str]) -> str:
        kind = cell.get("type") or cell.get("unit") or cell.get("service") or ""
        parts = [
            self.area(cell.get("area", "")),
            self.types.get(kind) or _("orang unik"),
            sex_words().get(cell.get("sex", ""), ""),
            self.ages.get(cell.get("age", ""), ""),
        ]
        return " · ".join(part for part in parts if part)
