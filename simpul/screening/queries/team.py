"""Lists of screenings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.engines.rules import DateRange
from simpul.screening.models import Screening
from simpul.screening.stages import State


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


def team_screenings(
    viewer: User, *, state: str = "", worker: UUID | None = None, limit: int = 200
) -> tuple[Row, ...]:
    """The screenings of those this person supervises, newest first."""
    rows = Screening.objects.reachable(viewer, Permission.TEAM_VIEW).select_related("person")
    if state in State.values:
        rows = rows.in_state(state)
    if worker is not None:
        rows = rows.filter(started_by=worker)
    return tuple(row_of(row) for row in rows.order_by("-started_at", "pk")[:limit])


def team_workers(viewer: User) -> tuple[tuple[UUID, str], ...]:
    """Who has started a screening within reach, for the filter."""
    rows = Screening.objects.reachable(viewer, Permission.TEAM_VIEW)
    pairs = rows.values_list("started_by", "started_by_name").distinct().order_by("started_by_name")
    return tuple(dict(pairs).items())


def count_by_state(viewer: User, permission: Permission) -> dict[str, int]:
    """How many screenings within reach stand in each state."""
    rows = Screening.objects.reachable(viewer, permission)
    return {str(state): rows.in_state(state).count() for state in State}


def waiting(viewer: User, permission: Permission, *, limit: int = 100) -> tuple[Row, ...]:
    """Screenings within reach that wait for somebody: unfinished, undecided, or decided without an end."""
    rows = Screening.objects.reachable(viewer, permission).running().select_related("person")
    return tuple(row_of(row) for row in rows.order_by("started_at", "pk")[:limit])


def running_of(person: UUID) -> Screening | None:
    """The one screening of a person that is not ended, if there is one."""
    return Screening.objects.filter(person_id=person).running().select_related("person").first()


def screenings_of(person: UUID, viewer: User) -> tuple[Row, ...]:
    """All screenings of one person that this viewer may see, newest first."""
    rows = Screening.objects.reachable(viewer, Permission.SCREENING_VIEW).filter(person_id=person)
    return tuple(row_of(row) for row in rows.select_related("person").order_by("-started_at"))
