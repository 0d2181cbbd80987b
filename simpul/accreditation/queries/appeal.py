"""Appeals: whether a body may still object, and what the secretariat has before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.accreditation.models import Accreditation, Appeal, Assignment
from simpul.accreditation.queries.assignment import candidates
from simpul.accreditation.queries.plenary import decision_that_holds
from simpul.accreditation.queries.run import standing
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.validation import barred_from_being_named
from simpul.accreditation.stages import DECIDED, Part, Stage


def appeal_of(accreditation: Accreditation) -> Appeal | None:
    """The one appeal; None where there is none."""
    found: Appeal | None = Appeal.objects.filter(accreditation=accreditation).first()
    return found


def last_day_to_appeal(accreditation: Accreditation) -> date | None:
    """The last day on which the body may object; None before a decision."""
    held = decision_that_holds(accreditation)
    return held.on + timedelta(days=scheme_of(accreditation).appeal_days) if held else None


def barred_from_appeal(accreditation: Accreditation, on: date) -> str:
    """Why the body may not object, in words; empty where it may."""
    if appeal_of(accreditation) is not None:
        return _("Keberatan atas keputusan ini sudah pernah diajukan; keputusan sesudahnya bersifat akhir.")
    last = last_day_to_appeal(accreditation)
    if accreditation.stage not in DECIDED or last is None:
        return _("Keberatan diajukan sesudah ada keputusan.")
    if on > last:
        return _("Masa keberatan sudah lewat.")
    others = Accreditation.objects.filter(organisation=accreditation.organisation_id)
    if others.running().exclude(pk=accreditation.pk).exists():
        return _("Lembaga ini sudah memulai akreditasi baru, jadi keputusan lama tidak diperiksa lagi.")
    return ""


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One appeal in the secretariat's list."""

    appeal: Appeal
    rechecker: Assignment | None
    is_late: bool


def open_appeals(user: User, on: date) -> list[AppealRow]:
    """Appeals that wait for their answer, the oldest first."""
    rows = Appeal.objects.reachable(user, Permission.ACCREDITATION_VIEW).filter(answered_on=None)
    found = rows.select_related("accreditation__organisation").order_by("due_on", "at", "pk")
    return [AppealRow(one, rechecker_of(one), on > one.due_on) for one in found]


def rechecker_of(appeal: Appeal) -> Assignment | None:
    """Who was named to look at the scores again because of this appeal."""
    named = standing(appeal.accreditation, Part.VALIDATOR)
    return next((one for one in named if one.at >= appeal.at), None)


def possible_recheckers(accreditation: Accreditation) -> list[User]:
    """Validators who had no hand in it so far."""
    if accreditation.stage != Stage.APPEAL:
        return []
    free = [one.user for one in candidates(accreditation, Part.VALIDATOR) if not one.barred]
    users = User.objects.filter(pk__in=free).order_by("name", "pk")
    return [user for user in users if not barred_from_being_named(accreditation, user)]
