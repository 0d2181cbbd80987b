"""Whether what is to stand in a part of the record can be so: each refusal names its field and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.catalogue.organisations import bodies as lists
from simpul.organisations.models import Organisation
from simpul.organisations.queries.parts import (
    PARTS,
    ROWS,
    Field,
    Part,
    Shape,
    Values,
    values_of,
)
from simpul.organisations.stages import Accounting, HelpForm
from simpul.places import queries as places

FIRST_YEAR = 1800
# Against a form that was tampered with: no body keeps lists as long as this.
MOST_ROWS = 500
_NOT_DIGITS = re.compile(r"[\s.\-]")
_ANSWERED = frozenset({Accounting.SENT, Accounting.RETURNED, Accounting.ACCEPTED})
_CERTIFICATE = {"name": 200, "number": 80, "issuer": 200}


class PartWrong(Refusal):
    """Something in a part of the record cannot be so. `field` is its name, empty for the whole part."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


def checked(organisation: Organisation, code: str, values: Mapping[str, Any], *, on: date) -> Values:
    """The values as they would be kept. What is not told stays as it is. Raises PartWrong.

    A list part is told whole: a row that is left out ends.
    """
    part = PARTS.get(code)
    if part is None:
        raise PartWrong("", _("Bagian data lembaga itu tidak dikenal."))
    current = values_of(organisation, code)
    if part.is_list:
        return _checked_rows(organisation, part, values.get(ROWS, []), current[ROWS], on)
    kept = {
        field.name: _value(field, values.get(field.name, current[field.name]), current[field.name], on)
        for field in part.fields
    }
    _ALTOGETHER.get(code, _nothing)(organisation, kept, on)
    return kept


def _checked_rows(
    organisation: Organisation, part: Part, rows: Any, current: list[Values], on: date
) -> Values:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise PartWrong(
            "", _("Daftar itu terlalu panjang atau tidak terbaca. Muat ulang halaman, lalu isi lagi.")
        )
    before = {row["id"]: row for row in current}
    kept = [_checked_row(part, row, before.get(str(row.get("id"))), on) for row in rows]
    keys = [row["id"] for row in kept]
    fresh = [key for key in keys if key not in before]
    if len(set(keys)) != len(keys) or (fresh and part.model.objects.filter(pk__in=fresh).exists()):
        raise PartWrong("", _("Baris itu sudah tidak ada di daftar ini. Muat ulang halaman, lalu isi lagi."))
    if part.code == "area":
        _require_each_place_once(kept)
    if part.sort:
        kept.sort(key=part.sort)
    return {ROWS: kept}


def _checked_row(part: Part, row: Mapping[str, Any], before: Values | None, on: date) -> Values:
    kept: Values = {"id": _key(row.get("id"))}
    for field in part.fields:
        held = before[field.name] if before else field.empty
        kept[field.name] = _value(field, row.get(field.name, held), held, on)
    if kept.get("since") and kept.get("until") and kept["until"] < kept["since"]:
        raise PartWrong("until", _("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggalnya."))
    if part.code == "area":
        _require_begun(kept, on)
        if before is None:
            kept["code_list_on"] = kept["code_list_on"] or _code_list_day()
        elif before["code"] != kept["code"]:
            kept["code_list_on"] = _code_list_day()
    if part.code == "help":
        _require_help_to_agree(kept, on.isoformat())
    if part.code == "facilities" and not kept["amount"]:
        raise PartWrong(
            "amount", _("Jumlah sarana paling sedikit satu. Bila sudah tidak ada, keluarkan dari daftar.")
        )
    return kept


def _require_help_to_agree(row: Values, today: str) -> None:
    """Help says how much of what, and its days follow each other."""
    received, sent = row["received_on"], row["accounted_on"]
    if received > today:
        raise PartWrong("received_on", _("Bantuan dicatat setelah diterima. Periksa tanggalnya."))
    if row["form"] == HelpForm.MONEY and not row["rupiah"]:
        raise PartWrong("rupiah", _("Tulis jumlah uang yang diterima, dalam rupiah penuh."))
    if row["form"] != HelpForm.MONEY and not (row["rupiah"] or row["quantity"]):
        raise PartWrong("quantity", _("Tulis berapa banyak yang diterima, atau taksiran nilainya."))
    if row["account_by"] and row["account_by"] < received:
        raise PartWrong("account_by", _("Batas itu mendahului hari diterimanya. Periksa kedua tanggalnya."))
    if sent and not received <= sent <= today:
        raise PartWrong(
            "accounted_on",
            _("Pertanggungjawaban diserahkan sesudah bantuan diterima dan paling lambat hari ini."),
        )
    if row["accounting"] in _ANSWERED and not sent:
        raise PartWrong("accounted_on", _("Tulis kapan pertanggungjawaban itu diserahkan."))


def _key(value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise PartWrong("", _("Formulir ini tidak lengkap. Buka formulir baru, lalu isi lagi.")) from None


def _code_list_day() -> str | None:
    code_list = places.code_list()
    return code_list.valid_from.isoformat() if code_list else None


def _require_begun(row: Values, on: date) -> None:
    if row["since"] and row["since"] > on.isoformat():
        raise PartWrong("since", _("Wilayah yang baru akan dilayani dicatat setelah layanannya mulai."))


def _require_each_place_once(rows: list[Values]) -> None:
    codes = [row["code"] for row in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise PartWrong("code", _("%(place)s sudah ada di daftar.") % {"place": places.path(twice[0])})


# --- one value ---


def _value(field: Field, value: Any, held: Any, on: date) -> Any:
    """One value as it is kept. `held` is what stands now: what was accepted once is not refused later."""
    if value == held and not (field.is_needed and value in (None, "")):
        return held
    kept = _READS[field.shape](field, value, on)
    if field.is_needed and kept in (None, ""):
        raise PartWrong(field.name, _("%(what)s belum diisi.") % {"what": field.label})
    return kept


def _words(field: Field, value: Any, on: date) -> str:
    try:
        kept = fitting(str(value or ""), str(field.label), field.most)
    except Refusal as refusal:
        raise PartWrong(field.name, str(refusal)) from None
    return kept if field.shape is Shape.TEXT else " ".join(kept.split())


def _email(field: Field, value: Any, on: date) -> str:
    kept = _words(field, value, on)
    try:
        if kept:
            validate_email(kept)
    except ValidationError:
        raise PartWrong(
            field.name, _("Alamat surel itu tidak lengkap. Contoh: kantor@lembaga.or.id.")
        ) from None
    return kept


def _web(field: Field, value: Any, on: date) -> str:
    kept = _words(field, value, on)
    if not kept:
        return ""
    if "://" not in kept:
        kept = f"https://{kept}"
    try:
        URLValidator(schemes=["http", "https"])(kept)
    except ValidationError:
        raise PartWrong(
            field.name, _("Alamat situs itu tidak lengkap. Contoh: https://lembaga.or.id.")
        ) from None
    return kept


def _choice(field: Field, value: Any, on: date) -> str:
    kept = str(value or "")
    if kept and kept not in dict(field.choices() if field.choices else ()):
        raise PartWrong(field.name, _("%(what)s: pilih salah satu dari daftar.") % {"what": field.label})
    return kept


def _choices(field: Field, value: Any, on: date) -> list[str]:
    told = [str(code) for code in value] if isinstance(value, list | tuple) else []
    known = [code for code, _words in (field.choices() if field.choices else ())]
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise PartWrong(
            field.name,
            _("%(what)s: “%(code)s” tidak ada dalam daftar yang dipakai kantor ini.")
            % {"what": field.label, "code": unknown[0]},
        )
    return [code for code in known if code in told]


def _count(field: Field, value: Any, on: date) -> int | None:
    if value in (None, ""):
        return None
    number = _whole(value)
    if number is None:
        raise PartWrong(field.name, _("%(what)s ditulis dengan angka saja.") % {"what": field.label})
    if number < 0:
        raise PartWrong(field.name, _("%(what)s tidak boleh kurang dari nol.") % {"what": field.label})
    if number > field.most:
        raise PartWrong(field.name, _("%(what)s terlalu besar. Periksa angkanya.") % {"what": field.label})
    return number


def _whole(value: Any) -> int | None:
    text = "" if isinstance(value, bool) else str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None


def _year(field: Field, value: Any, on: date) -> int | None:
    if value in (None, ""):
        return None
    year = _whole(value)
    if year is None or not FIRST_YEAR <= year <= on.year:
        raise PartWrong(
            field.name,
            _("%(what)s antara %(first)s dan %(last)s.")
            % {"what": field.label, "first": FIRST_YEAR, "last": on.year},
        )
    return year


def _day(field: Field, value: Any, on: date) -> str | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise PartWrong(
            field.name, _("%(what)s: tanggal itu tidak ada di kalender.") % {"what": field.label}
        ) from None


def _answer(field: Field, value: Any, on: date) -> bool | None:
    return value if isinstance(value, bool) else None


def _tick(field: Field, value: Any, on: date) -> bool:
    return value is True


def _region(field: Field, value: Any, on: date) -> str:
    code = str(value or "")
    found = places.named(code) if code else None
    if code and found is None:
        raise PartWrong(
            field.name,
            _("Kode wilayah %(code)s tidak dikenal. Cari namanya, lalu pilih dari daftar.")
            % {"code": code[:20]},
        )
    return found.code if found else ""


def _body(field: Field, value: Any, on: date) -> str | None:
    if value in (None, ""):
        return None
    key = _key(value)
    if not Organisation.objects.filter(pk=key).exists():
        raise PartWrong(
            field.name, _("Lembaga induk itu tidak ditemukan. Cari namanya, lalu pilih dari daftar.")
        )
    return key


def _degree(field: Field, value: Any, on: date) -> float | None:
    if value in (None, ""):
        return None
    text = str(value).strip().replace(",", ".")
    # A plain number: no "nan", no "inf", no exponent.
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", text) or abs(float(text)) > field.most:
        raise PartWrong(
            field.name,
            _("%(what)s ditulis dalam derajat, antara -%(most)s dan %(most)s.")
            % {"what": field.label, "most": field.most},
        )
    return float(text)


def _digits(field: Field, value: Any, on: date) -> str:
    kept = _NOT_DIGITS.sub("", str(value or ""))
    lengths = lists.digits_of(field.name)
    if kept and not (kept.isascii() and kept.isdigit() and len(kept) in lengths):
        some = [str(count) for count in lengths]
        shown = some[0]
        for count in some[1:]:
            shown = _("%(this)s atau %(that)s") % {"this": shown, "that": count}
        raise PartWrong(
            field.name, _("%(what)s terdiri atas %(count)s angka.") % {"what": field.label, "count": shown}
        )
    return kept


def _goals(field: Field, value: Any, on: date) -> list[Values]:
    kinds = [code for code, _words in (field.choices() if field.choices else ())]
    kept = []
    for goal in value if isinstance(value, list) else []:
        kind, words = str(goal.get("kind", "")), _words(field, goal.get("words"), on)
        if kind not in kinds:
            raise PartWrong(
                field.name, _("%(what)s: pilih jenis tujuan dari daftar.") % {"what": field.label}
            )
        if words:
            kept.append({"kind": kind, "words": words})
    return sorted(kept, key=lambda goal: kinds.index(goal["kind"]))


def _certificates(field: Field, value: Any, on: date) -> list[Values]:
    kept = []
    for told in value if isinstance(value, list) else []:
        row: Values = {name: _fit(field, told.get(name), most) for name, most in _CERTIFICATE.items()}
        row |= {name: _day(field, told.get(name), on) for name in ("issued_on", "valid_to")}
        if not any(row.values()):
            continue
        if not row["name"]:
            raise PartWrong(field.name, _("Tulis nama sertifikatnya."))
        if row["issued_on"] and row["issued_on"] > on.isoformat():
            raise PartWrong(field.name, _("Tanggal terbit sertifikat belum tiba. Periksa tanggalnya."))
        if row["issued_on"] and row["valid_to"] and row["valid_to"] < row["issued_on"]:
            raise PartWrong(field.name, _("Sertifikat itu habis sebelum terbit. Periksa kedua tanggalnya."))
        kept.append(row)
    return kept


def _fit(field: Field, value: Any, most: int) -> str:
    try:
        return " ".join(fitting(str(value or ""), str(field.label), most).split())
    except Refusal as refusal:
        raise PartWrong(field.name, str(refusal)) from None


_READS: dict[Shape, Callable[[Field, Any, date], Any]] = {
    Shape.LINE: _words,
    Shape.TEXT: _words,
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.COUNT: _count,
    Shape.MONEY: _count,
    Shape.YEAR: _year,
    Shape.DAY: _day,
    Shape.ANSWER: _answer,
    Shape.TICK: _tick,
    Shape.REGION: _region,
    Shape.BODY: _body,
    Shape.DEGREE: _degree,
    Shape.DIGITS: _digits,
    Shape.EMAIL: _email,
    Shape.WEB: _web,
    Shape.GOALS: _goals,
    Shape.CERTIFICATES: _certificates,
}


# --- what must agree within a part ---


def _nothing(organisation: Organisation, values: Values, on: date) -> None:
    """Most parts hold nothing that could contradict itself."""


def _identity(organisation: Organisation, values: Values, on: date) -> None:
    if (values["latitude"] is None) != (values["longitude"] is None):
        raise PartWrong("longitude", _("Isi lintang dan bujur keduanya, atau kosongkan keduanya."))
    _require_no_circle(organisation, values["parent"])


def _require_no_circle(organisation: Organisation, parent: str | None) -> None:
    above, seen = UUID(parent) if parent else None, set()
    while above is not None and above not in seen:
        if above == organisation.pk:
            raise PartWrong(
                "parent", _("Lembaga tidak dapat menjadi induk bagi dirinya sendiri atau bagi induknya.")
            )
        seen.add(above)
        above = Organisation.objects.values_list("parent_id", flat=True).filter(pk=above).first()


def _legal(organisation: Organisation, values: Values, on: date) -> None:
    for name, words in (
        ("deed_on", _("Tanggal akta belum tiba. Periksa tanggalnya.")),
        ("approval_on", _("Tanggal pengesahan belum tiba. Periksa tanggalnya.")),
    ):
        if values[name] and values[name] > on.isoformat():
            raise PartWrong(name, words)


def _service(organisation: Organisation, values: Values, on: date) -> None:
    budget, own = values["yearly_budget"], values["yearly_own_income"]
    if budget is not None and own is not None and own > budget:
        raise PartWrong(
            "yearly_own_income",
            _("Pendapatan sendiri lebih besar daripada anggaran setahun. Periksa kedua angkanya."),
        )


_ALTOGETHER: dict[str, Callable[[Organisation, Values, date], None]] = {
    "identity": _identity,
    "legal": _legal,
    "service": _service,
}
