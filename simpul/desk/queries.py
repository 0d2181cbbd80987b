"""What the desk shows: who is waiting today, the team, and who has seen one person's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.access.queries import roles_of
from simpul.cases import queries as cases
from simpul.engines.rules import DateRange
from simpul.places.queries import FoundRegion, names_of
from simpul.screening import queries as screenings
from simpul.screening.stages import State, Urgency

CASE_WAITS = "case"
_URGENCY_ORDER = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1}


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
    button: str

    @property
    def order(self) -> tuple[int, datetime]:
        return _URGENCY_ORDER.get(Urgency(self.urgency), 2) if self.urgency else 2, self.since


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
    """The start page."""

    villages: tuple[Village, ...]
    counts: tuple[Count, ...]
    waiting: int
    open_cases: int


_WHY: dict[str, Promise] = {
    State.ASKING: lazy("Penapisan belum selesai."),
    State.FINISHED: lazy("Hasil penapisan menunggu keputusan."),
    State.DECIDED: lazy("Sudah diputuskan, belum ada tindak lanjut."),
    CASE_WAITS: lazy("Kasus baru dibuka, asesmen belum dimulai."),
}
_BUTTON: dict[str, tuple[str, Promise]] = {
    State.ASKING: ("screening:question", lazy("Lanjutkan")),
    State.FINISHED: ("screening:decide", lazy("Putuskan")),
    State.DECIDED: ("screening:end", lazy("Tentukan langkah")),
    CASE_WAITS: ("cases:case", lazy("Buka kasus")),
}
_COUNTS: dict[str, Promise] = {
    State.ASKING: lazy("belum selesai ditanya"),
    State.FINISHED: lazy("menunggu keputusan"),
    State.DECIDED: lazy("belum ditindaklanjuti"),
    CASE_WAITS: lazy("kasus baru"),
}


def today(viewer: User, *, only: str = "") -> Today:
    """Who waits for this worker: the most urgent village first, and within it the most urgent person."""
    lines = [*_screening_lines(viewer), *_case_lines(viewer)]
    counts = tuple(
        Count(waits_for, str(words), sum(1 for line in lines if line.waits_for == waits_for))
        for waits_for, words in _COUNTS.items()
        if any(line.waits_for == waits_for for line in lines)
    )
    shown = [line for line in lines if not only or line.waits_for == only]
    may_see_cases = viewer.can(Permission.CASE_VIEW)
    return Today(_by_village(shown), counts, len(lines), cases.count_open(viewer) if may_see_cases else 0)


def _screening_lines(viewer: User) -> list[Line]:
    if not viewer.can(Permission.SCREENING_ANSWER):
        return []
    decides = viewer.can(Permission.SCREENING_DECIDE)
    rows = screenings.waiting(viewer, Permission.SCREENING_ANSWER)
    return [_screening_line(row) for row in rows if decides or row.state is State.ASKING]


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
        button=str(button),
    )


def _case_lines(viewer: User) -> list[Line]:
    if not viewer.can(Permission.CASE_OPEN):
        return []
    address, button = _BUTTON[CASE_WAITS]
    return [
        Line(
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
            button=str(button),
        )
        for row in cases.waiting_for(viewer)
    ]


def _by_village(lines: list[Line]) -> tuple[Village, ...]:
    places = names_of({line.region for line in lines if line.region})
    villages: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.order):
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


# --- the trail of one person ---


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that was done with a person's record, or that somebody looked at it."""

    at: datetime
    who: str
    words: str
    is_reading: bool
    because: str


_DEEDS: dict[str, Promise] = {
    Permission.PERSON_SEARCH: lazy("mencari orang ini"),
    Permission.PERSON_VIEW: lazy("membuka halaman orang"),
    Permission.PERSON_REGISTER: lazy("mendata orang ini"),
    Permission.PERSON_EDIT: lazy("mengubah data orang"),
    Permission.PERSON_IDENTITY_VIEW: lazy("melihat nomor dan alamat lengkap"),
    Permission.CONSENT_RECORD: lazy("mencatat persetujuan"),
    Permission.CONSENT_WITHDRAW: lazy("mencatat pencabutan persetujuan"),
    Permission.FACT_RECORD: lazy("mencatat jawaban"),
    Permission.SCREENING_VIEW: lazy("membaca hasil penapisan"),
    Permission.SCREENING_START: lazy("memulai penapisan"),
    Permission.SCREENING_ANSWER: lazy("mengisi penapisan"),
    Permission.SCREENING_DECIDE: lazy("memutuskan hasil penapisan"),
    Permission.CASE_VIEW: lazy("membuka halaman kasus"),
    Permission.CASE_OPEN: lazy("membuka kasus"),
    Permission.TRAIL_VIEW: lazy("membaca jejak ini"),
}
_READINGS: dict[str, Promise] = {
    Permission.PERSON_EDIT: lazy("membuka formulir data orang"),
    Permission.CONSENT_RECORD: lazy("membuka formulir persetujuan"),
    Permission.CONSENT_WITHDRAW: lazy("membuka halaman pencabutan persetujuan"),
    Permission.FACT_RECORD: lazy("membuka formulir jawaban"),
    Permission.SCREENING_START: lazy("membuka halaman awal penapisan"),
    Permission.SCREENING_ANSWER: lazy("membuka pertanyaan penapisan"),
    Permission.SCREENING_DECIDE: lazy("membuka halaman keputusan"),
    Permission.CASE_OPEN: lazy("membuka formulir kasus"),
}


def trail_of(person: UUID, *, only: str = "") -> Any:
    """Everything done with or read of one person's record, newest first; a queryset, so that a page can cut it."""
    events = Event.objects.about_person(person)
    if only in {"baca", "ubah"}:
        events = events.filter(is_reading=only == "baca")
    return events.order_by("-number")


def trace_of(event: Event) -> Trace:
    words = (_READINGS.get(event.permission) if event.is_reading else None) or _DEEDS.get(event.permission)
    return Trace(
        at=event.at,
        who=event.actor_name,
        words=str(words or _("melakukan %(deed)s") % {"deed": event.permission}),
        is_reading=event.is_reading,
        because=event.because,
    )


def readers_of(person: UUID) -> int:
    """How many different people have seen or changed this person's record."""
    return Event.objects.about_person(person).values("actor").distinct().count()
