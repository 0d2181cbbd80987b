"""The first page of accreditation: for each role what it has, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import Accreditation, Assignment
from simpul.accreditation.queries.assignment import own_today
from simpul.accreditation.queries.panel import in_conflict, to_recommend, waiting_for_naming
from simpul.accreditation.stages import Part
from simpul.organisations.models import Organisation

P = Permission
MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class Door:
    """A page and what is found there; `number` where things wait behind it."""

    words: str
    href: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """What one role has: its pages, and its own runs."""

    title: str
    doors: tuple[Door, ...] = ()
    runs: tuple[Accreditation, ...] = field(default=())


def rooms(user: User, on: date) -> tuple[Room, ...]:
    """What this person has in accreditation, one room for each part they play."""
    found = (_of_the_body(user), _of_the_dinas(user), _of_the_secretariat(user), _of_the_named(user, on))
    others = (_of_the_plenary(user), _of_who_watches(user))
    return tuple(room for room in (*found, *others) if room is not None)


def _door(words: str, name: str, number: int | None = None, *, asks: str = "") -> Door:
    return Door(words, reverse(f"accreditation:{name}") + asks, number)


def _of_the_body(user: User) -> Room | None:
    if not user.can(P.ACCREDITATION_APPLY):
        return None
    rows: Any = Accreditation.objects.reachable(user, P.ACCREDITATION_APPLY)
    runs = tuple(rows.select_related("organisation").order_by("-at", "pk")[:MOST_RUNS])
    keys = [grant.organisation for grant in user.grants_with(P.ACCREDITATION_APPLY) if grant.organisation]
    bodies = Organisation.objects.filter(pk__in=keys).order_by("name", "pk")
    doors = tuple(Door(str(one.name), reverse("accreditation:of", args=[one.pk])) for one in bodies)
    return Room(_("Lembaga Anda"), doors, runs)


def _of_the_dinas(user: User) -> Room | None:
    if not user.can(P.ACCREDITATION_RECOMMEND):
        return None
    number = to_recommend(user).count()
    return Room(_("Rekomendasi Dinas"), (_door(_("Menunggu rekomendasi"), "recommendations", number),))


def _of_the_secretariat(user: User) -> Room | None:
    if not user.can(P.ACCREDITATION_SECRETARY):
        return None
    doors = (
        _door(_("Antrean"), "queue"),
        _door(_("Penugasan"), "queue", waiting_for_naming(user).count(), asks="?stage=assignment"),
        _door(_("Perlu pengganti karena benturan"), "queue", in_conflict(user).count(), asks="?benturan=1"),
        _door(_("Keberatan"), "appeals"),
        _door(_("Skema kantor"), "own-schemes"),
    )
    return Room(_("Sekretariat"), doors)


def _of_the_named(user: User, on: date) -> Room | None:
    if not (user.can(P.ACCREDITATION_SCORE) or user.can(P.ACCREDITATION_VALIDATE)):
        return None
    mine = own_today(user.pk, on)
    doors = [_door(_("Tugas akreditasi saya"), "mine", len(mine))]
    if user.can(P.ACCREDITATION_VALIDATE):
        doors.append(_door(_("Validasi"), "validations", _number_of(mine, Part.VALIDATOR)))
    return Room(_("Tugas Anda"), tuple(doors))


def _number_of(mine: tuple[Assignment, ...], part: Part) -> int:
    return sum(row.part == part for row in mine)


def _of_the_plenary(user: User) -> Room | None:
    if not user.can(P.ACCREDITATION_DECIDE):
        return None
    return Room(_("Pleno"), (_door(_("Antrean pleno"), "plenary-queue"),))


def _of_who_watches(user: User) -> Room | None:
    """Who looks at bodies afterwards; a head has its own body's page."""
    if not (user.can(P.REGISTRATION_CHECK) or user.can(P.ACCREDITATION_SECRETARY)):
        return None
    doors = (_door(_("Pemantauan"), "watch-list"), _door(_("Akan atau sudah berakhir"), "renewals"))
    return Room(_("Sesudah akreditasi"), doors)


def recommendations(user: User) -> QuerySet[Any]:
    """Every run that waits for the recommendation of this office, the longest first."""
    rows: QuerySet[Any] = to_recommend(user).select_related("organisation")
    return rows.order_by("since", "at", "pk")
