"""What was decided about a screening."""

from __future__ import annotations

from simpul.catalogue import editions
from simpul.screening.facts import HIGHLY_RESTRICTED
from simpul.screening.models import Decision, Screening


def newest_decisions(screening: Screening) -> dict[str, Decision]:
    """The decision that holds for each type. Those made before the facts were judged again do not count."""
    if screening.finished_at is None:
        return {}
    rows = Decision.objects.filter(screening=screening, decided_at__gte=screening.finished_at)
    return {row.type_code: row for row in rows.order_by("decided_at")}


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
