"""A doubtful row and who it may be about, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue import casework
from simpul.engines.matching.nik import masked
from simpul.engines.rules import DateRange
from simpul.imports.models import Batch, Doubt
from simpul.imports.queries.days import restored_day
from simpul.imports.queries.fields import fact_label, fields_of
from simpul.imports.queries.values import need_words_shown
from simpul.imports.stages import OF_PEOPLE, Decided, Kind
from simpul.organisations.models import Kind as BodyKind
from simpul.organisations.models import Organisation, Source
from simpul.organisations.queries.bodies import told_region
from simpul.organisations.queries.sources_list import type_name
from simpul.people.models import Person, Relation, Sex
from simpul.places import queries as places
from simpul.services.models import Service


def doubts_of(batch: Batch) -> QuerySet[Any]:
    """Doubtful rows that wait, then those that somebody decided about."""
    rows: QuerySet[Any] = (
        Doubt.objects.filter(batch=batch).select_related("batch").order_by("decided", "number")
    )
    return rows


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the row has it, and as each of those who are known has it, by their name; in words."""

    label: str
    mine: str
    theirs: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Like:
    """Whom or what a row may be about: the row itself of its own subject, and its page."""

    row: Any
    page: str

    @property
    def key(self) -> UUID:
        found: UUID = self.row.pk
        return found

    @property
    def name(self) -> str:
        return str(self.row.name)


def likes_of(doubt: Doubt, by: User) -> list[Like]:
    """Who or what the row may be about, within reach, the likeliest first."""
    model, permission, address = _LIKES.get(doubt.batch.kind, _PEOPLE)
    reach = model.objects.reachable(by, permission).filter(pk__in=doubt.likes)
    if model in (Person, Source):
        reach = reach.filter(erased_at=None)
    held = {str(row.pk): row for row in reach}
    return [Like(held[key], reverse(address, args=[key])) for key in doubt.likes if key in held]


def about_page(doubt: Doubt) -> str:
    """The page of whom or what the row was said to be about; empty where it was left out."""
    address = _LIKES.get(doubt.batch.kind, _PEOPLE)[2]
    return reverse(address, args=[doubt.person]) if doubt.person else ""


def name_in(doubt: Doubt) -> str:
    """The name that the row has."""
    row: Mapping[str, Any] = doubt.row or {}
    return str(row.get("changes", row.get("values", {})).get("name", ""))


def decided_words(doubt: Doubt) -> str:
    """What was decided about the row, in words that fit what the list is of."""
    if doubt.batch.kind in OF_PEOPLE:
        return str(doubt.get_decided_display())
    return str(_DECIDED[Decided(doubt.decided)])


_DECIDED = {
    Decided.SAME: _lazy("sama dengan yang sudah tercatat"),
    Decided.NEW: _lazy("baru"),
    Decided.SKIPPED: Decided.SKIPPED.label,
}
_PEOPLE = (Person, Permission.PERSON_SEARCH, "people:person")
_LIKES: Mapping[str, tuple[Any, Permission, str]] = {
    Kind.ORGANISATIONS: (Organisation, Permission.ORGANISATION_VIEW, "organisations:organisation"),
    Kind.SOURCES: (Source, Permission.SOURCE_VIEW, "organisations:source"),
    Kind.SERVICES: (Service, Permission.SERVICE_EDIT, "services:one"),
}


def beside(doubt: Doubt, likes: list[Like]) -> list[Line]:
    """The row and what is known, side by side; what neither has is left out."""
    lines = _of_people if doubt.batch.kind in OF_PEOPLE else _of_things
    return [one for one in lines(doubt, likes) if one.mine or any(words for _name, words in one.theirs)]


# What tells two of a kind apart, of the fields of such a list.
_TELLING: Mapping[str, tuple[str, ...]] = {
    Kind.ORGANISATIONS: ("name", "short_name", "body_kind", "founded_year", "legal_note", "phone"),
    Kind.SOURCES: ("name", "source_type", "sex", "born", "nik", "founded_year", "chair"),
    Kind.SERVICES: ("organisation", "name", "service_kind", "about"),
}
_COLUMNS = {"body_kind": "kind", "service_kind": "kind", "source_type": "type_code"}


def _of_things(doubt: Doubt, likes: list[Like]) -> list[Line]:
    """A body, a source of help or a service by what tells it from others, and where it is."""
    row: Mapping[str, Any] = doubt.row or {"values": {}, "region": ""}
    regions = [told_region(one.row) if isinstance(one.row, Organisation) else "" for one in likes]
    if doubt.batch.kind == Kind.SOURCES:
        regions = [one.row.region for one in likes]
    names = places.names_of([row["region"], *regions])
    lines = []
    for code in _TELLING[doubt.batch.kind]:
        theirs = [(one.name, _thing_words(code, getattr(one.row, _COLUMNS.get(code, code)))) for one in likes]
        label = next(str(field.label) for field in fields_of(doubt.batch.kind) if field.code == code)
        lines.append(Line(label, _thing_words(code, row["values"].get(code)), theirs))
    where = [(one.name, str(names.get(region, region))) for one, region in zip(likes, regions, strict=True)]
    if doubt.batch.kind != Kind.SERVICES:
        lines.append(Line(_("Wilayah"), str(names.get(row["region"], row["region"])), where))
    return lines


def _thing_words(code: str, value: Any) -> str:
    """A value of such a field in words."""
    if value in (None, ""):
        return ""
    if code == "born":
        return _day_words(restored_day(value) if isinstance(value, str) else value)
    words: Mapping[str, Callable[[str], str]] = {
        "nik": masked,
        "sex": _sex,
        "body_kind": lambda one: str(BodyKind(one).label),
        "source_type": lambda one: type_name(one, get_language() or "id"),
        "service_kind": _service_kind,
    }
    return words.get(code, str)(value)


def _service_kind(code: str) -> str:
    titles = {kind.code: kind.title for kind in casework.service_kinds()}
    return titles[code].in_language(get_language() or "id") if code in titles else code


def _of_people(doubt: Doubt, likes: list[Like]) -> list[Line]:
    """Somebody by what the list and the register say of who they are."""
    row: Mapping[str, Any] = doubt.row or {}
    changes = row.get("changes", {})
    names = places.names_of([row.get("region", ""), *(like.row.region for like in likes)])

    def where(code: str) -> str:
        return str(names.get(code, code))

    def line(label: str, mine: str, words: Callable[[Person], str]) -> Line:
        return Line(label, mine, [(like.name, words(like.row)) for like in likes])

    lines = [
        line(_("Nama"), changes.get("name", ""), lambda one: one.name),
        line(_("Lahir"), _day_words(restored_day(changes.get("born"))), lambda one: _day_words(one.born)),
        line(_("Jenis kelamin"), _sex(changes.get("sex", "")), lambda one: _sex(one.sex)),
        line(_("NIK"), masked(changes.get("nik", "")), lambda one: one.nik_masked),
        line(_("Tinggal di"), where(row.get("region", "")), lambda one: where(one.region)),
        line(
            _("Hubungan keluarga"),
            _relation(changes.get("relation_to_head", "")),
            lambda one: _relation(one.relation_to_head),
        ),
    ]
    if row.get("need_type"):
        lines.append(
            line(_("Jenis PPKS menurut daftar"), need_words_shown(row["need_type"]), lambda _one: "")
        )
    return lines


def said_in(doubt: Doubt) -> list[str]:
    """The questions that the row answers, by their names."""
    return [fact_label(name) for name in (doubt.row or {}).get("said", {})]


def _day_words(born: date | DateRange | None) -> str:
    if isinstance(born, DateRange):
        return f"{date_format(born.earliest, 'j F Y')} … {date_format(born.latest, 'j F Y')}"
    return date_format(born, "j F Y") if born else ""


def _sex(code: str) -> str:
    return str(Sex(code).label) if code else ""


def _relation(code: str) -> str:
    return str(Relation(code).label) if code else ""
