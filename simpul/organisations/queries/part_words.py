"""The parts of a record in words: one value, a whole part, and what differs between two states of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from simpul.organisations.queries.bodies import TOLD_SIGNS, named
from simpul.organisations.queries.parts import (
    PARTS,
    PEOPLE_PARTS,
    PLACE_FIELDS,
    ROWS,
    Field,
    Part,
    Shape,
    Values,
)
from simpul.places import queries as places

SAME, CHANGED, NEW, ENDED = "same", "changed", "new", "ended"


@dataclass(frozen=True, slots=True)
class Said:
    """One field in words. `lines` is empty where nothing is known."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that differs: before and after in words, and in a word what happened to it."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    happened: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A part, or one row of a list part, and which of its fields differ. `kind` is new, changed or ended."""

    title: str
    kind: str
    fields: tuple[Differing, ...]


Tells = Callable[[str], bool]


def _tells_nothing(text: str) -> bool:
    """Where no place is secret, no words give it away."""
    return False


class Names:
    """The names of all places and bodies in some states of parts, asked for at once."""

    def __init__(self, *states: tuple[str, Values]) -> None:
        held = [(PARTS[code], state) for code, state in states]
        found = [
            (field.shape, row[field.name])
            for part, state in held
            for row in rows_of(part, state)
            for field in part.fields
            if field.shape in (Shape.REGION, Shape.BODY)
        ]
        self.places = places.names_of({code for shape, code in found if shape is Shape.REGION})
        self.bodies = named({UUID(key) for shape, key in found if shape is Shape.BODY and key})

    def place(self, code: str) -> str:
        return str(self.places.get(code, code))

    def body(self, key: str) -> str:
        return self.bodies.get(UUID(key), key)


def rows_of(part: Part, values: Values) -> list[Values]:
    """The rows of a list part; a part of single fields is its own only row."""
    return list(values[ROWS]) if part.is_list else [values]


def said(field: Field, value: Any, names: Names) -> tuple[str, ...]:
    """A value in words, line by line; nothing for nothing."""
    if value in (None, "", []):
        return ()
    match field.shape:
        case Shape.CHOICE:
            return (_choice(field, value),)
        case Shape.CHOICES:
            return tuple(_choice(field, code) for code in value)
        case Shape.GOALS:
            return tuple(f"{_choice(field, goal['kind'])}: {goal['words']}" for goal in value)
        case Shape.CERTIFICATES:
            return tuple(_certificate(row) for row in value)
        case Shape.ANSWER | Shape.TICK:
            return (_("ya") if value else _("tidak"),)
        case Shape.DAY:
            return (_day(value),)
        case Shape.REGION:
            return (names.place(value),)
        case Shape.BODY:
            return (names.body(value),)
    return _number(field, value) or tuple(str(value).splitlines())


def _number(field: Field, value: Any) -> tuple[str, ...]:
    if field.shape is Shape.MONEY:
        return (f"Rp{value:,}".replace(",", "."),)
    if field.shape is Shape.DEGREE:
        return (number_format(value),)
    return (number_format(value, use_l10n=True, force_grouping=True),) if field.shape is Shape.COUNT else ()


def _choice(field: Field, code: str) -> str:
    known = dict(field.choices() if field.choices else ())
    return known.get(code, code)


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "j F Y")


def _certificate(row: Mapping[str, Any]) -> str:
    parts = [row["name"], row["number"], row["issuer"]]
    if row["valid_to"]:
        parts.append(_("berlaku sampai %(day)s") % {"day": _day(row["valid_to"])})
    return ", ".join(filter(None, parts))


def title_of(part: Part, row: Values, names: Names) -> str:
    """Which row is meant: "Ketua: Siti Aminah"."""
    words = [" ".join(said(field, row[field.name], names)) for field in _title_fields(part)]
    return ": ".join(filter(None, words))


def _title_fields(part: Part) -> list[Field]:
    return [field for field in part.fields if field.name in part.title_of]


# --- two states side by side ---


def compared(
    code: str,
    before: Values,
    after: Values,
    *,
    hides_place: bool = False,
    names: Names | None = None,
    tells: Tells = _tells_nothing,
) -> tuple[Compared, ...]:
    """What differs between two states of a part, and nothing else.

    `hides_place` for who may not know where a safe house is: that it moved is said, not where it was or is, and of
    free words that give it away (`tells`) only that they changed. `names` where those of many changes were asked
    for at once.
    """
    part, names = PARTS[code], names or Names((code, before), (code, after))
    if hides_place and (code in PEOPLE_PARTS or code == "area"):
        return (Compared(str(part.title), CHANGED, (_hidden(str(part.title)),)),)
    if not part.is_list:
        fields = _differing(part, before, after, names, hides_place, tells)
        return (Compared(str(part.title), CHANGED, fields),) if fields else ()
    olds, news = ({row["id"]: row for row in state[ROWS]} for state in (before, after))
    empty = {field.name: field.empty for field in part.fields}
    found = []
    for key in dict.fromkeys([*olds, *news]):
        old, new = olds.get(key), news.get(key)
        kind = CHANGED if old and new else NEW if new else ENDED
        fields = _differing(part, old or empty, new or empty, names, False, tells)
        if fields:
            title = title_of(part, new or old or empty, names)
            found.append(Compared(_open(title, tells), kind, fields))
    return (*found, *_other_order(part, olds, news, names, tells))


def _other_order(
    part: Part, olds: Mapping[str, Values], news: Mapping[str, Values], names: Names, tells: Tells
) -> tuple[Compared, ...]:
    """That rows changed places; new and ended rows do not count, nor do rows whose order follows from them."""
    if part.is_sorted:
        return ()
    before, after = [key for key in olds if key in news], [key for key in news if key in olds]
    if before == after:
        return ()
    was, is_now = (
        tuple(_open(title_of(part, news[key], names), tells) for key in keys) for keys in (before, after)
    )
    return (Compared(str(part.title), CHANGED, (Differing(_("Urutan"), was, is_now, _("berubah")),)),)


def _differing(
    part: Part, old: Values, new: Values, names: Names, hides_place: bool, tells: Tells
) -> tuple[Differing, ...]:
    found = []
    for field in part.fields:
        before, after = old[field.name], new[field.name]
        if before == after:
            continue
        if hides_place and field.name in PLACE_FIELDS:
            found.append(_hidden(str(field.label)))
            continue
        old_words, new_words = said(field, before, names), said(field, after, names)
        if tells("\n".join((*old_words, *new_words))):
            found.append(_hidden(str(field.label)))
            continue
        found.append(Differing(str(field.label), old_words, new_words, _happened(old_words, new_words)))
    return tuple(found)


def _open(words: str, tells: Tells) -> str:
    return _("Dirahasiakan") if tells(words) else words


def opened(rows: tuple[RowTold, ...], tells: Tells) -> tuple[RowTold, ...]:
    """Rows of a list without the words that give a secret place away."""
    return tuple(
        RowTold(
            row.key,
            _open(row.title, tells),
            tuple(Said(one.label, tuple(_open(line, tells) for line in one.lines)) for one in row.fields),
        )
        for row in rows
    )


def _hidden(label: str) -> Differing:
    """That something changed, and not what."""
    words = (_("Dirahasiakan"),)
    return Differing(label, words, words, _("berubah"))


def _happened(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if not before:
        return _("diisi")
    return _("berubah") if after else _("dikosongkan")


def in_one_line(found: tuple[Compared, ...]) -> str:
    """All that differs as one line of words, for a message."""
    return "; ".join(
        f"{field.label}: {', '.join(field.after) or _('(kosong)')}" for one in found for field in one.fields
    )


def without_place(values: Values) -> Values:
    """The area served as everybody may be told it: each kabupaten/kota once, and not since when."""
    codes = dict.fromkeys(row["code"][:TOLD_SIGNS] for row in values[ROWS])
    return {ROWS: [{"id": code, "code": code, "since": None, "code_list_on": None} for code in codes]}


def told(code: str, values: Values, *, hides_place: bool = False) -> tuple[Said, ...]:
    """A part of single fields in words: only what is known."""
    part, names = PARTS[code], Names((code, values))
    kept = [
        Said(str(field.label), said(field, values[field.name], names))
        for field in part.fields
        # A box that is not ticked says nothing worth reading.
        if values[field.name] is not False or field.shape is not Shape.TICK
        if not (hides_place and field.name in PLACE_FIELDS)
    ]
    return tuple(one for one in kept if one.lines)


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row of a list part in words. `key` is the row's own."""

    key: str
    title: str
    fields: tuple[Said, ...]


def rows_in_words(part: Part, values: Values) -> tuple[RowTold, ...]:
    """Every row of a list part, in their order; only what is known of each."""
    names = Names((part.code, values))
    found = []
    for row in values[ROWS]:
        fields = (
            Said(str(field.label), said(field, row[field.name], names))
            for field in part.fields
            if field.name not in part.title_of
        )
        found.append(
            RowTold(row["id"], title_of(part, row, names), tuple(one for one in fields if one.lines))
        )
    return tuple(found)
