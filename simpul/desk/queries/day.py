"""Who is waiting today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, IntegerField, Value, When
from django.db.models import Count as Number
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases import queries as cases
from simpul.desk.queries import tasks
from simpul.desk.queries.lines import MINE, TEAM, Line
from simpul.people.models import Person
from simpul.places.queries import FoundRegion, names_of
from simpul.screening import queries as screenings
from simpul.screening.stages import State


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that waits under one roof: whoever goes there does it all at once."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Village:
    """The homes of one village: one trip serves them all. `of_team` when they wait for colleagues."""

    code: str
    place: FoundRegion | None
    homes: tuple[Home, ...]
    of_team: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for home in self.homes for line in home.lines)

    @property
    def people(self) -> int:
        return len({line.person for line in self.lines})


@dataclass(frozen=True, slots=True)
class Count:
    """How many wait for one thing; pressing it shows only those."""

    waits_for: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Today:
    """The start page: how many people wait for this worker, for what, and whoever is in the list.

    `counts` are of what waits for this worker, `in_team` is what waits for colleagues within reach; each is as
    many as the list shows when it is pressed. `sees` says how far this worker sees: by grants.
    """

    waits: Any
    counts: tuple[Count, ...]
    waiting: int
    in_team: int
    open_cases: int
    sees: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody can wait for: said in the list, over the number, and on the button that leads there."""

    why: Promise
    words: Promise
    button: Promise
    address: str


@dataclass(frozen=True, slots=True)
class Source:
    """A table in which people wait. To show another one, add it to SOURCES and what it waits for to COUNTED.

    `rows` gives a queryset within reach with `part` (MINE or TEAM), `rank` (0 is the most urgent), `since` and
    `waits_for` (a name in COUNTED); `person_id` is whom it is about. `lines` makes the lines of some of them,
    by the primary keys of the rows.
    """

    name: str
    rows: Callable[[User, date], Any]
    lines: Callable[[Any, User, date], Mapping[UUID, Line]]


# What the address names to show only what waits for colleagues.
ONLY_TEAM = "tim"
CASE_WAITS = "case"
THINGS: dict[str, Thing] = {
    State.ASKING: Thing(
        gettext_lazy("Penapisan belum selesai."),
        gettext_lazy("belum selesai ditanya"),
        gettext_lazy("Lanjutkan"),
        "screening:question",
    ),
    State.FINISHED: Thing(
        gettext_lazy("Hasil penapisan menunggu keputusan."),
        gettext_lazy("menunggu keputusan"),
        gettext_lazy("Putuskan"),
        "screening:decide",
    ),
    State.DECIDED: Thing(
        gettext_lazy("Sudah diputuskan, belum ada tindak lanjut."),
        gettext_lazy("belum ditindaklanjuti"),
        gettext_lazy("Tentukan langkah"),
        "screening:end",
    ),
    CASE_WAITS: Thing(
        gettext_lazy("Kasus baru dibuka, asesmen belum dimulai."),
        gettext_lazy("kasus baru"),
        gettext_lazy("Buka kasus"),
        "cases:case",
    ),
}


# What is counted above the list, in this order: what is late or asked for first.
COUNTED: dict[str, Promise] = {
    tasks.OVERDUE: gettext_lazy("terlambat"),
    tasks.TODAY: gettext_lazy("tugas hari ini"),
    tasks.ASKED: gettext_lazy("menunggu jawaban Anda"),
    **{waits_for: thing.words for waits_for, thing in THINGS.items()},
    tasks.WEEK: gettext_lazy("tugas minggu ini"),
    tasks.SILENT: gettext_lazy("lama tanpa kontak"),
}


def _screenings(viewer: User, _on: date) -> Any:
    """Whoever began a screening brings it to its end; what others began waits for them."""
    mine = When(started_by=viewer.pk, then=Value(MINE))
    part = Case(mine, default=Value(TEAM), output_field=IntegerField())
    rows = screenings.waiting(viewer, Permission.SCREENING_ANSWER).annotate(part=part)
    if not viewer.can(Permission.SCREENING_ANSWER):
        return rows.none()
    return rows if viewer.can(Permission.SCREENING_DECIDE) else rows.in_state(State.ASKING)


def _screening_lines(rows: Any, _viewer: User, _on: date) -> dict[UUID, Line]:
    return {row.key: _line(row, row.state, row.since) for row in screenings.rows_of(rows)}


def _cases(viewer: User, _on: date) -> Any:
    rows = cases.waiting_for(viewer).annotate(
        part=Value(MINE, IntegerField()), waits_for=Value(CASE_WAITS, CharField())
    )
    return rows if viewer.can(Permission.CASE_OPEN) else rows.none()


def _case_lines(rows: Any, viewer: User, _on: date) -> dict[UUID, Line]:
    return {row.key: _line(row, CASE_WAITS, row.opened_at) for row in cases.rows_of(rows, viewer)}


SOURCES: tuple[Source, ...] = (
    Source("screening", _screenings, _screening_lines),
    Source("case", _cases, _case_lines),
    Source("task", tasks.rows, tasks.lines),
    Source("silent", tasks.silent_rows, tasks.silent_lines),
)


def today(viewer: User, *, on: date, only: str = "") -> Today:
    """Who waits: `waits` holds everybody, first what is for this worker, the most urgent first, for a page to cut.

    Ordered and counted by the database, so that no emergency is left out because many wait longer.
    """
    tables = {source.name: source.rows(viewer, on) for source in SOURCES}
    numbers = _numbers(tables.values())
    counts = tuple(
        Count(waits_for, str(words), numbers[MINE, waits_for])
        for waits_for, words in COUNTED.items()
        if numbers[MINE, waits_for]
    )
    may_see_cases = viewer.can(Permission.CASE_VIEW)
    return Today(
        waits=_waits({name: _only(rows, only) for name, rows in tables.items()}),
        counts=counts,
        waiting=_people([rows.filter(part=MINE) for rows in tables.values()]),
        in_team=sum(number for (part, _waits_for), number in numbers.items() if part == TEAM),
        open_cases=cases.count_open(viewer) if may_see_cases else 0,
        sees=_sees(viewer),
    )


def _numbers(tables: Iterable[Any]) -> Counter[tuple[int, str]]:
    """How much waits, for whom and for what: the one place where it is counted."""
    numbers: Counter[tuple[int, str]] = Counter()
    for rows in tables:
        for part, waits_for, number in (
            rows.order_by()
            .values("part", "waits_for")
            .annotate(n=Number("pk"))
            .values_list("part", "waits_for", "n")
        ):
            numbers[part, waits_for] += number
    return numbers


def _people(tables: list[Any]) -> int:
    """How many different people: somebody may wait for more than one thing."""
    first, *others = (rows.order_by().values("person_id") for rows in tables)
    return int(first.union(*others).count())


def _only(rows: Any, only: str) -> Any:
    if only == ONLY_TEAM:
        return rows.filter(part=TEAM)
    return rows.filter(part=MINE, waits_for=only) if only in COUNTED else rows


def _waits(tables: Mapping[str, Any]) -> Any:
    """All tables in one order, with what they have in common."""
    shown = ("part", "rank", "since", "source", "pk")
    first, *others = (
        rows.order_by().annotate(source=Value(name, CharField())).values_list(*shown)
        for name, rows in tables.items()
    )
    return first.union(*others, all=True).order_by("part", "rank", "since", "pk")


def _sees(viewer: User) -> str:
    """How far the people whom this worker may see: "region", "organisation", or "everywhere"."""
    grants = viewer.grants_with(Permission.PERSON_VIEW)
    if any(grant.is_everywhere for grant in grants):
        return "everywhere"
    return "organisation" if all(grant.organisation for grant in grants) else "region"


def villages_of(
    waits: Iterable[tuple[int, int, datetime, str, UUID]], viewer: User, *, on: date
) -> tuple[Village, ...]:
    """The people on one page of the list by village and home, the village of the most urgent first."""
    listed = list(waits)
    lines: dict[tuple[str, UUID], Line] = {}
    for source in SOURCES:
        keys = [pk for *_order, name, pk in listed if name == source.name]
        made = source.lines(source.rows(viewer, on).filter(pk__in=keys), viewer, on) if keys else {}
        lines |= {(source.name, pk): line for pk, line in made.items()}
    shown = [
        (part == TEAM, lines[name, pk]) for part, _rank, _since, name, pk in listed if (name, pk) in lines
    ]
    return _by_village(shown)


def _line(row: screenings.Row | cases.Row, waits_for: str, since: datetime) -> Line:
    thing = THINGS[waits_for]
    return Line(
        name=row.person_name,
        born=row.born,
        region=row.region,
        why=str(thing.why),
        waits_for=waits_for,
        since=since,
        who=row.worker_name,
        urgency=row.urgency,
        href=reverse(thing.address, args=(row.key,)),
        key=row.key,
        person=row.person,
        button=str(thing.button),
    )


def _by_village(shown: list[tuple[bool, Line]]) -> tuple[Village, ...]:
    places = names_of({line.region for _of_team, line in shown if line.region})
    homes = dict(
        Person.objects.filter(pk__in={line.person for _of_team, line in shown}).values_list(
            "pk", "household_id"
        )
    )
    villages: dict[tuple[bool, str], dict[UUID | None, list[Line]]] = {}
    for of_team, line in shown:
        village = villages.setdefault((of_team, line.region), {})
        village.setdefault(homes.get(line.person), []).append(line)
    return tuple(
        Village(code, places.get(code), tuple(Home(tuple(lines)) for lines in groups.values()), of_team)
        for (of_team, code), groups in villages.items()
    )
