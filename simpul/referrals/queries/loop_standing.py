"""What a referral stands on: that its consent still holds, and how long the receiver reads what was shared."""

from __future__ import annotations

from datetime import date, timedelta

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.services import norms
from simpul.people.models import Basis, Consent
from simpul.referrals.models import Referral
from simpul.referrals.models.referral import WITHOUT_ASKING
from simpul.referrals.stages import SHARED_NO_MORE, Stage


def has_outgrown(referral: Referral, on: date) -> bool:
    """Whether somebody else agreed for a child who is grown up by that day, and decides alone now."""
    if referral.basis != Basis.CONSENT:
        return False
    if referral.consent is not None and referral.consent.has_lapsed_on(on):
        return True
    if referral.consented_on is None:
        return False
    # The consent for this one receiver follows the same rule as the person's own to share at all.
    own = Consent(person=referral.person, capacity=referral.consent_capacity, given_on=referral.consented_on)
    return own.has_lapsed_on(on)


def is_consent_gone(referral: Referral, on: date) -> bool:
    """Whether the consent under which it runs was taken back, here or at the person's own page, or outgrown."""
    if referral.consent_withdrawn_on is not None:
        return True
    if referral.consent is not None and not referral.consent.stands:
        return True
    return has_outgrown(referral, on)


def is_limited(referral: Referral) -> bool:
    """Whether the use of the person's data is limited, so that the receiver reads nothing meanwhile."""
    return referral.person.limited_since is not None and referral.basis not in WITHOUT_ASKING


def is_over(referral: Referral, on: date) -> bool:
    """Whether what was shared is needed no longer: it came to nothing, or ended well some time ago."""
    if referral.stage in SHARED_NO_MORE:
        return True
    ended = referral.stage == Stage.CONFIRMED
    return ended and referral.stage_since + timedelta(days=norms().shared_days) < on


def is_own_hand(referral: Referral, user: User | None) -> bool:
    """Whether this person sent it, or works on its case: never the one who answers for the receiver too."""
    return user is not None and user.pk in {referral.sent_by, referral.case.worker} - {None}


def reads_sensitive(referral: Referral, user: User) -> bool:
    """Whether this person may read very sensitive things of what the receiving body got."""
    grants = user.grants_with(Permission.SENSITIVE_VIEW)
    return any(grant.organisation == referral.receiver_id for grant in grants)
