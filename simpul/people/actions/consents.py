"""What people agree to, and take back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.people.actions.record import _text
from simpul.people.models import CONSENT_TEXT, Basis, Capacity, Consent, Mode, Person, Purpose
from simpul.people.queries import require_not_limited

REASON_LENGTH = 1000


class ConsentIncomplete(Refusal):
    """Who agreed, in what capacity or how, is not told."""


class ConsentNotTheirs(Refusal):
    """A child does not consent alone, and nobody consents for a grown-up."""


class NotWithdrawable(Refusal):
    """It was withdrawn already, or it is no consent."""


@action(Permission.CONSENT_RECORD, tells=("purpose",))
def record_consent(
    person: Person,
    /,
    *,
    by: User,
    key: UUID,
    purpose: str,
    basis: str,
    on: date,
    at: datetime,
    capacity: str = "",
    given_by: str = "",
    mode: str = "",
    witness: str = "",
    basis_because: str = "",
) -> Consent:
    """Keep who agreed to what and how, or on which other legal basis the data are used and why.

    Raises ConsentIncomplete or ConsentNotTheirs.
    """
    if found := made_before(Consent, key, person_id=person.pk):
        return found
    require_not_limited(person)
    if purpose not in Purpose.values or basis not in Basis.values:
        raise ConsentIncomplete(_("Pilih untuk apa data dipakai, dan atas dasar apa."))
    is_consent, reason = basis == Basis.CONSENT, _text(basis_because, _("Alasan"), REASON_LENGTH)
    if is_consent:
        _check_giver(person, capacity, given_by, mode, on)
        _check_reason(person, capacity, reason, on)
    elif not reason:
        raise ConsentIncomplete(
            _("Tulis alasan mengapa data dipakai tanpa persetujuan, supaya dapat diperiksa kemudian.")
        )
    row = Consent(
        id=key,
        person=person,
        organisation=person.organisation,
        region=person.region,
        purpose=purpose,
        basis=basis,
        capacity=capacity if is_consent else "",
        text_version=CONSENT_TEXT if is_consent else "",
        mode=mode if is_consent else "",
        given_at=at,
        given_on=on,
        recorded_by=by.pk,
        recorded_by_name=str(by),
    )
    row.basis_because = reason or None
    row.witness = _text(witness, _("Nama saksi"), 200) or None
    row.given_by = _text(given_by, _("Nama pemberi persetujuan"), 200) or None
    row.save(force_insert=True)
    return row


@action(Permission.CONSENT_WITHDRAW)
def withdraw_consent(consent: Consent, /, *, by: User, on: date, at: datetime, because: str = "") -> Consent:
    """End a consent, and any older one for the same purpose, from this day on. A reason is not needed."""
    current: Consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if not current.can_be_withdrawn:
        raise NotWithdrawable(
            _("Persetujuan ini sudah dicabut, atau dasarnya bukan persetujuan. Muat ulang halaman orang ini.")
        )
    reason = _text(because, _("Alasan"), REASON_LENGTH)
    standing = Consent.objects.select_for_update().filter(
        person=current.person_id, purpose=current.purpose, basis=Basis.CONSENT, withdrawn_at=None
    )
    for row in standing:
        # One by one: a sealed reason is bound to its row.
        row.withdrawn_at, row.withdrawn_on, row.withdrawn_because = at, on, reason or None
        row.save(update_fields=["withdrawn_at", "withdrawn_on", "withdrawn_because_sealed"])
    current.refresh_from_db()
    return current


def _check_giver(person: Person, capacity: str, given_by: str, mode: str, on: date) -> None:
    if capacity not in Capacity.values or mode not in Mode.values:
        raise ConsentIncomplete(_("Pilih siapa yang memberi persetujuan dan dengan cara apa."))
    is_child, is_by_elders = person.is_child_on(on), capacity in (Capacity.PARENT, Capacity.GUARDIAN)
    if is_child and not is_by_elders:
        raise ConsentNotTheirs(
            _(
                "Untuk anak, persetujuan diberikan orang tua atau wali. Bila mereka tidak ada atau justru membahayakan anak, pilih dasar lain dan tulis alasannya."
            )
        )
    if is_child is False and capacity == Capacity.PARENT:
        raise ConsentNotTheirs(
            _(
                "Orang dewasa memberi persetujuan sendiri, bila perlu bersama pendampingnya; orang tuanya tidak dapat menggantikan."
            )
        )
    if capacity != Capacity.SELF and not given_by.strip():
        raise ConsentIncomplete(_("Tulis nama orang tua, wali, atau pendamping yang memberi persetujuan."))


def _check_reason(person: Person, capacity: str, reason: str, on: date) -> None:
    """Where it cannot be seen from the age who may agree, somebody says why it is this one."""
    if reason:
        return
    is_child = person.is_child_on(on)
    if is_child is None:
        raise ConsentIncomplete(
            _(
                "Umur orang ini belum pasti. Isi tanggal lahir atau perkiraan umurnya, atau tulis di Alasan mengapa yang memberi persetujuan ini berhak."
            )
        )
    if capacity == Capacity.GUARDIAN and not is_child:
        raise ConsentIncomplete(
            _("Wali untuk orang dewasa hanya ada menurut penetapan pengadilan. Tulis penetapannya di Alasan.")
        )
