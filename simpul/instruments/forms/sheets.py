"""From the sheets of an office to an instrument: every fault is named with sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from simpul.catalogue.instruments import PURPOSES, Band, Domain, Instrument, Item, Level, band_fault
from simpul.catalogue.text import Text
from simpul.engines.scoring import REASONS
from simpul.instruments.forms.cells import code_in, cut, day, figure, needed, one_of, optional, text, whole
from simpul.instruments.forms.workbook import Row, SheetFault, read_rows

T = TypeVar("T")

HEADINGS = {
    "instrumen": ("isian", "isi"),
    "bagian": (
        "kode", "judul", "judul_inggris", "arah", "cara", "paling_sedikit", "keandalan", "simpangan_baku",
        "sumber_keandalan",
    ),
    "butir": (
        "bagian", "kode", "pertanyaan", "pertanyaan_inggris", "petunjuk", "jenis", "tingkat", "terbalik", "wajib",
        "terkecil", "terbesar",
    ),
    "tingkat": ("kelompok", "nilai", "nama", "nama_inggris", "keterangan", "keterangan_inggris"),
    "batas": ("bagian", "kode", "nama", "nama_inggris", "mulai"),
}  # fmt: skip
# An office that sets no cut-offs needs no sheet for them, and older files have none.
OPTIONAL = ("batas",)
HEAD = (
    "kode", "judul", "judul_inggris", "tentang", "tentang_inggris", "catatan", "catatan_inggris", "sumber",
    "kegunaan", "berlaku_sejak",
)  # fmt: skip
WAYS = {"rata-rata": "mean", "jumlah": "sum", "tertinggi": "highest"}
DIRECTIONS = {"makin tinggi makin baik": "higher_is_better", "makin rendah makin baik": "lower_is_better"}
KINDS = {"skala": "scale", "pilihan": "choice", "angka": "number", "teks": "text"}
USES = {
    "asesmen": "assessment",
    "kepuasan": "satisfaction",
    "belajar": "learning",
    "akreditasi": "accreditation",
    "pertemuan": "session",
    "lembaga": "organisation",
    "survei": "survey",
}
YES_NO = {"ya": True, "tidak": False}
MOST_ITEMS = 200
MOST_LEVELS = 11

# What several faults at once are worth: more than this nobody mends in one go.
MOST_FAULTS = 50


class Reader:
    """Reads one spreadsheet. `faults` gathers what must be mended; an instrument comes out only when there are none."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.faults: list[SheetFault] = []

    def read(self, name: str, content: bytes) -> Instrument | None:
        """The instrument of a file, or None with `faults` filled."""
        try:
            sheets = read_rows(name, content, HEADINGS, optional=OPTIONAL)
        except SheetFault as fault:
            self.faults.append(fault)
            return None
        levels = self._levels(sheets["tingkat"])
        items = self._items(sheets["butir"], sheets["bagian"], levels)
        bands = self._bands(sheets["batas"], sheets["bagian"])
        domains = [self._tried(partial(_domain, row, items, bands)) for row in sheets["bagian"]]
        self._once(sheets["bagian"], "kode")
        if not sheets["bagian"]:
            self.faults.append(SheetFault(_("Tulis sedikitnya satu bagian."), sheet="bagian"))
        head = {row.get("isian").lower(): row for row in sheets["instrumen"]}
        self._head_faults(sheets["instrumen"])
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

    def _head_faults(self, rows: list[Row]) -> None:
        for row in rows:
            if row.get("isian").lower() not in HEAD:
                self.faults.append(
                    row.fault(
                        _("Isian ini tidak dikenal. Yang dikenal: %(known)s.") % {"known": ", ".join(HEAD)},
                        "isian",
                    )
                )
        self._once(rows, "isian")

    def _once(self, rows: list[Row], column: str) -> None:
        seen: set[str] = set()
        for row in rows:
            value = row.get(column).lower()
            if value and value in seen:
                self.faults.append(
                    row.fault(_("“%(value)s” sudah ada di baris lain.") % {"value": value}, column)
                )
            seen.add(value)

    def _bands(self, rows: list[Row], domains: list[Row]) -> dict[str, list[Band]]:
        known = {row.get("kode").lower() for row in domains}
        found: dict[str, list[Band]] = {}
        for row in rows:
            name = row.get("bagian").lower()
            if name not in known:
                self.faults.append(row.fault(_("Bagian ini tidak ada di lembar “bagian”."), "bagian"))
                continue
            band = self._tried(partial(_band, row))
            if band is not None:
                found.setdefault(name, []).append(band)
        return found

    def _levels(self, rows: list[Row]) -> dict[str, tuple[Level, ...]]:
        found: dict[str, list[Level]] = {}
        for row in rows:
            read = self._tried(partial(_named_level, row))
            if read is None:
                continue
            name, level = read
            group = found.setdefault(name, [])
            if any(level.value == other.value for other in group):
                self.faults.append(row.fault(_("Nilai ini sudah ada dalam kelompok yang sama."), "nilai"))
            elif len(group) == MOST_LEVELS:
                self.faults.append(
                    row.fault(_("Satu kelompok paling banyak %(most)s tingkat.") % {"most": MOST_LEVELS})
                )
            group.append(level)
        return {name: tuple(sorted(group, key=lambda level: level.value)) for name, group in found.items()}

    def _items(
        self, rows: list[Row], domains: list[Row], levels: Mapping[str, tuple[Level, ...]]
    ) -> dict[str, list[Item]]:
        known = {row.get("kode").lower() for row in domains}
        found: dict[str, list[Item]] = {}
        if len(rows) > MOST_ITEMS:
            self.faults.append(
                SheetFault(_("Paling banyak %(most)s butir.") % {"most": MOST_ITEMS}, sheet="butir")
            )
        for row in rows:
            name = row.get("bagian").lower()
            if name not in known:
                self.faults.append(row.fault(_("Bagian ini tidak ada di lembar “bagian”."), "bagian"))
                continue
            item = self._tried(partial(_item, row, levels))
            found.setdefault(name, [])
            if item is not None:
                found[name].append(item)
        self._once(rows, "kode")
        return found


def _instrument(head: Mapping[str, Row], domains: tuple[Domain, ...], on: date) -> Instrument:
    return Instrument(
        code=code_in(_head_row(head, "kode"), "isi"),
        version=1,
        title=_head_text(head, "judul"),
        about=_head_text(head, "tentang"),
        note=_head_text(head, "catatan") if "catatan" in head and head["catatan"].get("isi") else None,
        source=needed(_head_row(head, "sumber"), "isi"),
        # Nobody of Simpul has checked it: it is the office's own word.
        verified="design",
        valid_from=day(head.get("berlaku_sejak"), on),
        domains=domains,
        purposes=(one_of(head["kegunaan"], "isi", USES),) if "kegunaan" in head else PURPOSES[:1],
        languages=("id", "en") if head.get("judul_inggris") else ("id",),
    )


def _head_row(head: Mapping[str, Row], name: str) -> Row:
    if name not in head:
        raise SheetFault(_("Isian “%(name)s” belum ada.") % {"name": name}, sheet="instrumen")
    return head[name]


def _head_text(head: Mapping[str, Row], name: str) -> Text:
    text = needed(_head_row(head, name), "isi")
    english = head.get(f"{name}_inggris")
    return Text(text, (optional(english, "isi") if english else "") or text)


def _domain(row: Row, items: Mapping[str, list[Item]], bands: Mapping[str, list[Band]]) -> Domain:
    code = code_in(row, "kode")
    own = tuple(items.get(code, ()))
    if code not in items:
        raise row.fault(_("Bagian ini belum punya butir di lembar “butir”."), "kode")
    scored = sum(item.kind == "scale" for item in own)
    fewest = whole(row, "paling_sedikit")
    if fewest is not None and not 1 <= fewest <= max(1, scored):
        raise row.fault(
            _("Bagian ini punya %(scored)s butir berskala; tulis angka dari 1 sampai itu.")
            % {"scored": scored},
            "paling_sedikit",
        )
    reliability, deviation = figure(row, "keandalan"), figure(row, "simpangan_baku")
    if reliability is not None and reliability >= 1:
        raise row.fault(_("Keandalan adalah angka di bawah 1, misalnya 0,85."), "keandalan")
    if (reliability is not None or deviation is not None) and not row.get("sumber_keandalan"):
        raise row.fault(_("Tulis dari penelitian mana angka keandalan ini."), "sumber_keandalan")
    domain = Domain(
        code=code,
        title=text(row, "judul"),
        items=own,
        direction=one_of(row, "arah", DIRECTIONS, "makin tinggi makin baik"),
        method=one_of(row, "cara", WAYS, "rata-rata"),
        fewest_answered=fewest,
        reliability=reliability,
        standard_deviation=deviation,
        measured_in=optional(row, "sumber_keandalan"),
        bands=tuple(bands.get(code, ())),
    )
    require_bands(domain, row.fault)
    return domain


def require_bands(domain: Domain, fault: Callable[[str], SheetFault]) -> None:
    """Raises the fault where the cut-offs of a domain do not stand from its lowest score on, in order, each once."""
    if not domain.bands:
        return
    try:
        scheme = Instrument("", 1, domain.title, domain.title, "", "design", date.min, (domain,)).scheme()
    except ValueError:
        # Items or levels are faulty themselves, which is told where they stand.
        return
    lowest, highest = scheme.domains[0].minimum, scheme.domains[0].maximum
    if band_fault(domain, lowest, highest):
        raise fault(
            _(
                "Batas bagian ini harus urut, masing-masing sekali, mulai dari %(lowest)s dan paling tinggi %(highest)s."
            )
            % {"lowest": f"{lowest:g}", "highest": f"{highest:g}"}
        )


def _band(row: Row) -> Band:
    return Band(code_in(row, "kode"), text(row, "nama"), cut(row, "mulai"))


def _item(row: Row, levels: Mapping[str, tuple[Level, ...]]) -> Item:
    kind = one_of(row, "jenis", KINDS, "skala")
    chosen = row.get("tingkat").lower()
    if kind in ("scale", "choice") and chosen not in levels:
        raise row.fault(_("Kelompok ini tidak ada di lembar “tingkat”."), "tingkat")
    if kind in ("scale", "choice") and len(levels[chosen]) < 2:
        raise row.fault(_("Kelompok ini baru punya satu tingkat; perlu sedikitnya dua."), "tingkat")
    if kind in ("number", "text") and chosen:
        raise row.fault(_("Butir angka dan teks tidak punya tingkat. Kosongkan kolom ini."), "tingkat")
    least, most = whole(row, "terkecil"), whole(row, "terbesar")
    if least is not None and most is not None and least > most:
        raise row.fault(_("Yang terkecil lebih besar daripada yang terbesar."), "terkecil")
    code = code_in(row, "kode")
    if code == REASONS:
        raise row.fault(_("Kode ini dipakai Simpul sendiri. Tulis kode lain."), "kode")
    hint = optional(row, "petunjuk")
    return Item(
        code=code,
        question=text(row, "pertanyaan"),
        kind=kind,
        hint=Text(hint, hint) if hint else None,
        levels=levels[chosen] if chosen else (),
        is_reversed=one_of(row, "terbalik", YES_NO, "tidak"),
        required=one_of(row, "wajib", YES_NO, "tidak"),
        minimum=least,
        maximum=most,
    )


def _named_level(row: Row) -> tuple[str, Level]:
    return needed(row, "kelompok").lower(), _level(row)


def _level(row: Row) -> Level:
    value = whole(row, "nilai")
    if value is None:
        raise row.fault(_("Kolom ini belum diisi."), "nilai")
    label = text(row, "nama")
    told = optional(row, "keterangan")
    return Level(value, label, Text(told, optional(row, "keterangan_inggris") or told) if told else label)
