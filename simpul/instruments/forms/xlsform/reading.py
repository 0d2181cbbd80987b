"""From an XLSForm to an instrument: every fault is named with sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from simpul.catalogue.instruments import PURPOSES, Band, Domain, Instrument, Item, Level
from simpul.catalogue.text import Text
from simpul.engines.scoring import REASONS
from simpul.instruments.forms.cells import TEXT_LENGTH, code_in, cut, figure, one_of, optional, whole
from simpul.instruments.forms.sheets import MOST_FAULTS, MOST_ITEMS, MOST_LEVELS, require_bands
from simpul.instruments.forms.workbook import Row, SheetFault, read_any
from simpul.instruments.forms.xlsform.checking import xlsform_fault
from simpul.instruments.forms.xlsform.columns import BANDS, DIRECTIONS, KINDS, METHODS, SILENT, YES_NO

T = TypeVar("T")
Sheets = Mapping[str, Sequence[Row]]

_RANGE = re.compile(r"\.\s*(>=|<=)\s*(-?[0-9]{1,9})")
_ALONE = "umum"  # the aspect of items that stand in no group


@dataclass
class _Aspect:
    """One group as it is gathered: the row that opened it, and its items."""

    code: str
    row: Row | None
    items: list[Item] = field(default_factory=list)


class XlsFormReader:
    """Reads one XLSForm. `faults` gathers what must be mended; an instrument comes out only when there are none."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.faults: list[SheetFault] = []

    def read(self, name: str, content: bytes) -> Instrument | None:
        """The instrument of a file, or None with `faults` filled."""
        try:
            sheets = read_any(name, content)
            head = _head(sheets)
        except SheetFault as fault:
            self.faults.append(fault)
            return None
        levels = self._levels(sheets.get("choices", ()))
        aspects = self._aspects(sheets["survey"], levels)
        bands = self._bands(sheets.get(BANDS, ()), aspects)
        domains = [
            self._tried(partial(_domain, aspect, bands)) for aspect in aspects.values() if aspect.items
        ]
        if not self.faults and (refused := xlsform_fault(sheets)):
            self.faults.append(refused)
        kept = tuple(domain for domain in domains if domain is not None)
        found = self._tried(partial(_instrument, head, kept, self.on))
        self.faults = self.faults[:MOST_FAULTS]
        return None if self.faults else found

    def _tried(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except SheetFault as fault:
            self.faults.append(fault)
            return None

    def _levels(self, rows: Sequence[Row]) -> dict[str, list[tuple[Row, Level]]]:
        found: dict[str, list[tuple[Row, Level]]] = {}
        for row in rows:
            group = found.setdefault(row.get("list_name") or row.get("list name"), [])
            level = self._tried(partial(_level, row, len(group) + 1))
            if level is not None:
                group.append((row, level))
        for group in found.values():
            for row, level in group:
                if sum(other.value == level.value for _row, other in group) > 1:
                    self.faults.append(
                        row.fault(_("Nilai ini sudah ada dalam kelompok yang sama."), "simpul_score")
                    )
            if len(group) > MOST_LEVELS:
                self.faults.append(
                    group[-1][0].fault(
                        _("Satu kelompok paling banyak %(most)s tingkat.") % {"most": MOST_LEVELS}
                    )
                )
        return found

    def _aspects(
        self, rows: Sequence[Row], levels: Mapping[str, list[tuple[Row, Level]]]
    ) -> dict[str, _Aspect]:
        """The items of every group, in the order in which the groups are opened."""
        found: dict[str, _Aspect] = {}
        opened: list[_Aspect] = []
        codes: set[str] = set()
        for row in rows:
            kind, _sep, rest = (
                row.get("type")
                .lower()
                .replace(" group", "_group")
                .replace(" repeat", "_repeat")
                .partition(" ")
            )
            if kind == "begin_group":
                aspect = self._tried(partial(_opened, row, bool(opened)))
                if aspect is not None:
                    opened.append(found.setdefault(aspect.code, aspect))
                    found[aspect.code].row = row
            elif kind == "end_group":
                if not opened:
                    self.faults.append(row.fault(_("Kelompok ini ditutup sebelum dibuka."), "type"))
                opened = opened[:-1]
            elif kind and kind not in SILENT:
                item = self._tried(
                    partial(
                        _item, row, kind, row.get("type").partition(" ")[2].strip() if rest else "", levels
                    )
                )
                self._place(item, row, found, opened, codes)
        if opened:
            self.faults.append(
                SheetFault(_("Ada kelompok yang belum ditutup dengan end_group."), sheet="survey")
            )
        self._count(len(codes))
        return found

    def _place(
        self, item: Item | None, row: Row, found: dict[str, _Aspect], opened: list[_Aspect], codes: set[str]
    ) -> None:
        if item is None:
            return
        if item.code in codes:
            self.faults.append(
                row.fault(_("“%(value)s” sudah ada di baris lain.") % {"value": item.code}, "name")
            )
        codes.add(item.code)
        own = self._tried(partial(code_in, row, "simpul_aspect")) if row.get("simpul_aspect") else ""
        code = own or (opened[-1].code if opened else _ALONE)
        found.setdefault(code, _Aspect(code, None)).items.append(item)

    def _count(self, number: int) -> None:
        if not number:
            self.faults.append(SheetFault(_("Belum ada satu pun pertanyaan."), sheet="survey"))
        if number > MOST_ITEMS:
            self.faults.append(
                SheetFault(_("Paling banyak %(most)s butir.") % {"most": MOST_ITEMS}, sheet="survey")
            )

    def _bands(self, rows: Sequence[Row], aspects: Mapping[str, _Aspect]) -> dict[str, list[Band]]:
        found: dict[str, list[Band]] = {}
        for row in rows:
            code = row.get("aspect").lower()
            if code not in aspects:
                self.faults.append(row.fault(_("Aspek ini tidak ada di lembar “survey”."), "aspect"))
                continue
            band = self._tried(partial(_band, row))
            if band is not None:
                found.setdefault(code, []).append(band)
        return found


def _head(sheets: Sheets) -> Row:
    if "survey" not in sheets:
        raise SheetFault(_("Lembar “%(sheet)s” tidak ada. Ini bukan XLSForm.") % {"sheet": "survey"})
    if "settings" not in sheets or not sheets["settings"]:
        raise SheetFault(
            _("Lembar “settings” perlu satu baris dengan form_id dan form_title."), sheet="settings"
        )
    return sheets["settings"][0]


def _instrument(head: Row, domains: tuple[Domain, ...], on: date) -> Instrument:
    if not head.get("form_title"):
        raise head.fault(_("Kolom ini belum diisi."), "form_title")
    purposes = {code: code for code in PURPOSES}
    return Instrument(
        code=code_in(head, "form_id"),
        version=1,
        title=_text(head, "form_title", "simpul_title_en"),
        about=_text(head, "simpul_about" if head.get("simpul_about") else "form_title", "simpul_about_en"),
        note=_text(head, "simpul_note", "simpul_note_en") if head.get("simpul_note") else None,
        source=optional(head, "simpul_source") or _("Disusun sendiri oleh lembaga"),
        # Nobody of Simpul has checked it: it is the office's own word.
        verified="design",
        valid_from=_day(head, on),
        domains=domains,
        purposes=(one_of(head, "simpul_purpose", purposes, PURPOSES[0]),),
    )


def _day(head: Row, on: date) -> date:
    if not head.get("simpul_valid_from"):
        return on
    try:
        return date.fromisoformat(head.get("simpul_valid_from"))
    except ValueError:
        raise head.fault(_("Tulis tanggal seperti 2026-11-22."), "simpul_valid_from") from None


def _text(row: Row, column: str, english: str) -> Text:
    value = optional(row, column)
    return Text(value, optional(row, english) or value)


def _opened(row: Row, is_inside: bool) -> _Aspect:
    if is_inside:
        raise row.fault(_("Kelompok di dalam kelompok tidak dapat dibaca. Pisahkan menjadi dua."), "type")
    return _Aspect(_code(row), row)


def _code(row: Row) -> str:
    """The name of a row as a code: XLSForm wants a letter or an underscore in front of a digit."""
    return code_in(Row(row.sheet, row.number, {"name": row.get("name").removeprefix("_")}), "name")


def _domain(aspect: _Aspect, bands: Mapping[str, list[Band]]) -> Domain:
    row = aspect.row or Row("survey", 0, {})
    title = _said(row, "label", needed=False) or Text(aspect.code, aspect.code)
    scored = sum(item.kind == "scale" for item in aspect.items)
    fewest, reliability, deviation = (
        whole(row, "simpul_fewest"), figure(row, "simpul_reliability"), figure(row, "simpul_sd"),
    )  # fmt: skip
    if fewest is not None and not 1 <= fewest <= max(1, scored):
        raise row.fault(
            _("Bagian ini punya %(scored)s butir berskala; tulis angka dari 1 sampai itu.")
            % {"scored": scored},
            "simpul_fewest",
        )
    if reliability is not None and reliability >= 1:
        raise row.fault(_("Keandalan adalah angka di bawah 1, misalnya 0,85."), "simpul_reliability")
    if (reliability is not None or deviation is not None) and not row.get("simpul_measured_in"):
        raise row.fault(_("Tulis dari penelitian mana angka keandalan ini."), "simpul_measured_in")
    found = Domain(
        code=aspect.code,
        title=title,
        items=tuple(aspect.items),
        direction=one_of(row, "simpul_direction", DIRECTIONS, "higher_is_better"),
        method=one_of(row, "simpul_method", METHODS, "mean"),
        fewest_answered=fewest,
        at_least=whole(row, "simpul_at_least"),
        asks=_text(row, "simpul_asks", "simpul_asks_en") if row.get("simpul_asks") else None,
        reliability=reliability,
        standard_deviation=deviation,
        measured_in=optional(row, "simpul_measured_in"),
        bands=tuple(bands.get(aspect.code, ())),
    )
    require_bands(found, row.fault)
    return found


def _item(row: Row, kind: str, chosen: str, levels: Mapping[str, list[tuple[Row, Level]]]) -> Item:
    if row.get("relevant") or row.get("calculation") or row.get("choice_filter"):
        column = next(name for name in ("relevant", "calculation", "choice_filter") if row.get(name))
        raise row.fault(
            _(
                "Simpul menanyakan semua butir apa adanya: syarat tampil dan hitungan tidak dibaca. Kosongkan kolom ini."
            ),
            column,
        )
    code = _code(row)
    if code == REASONS:
        raise row.fault(_("Kode ini dipakai Simpul sendiri. Tulis kode lain."), "name")
    question = _said(row, "label", needed=True)
    asked = Item(
        code,
        question or Text("", ""),
        hint=_said(row, "hint", needed=False),
        required=one_of(row, "required", YES_NO, "no"),
        is_reversed=one_of(row, "simpul_reversed", YES_NO, "no"),
    )
    match kind:
        case "select_one":
            return _chosen(row, chosen, levels, asked)
        case "integer" | "int":
            least, most = _bounds(row)
            return replace(asked, kind="number", minimum=least, maximum=most)
        case "text" | "string":
            return replace(asked, kind="text")
    raise row.fault(
        _(
            "Jenis “%(kind)s” tidak dapat dibaca. Yang dibaca: select_one, integer, text, begin_group, end_group."
        )
        % {"kind": kind},
        "type",
    )


def _chosen(row: Row, name: str, levels: Mapping[str, list[tuple[Row, Level]]], asked: Item) -> Item:
    group = levels.get(name, [])
    if not name or len(group) < 2:
        raise row.fault(
            _("Daftar pilihan “%(name)s” perlu sedikitnya dua pilihan di lembar “choices”.") % {"name": name},
            "type",
        )
    is_counted = all(choice.get("simpul_score") or _is_whole(choice.get("name")) for choice, _level in group)
    kind = one_of(row, "simpul_kind", KINDS, "scale" if is_counted else "choice")
    if kind == "scale" and not is_counted:
        raise row.fault(
            _("Supaya dinilai, setiap pilihan perlu angka: isi simpul_score di lembar “choices”."),
            "simpul_kind",
        )
    ordered = tuple(sorted((level for _choice, level in group), key=lambda level: level.value))
    return replace(asked, kind=kind, levels=ordered)


def _level(row: Row, place: int) -> Level:
    name = row.get("name")
    score = whole(row, "simpul_score")
    if score is None:
        # A choice without a number keeps its place in the list: it stands for itself and is not scored.
        score = int(name) if _is_whole(name) else place
    label = _said(row, "label", needed=True) or Text(name, name)
    told = optional(row, "simpul_meaning")
    return Level(score, label, Text(told, optional(row, "simpul_meaning_en") or told) if told else label)


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,7}", text) is not None


def _bounds(row: Row) -> tuple[int | None, int | None]:
    written = row.get("constraint")
    if not written:
        return None, None
    found = {sign: int(number) for sign, number in _RANGE.findall(written)}
    if not found or _RANGE.sub("", written).replace("and", "").strip():
        raise row.fault(_("Batas angka ditulis seperti: . >= 0 and . <= 20"), "constraint")
    return found.get(">="), found.get("<=")


def _band(row: Row) -> Band:
    if not row.get("label"):
        raise row.fault(_("Kolom ini belum diisi."), "label")
    return Band(code_in(row, "code"), _text(row, "label", "label_en"), cut(row, "from_score"))


def _said(row: Row, column: str, *, needed: bool) -> Text | None:
    """A text in the languages that the file has; one of them serves for both."""
    told = {name.partition("::")[2]: optional(row, name) for name in _columns(row, column)}
    spoken = {language: words for language, words in told.items() if words}
    if not spoken:
        if needed:
            raise row.fault(_("Kolom ini belum diisi."), column)
        return None
    indonesian = next(
        (words for language, words in spoken.items() if "(id)" in language or "indonesia" in language), ""
    )
    english = next(
        (words for language, words in spoken.items() if "(en)" in language or "english" in language), ""
    )
    first = spoken.get("") or next(iter(spoken.values()))
    indonesian = indonesian or spoken.get("") or first
    return Text(indonesian[:TEXT_LENGTH], english or indonesian)


def _columns(row: Row, column: str) -> Iterator[str]:
    return (name for name in row.cells if name == column or name.startswith(f"{column}::"))
