"""Lists of screenings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, IntegerField, Value, When
from django.db.models.functions import Coalesce

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.engines.rules import DateRange
from simpul.screening.models import Screening
from simpul.screening.stages import State, Urgency


@dataclass(frozen=True, slots=True)
class Row:
    """One screening in a list: whose, by whom, where it stands, since when."""

    key: UUID
    person: UUID
    person_name: str
    born: date | DateRange | None
    region: str
    worker: UUID
    worker_name: str
    state: State
    urgency: str
    ending: str
    since: datetime
    edition: str

    @property
    def about_person(self) -> UUID:
        return self.person


def row_of(screening: Screening) -> Row:
    since = {
        State.ASKING: screening.started_at,
        State.FINISHED: screening.finished_at,
        State.DECIDED: screening.decided_at,
        State.ENDED: screening.ended_at,
    }[screening.state]
    return Row(
        key=screening.pk,
        person=screening.person_id,
        person_name=screening.person.name,
        born=screening.person.born,
        region=screening.person.region,
        worker=screening.started_by,
        worker_name=screening.started_by_name,
        state=screening.state,
        urgency=screening.urgency,
        ending=screening.ending,
        since=since or screening.started_at,
        edition=screening.edition,
    )


def rows_of(found: Iterable[Screening]) -> tuple[Row, ...]:
    return tuple(row_of(screening) for screening in found)


def team_screenings(viewer: User, *, state: str = "", worker: UUID | None = None) -> Any:
    """The screenings of those this person supervises, newest first; a queryset, so that a page can cut it."""
    rows = Screening.objects.reachable(viewer, Permission.TEAM_VIEW).select_related("person")
    if state in State.values:
        rows = rows.in_state(state)
    if worker is not None:
        rows = rows.filter(started_by=worker)
    return rows.order_by("-started_at", "pk")


def team_workers(viewer: User) -> tuple[tuple[UUID, str], ...]:
    """Who has started a screening within reach, for the filter."""
    rows = Screening.objects.reachable(viewer, Permission.TEAM_VIEW)
    pairs = rows.values_list("started_by", "started_by_name").distinct().order_by("started_by_name")
    return tuple(dict(pairs).items())


def count_by_state(viewer: User, permission: Permission) -> dict[str, int]:
    """How many screenings within reach stand in each state."""
    rows = Screening.objects.reachable(viewer, permission)
    return {str(state): rows.in_state(state).count() for state in State}


def waiting(viewer: User, permission: Permission) -> Any:
    """Screenings within reach that wait for somebody: unfinished, undecided, or decided without an end.

    A queryset with `rank` (0 is the most urgent), `since`, and `waits_for` (its state), so that a page can
    order, count and cut it.
    """
    rows = Screening.objects.reachable(viewer, permission).running().select_related("person")
    return rows.annotate(
        rank=urgency_rank(),
        since=Coalesce("decided_at", "finished_at", "started_at"),
        waits_for=_running_state(),
    )


def _running_state() -> Case:
    """`Screening.state` of one that is not ended, said by the database."""
    return Case(
        When(decided_at__isnull=False, then=Value(State.DECIDED.value)),
        When(finished_at__isnull=False, then=Value(State.FINISHED.value)),
        default=Value(State.ASKING.value),
        output_field=CharField(),
    )


def urgency_rank() -> Case:
    """The order of the day's list, for any table with an `urgency`."""
    order = [When(urgency=urgency, then=Value(place)) for place, urgency in enumerate(Urgency.values)]
    # What is not decided yet may be anything: it stands with the normal ones, not after them.
    return Case(*order, default=Value(Urgency.values.index(Urgency.NORMAL)), output_field=IntegerField())


def running_of(person: UUID) -> Screening | None:
    """The one screening of a person that is not ended, if there is one."""
    return Screening.objects.filter(person_id=person).running().select_related("person").first()


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What a person's own page tells of screenings: the one that can go on, and the last one judged."""

    running: Screening | None
    last: Screening | None


def of_person(person: UUID, viewer: User) -> OfPerson:
    """Within this viewer's reach: one still asked only for who may ask, a result only for who may see it."""

    def rows(permission: Permission) -> Any:
        return Screening.objects.reachable(viewer, permission).filter(person_id=person).only(*shown)

    shown = ("person_id", "on", "finished_at", "decided_at", "ending")
    return OfPerson(
        rows(Permission.SCREENING_ANSWER).in_state(State.ASKING).first(),
        rows(Permission.SCREENING_VIEW).filter(finished_at__isnull=False).order_by("-finished_at").first(),
    )


def screenings_of(person: UUID, viewer: User) -> tuple[Row, ...]:
    """All screenings of one person that this viewer may see, newest first."""
    rows = Screening.objects.reachable(viewer, Permission.SCREENING_VIEW).filter(person_id=person)
    return rows_of(rows.select_related("person").order_by("-started_at"))
