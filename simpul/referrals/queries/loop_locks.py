"""A referral as it stands now, kept for one action: the case first, as everywhere in cases, then the row."""

from __future__ import annotations

from simpul.cases.queries.locks import locked_case
from simpul.referrals.models import Referral

_RELATED = ("case__person", "person", "service", "receiver", "consent__person", "step__goal")


def locked_referral(referral: Referral) -> Referral:
    """With its case, service and receiver at hand. To be asked before anything else is looked for."""
    locked_case(referral.case)
    rows = Referral.objects.select_related(*_RELATED)
    found: Referral = rows.select_for_update(of=("self",), no_key=True).get(pk=referral.pk)
    return found
