"""An area as tiles: one for each region just below it. Not a true map: no boundaries are known here, only codes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from simpul.access.reach import within
from simpul.organisations.queries.bodies import AT_HOME
from simpul.organisations.queries.office_asked import NO_TYPE, Asked
from simpul.organisations.queries.office_drawing import TileDrawing, drawn, shape_of
from simpul.organisations.queries.office_list import condition
from simpul.places.models import DISTRICT_SIGNS, REGENCY_SIGNS
from simpul.places.queries import children_of, code_and_above, names_of, signs_below

TYPES = ("A", "B", "C", "D", NO_TYPE)
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: how many bodies, how many of each type, and the list behind that number.

    `share` is its number beside the largest, 0 to 1. `is_rest` is the tile of those whose place is not known, or
    not told, any closer than the whole area.
    """

    code: str
    name: str
    number: int
    types: tuple[tuple[str, int], ...]
    share: float
    asked: Asked
    is_rest: bool = False

    @property
    def address(self) -> str:
        return self.asked.address

    @property
    def cells(self) -> tuple[tuple[str, int, str], ...]:
        """For the table: each type, how many, and the address of their list."""
        known = dict(self.types)
        return tuple((type_, known.get(type_, 0), self.asked.but(type=type_).address) for type_ in TYPES)

    @property
    def said(self) -> str:
        """The types in words, for who does not see shapes."""
        told = (f"{type_words(type_)}: {number}" for type_, number in self.types)
        return ", ".join(told) or _("belum ada lembaga")

    @property
    def drawing(self) -> TileDrawing:
        return drawn(self.share, self.types)


def type_words(type_: str) -> str:
    """One type in words."""
    return _("tipe belum ditetapkan") if type_ == NO_TYPE else _("tipe %(letter)s") % {"letter": type_}


def legend() -> tuple[tuple[str, str], ...]:
    """The shape of each type in a box of 20 by 20, and what it means."""
    return tuple((shape_of(type_, 10, 10), type_words(type_)) for type_ in TYPES)


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles of one area in the order of their codes. `total` is what its whole list shows."""

    area: str
    tiles: tuple[Tile, ...]
    total: int
    goes_deeper: bool


def tile_map(scope: QuerySet[Any], asked: Asked, on: date) -> TileMap:
    """How the bodies of a list are spread below its area: the numbers of the tiles add up to the list."""
    area = asked.area
    counted = _counted(scope.filter(condition(asked.but(is_exact=False), on)), area)
    names = _below(area, counted, on)
    largest = max((sum(types.values()) for types in counted.values()), default=0)
    base = asked.but(is_exact=False, sort="")
    tiles = [
        _tile(code, names.get(code, code), counted[code], largest, base.but(area=code))
        for code in sorted({*names, *counted} - {area})
    ]
    if area in counted:
        tiles.append(_tile(area, "", counted[area], largest, base.but(is_exact=True)))
    return TileMap(
        area=area,
        tiles=tuple(tiles),
        total=sum(sum(types.values()) for types in counted.values()),
        goes_deeper=len(area) < DISTRICT_SIGNS,
    )


def _tile(code: str, name: str, types: Counter[str], largest: int, asked: Asked) -> Tile:
    number = types.total()
    told = tuple((type_, types[type_]) for type_ in TYPES if types[type_])
    share = number / largest if largest else 0.0
    return Tile(code, name, number, told, share, asked, is_rest=asked.is_exact)


def _counted(rows: QuerySet[Any], area: str) -> dict[str, Counter[str]]:
    """How many of each type under each region below the area; under the area itself what is told no closer."""
    length = signs_below(area)
    groups = (
        rows.order_by()
        .annotate(below=Substr("region", 1, length))
        .values("below", "confirmed_type", "is_address_secret", "kind")
        .annotate(number=Count("pk"))
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        # A secret address stands at its kabupaten/kota, as in the list.
        is_secret = group["is_address_secret"] or group["kind"] in AT_HOME
        is_hidden = is_secret and length > REGENCY_SIGNS
        found[area if is_hidden else group["below"]][group["confirmed_type"] or NO_TYPE] += group["number"]
    return found


def _below(area: str, counted: Iterable[str], on: date) -> dict[str, str]:
    """The names of the regions just below an area on that day, and of other codes that bodies have."""
    names = {region.code: region.title for region in children_of(area, on)}
    missing = [code for code in counted if code not in names and code != area]
    return names | {code: place.name for code, place in names_of(missing).items()}


def area_choices(area: str, tops: Iterable[str]) -> list[tuple[str, str]]:
    """What an area can be narrowed to next: the line above it, itself, and what is just below.

    A code that is in no list any more stands as itself: bodies may still have it.
    """
    heads = list(dict.fromkeys(tops))
    line = [code for code in _line(area) if is_within(code, heads)] or [top for top in heads if top]
    names = names_of(line)
    known = [(code, names[code].name if code in names else code) for code in line]
    below = children_of(area) if area or "" in heads else []
    return [*known, *((region.code, f"– {region.title}") for region in below)]


def _line(area: str) -> list[str]:
    """21.02.10 gives 21, 21.02, 21.02.10; nothing for what is no code."""
    return code_and_above(area) if _CODE.fullmatch(area) else []


def is_within(area: str, tops: Iterable[str]) -> bool:
    """Whether an area lies in somebody's reach. What is no code lies nowhere, and is never looked for."""
    return (not area or _CODE.fullmatch(area) is not None) and any(
        not top or within(area, top) for top in tops
    )
