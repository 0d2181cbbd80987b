"""Taking along from the episode before what lasts: those around the client, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.actions.around import _fill, _held
from simpul.cases.actions.ties import _told_already
from simpul.cases.models import Case, Concerned, Tells, Tie
from simpul.cases.queries.around import carried_of, same_in, ties_of
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.locks import locked_case


@action(Permission.CASE_NOTE)
def take_along(
    case: Case, /, *, by: User, key: UUID, on: date, at: datetime, members: Collection[UUID]
) -> tuple[Concerned, ...]:
    """Note in this episode the chosen of those who stood around the client in the one before, with their ties.

    Who may be told what is asked anew: here nobody is told anything yet. Who is in the list already is passed
    over; pressed twice nobody is noted twice. Raises ConsentNeeded without a legal basis.
    """
    current = locked_case(case)
    require_ready(current, on)
    rows: dict[UUID | None, Concerned] = {}
    for earlier in carried_of(current, by):
        if earlier.pk in members:
            row = Concerned(pk=uuid5(key, str(earlier.pk)), case=current, at=at, by=by.pk, by_name=str(by))
            _fill(row, _held(earlier))
            row.tells, row.told_what = Tells.NOTHING, None
            row.save(force_insert=True)
            rows[earlier.pk] = row
    if rows and current.earlier:
        now = same_in(current) | {key: row.pk for key, row in rows.items()}
        _tie_again(current, current.earlier, now, by=by, at=at)
    return tuple(rows.values())


def _tie_again(
    case: Case, before: Case, now: Mapping[UUID | None, UUID | None], *, by: User, at: datetime
) -> None:
    """The ties of the episode before between those who stand in both."""
    for tie in ties_of(before):
        if {tie.one_id, tie.other_id} <= now.keys():
            one, other = now[tie.one_id], now[tie.other_id]
            if not _told_already(case, tie.kind, one, other):
                Tie.objects.create(
                    case=case, kind=tie.kind, one_id=one, other_id=other, at=at, by=by.pk, by_name=str(by)
                )
