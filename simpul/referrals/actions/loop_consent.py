"""Who agreed that exactly these data go to exactly this receiver, and how; or why it is done without asking."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.cases.queries.privacy import referral_consent
from simpul.people.actions import record_consent
from simpul.people.models import Basis, Capacity, Consent, Mode, Person, Purpose
from simpul.people.queries import require_not_erased, require_not_limited
from simpul.referrals.actions.loop import LONGEST_NAME, LONGEST_REASON
from simpul.referrals.actions.loop_moving import Hand, NotNow, _require_other_body
from simpul.referrals.models import Referral
from simpul.referrals.models.referral import WITHOUT_ASKING
from simpul.referrals.queries.loop_locks import locked_referral
from simpul.referrals.queries.loop_shared import offered
from simpul.referrals.stages import Share, Side, Stage

_SHORTEST_REASON = 5


class ConsentOpen(Refusal):
    """Who agreed, to what or how is not told, or they may not agree to it."""


class GeneralConsentMissing(Refusal):
    """Nobody agreed yet that data may be shared with other bodies at all."""


@action(Permission.REFERRAL_SEND)
def consent_to(
    referral: Referral,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    shares: Collection[str],
    basis: str,
    capacity: str = "",
    given_by: str = "",
    mode: str = "",
    because: str = "",
    with_general: bool = False,
) -> Referral:
    """Keep which data may go to this receiver, on which basis. Until it is sent it may be recorded anew.

    Under consent the person's consent to share data at all must stand; `with_general` says that they gave it in
    the same talk, and records it too. Raises ConsentOpen, GeneralConsentMissing, Clash, NotNow.
    """
    current = locked_referral(referral)
    ticked = [share.value for share in Share if share in set(shares)]
    if current.version != version:
        if current.stage == Stage.CONSENTED and (current.shares, current.basis) == (ticked, basis):
            return current
        raise Clash(_("Persetujuan rujukan"), _named(current.shares), _named(ticked))
    if current.stage not in (Stage.PROPOSED, Stage.CONSENTED):
        raise NotNow(_("Rujukan ini sudah dikirim. Untuk berbagi lebih banyak, buat rujukan baru."))
    if basis not in Basis.values:
        raise ConsentOpen(_("Pilih atas dasar apa data ini dibagikan."))
    require_not_erased(current.person_id)
    _require_other_body(current.case, current.receiver_id)
    if basis not in WITHOUT_ASKING:
        require_not_limited(current.person_id)
    _require_known(current, ticked, by, on)
    said, person = fitting(because, _("Alasan"), LONGEST_REASON), current.case.person
    giver = fitting(given_by, _("Nama pemberi persetujuan"), LONGEST_NAME)
    is_consent = basis == Basis.CONSENT
    if is_consent:
        _require_giver(person, capacity, giver, mode, said, on)
    elif len(said) < _SHORTEST_REASON:
        raise ConsentOpen(_("Tulis mengapa dasar itu berlaku di sini, satu kalimat saja sudah cukup."))
    current.shares, current.basis, current.basis_because = ticked, basis, said or None
    current.consent_capacity, current.consent_mode = (capacity, mode) if is_consent else ("", "")
    current.consent_by, current.consented_on = (giver or None if is_consent else None), on
    current.consent = None
    if is_consent:
        current.consent = _general(current, by, on, at, with_general=with_general)
    if current.stage == Stage.CONSENTED:
        current.version += 1
        current.save()
    else:
        Hand(by, Side.SENDER, on, at).step(current, Stage.CONSENTED)
    return current


def _named(shares: Collection[str]) -> str:
    return ", ".join(str(share.label) for share in Share if share in shares) or _("belum ada")


def _require_known(referral: Referral, ticked: list[str], by: User, on: date) -> None:
    """At least one thing, and only what is known and this worker may give on."""
    if not ticked:
        raise ConsentOpen(_("Centang paling sedikit satu keterangan yang boleh dibagikan."))
    if not {line.share for line in offered(referral, by, on)}.issuperset(ticked):
        raise ConsentOpen(_("Sebagian keterangan itu tidak ada atau tidak boleh Anda bagikan. Periksa lagi."))


def _require_giver(person: Person, capacity: str, giver: str, mode: str, said: str, on: date) -> None:
    if capacity not in Capacity.values or mode not in Mode.values:
        raise ConsentOpen(_("Pilih siapa yang menyetujui rujukan ini dan dengan cara apa."))
    is_child, by_elders = person.is_child_on(on), capacity in (Capacity.PARENT, Capacity.GUARDIAN)
    if is_child and not by_elders:
        raise ConsentOpen(
            _(
                "Untuk anak, rujukan disetujui orang tua atau wali. Bila mereka justru membahayakan anak, pilih dasar lain dan tulis alasannya."
            )
        )
    if is_child is False and capacity == Capacity.PARENT:
        raise ConsentOpen(
            _("Orang dewasa menyetujui sendiri, bila perlu bersama pendamping yang dipilihnya.")
        )
    if capacity != Capacity.SELF and not giver:
        raise ConsentOpen(_("Tulis nama orang tua, wali, atau pendamping yang menyetujui."))
    is_odd = is_child is None or (capacity == Capacity.GUARDIAN and not is_child)
    if is_odd and not said:
        raise ConsentOpen(
            _("Umurnya belum pasti, atau wali menyetujui untuk orang dewasa: tulis mengapa ia berhak.")
        )


def _general(referral: Referral, by: User, on: date, at: datetime, *, with_general: bool) -> Consent:
    """The person's own consent to share with others, without which there is none for this one receiver."""
    found = referral_consent(referral.case, on)
    if found is not None:
        return found
    if not with_general:
        raise GeneralConsentMissing(
            _(
                "Belum ada persetujuan bahwa data boleh dibagikan kepada lembaga lain. Jelaskan dan tanyakan itu dahulu, lalu centang bahwa ia setuju."
            )
        )
    return record_consent(
        referral.case.person,
        by=by,
        key=uuid5(referral.pk, f"general {referral.version}"),
        purpose=Purpose.REFERRAL,
        basis=Basis.CONSENT,
        on=on,
        at=at,
        capacity=referral.consent_capacity,
        given_by=referral.consent_by or "",
        mode=referral.consent_mode,
        basis_because=referral.basis_because or "",
    )
