"""What an office watches: everything that waits, and its numbers. Each number is a list that can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.kept import key_of
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Registration
from simpul.organisations.queries import (
    changes,
    help_received,
    oversight,
    papers,
    registration,
    sources_waiting,
)
from simpul.organisations.queries.office_asked import NO_TYPE, Asked
from simpul.organisations.queries.office_counts import counts_of
from simpul.organisations.queries.office_kept import KEPT
from simpul.organisations.queries.office_list import condition
from simpul.organisations.queries.registration_office import late_on
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import WITH_THE_OFFICE, RunStage

_PARTS = (registration, changes, papers, oversight, sources_waiting, help_received)


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
    """The age of what the office has in hand, stage by stage. Late is as in its queue."""
    found = {
        row["stage"]: row
        for row in _in_hand(user, on)
        .order_by()
        .values("stage")
        .annotate(number=Count("pk"), late=Count("pk", filter=late_on(on)), since=Min("submitted_on"))
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


# What a number counts is what its list shows; `office_counts` counts many of them at once.
_NUMBERS: tuple[tuple[str, Promise, dict[str, Any]], ...] = (
    ("all", _("lembaga"), {}),
    ("registered", _("terdaftar"), {"registered": "ya"}),
    ("registered_ending", _("pendaftaran segera berakhir"), {"registered": "habis"}),
    ("not_registered", _("belum terdaftar"), {"registered": "tidak"}),
    ("accredited", _("terakreditasi"), {"accredited": "ya"}),
    ("accredited_ending", _("akreditasi segera berakhir"), {"accredited": "habis"}),
    ("papers_ended", _("surat sudah habis berlaku"), {"papers": "habis"}),
    ("papers_ending", _("surat segera habis berlaku"), {"papers": "segera"}),
    ("flagged", _("ditandai"), {"is_flagged": True}),
    ("A", _("tipe A"), {"type": "A"}),
    ("B", _("tipe B"), {"type": "B"}),
    ("C", _("tipe C"), {"type": "C"}),
    ("D", _("tipe D"), {"type": "D"}),
    (NO_TYPE, _("tipe belum ditetapkan"), {"type": NO_TYPE}),
)


def numbers(scope: QuerySet[Any], asked: Asked, on: date) -> tuple[Number, ...]:
    """The numbers of an area; `asked` says nothing else. Four questions to the database, where they are not kept."""
    bodies = scope.filter(condition(asked, on))
    counts = KEPT.answer(("numbers", key_of(bodies), on), lambda: counts_of(bodies, on))
    return tuple(Number(words, counts[code], asked.but(**narrowed)) for code, words, narrowed in _NUMBERS)


def areas_of(user: User, permission: Permission = Permission.ORGANISATION_WATCH) -> tuple[str, ...]:
    """The areas in which somebody holds a permission, the oldest grant first; "" is everywhere."""
    grants = sorted(user.grants_with(permission), key=lambda grant: grant.granted_at)
    if any(grant.is_everywhere for grant in grants):
        return ("",)
    return tuple(dict.fromkeys(grant.region for grant in grants if grant.region)) or ("",)
