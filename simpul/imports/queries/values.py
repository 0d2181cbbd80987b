"""What stands in a cell, read as what it is meant to be; what cannot be believed is refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue import casework, editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue import sources as catalogue_sources
from simpul.catalogue.facts import Fact
from simpul.engines.rules import DateRange, FactKind, Value
from simpul.imports.queries import words
from simpul.imports.queries.days import Reading, Wrong, age, born, day, day_or_range, restored_day
from simpul.imports.queries.fields import fact_headings
from simpul.imports.queries.reading import SPOILT, is_formula
from simpul.imports.queries.words import plain, softened
from simpul.people.models import Relation, Sex, State

_SCIENTIFIC = re.compile(r"^\d+(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[\s.\-\u2010-\u2015/]")
_DECIMALS = re.compile(r"^(\d{1,16})[.,]0+$")
_RUPIAH = re.compile(r"^(?:rp)?\.?\s*(-?\d{1,3}(?:\.\d{3})+|-?\d{1,15})(?:[.,]0{1,2}|,-)?$")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to a question of the catalogue: a value, or that it is not known or not told."""

    state: str
    value: Value | None = None


Reader = Callable[[str], Any]


def is_empty(cell: str) -> bool:
    """Whether the cell says nothing, as a dash does."""
    return not cell or words.value_words("nothing").get(plain(cell) or cell) == "empty"


def require_value(cell: str) -> None:
    """Raises Wrong for a formula that came without what it gives."""
    if is_formula(cell):
        raise Wrong(_("sel ini berisi rumus tanpa hasil; salin nilainya saja"))


# --- numbers that name people ---


def nik(cell: str) -> str:
    """Sixteen digits; empty for what lists write where there is none. Raises Wrong where a spreadsheet cut it."""
    return _sixteen(cell, "NIK")


def kk(cell: str) -> str:
    return _sixteen(cell, _("Nomor KK"))


def _sixteen(cell: str, what: str) -> str:
    if cell.startswith(SPOILT) or _SCIENTIFIC.match(cell):
        raise Wrong(
            _(
                "%(what)s rusak: tersimpan sebagai angka sehingga digit terakhirnya hilang. Jadikan kolom itu teks, lalu isi lagi"
            )
            % {"what": what}
        )
    found = _DECIMALS.match(cell)
    digits = found[1] if found else _NOT_DIGITS.sub("", cell)
    if not digits.strip("0") or set(digits) == {"9"}:
        return ""
    if not (digits.isascii() and digits.isdigit()):
        raise Wrong(_("%(what)s hanya boleh berisi angka") % {"what": what})
    if len(digits) != 16:
        raise Wrong(
            _("%(what)s harus 16 angka; di sini %(count)s angka") % {"what": what, "count": len(digits)}
        )
    return digits


def number(cell: str) -> str:
    """A telephone number as it was written; a zero that a spreadsheet cut comes back."""
    text = cell.lstrip(SPOILT)
    return f"0{text}" if text.isdigit() and text.startswith("8") else text[:32]


# --- words ---


def name(cell: str) -> str:
    found = " ".join(cell.split())
    if not any(map(str.isalpha, found)):
        raise Wrong(_("nama tidak berisi huruf"))
    if len(found) > 200:
        raise Wrong(_("nama lebih dari 200 huruf; periksa apakah sel lain ikut tergabung"))
    return found


def text(cell: str) -> str:
    return " ".join(cell.split())


def of_group(group: str, what: str, cell: str) -> str:
    """The code of a word of that group. Raises Wrong."""
    code = words.value_words(group).get(plain(cell) or cell)
    if code is None:
        raise Wrong(_("%(what)s tidak dikenal: “%(said)s”") % {"what": what, "said": softened(cell[:40])})
    return code


def sex(cell: str) -> str:
    return Sex(of_group("sex", _("jenis kelamin"), cell)).value


def relation(cell: str) -> str:
    """What is not known of kinship is a relative: nobody is refused for it."""
    code = words.value_words("relation").get(plain(cell))
    return Relation(code).value if code else Relation.OTHER.value


def yes_no(cell: str) -> bool:
    return of_group("yes_no", _("jawaban ya atau tidak"), cell) == "yes"


def count(cell: str) -> int:
    found = _RUPIAH.match(cell.casefold())
    if not found:
        raise Wrong(_("bukan bilangan bulat; tulis dengan angka saja"))
    return int(found[1].replace(".", ""))


def need_type(cell: str, reading: Reading) -> str:
    """The code of a type of need by any of its names, also an old one. Raises Wrong."""
    known = words.need_words(reading.edition)
    names = plain(cell), words.plain_heading(cell)
    code = next((known[name] for name in (*names, *map(words.without_former, names)) if name in known), None)
    if code is None:
        raise Wrong(_("jenis PPKS tidak dikenal: “%(said)s”") % {"said": softened(cell[:60])})
    return code


def need_types(cell: str, reading: Reading) -> list[str]:
    parts = [part for part in re.split(r"[,;\n]+", cell) if part.strip()]
    return list(dict.fromkeys(need_type(part, reading) for part in parts))


def source_type(cell: str) -> str:
    known = words.source_words()
    code = known.get(plain(cell)) or known.get(words.plain_heading(cell))
    if code is None:
        raise Wrong(_("jenis PSKS tidak dikenal: “%(said)s”") % {"said": softened(cell[:60])})
    return code


def education(cell: str) -> str:
    said = plain(cell)
    choices = catalogue_sources.facts()["education"].choices
    for choice in choices:
        if said in (plain(choice.code), plain(choice.label.id), plain(choice.label.en)):
            return choice.code
    return of_group("education", _("pendidikan"), cell)


def service_kind(cell: str) -> str:
    said = plain(cell)
    for kind in casework.service_kinds():
        if said in (plain(kind.code), plain(kind.title.id), plain(kind.title.en)):
            return kind.code
    raise Wrong(_("jenis bantuan tidak dikenal: “%(said)s”") % {"said": softened(cell[:40])})


def body_kind(cell: str) -> str:
    return words.value_words("body_kind").get(plain(cell), "lks")


def question(cell: str) -> str:
    """The name of a question of the catalogue by its words. Raises Wrong."""
    found = fact_headings().get(" ".join(cell.split()).casefold().rstrip("?. "))
    if found is None:
        raise Wrong(_("pertanyaan tidak dikenal: “%(said)s”") % {"said": softened(cell[:60])})
    return found


# --- answers to questions ---


def said(fact: Fact, cell: str, reading: Reading) -> Said:
    """What was answered to a question of the catalogue. Raises Wrong."""
    state = words.value_words("nothing").get(plain(cell) or cell)
    if state in (State.UNKNOWN, State.REFUSED):
        return Said(state)
    return Said(State.KNOWN, _VALUES[fact.kind](fact, cell, reading))


def restored_said(name: str, held: Said) -> Said:
    """What was said as it waited in a doubtful row: days come back from their text."""
    if catalogue_facts.get(name).kind is not FactKind.DATE or held.value is None:
        return held
    return Said(held.state, restored_day(held.value))


def _choice(fact: Fact, cell: str, reading: Reading) -> str:
    told = plain(cell)
    for choice in fact.choices:
        if told in (plain(choice.code), plain(choice.label.id), plain(choice.label.en)):
            return choice.code
    if code := words.choice_words(fact.name).get(told):
        return code
    labels = ", ".join(choice.label.in_language(get_language() or "id") for choice in fact.choices)
    raise Wrong(_("bukan pilihan yang dikenal; pilih: %(choices)s") % {"choices": labels})


def _number(fact: Fact, cell: str, reading: Reading) -> int:
    found = count(cell)
    least, most = fact.minimum, fact.maximum
    if (least is not None and found < least) or (most is not None and found > most):
        raise Wrong(_("angka di luar batas yang masuk akal"))
    return found


def _date(fact: Fact, cell: str, reading: Reading) -> date | DateRange:
    found = day_or_range(cell, reading)
    last = found.latest if isinstance(found, DateRange) else found
    if last > reading.on:
        raise Wrong(_("tanggal itu belum terjadi; periksa tahunnya"))
    return found


_VALUES: Mapping[FactKind, Callable[[Fact, str, Reading], Value]] = {
    FactKind.BOOL: lambda _fact, cell, _reading: yes_no(cell),
    FactKind.CHOICE: _choice,
    FactKind.NUMBER: _number,
    FactKind.DATE: _date,
}


def reader_of(reads: str, code: str, reading: Reading) -> Reader:
    """What reads the cells of a field."""
    if reads == "fact:":
        return partial(said, catalogue_facts.get(code.removeprefix("fact:")), reading=reading)
    dated: dict[str, Callable[[str, Reading], Any]] = {
        "day": day,
        "born": born,
        "age": age,
        "need_type": need_type,
        "need_types": need_types,
    }
    if read := dated.get(reads):
        return lambda cell: read(cell, reading)
    return _READERS.get(reads, text)


_READERS: Mapping[str, Reader] = {
    "nik": nik,
    "kk": kk,
    "number": number,
    "name": name,
    "sex": sex,
    "relation": relation,
    "yes_no": yes_no,
    "count": count,
    "source_type": source_type,
    "education": education,
    "service_kind": service_kind,
    "body_kind": body_kind,
    "question": question,
}


# --- in words ---


def need_words_shown(code: str) -> str:
    """A type of need as screens name it, in the edition of this office."""
    known = {need.code: need for need in editions.get(settings.SIMPUL_EDITION).types}
    return known[code].display.in_language(get_language() or "id") if code in known else code


def choice_shown(fact: str, code: str) -> str:
    """A choice of a question in words."""
    return catalogue_facts.get(fact).choice_label(code).in_language(get_language() or "id")
