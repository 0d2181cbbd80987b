"""What becomes of referrals and their messages when everything about their person is erased."""

from __future__ import annotations

from typing import Any

from simpul.people.actions import Emptying
from simpul.people.models import Person
from simpul.referrals.models import HelpRequest, Message, Referral, RequestStep

_WORDS = Emptying(
    "referrals",
    lambda person: (
        Referral.objects.filter(person=person),
        Message.objects.filter(referral__person=person),
        # Asked for before anybody was registered, but about the same person.
        HelpRequest.objects.filter(person=person),
        RequestStep.objects.filter(request__person=person),
    ),
)
# What is told without words. Where it went and when stays, so that counts and the record of events stay whole.
_NOTHING: dict[str, Any] = {
    "shares": [],
    "finding": None,
    "outside_name": "",
    "consent_capacity": "",
    "consent_mode": "",
    "decline": "",
    "came": "",
    "told": "",
    "code_mark": "",
    "code_until": None,
}


class ReferralsEmptied:
    """Empties the referrals of a person; no letter's code opens anything any more.

    Needs that found nothing, alternatives and placings are rows of cases, which `cases` empties with all others.
    """

    def __call__(self, person: Person) -> dict[str, int]:
        emptied = _WORDS(person)
        Referral.objects.filter(person=person).update(**_NOTHING)
        for key in HelpRequest.objects.filter(person=person).values_list("pk", flat=True):
            # No reference opens it any more; the mark itself is unique, so it becomes one that belongs to nothing.
            ended = {"reference_mark": f"erased {key}", "from_body": "", "safe_ways": []}
            HelpRequest.objects.filter(pk=key).update(**ended)
        return emptied


ERASER = ReferralsEmptied()
