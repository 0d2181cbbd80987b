"""What is stored about referrals, requests for help, and needs that found nothing."""

from simpul.referrals.models.placing import Placing, PlacingRound, RoundState
from simpul.referrals.models.referral import (
    Alternative,
    Message,
    NeedUnmet,
    Referral,
    ReferralStep,
)
from simpul.referrals.models.request import HelpRequest, RequestStep

__all__ = [
    "Alternative",
    "HelpRequest",
    "Message",
    "NeedUnmet",
    "Placing",
    "PlacingRound",
    "Referral",
    "ReferralStep",
    "RequestStep",
    "RoundState",
]
