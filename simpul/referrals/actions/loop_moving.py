"""How a referral comes from one stage to the next: checked, dated, due anew, and written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.access.gate import Machine
from simpul.access.models import User
from simpul.access.refusal import Clash, Refusal
from simpul.cases.models import Case
from simpul.cases.stages import Confidentiality
from simpul.catalogue.services import norms
from simpul.referrals.models import Referral, ReferralStep
from simpul.referrals.queries.loop_standing import is_own_hand
from simpul.referrals.queries.loop_times import due_on
from simpul.referrals.stages import MAY_FOLLOW, Side, Stage


class NotNow(Refusal):
    """From this stage, or by this side, that does not follow."""


class OwnHand(Refusal):
    """Who sends does not also receive."""


_CLOSED = frozenset({Confidentiality.TEAM_ONLY, Confidentiality.HIGHLY_RESTRICTED})


def _require_other_body(case: Case, receiver: UUID | None) -> None:
    """A case that only its team may see does not go to everybody who receives in the same body. Raises OwnHand."""
    if receiver is not None and receiver == case.organisation and case.confidentiality in _CLOSED:
        raise OwnHand(
            _(
                "Kasus ini tertutup bagi rekan selembaga, jadi tidak dirujuk ke layanan lembaga sendiri: di sana semua penerima rujukan akan membacanya."
            )
        )


def _require_other_hand(referral: Referral, by: User | Machine) -> None:
    """The one who sent it, or works on the case, does not answer for the receiver. Raises OwnHand."""
    if isinstance(by, User) and is_own_hand(referral, by):
        raise OwnHand(_("Anda yang mengirim rujukan ini, jadi rekan lain di lembaga penerima yang menjawab."))


@dataclass(frozen=True)
class Hand:
    """Who moves a referral, for which side, and when. `name` is what stands beside it."""

    by: User | Machine
    side: Side
    on: date
    at: datetime
    name: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is somebody with the code of a letter."""
        return isinstance(self.by, Machine)

    @property
    def key(self) -> UUID | None:
        key: UUID | None = self.by.pk
        return key

    @property
    def called(self) -> str:
        return self.name or str(self.by)

    def step(self, referral: Referral, to: Stage) -> None:
        """Come to that stage and save every field of the row. Raises NotNow."""
        if to not in MAY_FOLLOW[Stage(referral.stage)]:
            raise NotNow(
                _("Rujukan ini sudah %(now)s, jadi tidak dapat menjadi %(then)s. Muat ulang halamannya.")
                % {"now": _lower(referral.stage), "then": _lower(to)}
            )
        meets_at = referral.appointment_at
        appointment_on = localtime(meets_at).date() if meets_at else None
        referral.stage, referral.stage_since = to, self.on
        if to != Stage.SEEN:  # reading is not answering
            referral.answer_by = due_on(to, referral.urgency, self.on, appointment_on=appointment_on)
            until = referral.code_until
            if until is not None and until >= self.on and referral.answer_by is not None:
                # The letter's code lasts as long as an answer is still to come; one that ran out stays shut.
                longer = referral.answer_by + timedelta(days=norms().code_days)
                referral.code_until = max(until, longer)
        referral.version += 1
        referral.save()
        row = ReferralStep(pk=uuid4(), referral=referral, stage=to, on=self.on, side=self.side)
        row.at, row.by, row.by_name = self.at, self.key, self.called
        row.code_by_name = referral.code_by_name if self.is_code else ""
        row.save(force_insert=True)


def _lower(stage: str) -> str:
    return str(Stage(stage).label).lower()


def _require_version(referral: Referral, version: int, to: Stage, *, is_same: bool = True) -> bool:
    """Whether it was done already by the same press; raises Clash when somebody else was faster.

    `is_same` says whether what stands there is what was typed, beside the stage.
    """
    if referral.version == version:
        return False
    if referral.stage == to and is_same:
        return True
    raise Clash(
        _("Rujukan %(number)s") % {"number": referral.number},
        str(Stage(referral.stage).label),
        str(to.label),
    )
