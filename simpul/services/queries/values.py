"""What may stand in a part of a listing, and how it is said: each refusal names its field and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal, fitting
from simpul.organisations.models import Organisation
from simpul.organisations.queries.secret_words import tells_place
from simpul.services.models import Service
from simpul.services.queries.parts import Field, Part, Shape, Values, values_of
from simpul.services.queries.rules import RuleRefused, node_of, words_of
from simpul.services.stages import Cost

_MOST_LINES = 30
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-/,;a-zA-Z]{1,38}")
_OPEN_WORDS = frozenset({Shape.LINE, Shape.TEXT, Shape.LINES})


class ValueWrong(Refusal):
    """Something in a listing cannot be so. `field` is its name, empty for the whole part."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


def checked(service: Service, part: Part, values: Mapping[str, Any]) -> Values:
    """The values of a part as they would be kept; what is not told stays. Raises ValueWrong."""
    current = values_of(service, part)
    if stray := set(values) - set(current):
        raise ValueWrong("", _("“%(what)s” bukan isian bagian ini.") % {"what": min(stray)})
    kept = {
        field.name: _value(field, values.get(field.name, current[field.name]), current[field.name])
        for field in part.fields
    }
    require_no_place(service.organisation, part, kept)
    _ALTOGETHER.get(part.code, _nothing)(service, kept)
    return kept


def require_no_place(organisation: Organisation, part: Part, values: Mapping[str, Any]) -> None:
    """Refuses words that would lead to a body whose place is secret. Raises ValueWrong."""
    for field in part.fields:
        if field.shape in _OPEN_WORDS and tells_place(organisation, _plain(values[field.name])):
            raise ValueWrong(
                field.name,
                _(
                    "%(what)s menyebut tempat yang dirahasiakan. Tulis ulang tanpa nama desa, kecamatan atau jalan."
                )
                % {"what": field.label},
            )


def _plain(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")


# --- one value ---


def _value(field: Field, value: Any, held: Any) -> Any:
    """One value as it is kept. What was accepted once, or came with an import, is not refused later."""
    if value == held and not (field.is_needed and value in (None, "")):
        return held
    kept = _READS[field.shape](field, value, held)
    if field.is_needed and kept in (None, ""):
        raise ValueWrong(field.name, _("%(what)s belum diisi.") % {"what": field.label})
    return kept


def fitted(field: Field, value: Any) -> str:
    """Words without spaces around them, not too many. Raises ValueWrong."""
    try:
        kept = fitting(str(value or ""), str(field.label), field.most)
    except Refusal as refusal:
        raise ValueWrong(field.name, str(refusal)) from None
    return " ".join(kept.split()) if field.shape is not Shape.TEXT else kept


def _words(field: Field, value: Any, held: Any) -> str:
    return fitted(field, value)


def _lines(field: Field, value: Any, held: Any) -> list[str]:
    told = value if isinstance(value, list | tuple) else str(value or "").splitlines()
    kept = [line for one in told if (line := fitted(field, one))]
    if len(kept) > _MOST_LINES or sum(map(len, kept)) > field.most:
        raise ValueWrong(field.name, _("%(what)s terlalu panjang. Singkatkan.") % {"what": field.label})
    return list(dict.fromkeys(kept))


def _choice(field: Field, value: Any, held: Any) -> str:
    kept = str(value or "")
    if kept and kept not in dict(field.choices() if field.choices else ()):
        raise ValueWrong(field.name, _("%(what)s: pilih salah satu dari daftar.") % {"what": field.label})
    return kept


def _choices(field: Field, value: Any, held: Any) -> list[str]:
    told = [str(code) for code in value] if isinstance(value, list | tuple) else []
    known = [code for code, _title in (field.choices() if field.choices else ())]
    # A code of an older list, or of another register, stays as long as it is not taken out.
    known += [code for code in held or () if code not in known]
    if unknown := sorted(set(told) - set(known)):
        raise ValueWrong(
            field.name,
            _("%(what)s: “%(code)s” tidak ada dalam daftar.") % {"what": field.label, "code": unknown[0]},
        )
    return [code for code in known if code in told]


def _count(field: Field, value: Any, held: Any) -> int | None:
    if value in (None, ""):
        return None
    text = "" if isinstance(value, bool) else str(value).strip()
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise ValueWrong(field.name, _("%(what)s ditulis dengan angka saja.") % {"what": field.label})
    if int(text) > field.most:
        raise ValueWrong(field.name, _("%(what)s terlalu besar. Periksa angkanya.") % {"what": field.label})
    return int(text)


def _tick(field: Field, value: Any, held: Any) -> bool:
    return value is True


def _phone(field: Field, value: Any, held: Any) -> str:
    kept = fitted(field, value)
    if kept and not (_PHONE.fullmatch(kept) and sum(map(str.isdigit, kept)) >= 3):
        raise ValueWrong(
            field.name, _("Nomor itu tidak dapat dihubungi. Contoh: 0777-321123 atau 0812 3456 7890.")
        )
    return kept


def _email(field: Field, value: Any, held: Any) -> str:
    kept = fitted(field, value)
    try:
        if kept:
            validate_email(kept)
    except ValidationError:
        raise ValueWrong(
            field.name, _("Alamat surel itu tidak lengkap. Contoh: kantor@lembaga.or.id.")
        ) from None
    return kept


def _web(field: Field, value: Any, held: Any) -> str:
    kept = fitted(field, value)
    if not kept:
        return ""
    if "://" not in kept:
        kept = f"https://{kept}"
    try:
        URLValidator(schemes=["http", "https"])(kept)
    except ValidationError:
        raise ValueWrong(
            field.name, _("Alamat situs itu tidak lengkap. Contoh: https://lembaga.or.id.")
        ) from None
    return kept[: field.most]


def _rule(field: Field, value: Any, held: Any) -> str:
    kept = fitted(field, value)
    try:
        node_of(kept)
    except RuleRefused as refusal:
        raise ValueWrong(field.name, str(refusal)) from None
    return kept


_READS: dict[Shape, Callable[[Field, Any, Any], Any]] = {
    Shape.LINE: _words,
    Shape.TEXT: _words,
    Shape.LINES: _lines,
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.COUNT: _count,
    Shape.MONEY: _count,
    Shape.TICK: _tick,
    Shape.PHONE: _phone,
    Shape.EMAIL: _email,
    Shape.WEB: _web,
    Shape.RULE: _rule,
}


# --- what must agree within a part ---


def _nothing(service: Service, values: Values) -> None:
    """Most parts hold nothing that could contradict itself."""


def _whom(service: Service, values: Values) -> None:
    youngest, oldest = values["age_from"], values["age_to"]
    if youngest is not None and oldest is not None and youngest > oldest:
        raise ValueWrong("age_to", _("Umur paling tua lebih kecil daripada umur paling muda. Periksa."))


def _with_rule_words(service: Service, values: Values) -> None:
    """Where nobody wrote the rule in words, Simpul does; words that it wrote itself follow the rule."""
    written_here = service.rule_words == _words_written(service.rule)
    if not values["rule_words"] or (written_here and values["rule_words"] == service.rule_words):
        values["rule_words"] = words_of(values["rule"], "id")


def _words_written(rule: str) -> str:
    try:
        return words_of(rule, "id")
    except RuleRefused:
        return ""


def _cost(service: Service, values: Values) -> None:
    if values["cost"] != Cost.TARIFF and values["cost_amount"]:
        raise ValueWrong("cost_amount", _("Jumlah rupiah hanya diisi bila layanan ini bertarif."))


def _room(service: Service, values: Values) -> None:
    if values["capacity"] is not None and service.free is not None and service.free > values["capacity"]:
        raise ValueWrong(
            "capacity",
            _("Tempat kosong yang tercatat (%(free)s) melebihi daya tampung ini. Perbarui tempat kosongnya dahulu.")
            % {"free": service.free},
        )  # fmt: skip


_ALTOGETHER: dict[str, Callable[[Service, Values], None]] = {
    "whom": _whom,
    "rule": _with_rule_words,
    "cost": _cost,
    "room": _room,
}


# --- in words ---


def said(field: Field, value: Any) -> tuple[str, ...]:
    """A value in words, line by line; nothing for nothing."""
    if value in (None, "", []):
        return ()
    match field.shape:
        case Shape.CHOICE:
            return (_title(field, value),)
        case Shape.CHOICES:
            return tuple(_title(field, code) for code in value)
        case Shape.LINES:
            return tuple(map(str, value))
        case Shape.TICK:
            return (_("ya") if value else _("tidak"),)
        case Shape.MONEY:
            return (f"Rp{value:,}".replace(",", "."),)
        case Shape.COUNT:
            return (number_format(value, use_l10n=True, force_grouping=True),)
    return tuple(str(value).splitlines())


def _title(field: Field, code: str) -> str:
    return dict(field.choices() if field.choices else ()).get(code, code)


def in_one_line(part: Part, values: Mapping[str, Any]) -> str:
    """A whole part for a sentence about two who changed it at once."""
    told = (", ".join(said(field, values.get(field.name))) for field in part.fields)
    return "; ".join(filter(None, told)) or "–"
