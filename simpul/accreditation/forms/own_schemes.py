"""A scheme out of a spreadsheet: rows become the words of a scheme, and every mistake is told with sheet and row."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import CharField, FileField, FileInput, Form, HiddenInput, Textarea, UUIDField
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from simpul.catalogue.accreditation import Scheme, SchemeFault, from_words
from simpul.instruments.forms.workbook import Row, SheetFault, read_rows

LARGEST_FILE = 2 * 1024 * 1024
LONGEST_PASTE = 200_000
READABLE = (".xlsx", ".ods", ".csv")
_SALT = "simpul.accreditation.scheme"

# Each sheet: the words of a scheme and the column in which they stand. The first column must be there.
_HEAD = {
    "kode": "code",
    "peraturan": "regulation",
    "judul": "title",
    "berlaku_sejak": "valid_from",
    "berlaku_sampai": "valid_to",
    "sumber": "source",
    "tentang": "about",
    "belum_ada": "missing",
    "bobot_contoh": "is_example_weights",
    "sumber_bobot": "weights_source",
    "asesor": "assessors",
    "tunggu_bulan": "wait_months",
    "keberatan_hari": "appeal_days",
    "jawab_hari": "answer_days",
    "pantau_bulan": "watch_months",
    "pengingat_bulan": "reminder_months",
    "sumber_waktu": "time_source",
}
_COLUMNS = {
    "syarat": {"kode": "code", "uraian": "text", "aturan": "rule", "sumber": "source"},
    "berkas": {"kode": "code", "uraian": "text", "sumber": "source"},
    "standar": {"kode": "code", "judul": "title", "bobot": "weight", "sumber": "source"},
    "butir": {
        "kode": "code",
        "standar": "",
        "uraian": "text",
        "bukti": "evidence_hint",
        "paling_tinggi": "most",
        "bobot": "weight",
        "wajib_untuk": "required_for",
        "wajib_nilai": "required_at",
        "sumber": "source",
    },
    "peringkat": {
        "kode": "code",
        "nama": "label",
        "nilai_minimum": "min_score",
        "minimum_per_standar": "min_per_standard",
        "berlaku_bulan": "validity_months",
        "sumber": "source",
    },
}
_SHEET_OF = {"conditions": "syarat", "documents": "berkas", "standards": "standar", "grades": "peringkat"}
_WHOLE = frozenset(
    {
        "assessors", "wait_months", "appeal_days", "answer_days", "watch_months", "weight", "most", "required_at",
        "min_score", "min_per_standard", "validity_months",
    }
)  # fmt: skip
_LISTS = frozenset({"required_for", "reminder_months"})
_RULES = {
    "berbadan hukum": "legal_entity",
    "terdaftar": "registered",
    "melayani langsung": "direct",
    "dikonfirmasi": "confirmed",
}
HEADINGS = {
    "skema": ("isian", "isi"),
    **{sheet: tuple(columns) for sheet, columns in _COLUMNS.items()},
}
_PLACE = re.compile(r"(\w+) (\d+)(?:, items (\d+))?(?:, (\w+).*)?")
_ITEM_PLACE = re.compile(r"items ([\w.\-]+), (\w+)")


class SchemeForm(Form):
    """A spreadsheet, or the same rows pasted. Once valid, `words` are those of the scheme and `scheme` is read."""

    file = FileField(
        label=_("Berkas lembar sebar"),
        help_text=_("XLSX, ODS atau CSV, paling besar 2 MB."),
        required=False,
        widget=FileInput({"accept": ",".join(READABLE)}),
    )
    pasted = CharField(
        label=_("Atau tempelkan barisnya di sini"),
        help_text=_("Seperti berkas contoh: satu baris [nama lembar], lalu judul kolom dan barisnya."),
        required=False,
        max_length=LONGEST_PASTE,
        widget=Textarea(attrs={"rows": 12}),
    )
    scheme: Scheme | None = None

    def __init__(self, typed: Any = None, files: Any = None) -> None:
        super().__init__(typed, files)

    def clean_file(self) -> UploadedFile | None:
        sent: UploadedFile | None = self.cleaned_data["file"]
        if sent is None:
            return None
        if not (sent.name or "").lower().endswith(READABLE):
            raise ValidationError(
                _t("Jenis berkas ini tidak dapat dibaca. Simpan sebagai .xlsx, .ods atau .csv.")
            )
        if (sent.size or 0) > LARGEST_FILE:
            raise ValidationError(_t("Berkas ini lebih besar dari 2 MB. Satu skema tidak sebesar itu."))
        return sent

    def clean(self) -> dict[str, Any]:
        """Read what was sent. The first mistake of the whole is told with its place."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        sent, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if bool(sent) == bool(pasted):
            raise ValidationError(_t("Pilih berkas, atau tempelkan barisnya; salah satu saja."))
        name, content = (sent.name, sent.read()) if sent else ("rows.csv", pasted.encode())
        try:
            self.scheme = read_scheme(name, content)
        except SheetFault as fault:
            raise ValidationError(fault.told) from fault
        return cleaned


def read_scheme(name: str, content: bytes) -> Scheme:
    """The scheme of a spreadsheet, checked by the reader of the catalogue. Raises SheetFault."""
    sheets = read_rows(name, content, HEADINGS)
    words = _words_of(sheets)
    try:
        return from_words(words)
    except SchemeFault as fault:
        raise _placed(fault, sheets) from fault


def _words_of(sheets: Mapping[str, list[Row]]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for row in sheets["skema"]:
        heading = row.get("isian").lower()
        if heading not in _HEAD:
            known = ", ".join(_HEAD)
            raise row.fault(
                _t("Isian ini tidak dikenal. Yang dikenal: %(known)s.") % {"known": known}, "isian"
            )
        _put(words, _HEAD[heading], row.get("isi"))
    for name, sheet in _SHEET_OF.items():
        words[name] = [_row_words(row) for row in sheets[sheet]]
    places = {row.get("kode"): number for number, row in enumerate(sheets["standar"])}
    for row in sheets["butir"]:
        if row.get("standar") not in places:
            raise row.fault(_t("Standar ini tidak ada di lembar “standar”."), "standar")
        words["standards"][places[row.get("standar")]].setdefault("items", []).append(_row_words(row))
    return words


def _row_words(row: Row) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for column, key in _COLUMNS[row.sheet].items():
        if key:
            _put(words, key, row.get(column))
    return words


def _put(words: dict[str, Any], key: str, typed: str) -> None:
    """One cell as the reader wants it; an empty one is left out, so that its default holds or it is missed."""
    if not typed:
        return
    if key in _LISTS:
        words[key] = [_number(part) if key == "reminder_months" else part for part in _parts(typed)]
    elif key in _WHOLE:
        words[key] = _number(typed)
    elif key == "is_example_weights":
        words[key] = {"ya": True, "tidak": False}.get(typed.lower(), typed)
    elif key == "rule":
        words[key] = _RULES.get(typed.lower(), typed)
    else:
        words[key] = typed


def _parts(typed: str) -> list[str]:
    return [part for part in re.split(r"[,;\s]+", typed) if part]


def _number(typed: str) -> int | str:
    # What is no number stays as it was typed, for the reader to say so.
    return int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else typed


def _placed(fault: SchemeFault, sheets: Mapping[str, list[Row]]) -> SheetFault:
    """The same mistake with the sheet, the row and the column where it was typed."""
    cause = fault.sentence.in_language(get_language() or "id")
    if found := _ITEM_PLACE.fullmatch(fault.place):
        rows = [row for row in sheets["butir"] if row.get("kode") == found[1]]
        return _at(rows, 1, found[2], "butir", cause)
    if found := _PLACE.fullmatch(fault.place):
        sheet = _SHEET_OF.get(found[1], "")
        if sheet == "standar" and found[3]:
            standard = sheets["standar"][int(found[2]) - 1].get("kode")
            rows = [row for row in sheets["butir"] if row.get("standar") == standard]
            return _at(rows, int(found[3]), found[4] or "", "butir", cause)
        if sheet:
            return _at(sheets[sheet], int(found[2]), found[4] or "", sheet, cause)
    return _in_head(fault.place, sheets["skema"], cause)


def _at(rows: list[Row], number: int, key: str, sheet: str, cause: str) -> SheetFault:
    columns = {word: column for column, word in _COLUMNS[sheet].items() if word}
    row = rows[number - 1].number if len(rows) >= number else 0
    return SheetFault(cause, sheet=sheet, row=row, column=columns.get(key, ""))


def _in_head(place: str, rows: Iterable[Row], cause: str) -> SheetFault:
    """Of the head, or of a whole sheet (weights that do not add up, a code that stands twice)."""
    sheet = {**_SHEET_OF, "items": "butir"}.get(place)
    if sheet:
        return SheetFault(cause, sheet=sheet)
    headings = {word: heading for heading, word in _HEAD.items()}
    heading = headings.get(place.split(",")[0], place)
    found = next((row.number for row in rows if row.get("isian").lower() == heading), 0)
    return SheetFault(cause, sheet="skema", row=found, column=heading)


class AcceptSchemeForm(Form):
    """What was previewed, carried along sealed against change, so that what is accepted is what was shown."""

    once = UUIDField(widget=HiddenInput)
    content = CharField(widget=HiddenInput, max_length=None)

    @staticmethod
    def begun(words: Mapping[str, Any]) -> AcceptSchemeForm:
        """The form under a preview."""
        sealed = signing.dumps(words, salt=_SALT, compress=True)
        return AcceptSchemeForm(initial={"once": uuid.uuid4(), "content": sealed})

    def clean_content(self) -> dict[str, Any]:
        try:
            words: dict[str, Any] = signing.loads(self.cleaned_data["content"], salt=_SALT)
        except signing.BadSignature as error:
            raise ValidationError(
                _t("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
            ) from error
        return words


def example_csv() -> str:
    """A small whole scheme to write over. It is read back without a fault, which a test holds."""
    written = io.StringIO(newline="")
    # The mark in front tells spreadsheets that this is UTF-8.
    written.write("\ufeff")
    out = csv.writer(written)
    for sheet, rows in _EXAMPLE.items():
        out.writerow([f"[{sheet}]"])
        out.writerow(HEADINGS[sheet])
        out.writerows(rows)
    return written.getvalue()


# Shows the form only: an office writes what its regulation says.
_EXAMPLE: dict[str, list[tuple[str, ...]]] = {
    "skema": [
        ("kode", "peraturan-kami"),
        ("peraturan", "Nama dan nomor peraturan"),
        ("judul", "Akreditasi lembaga kesejahteraan sosial"),
        ("berlaku_sejak", "2025-08-01"),
        ("sumber", "Naskah peraturan yang dipegang kantor, halaman …"),
        ("bobot_contoh", "tidak"),
        ("asesor", "2"),
        ("tunggu_bulan", "6"),
        ("keberatan_hari", "30"),
        ("jawab_hari", "30"),
        ("pantau_bulan", "12"),
        ("pengingat_bulan", "12, 6, 3"),
        ("sumber_waktu", "Naskah peraturan, pasal …"),
    ],
    "syarat": [("a", "Berbadan hukum", "berbadan hukum"), ("b", "Syarat lain", "dikonfirmasi")],
    "berkas": [("surat", "Surat permohonan")],
    "standar": [("program", "Program", "60"), ("hasil", "Hasil layanan", "40")],
    "butir": [
        ("p1", "program", "Ada rencana kerja tahunan", "Rencana kerja yang disahkan", "4", "1", "A", "2"),
        ("h1", "hasil", "Hasil layanan dicatat", "Catatan perkembangan", "4", "1"),
    ],
    "peringkat": [("A", "A", "86", "60", "60"), ("B", "B", "71", "", "36")],
}
