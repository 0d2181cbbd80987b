"""What the group of workers told of itself: the yearly survey that stands beside a mediation."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue import instruments
from simpul.instruments.models import AnswerSheet
from simpul.partners.models import Mediation

# The group as a whole, by figures; no member is named in it.
SURVEY = "home-based-group"
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Survey:
    """The newest sheets about the group, for who fills in such sheets there, and the version to fill in next."""

    code: str
    version: int
    sheets: tuple[AnswerSheet, ...]


def survey_of(mediation: Mediation, user: User) -> Survey | None:
    """What was surveyed of the workers' organisation; None for who fills in no sheets."""
    if not user.can(Permission.INSTRUMENT_FILL):
        return None
    reached = AnswerSheet.objects.reachable(user, Permission.INSTRUMENT_FILL)
    about = reached.filter(instrument=SURVEY, about=mediation.organisation_id)
    newest = tuple(about.order_by("-on", "pk")[:_NEWEST])
    return Survey(SURVEY, instruments.get(SURVEY).version, newest)
