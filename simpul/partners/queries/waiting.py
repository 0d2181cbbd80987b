"""What waits for somebody about working together, for the start page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.queries.waiting import Waiting
from simpul.partners.models import Agreement, Mediation
from simpul.partners.queries.forums import decisions_due
from simpul.partners.queries.mediation import to_look_after
from simpul.partners.stages import AgreementState, MediationStage

# Said this long before an agreement runs out: a usage of this project.
_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of work: whose it is, where it is done, and the sentence for so many."""

    rows: Callable[[User, date], Any]
    address: str
    words: Callable[[int], str]
    is_late: bool = False


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Decisions past their day, agreements to confirm or about to end, mediations asked for or to be looked after."""
    if not user.can(Permission.PARTNER_EDIT):
        return ()
    found = []
    for kind in _KINDS:
        if number := kind.rows(user, on).count():
            words = kind.words(number) % {"number": number}
            found.append(Waiting(words, number, reverse(kind.address), is_late=kind.is_late))
    return tuple(found)


def to_confirm(user: User, on: date) -> Any:
    """Agreements in force that the body led by this person has not yet said to be so."""
    homes = [
        grant.organisation for grant in user.grants_with(Permission.ORGANISATION_EDIT) if grant.organisation
    ]
    return Agreement.objects.filter(partner__in=homes, state=AgreementState.STANDING, confirmed_on=None)


def running_out(user: User, on: date) -> Any:
    """Agreements kept by this person's side whose last day is near, or has passed without anybody ending them."""
    rows = Agreement.objects.reachable(user, Permission.PARTNER_EDIT)
    return rows.filter(state=AgreementState.STANDING, until__lte=on + _BEFORE)


def asked_to_mediate(user: User, on: date) -> Any:
    """Mediations for which this person's body was asked and has not said yes."""
    homes = [grant.organisation for grant in user.grants_with(Permission.PARTNER_EDIT) if grant.organisation]
    return Mediation.objects.filter(Q(mediator__in=homes), stage=MediationStage.ASKED)


_KINDS = (
    _Kind(
        decisions_due,
        "partners:forums",
        lambda n: ngettext(
            "%(number)d keputusan forum belum ditindaklanjuti",
            "%(number)d keputusan forum belum ditindaklanjuti",
            n,
        ),
        is_late=True,
    ),
    _Kind(
        to_confirm,
        "partners:agreements",
        lambda n: ngettext(
            "%(number)d kerja sama menunggu pembenaran lembaga Anda",
            "%(number)d kerja sama menunggu pembenaran lembaga Anda",
            n,
        ),
    ),
    _Kind(
        running_out,
        "partners:agreements",
        lambda n: ngettext(
            "%(number)d kerja sama segera berakhir", "%(number)d kerja sama segera berakhir", n
        ),
    ),
    _Kind(
        asked_to_mediate,
        "partners:mediations",
        lambda n: ngettext(
            "%(number)d permintaan mediasi menunggu lembaga Anda",
            "%(number)d permintaan mediasi menunggu lembaga Anda",
            n,
        ),
    ),
    _Kind(
        to_look_after,
        "partners:mediations",
        lambda n: ngettext(
            "%(number)d kesepakatan perlu diperiksa apakah dijalankan",
            "%(number)d kesepakatan perlu diperiksa apakah dijalankan",
            n,
        ),
    ),
)
