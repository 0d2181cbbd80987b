"""What was decided about a screening."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from simpul.catalogue import editions
from simpul.screening.facts import HIGHLY_RESTRICTED
from simpul.screening.models import Decision, Screening


def newest_decisions(screening: Screening) -> dict[str, Decision]:
    """The decision that holds for each type. Those made before the facts were judged again do not count."""
    return newest_decisions_of([screening])[screening.pk]


def newest_decisions_of(screenings: Iterable[Screening]) -> dict[UUID, dict[str, Decision]]:
    """The same of many screenings, asked for at once."""
    asked = {screening.pk: screening for screening in screenings}
    found: dict[UUID, dict[str, Decision]] = {key: {} for key in asked}
    finished = [key for key, screening in asked.items() if screening.finished_at is not None]
    if not finished:
        return found
    # Sorted before anything is opened: the newest of a type is the last.
    for row in Decision.objects.filter(screening__in=finished).order_by("decided_at"):
        if row.decided_at >= asked[row.screening_id].finished_at:
            found[row.screening_id][row.type_code] = row
    return found


def visible_decisions(screening: Screening, *, all_seen: bool) -> tuple[Decision, ...]:
    """The decisions that hold; without those on highly restricted types where not all may be seen."""
    edition = editions.get(screening.edition)
    secret = {need.code for need in edition.types if need.sensitivity == HIGHLY_RESTRICTED}
    rows = newest_decisions(screening).values()
    return tuple(row for row in rows if all_seen or row.type_code not in secret)


def confirmed_types(screening: Screening) -> tuple[str, ...]:
    """The codes of the types that a worker has decided to fit."""
    return tuple(
        code for code, decision in sorted(newest_decisions(screening).items()) if decision.decided == "yes"
    )
