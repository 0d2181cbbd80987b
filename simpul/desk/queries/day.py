"""Who is waiting today; for roles that meet no people, what they can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.queries import roles_of
from simpul.cases import queries as cases
from simpul.engines.rules import DateRange
from simpul.places.queries import FoundRegion, names_of
from simpul.screening import queries as screenings
from simpul.screening.stages import State

CASE_WAITS = "case"


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the day's list: why they are here, and one thing to do."""

    name: str
    born: date | DateRange | None
    region: str
    why: str
    waits_for: str
    since: datetime
    who: str
    urgency: str
    address: str
    key: UUID
    person: UUID
    button: str

    @property
    def about_person(self) -> UUID:
        return self.person


@dataclass(frozen=True, slots=True)
class Village:
    """The people of one village: one trip serves them all."""

    code: str
    place: FoundRegion | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many wait for one thing; pressing it shows only those."""

    waits_for: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Today:
    """The start page: how many wait for what, and whoever is on this page of the list."""

    waits: Any
    counts: tuple[Count, ...]
    waiting: int
    open_cases: int


_WHY: dict[str, Promise] = {
    State.ASKING: gettext_lazy("Penapisan belum selesai."),
    State.FINISHED: gettext_lazy("Hasil penapisan menunggu keputusan."),
    State.DECIDED: gettext_lazy("Sudah diputuskan, belum ada tindak lanjut."),
    CASE_WAITS: gettext_lazy("Kasus baru dibuka, asesmen belum dimulai."),
}
_BUTTON: dict[str, tuple[str, Promise]] = {
    State.ASKING: ("screening:question", gettext_lazy("Lanjutkan")),
    State.FINISHED: ("screening:decide", gettext_lazy("Putuskan")),
    State.DECIDED: ("screening:end", gettext_lazy("Tentukan langkah")),
    CASE_WAITS: ("cases:case", gettext_lazy("Buka kasus")),
}
_COUNTS: dict[str, Promise] = {
    State.ASKING: gettext_lazy("belum selesai ditanya"),
    State.FINISHED: gettext_lazy("menunggu keputusan"),
    State.DECIDED: gettext_lazy("belum ditindaklanjuti"),
    CASE_WAITS: gettext_lazy("kasus baru"),
}


def today(viewer: User, *, only: str = "") -> Today:
    """Who waits for this worker: `waits` holds everybody, the most urgent first, for a page to cut.

    Ordered and counted by the database, so that no emergency is left out because many wait longer.
    """
    screened, opened = _screenings(viewer), _cases(viewer)
    by_state: dict[str, Any] = {
        state: screened.in_state(state) for state in State if state is not State.ENDED
    }
    numbers: dict[str, int] = {
        **{state: rows.count() for state, rows in by_state.items()},
        CASE_WAITS: opened.count(),
    }
    counts = tuple(
        Count(waits_for, str(words), numbers[waits_for])
        for waits_for, words in _COUNTS.items()
        if numbers[waits_for]
    )
    if only in by_state:
        screened, opened = by_state[only], opened.none()
    elif only == CASE_WAITS:
        screened = screened.none()
    waits = _keys(screened, "screening").union(_keys(opened, CASE_WAITS), all=True)
    may_see_cases = viewer.can(Permission.CASE_VIEW)
    return Today(
        waits=waits.order_by("rank", "since", "pk"),
        counts=counts,
        waiting=sum(numbers.values()),
        open_cases=cases.count_open(viewer) if may_see_cases else 0,
    )


def _screenings(viewer: User) -> Any:
    rows = screenings.waiting(viewer, Permission.SCREENING_ANSWER)
    if not viewer.can(Permission.SCREENING_ANSWER):
        return rows.none()
    return rows if viewer.can(Permission.SCREENING_DECIDE) else rows.in_state(State.ASKING)


def _cases(viewer: User) -> Any:
    rows = cases.waiting_for(viewer)
    return rows if viewer.can(Permission.CASE_OPEN) else rows.none()


def _keys(rows: Any, kind: str) -> Any:
    """What two tables need in common to stand in one order."""
    return rows.order_by().annotate(kind=Value(kind, CharField())).values_list("rank", "since", "kind", "pk")


def villages_of(waits: Iterable[tuple[int, datetime, str, UUID]], viewer: User) -> tuple[Village, ...]:
    """The people on one page of the list by village, the village of the most urgent first."""
    listed = list(waits)
    screened = [pk for _rank, _since, kind, pk in listed if kind != CASE_WAITS]
    opened = [pk for _rank, _since, kind, pk in listed if kind == CASE_WAITS]
    lines = {
        **{
            row.key: _screening_line(row)
            for row in screenings.rows_of(_screenings(viewer).filter(pk__in=screened))
        },
        **{row.key: _case_line(row) for row in cases.rows_of(_cases(viewer).filter(pk__in=opened), viewer)},
    }
    return _by_village([lines[pk] for *_order, pk in listed if pk in lines])


def _screening_line(row: screenings.Row) -> Line:
    address, button = _BUTTON[row.state]
    return Line(
        name=row.person_name,
        born=row.born,
        region=row.region,
        why=str(_WHY[row.state]),
        waits_for=row.state,
        since=row.since,
        who=row.worker_name,
        urgency=row.urgency,
        address=address,
        key=row.key,
        person=row.person,
        button=str(button),
    )


def _case_line(row: cases.Row) -> Line:
    address, button = _BUTTON[CASE_WAITS]
    return Line(
        name=row.person_name,
        born=row.born,
        region=row.region,
        why=str(_WHY[CASE_WAITS]),
        waits_for=CASE_WAITS,
        since=row.opened_at,
        who=row.worker_name,
        urgency=row.urgency,
        address=address,
        key=row.key,
        person=row.person,
        button=str(button),
    )


def _by_village(lines: list[Line]) -> tuple[Village, ...]:
    places = names_of({line.region for line in lines if line.region})
    villages: dict[str, list[Line]] = {}
    for line in lines:
        villages.setdefault(line.region, []).append(line)
    return tuple(Village(code, places.get(code), tuple(group)) for code, group in villages.items())


# --- for roles that meet no people ---


@dataclass(frozen=True, slots=True)
class Role:
    """A role of this user and what it is for."""

    name: str
    about: str


def roles(viewer: User) -> tuple[Role, ...]:
    held = {holding.role.name: holding.role for holding in roles_of(viewer)}
    return tuple(Role(str(role.display), str(role.description)) for role in held.values())
