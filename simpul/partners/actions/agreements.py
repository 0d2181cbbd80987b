"""What happens to an agreement: made, changed while it is a draft, put in force, confirmed by the other side, ended."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import NotAllowed, Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.organisations.models import Organisation
from simpul.partners.models import Agreement
from simpul.partners.queries.kept import body_named
from simpul.partners.queries.told import Terms
from simpul.partners.stages import AgreementState, Cooperation


@action(Permission.PARTNER_EDIT)
def make(organisation: Organisation, /, *, by: User, key: UUID, at: datetime, terms: Terms) -> Agreement:
    """A draft. Sent twice it is one. Raises Refusal for terms that cannot be."""
    if repeated := made_before(Agreement, key, organisation=organisation, **_as_kept(terms)):
        return repeated
    row = Agreement(pk=key, organisation=organisation, **written(by, at))
    _fill(row, terms)
    row.save(force_insert=True)
    return row


@action(Permission.PARTNER_EDIT)
def change(agreement: Agreement, /, *, by: User, version: int, terms: Terms) -> Agreement:
    """Other terms, as long as it is a draft: what is in force is ended, and a new one made."""
    row = current(agreement, version)
    if row.state != AgreementState.DRAFT:
        raise Refusal(_("Perjanjian ini sudah berlaku. Akhiri dulu, lalu buat yang baru."))
    _fill(row, terms)
    row.version += 1
    row.save()
    return row


@action(Permission.PARTNER_EDIT)
def put_in_force(agreement: Agreement, /, *, by: User, version: int) -> Agreement:
    """From now on it stands. Pressed twice it is once."""
    row = current(agreement)
    if row.state == AgreementState.STANDING:
        return row
    if row.version != version or row.state != AgreementState.DRAFT:
        raise Refusal(_("Perjanjian ini sudah diubah atau diakhiri. Buka lagi halamannya."))
    row.state = AgreementState.STANDING
    row.version += 1
    row.save(update_fields=["state", "version"])
    return row


@action(Permission.PARTNER_VIEW)
def confirm(agreement: Agreement, /, *, by: User, on: date) -> Agreement:
    """The other side says that it is so. Raises Refusal for anybody who does not lead that side."""
    row = current(agreement)
    if row.partner is None or not is_within_reach(row.partner, by, Permission.ORGANISATION_EDIT):
        raise NotAllowed
    if row.state != AgreementState.STANDING:
        raise Refusal(_("Hanya perjanjian yang berlaku yang dapat dibenarkan."))
    if row.confirmed_on is None:
        row.confirmed_on, row.confirmed_by_name = on, str(by)
        row.save(update_fields=["confirmed_on", "confirmed_by_name"])
    return row


@action(Permission.PARTNER_EDIT)
def end(agreement: Agreement, /, *, by: User, version: int, on: date, words: str) -> Agreement:
    """It ends before its day, or a draft comes to nothing; why is kept with it."""
    row = current(agreement, version)
    if row.state == AgreementState.ENDED:
        return row
    row.ended_because = fitting(words, _("Alasan"), 500, is_needed=True)
    row.state, row.ended_on = AgreementState.ENDED, on
    row.version += 1
    row.save(update_fields=["state", "ended_on", "ended_because", "version"])
    return row


def _as_kept(terms: Terms) -> dict[str, object]:
    """What of the terms stands in the row as it was typed."""
    return {
        "partner_name": terms.partner,
        "ways": [way for way in Cooperation.values if way in terms.ways],
        "subject": terms.subject,
        "number": terms.number,
        "since": terms.since,
        "until": terms.until,
    }


def _fill(row: Agreement, terms: Terms) -> None:
    if unknown := set(terms.ways) - set(Cooperation.values):
        raise Refusal(_("Bentuk kerja sama “%s” tidak dikenal.") % min(unknown))
    if not terms.ways:
        raise Refusal(_("Pilih sekurang-kurangnya satu bentuk kerja sama."))
    if terms.until is not None and terms.until < terms.since:
        raise Refusal(_("Hari terakhir tidak bisa sebelum hari pertama."))
    row.partner_name = fitting(terms.partner, _("Mitra"), 200, is_needed=True)
    row.partner = body_named(row.partner_name)
    if row.partner == row.organisation:
        raise Refusal(_("Mitra harus lembaga lain, bukan lembaga ini sendiri."))
    row.ways = [way for way in Cooperation.values if way in terms.ways]
    row.subject = fitting(terms.subject, _("Isi kerja sama"), 2000, is_needed=True)
    row.number = fitting(terms.number, _("Nomor surat"), 80)
    row.since, row.until = terms.since, terms.until
