"""What everybody may read of an area: a published release as a page, as drawings, and as files. Nothing else is read.

Every door takes its numbers from `figures`, so that page, CSV and JSON say the same. A file is in Indonesian and the
same for everybody who asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.formats import number_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from simpul.access.reach import within
from simpul.catalogue import casework, editions
from simpul.catalogue.disclosure import rules
from simpul.catalogue.needs import NeedType
from simpul.engines.disclosure import HIDDEN, PAIRS, Key, key, small_sign
from simpul.engines.disclosure import Release as Shown
from simpul.organisations.queries.office_drawing import TileDrawing, drawn
from simpul.places.models import PROVINCE_SIGNS
from simpul.places.queries import names_of
from simpul.recaps.models import Release
from simpul.recaps.queries.ages import bands
from simpul.recaps.queries.people import SEXES, UNKNOWN, sex_words, unit_words
from simpul.recaps.queries.public_tables import PEOPLE, PERSON
from simpul.recaps.queries.standards import plain_notes
from simpul.ui.sheets import as_csv

_CODE, _MONTH = re.compile(r"\d{2}(\.\d{2})?", re.ASCII), re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
SERVICE = "service"
# A file has one language, whoever asks for it.
LANGUAGE = "id"

Told = int | str


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number: of which area, what one is, of which type, sex and age; `told` is a number or its sign.

    `type` is "" for distinct people of any type and "*" for person-type pairs.
    """

    area: str
    unit: str
    type: str
    sex: str
    age: str
    told: Told


@lru_cache(maxsize=8)
def _read(pk: UUID, mark: str) -> Mapping[Key, Told]:
    # The mark makes it another answer should the row ever be another.
    return Shown.from_json(Release.objects.get(pk=pk, mark=mark).numbers).shown


def figures(release: Release, code: str = "") -> Iterator[Figure]:
    """Every number of one area and what lies in it, in the order of their keys; of the whole release without a code."""
    shown = _read(release.pk, release.mark)
    units = {need.code: need.unit for need in editions.get(release.edition).types}
    for cell, told in sorted(shown.items()):
        codes = dict(cell)
        area = codes.get("area", release.region)
        if code and not within(area, code):
            continue
        unit = units[codes["unit"]] if "unit" in codes else PERSON
        if codes.get("count") == PEOPLE and key(area=area) in shown:
            continue  # told once already, in the tables of all types
        if codes.get("type") == PAIRS:
            unit = "pairs"
        if "service" in codes:
            unit = SERVICE
        type_ = codes.get("unit") or codes.get("service") or codes.get("type", "")
        yield Figure(area, unit, type_, codes.get("sex", ""), codes.get("age", ""), told)


# --- which there are ---


@dataclass(frozen=True, slots=True)
class Area:
    """An area that has a page; `month` in words."""

    code: str
    name: str
    month: str


def newest() -> list[Release]:
    """The newest published release of each area."""
    found: dict[str, Release] = {}
    for release in Release.objects.shown().order_by("region", "-period"):
        found.setdefault(release.region, release)
    return list(found.values())


def areas() -> list[Area]:
    """Every area with public numbers, and the kabupaten and kota within a province."""
    told = [(code, release) for release in newest() for code in pages_of(release)]
    names = names_of([code for code, _release in told])
    return [Area(code, _name(code, names), month_words(release.period)) for code, release in told]


def pages_of(release: Release) -> list[str]:
    """The areas that have a page: where people of all types are told apart by sex."""
    found = {dict(cell)["area"] for cell in _read(release.pk, release.mark) if "sex" in dict(cell)}
    return sorted(code for code in found if UNKNOWN not in code)


def found(code: str, period: str = "") -> Release | None:
    """The newest release that has a page for this area, or that of a month; withdrawn ones too where they are named."""
    if not _CODE.fullmatch(code) or (period and not _MONTH.fullmatch(period)):
        return None
    rows = Release.objects.known() if period else Release.objects.shown()
    rows = rows.filter(region__in=[code, code[:PROVINCE_SIGNS]])
    rows = rows.filter(period=period) if period else rows
    held = next(iter(rows.order_by("-period", "-published_at")), None)
    return held if held and code in pages_of(held) else None


def other_months(release: Release) -> list[tuple[str, str]]:
    """The other published months of the same area with their words, the newest first."""
    rows = Release.objects.shown().filter(region=release.region).exclude(pk=release.pk).order_by("-period")
    return [(row.period, month_words(row.period)) for row in rows]


def month_words(period: str) -> str:
    """November 2026."""
    return formatted(date.fromisoformat(f"{period}-01"), "F Y")


# --- a page ---


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is about, its numbers as they are written, and the first of them as a bar."""

    name: str
    cells: tuple[str, ...]
    drawing: TileDrawing | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One region as it is drawn."""

    code: str
    name: str
    words: str
    drawing: TileDrawing
    has_page: bool


@dataclass(frozen=True)
class Page:
    """An area as everybody may read it. The first cell of a line by sex is all of them."""

    release: Release
    code: str
    name: str
    people: str
    pairs: str
    sexes: tuple[str, ...]
    by_sex: tuple[Row, ...]
    ages: tuple[str, ...]
    by_age: tuple[Row, ...]
    homes: tuple[Row, ...]
    tiles: tuple[Tile, ...]
    region_types: tuple[str, ...]
    by_region: tuple[Row, ...]
    services: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def types(self) -> str:
        """By which list of types it was counted."""
        return str(editions.get(self.release.edition).title.in_language(get_language() or LANGUAGE))

    @property
    def threshold(self) -> int:
        return int(self.release.numbers["threshold"])


def page_of(release: Release, code: str) -> Page:
    """Everything that a page of this area shows."""
    told: dict[tuple[str, ...], Told] = {
        (one.area, one.unit, one.type, one.sex, one.age): one.told for one in figures(release, code)
    }
    every = editions.get(release.edition).types
    needs = [need for need in every if (code, PERSON, need.code, "", "") in told]
    homes = [need for need in every if (code, need.unit, need.code, "", "") in told and need.unit != PERSON]
    sexes = [sex for sex in SEXES if sex != UNKNOWN or told[code, PERSON, "", sex, ""]]
    regions = sorted({one[0] for one in told if one[0].rpartition(".")[0] == code})
    open_types = [need for need in needs if any((one, PERSON, need.code, "", "") in told for one in regions)]
    names = names_of([code, *regions])

    def row(name: str, keys: Iterable[tuple[str, ...]]) -> Row:
        return Row(name, tuple(words_of(told[one]) for one in keys))

    return Page(
        release=release,
        code=code,
        name=_name(code, names),
        people=words_of(told[code, PERSON, "", "", ""]),
        pairs=words_of(told[code, "pairs", PAIRS, "", ""]),
        sexes=tuple(sex_words()[sex] for sex in sexes),
        by_sex=_with_bars(
            [
                row(named(need), ((code, PERSON, need.code, sex, "") for sex in ("", *sexes)))
                for need in needs
            ],
            [told[code, PERSON, need.code, "", ""] for need in needs],
        ),
        ages=tuple(band.words for band in bands("compact")),
        by_age=tuple(
            row(named(need), ((code, PERSON, need.code, "", band.key) for band in bands("compact")))
            for need in needs
        ),
        homes=tuple(
            Row(named(need), (words_of(told[code, need.unit, need.code, "", ""]), unit_words(need.unit)))
            for need in homes
        ),
        tiles=_tiles(told, regions, names),
        region_types=tuple(named(need) for need in open_types),
        by_region=tuple(
            row(_name(one, names), ((one, PERSON, need.code, "", "") for need in open_types))
            for one in regions
        ),
        services=tuple(_services(release, code, told)),
        notes=tuple(_notes(release)),
    )


def _services(release: Release, code: str, told: Mapping[tuple[str, ...], Told]) -> Iterator[Row]:
    """The minimum standard of service: target, served, how much of the target in per cent, money."""
    titles = service_titles()
    for service, aim in release.beside.get("services", {}).items():
        served = told.get((code, SERVICE, service, "", ""))
        if served is None:
            continue
        target, budget = aim["target"], aim["budget"]
        share = words_of(round(100 * served / target)) if target and isinstance(served, int) else ""
        cells = (words_of(target or ""), words_of(served), share, words_of(budget or ""))
        yield Row(titles.get(service, service), cells)


def _notes(release: Release) -> Iterable[str]:
    """What the minimum standard does not say, in the language of the page."""
    services = release.beside.get("services", {})
    if not services:
        return ()
    aimed = {code for code, aim in services.items() if aim["target"] is not None}
    return plain_notes(
        [one for one in casework.spm_services() if one.code in services], aimed, int(release.period[:4])
    )


def service_titles() -> dict[str, str]:
    return {
        one.code: str(one.title.in_language(get_language() or LANGUAGE)) for one in casework.spm_services()
    }


def words_of(told: Told) -> str:
    """A number with the signs of the language, or its sign."""
    return str(number_format(told, use_l10n=True, force_grouping=True)) if isinstance(told, int) else told


def named(need: NeedType) -> str:
    return str(need.display.in_language(get_language() or LANGUAGE))


def _name(code: str, names: Mapping[str, Any]) -> str:
    if code.endswith(UNKNOWN):
        return _("Tidak diketahui lebih rinci")
    return str(names[code].name) if code in names else code


def _tiles(
    told: Mapping[tuple[str, ...], Told], regions: Sequence[str], names: Mapping[str, Any]
) -> tuple[Tile, ...]:
    people = {code: told.get((code, PERSON, "", "", ""), HIDDEN) for code in regions}
    most = max((one for one in people.values() if isinstance(one, int)), default=0)
    return tuple(
        Tile(
            code,
            _name(code, names),
            words_of(one),
            drawn(one / most if isinstance(one, int) and most else 0.0, ()),
            has_page=(code, PERSON, "", SEXES[0], "") in told and UNKNOWN not in code,
        )
        for code, one in people.items()
    )


def _with_bars(rows: Iterable[Row], numbers: Sequence[Told]) -> tuple[Row, ...]:
    """Each line with its bar; what is hidden has its sign and no bar, and so has nobody."""
    most = max((one for one in numbers if isinstance(one, int)), default=0)
    return tuple(
        replace(row, drawing=drawn(one / most, ())) if isinstance(one, int) and one else row
        for row, one in zip(rows, numbers, strict=True)
    )


# --- files ---


def as_open_csv(release: Release, code: str) -> bytes:
    """One number in a line, for spreadsheets and programs."""
    with override(LANGUAGE):
        return as_csv(_rows(release, code))


def _rows(release: Release, code: str) -> Iterator[tuple[str | int, ...]]:
    yield tuple(name for name, _about in columns())
    for one in _named_figures(release, code):
        yield (release.period, str(release.on), *one)


def _named_figures(release: Release, code: str) -> Iterator[tuple[str | int, ...]]:
    told = list(figures(release, code))
    names = names_of({one.area for one in told})
    types = {need.code: named(need) for need in editions.get(release.edition).types}
    types |= service_titles()
    types |= {"": _("orang unik dengan jenis apa pun"), PAIRS: _("semua jenis (kejadian jenis)")}
    for one in told:
        yield (
            one.area,
            _name(one.area, names),
            one.unit,
            one.type,
            types.get(one.type, one.type),
            one.sex,
            one.age,
            one.told,
        )


def columns() -> list[tuple[str, str]]:
    """The codebook: every column and what it means."""
    sexes = "; ".join(f"{code} {words}" for code, words in sex_words().items())
    ages = "; ".join(f"{band.key} {band.words}" for band in bands("compact"))
    return [
        ("bulan", _("bulan terbitan")),
        ("keadaan_pada", _("hari register yang dihitung")),
        ("kode_wilayah", _("kode Kemendagri; ? tidak diketahui lebih rinci")),
        ("wilayah", _("nama wilayah")),
        (
            "satuan",
            _(
                "person: orang; pairs: kejadian jenis (orang × jenis); family: keluarga; community: komunitas; service: orang yang dilayani menurut SPM sejak awal tahun"
            ),
        ),
        ("kode_jenis", _("kode jenis dalam daftar jenis; kosong: orang unik; *: jumlah kejadian jenis")),
        ("jenis", _("nama jenis")),
        ("kelamin", _("%(codes)s; kosong: semua") % {"codes": sexes}),
        ("umur", _("%(codes)s; kosong: semua") % {"codes": ages}),
        ("jumlah", signs_words(rules().threshold)),
    ]


def signs_words(threshold: int) -> str:
    """What stands in place of a number, and why."""
    return _(
        "bilangan; %(sign)s: satu sampai %(most)s; –: disembunyikan agar angka kecil lain tidak dapat dihitung darinya"
    ) % {"sign": small_sign(threshold), "most": threshold - 1}


def as_open_json(release: Release, code: str) -> bytes:
    """The same with its codebook, for programs."""
    with override(LANGUAGE):
        names = [name for name, _about in columns()][2:]
        told = {
            "judul": _("Orang yang memerlukan layanan sosial, angka publik"),
            "kode_wilayah": code,
            "bulan": release.period,
            "keadaan_pada": str(release.on),
            "terbit": f"{timezone.localtime(release.published_at):%Y-%m-%d}",
            "daftar_jenis": release.edition,
            "ambang": release.numbers["threshold"],
            "buku_kode": dict(columns()),
            "angka": [dict(zip(names, one, strict=True)) for one in _named_figures(release, code)],
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
