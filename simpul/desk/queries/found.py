"""One search over people, cases, bodies and services: what was typed, and what of it this reader may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases import queries as cases
from simpul.cases.models import NumberSeries
from simpul.desk.queries.found_names import BODIES, SERVICES, Names
from simpul.engines.matching.nik import cleaned
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import told_region
from simpul.people.queries import search
from simpul.services.models import Service
from simpul.services.queries.places import shown_region
from simpul.services.queries.public_search import on_show

# So many of each kind stand on the page at first, and so many when one kind alone was asked for.
FEW, MANY = 5, 50
# Beyond so many of the best fitting names nobody reads on.
LOOKED_AT = 200
LONGEST, SHORTEST = 200, 2
_NIK_FROM = 12
_CASE = re.compile(r"\b(\d{4})-(\d{1,7})\b")
_DAY = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")

PEOPLE, CASES, ORGANISATIONS, SERVED = KINDS = ("people", "cases", "bodies", "services")
_TITLES = {
    PEOPLE: gettext_lazy("Orang"),
    CASES: gettext_lazy("Kasus"),
    ORGANISATIONS: gettext_lazy("Lembaga"),
    SERVED: pgettext_lazy("menu", "Layanan"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: a name, a NIK, a birth date, the number of a case; whatever is there."""

    name: str = ""
    nik: str = ""
    born: date | None = None
    case: str = ""

    @property
    def is_enough(self) -> bool:
        return len(self.name) >= SHORTEST or bool(self.nik or self.case)


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind. `is_more`: there are more than were counted."""

    kind: str
    rows: Sequence[Any]
    count: int
    is_more: bool = False

    @property
    def about(self) -> Sequence[Any]:
        """The rows as those who tell whom they are about."""
        return [one.person for one in self.rows] if self.kind == PEOPLE else self.rows

    @property
    def title(self) -> str:
        return str(_TITLES[self.kind])

    @property
    def counted(self) -> str:
        return f"{self.count}+" if self.is_more else str(self.count)

    @property
    def has_rest(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Place:
    """A body or a service as a line: its name, whose it is, where as far as may be told."""

    key: UUID
    name: str
    of: str
    region: str
    is_own: bool = False


def asked_of(text: str) -> Asked:
    """The parts of one line of text. Whatever is no number and no day belongs to the name."""
    rest = " ".join(text.replace("\0", " ").split())[:LONGEST]
    number = cleaned(rest)
    if number.isascii() and number.isdigit() and len(number) >= _NIK_FROM:
        return Asked(nik=number)
    born, rest = _day_in(rest)
    case, rest = _taken(_CASE, rest)
    words = [word for word in rest.split() if not _is_nik(word)]
    nik = next((cleaned(word) for word in rest.split() if _is_nik(word)), "")
    return Asked(name=" ".join(words), nik=nik, born=born, case=case)


def _is_nik(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) >= _NIK_FROM


def _day_in(text: str) -> tuple[date | None, str]:
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_DAY, (3, 2, 1))):
        if found := pattern.search(text):
            try:
                day = date(*(int(found[place]) for place in order))
            except ValueError:
                continue
            return day, text[: found.start()] + text[found.end() :]
    return None, text


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    return (found[0], text[: found.start()] + text[found.end() :]) if found else ("", text)


def found(asked: Asked, viewer: User, *, on: date, only: str = "") -> tuple[Group, ...]:
    """What this reader may find, kind by kind, each counted; with `only` more of that kind and nothing else."""
    limit = MANY if only else FEW
    people = _people(asked, viewer, limit) if viewer.can(Permission.PERSON_SEARCH) else None
    asks: dict[str, Callable[[], Group | None]] = {
        PEOPLE: lambda: people,
        CASES: lambda: _cases(asked, people, viewer, limit),
        ORGANISATIONS: lambda: _bodies(asked, viewer, limit),
        SERVED: lambda: _services(asked, viewer, on, limit),
    }
    groups = (ask() for kind, ask in asks.items() if only in ("", kind))
    return tuple(group for group in groups if group is not None)


def _people(asked: Asked, viewer: User, limit: int) -> Group | None:
    if not (asked.name or asked.nik):
        return None
    # As many as the page for looking somebody up shows, so that both say the same number.
    rows = search(viewer, name=asked.name, nik=asked.nik, born=asked.born, limit=MANY)
    return Group(PEOPLE, rows[:limit], len(rows), is_more=len(rows) >= MANY)


def _cases(asked: Asked, people: Group | None, viewer: User, limit: int) -> Group | None:
    """By the number, and of the people that were found and are shown."""
    if not viewer.can(Permission.CASE_VIEW):
        return None
    about = Q(pk__in=[])
    if asked.case:
        about |= Q(number=asked.case, series__in=_series(asked.case))
    if people is not None and people.rows:
        about |= Q(person__in=[one.person.pk for one in people.rows])
    if not about.children:
        return None
    rows = cases.cases_within_reach(viewer).filter(about)
    listed = list(rows[: MANY + 1])
    shown = cases.rows_of(listed[:limit], viewer) if listed else ()
    return Group(CASES, shown, min(len(listed), MANY), is_more=len(listed) > MANY)


def _series(number: str) -> Any:
    """The series that have given such a number: numbers are indexed within their series only."""
    year, _, place = number.partition("-")
    return NumberSeries.objects.filter(year=int(year), last__gte=int(place)).values("series")


def _bodies(asked: Asked, viewer: User, limit: int) -> Group | None:
    if not viewer.can(Permission.ORGANISATION_VIEW):
        return None
    rows, is_more = _best(BODIES, asked.name, Organisation.objects.filter(is_closed=False))
    shown = [Place(row.pk, row.name, row.short_name, told_region(row)) for row in rows[:limit]]
    return Group(ORGANISATIONS, shown, len(rows), is_more)


def _services(asked: Asked, viewer: User, on: date, limit: int) -> Group:
    """What anybody may find, and of one's own body also what is not open yet."""
    own = Service.objects.all().covered(viewer, Permission.SERVICE_EDIT)
    seen = Service.objects.filter(Q(pk__in=on_show(on).order_by().values("pk")) | own)
    rows, is_more = _best(SERVICES, asked.name, seen.select_related("organisation"))
    if not rows:
        return Group(SERVED, (), 0)
    kept = Service.objects.filter(own, pk__in=[row.pk for row in rows[:limit]])
    mine = set(kept.values_list("pk", flat=True)) if viewer.can(Permission.SERVICE_EDIT) else set()
    shown = [
        Place(row.pk, row.name, str(row.organisation), shown_region(row), row.pk in mine)
        for row in rows[:limit]
    ]
    return Group(SERVED, shown, len(rows), is_more)


def _best(names: Names, text: str, rows: Any) -> tuple[list[Any], bool]:
    """Those of the best fitting names that are among these rows, in the order of how well they fit."""
    if len(text) < SHORTEST:
        return [], False
    fitting = names.letters().find(text, LOOKED_AT)
    if not fitting.keys:
        return [], False
    by_key = {row.pk: row for row in rows.filter(pk__in=fitting.keys)}
    return [by_key[key] for key in fitting.keys if key in by_key], fitting.count > LOOKED_AT
