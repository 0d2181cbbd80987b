"""A body without an account: a code for its letter, and what a wrong code costs."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue.services import norms
from simpul.organisations.queries.certificates import CODE_LENGTH, LETTERS
from simpul.people.queries import require_not_limited
from simpul.referrals.actions.loop_moving import NotNow
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_locks import locked_referral
from simpul.referrals.queries.loop_shared import may_hand_over
from simpul.referrals.queries.loop_sides import has_account
from simpul.referrals.queries.loop_standing import is_consent_gone
from simpul.referrals.queries.outside import mark_of
from simpul.referrals.stages import ENDED, RECEIVED, Deed


@action(Permission.REFERRAL_SEND)
def issue_code(referral: Referral, /, *, by: User, on: date, at: datetime) -> str:
    """A new code for the letter. It is told this once and kept nowhere; the one before opens nothing any more.

    Who made it stands beside what is answered with it. Raises Refusal for a body that reads here itself and for who
    may not read all that was shared, NotNow for what is not sent, is over, or was taken back.
    """
    current = locked_referral(referral)
    require_not_limited(current.person_id)
    if current.stage not in RECEIVED or current.stage in ENDED or current.consent_withdrawn_on:
        raise NotNow(
            _("Surat dibuat setelah rujukan dikirim, dan selama belum selesai atau ditarik kembali.")
        )
    if is_consent_gone(current, on):
        raise NotNow(
            _("Persetujuan untuk berbagi data tidak berlaku lagi, jadi tidak ada surat yang dibuat.")
        )
    if not may_hand_over(current, by):
        raise Refusal(
            _("Surat ini membuka data yang tidak boleh Anda baca. Minta petugas kasusnya membuat surat itu.")
        )
    if has_account(current.receiver_id):
        raise Refusal(_("Lembaga ini membaca rujukannya di Simpul, jadi tidak perlu kode."))
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
    current.code_mark, current.code_tries = mark_of(current, code), 0
    current.code_until = on + timedelta(days=norms().code_days)
    current.code_by, current.code_by_name = by.pk, str(by)
    current.save(update_fields=["code_mark", "code_tries", "code_until", "code_by", "code_by_name"])
    return code


@action(Permission.REFERRAL_ANSWER, tells=("did",))
def note_wrong_code(referral: Referral, /, *, by: Machine, on: date, at: datetime, did: Deed) -> int:
    """Somebody typed a wrong code for this letter; how often by now. Told to the sender, and it shuts nothing."""
    current = locked_referral(referral)
    current.code_tries += 1
    current.save(update_fields=["code_tries"])
    return current.code_tries
