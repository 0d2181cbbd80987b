"""A doubtful row and who it may be about, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.engines.matching.nik import masked
from simpul.engines.rules import DateRange
from simpul.imports.models import Batch, Doubt
from simpul.imports.queries.days import restored_day
from simpul.imports.queries.fields import fact_label
from simpul.imports.queries.values import need_words_shown
from simpul.people.models import Person, Relation, Sex
from simpul.places import queries as places


def doubts_of(batch: Batch) -> QuerySet[Any]:
    """Doubtful rows that wait, then those that somebody decided about."""
    rows: QuerySet[Any] = Doubt.objects.filter(batch=batch).order_by("decided", "number")
    return rows


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the row has it, and as each of those who are known has it, by their name; in words."""

    label: str
    mine: str
    theirs: list[tuple[str, str]]


def likes_of(doubt: Doubt, by: User) -> list[Person]:
    """Who the row may be about, within reach, the likeliest first."""
    reach = Person.objects.reachable(by, Permission.PERSON_SEARCH).filter(pk__in=doubt.likes, erased_at=None)
    held = {str(person.pk): person for person in reach}
    return [held[key] for key in doubt.likes if key in held]


def beside(doubt: Doubt, likes: list[Person]) -> list[Line]:
    """The row and those who are known, side by side."""
    row: Mapping[str, Any] = doubt.row or {}
    changes = row.get("changes", {})
    names = places.names_of([row.get("region", ""), *(person.region for person in likes)])

    def where(code: str) -> str:
        return str(names.get(code, code))

    def line(label: str, mine: str, words: Callable[[Person], str]) -> Line:
        return Line(label, mine, [(person.name, words(person)) for person in likes])

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
    return [one for one in lines if one.mine or any(words for _name, words in one.theirs)]


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
