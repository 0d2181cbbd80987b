"""What pages ask about agreements between bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation
from simpul.partners.models import Agreement
from simpul.partners.stages import AgreementState, Cooperation


@dataclass(frozen=True, slots=True)
class Shown:
    """One agreement as a list shows it."""

    row: Agreement
    ways: tuple[str, ...]
    state: str
    tag: str

    @property
    def partner(self) -> str:
        return str(self.row.partner_name)


def shown(rows: Iterable[Agreement], on: date) -> list[Shown]:
    """In words; one whose last day has passed is said to have run out, whatever nobody wrote down."""
    return [_shown(row, on) for row in rows]


def _shown(row: Agreement, on: date) -> Shown:
    labels = dict(Cooperation.choices)
    ways = tuple(str(labels[way]) for way in row.ways if way in labels)
    return Shown(row, ways, *_state(row, on))


def _state(row: Agreement, on: date) -> tuple[str, str]:
    state = AgreementState(row.state)
    if state is AgreementState.STANDING and not stands(row, on):
        return str(AgreementState.ENDED.label), ""
    tags = {AgreementState.DRAFT: "open", AgreementState.STANDING: "yes", AgreementState.ENDED: ""}
    return str(state.label), tags[state]


def stands(row: Agreement, on: date) -> bool:
    """Whether it is in force on a day."""
    return row.state == AgreementState.STANDING and row.since <= on and (row.until is None or on <= row.until)


def agreements_within_reach(user: User, text: str = "") -> QuerySet[Agreement]:
    """All that this person may read, the newest first; `text` looks in both names and the subject."""
    rows = Agreement.objects.reachable(user, Permission.PARTNER_VIEW).select_related(
        "organisation", "partner"
    )
    for word in text.replace("\0", "").split()[:6]:
        rows = rows.filter(
            Q(organisation__name__icontains=word)
            | Q(partner_name__icontains=word)
            | Q(subject__icontains=word)
        )
    found: QuerySet[Agreement] = rows.order_by("-since", "pk")
    return found


def agreements_of(organisation: Organisation, user: User) -> QuerySet[Agreement]:
    """Those of one body, on either side."""
    both = Q(organisation=organisation) | Q(partner=organisation)
    return agreements_within_reach(user).filter(both)


def may_confirm(row: Agreement, user: User) -> bool:
    """Whether this person leads the other side, which has not yet said that it is so."""
    return (
        row.partner is not None
        and row.confirmed_on is None
        and row.state == AgreementState.STANDING
        and is_within_reach(row.partner, user, Permission.ORGANISATION_EDIT)
    )


def own_bodies(user: User) -> QuerySet[Organisation]:
    """The bodies for which somebody may make agreements by working there."""
    keys = [grant.organisation for grant in user.grants_with(Permission.PARTNER_EDIT) if grant.organisation]
    found: QuerySet[Organisation] = Organisation.objects.filter(pk__in=keys).order_by("name", "pk")
    return found
