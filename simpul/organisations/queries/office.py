"""What an office watches: everything that waits, and its numbers. Each number is a list that can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Registration
from simpul.organisations.queries import changes, oversight, papers, registration, sources_waiting
from simpul.organisations.queries.office_asked import NO_TYPE, Asked
from simpul.organisations.queries.office_list import condition
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import WITH_THE_OFFICE, RunStage

_PARTS = (registration, changes, papers, oversight, sources_waiting)


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for this person about organisations, late things first."""
    found = [waiting for part in _PARTS for waiting in part.waits(user, on) if waiting.number]
    return tuple(sorted(found, key=lambda waiting: not waiting.is_late))


@dataclass(frozen=True, slots=True)
class Age:
    """How many applications stand in one stage in the office's hands, how many are late, since when the oldest."""

    words: str
    number: int
    late: int
    since: date | None


def ages(user: User, on: date) -> tuple[Age, ...]:
    """The age of what the office has in hand, stage by stage. Late is after the last day of the office's clock."""
    found = {
        row["stage"]: row
        for row in _in_hand(user, on)
        .order_by()
        .values("stage")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)), since=Min("submitted_on"))
    }
    return tuple(
        Age(str(stage.label), row["number"], row["late"], row["since"])
        for stage in RunStage
        if (row := found.get(stage.value))
    )


def _in_hand(user: User, on: date) -> QuerySet[Any]:
    """What the own office has in hand; for who only watches, what the offices of the area have."""
    if user.can(Permission.REGISTRATION_CHECK):
        return registration.queue(user, on)
    rows = Registration.objects.reachable(user, Permission.ORGANISATION_WATCH)
    return rows.filter(stage__in=WITH_THE_OFFICE)


@dataclass(frozen=True, slots=True)
class Number:
    """One count with its words, and the list behind it."""

    words: Promise
    number: int
    asked: Asked

    @property
    def address(self) -> str:
        return self.asked.address


# One definition: what a number counts is what its list shows.
_NUMBERS: tuple[tuple[Promise, dict[str, Any]], ...] = (
    (_("lembaga"), {}),
    (_("terdaftar"), {"registered": "ya"}),
    (_("pendaftaran segera berakhir"), {"registered": "habis"}),
    (_("belum terdaftar"), {"registered": "tidak"}),
    (_("terakreditasi"), {"accredited": "ya"}),
    (_("akreditasi segera berakhir"), {"accredited": "habis"}),
    (_("surat sudah habis berlaku"), {"papers": "habis"}),
    (_("surat segera habis berlaku"), {"papers": "segera"}),
    (_("ditandai"), {"is_flagged": True}),
    (_("tipe A"), {"type": "A"}),
    (_("tipe B"), {"type": "B"}),
    (_("tipe C"), {"type": "C"}),
    (_("tipe D"), {"type": "D"}),
    (_("tipe belum ditetapkan"), {"type": NO_TYPE}),
)


def numbers(scope: QuerySet[Any], asked: Asked, on: date) -> tuple[Number, ...]:
    """The numbers of an area, in one question to the database."""
    lists = [(words, asked.but(**narrowed)) for words, narrowed in _NUMBERS]
    counts = scope.aggregate(
        **{
            f"count_{place}": Count("pk", filter=condition(narrowed, on))
            for place, (_words, narrowed) in enumerate(lists)
        }
    )
    return tuple(
        Number(words, counts[f"count_{place}"], narrowed) for place, (words, narrowed) in enumerate(lists)
    )


def areas_of(user: User, permission: Permission = Permission.ORGANISATION_WATCH) -> tuple[str, ...]:
    """The areas in which somebody holds a permission, the oldest grant first; "" is everywhere."""
    grants = sorted(user.grants_with(permission), key=lambda grant: grant.granted_at)
    if any(grant.is_everywhere for grant in grants):
        return ("",)
    return tuple(dict.fromkeys(grant.region for grant in grants if grant.region)) or ("",)
