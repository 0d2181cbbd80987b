"""What happens to an office's own instruments: a version is added, or withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action, require
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.catalogue.instruments import Instrument, from_json, to_json
from simpul.instruments.models import StoredInstrument
from simpul.instruments.queries import is_shipped, stored_versions


class InstrumentRefused(Refusal):
    """An instrument cannot be kept like this."""


@action(Permission.INSTRUMENT_EDIT)
def add(where: Where, /, *, by: User, key: UUID, instrument: Instrument, at: datetime) -> StoredInstrument:
    """A new instrument of that office, or the next version of one that it has. A repeated key gives the same one again.

    The version is counted here; what the file says about it does not matter.
    """
    found: StoredInstrument | None = StoredInstrument.objects.filter(pk=key).first()
    if found is not None:
        return found
    newest = next(iter(stored_versions(instrument.code)), None)
    _check_code(instrument)
    if newest is not None:
        _check_follows(newest, where, by, instrument)
    next_one = replace(instrument, version=1 if newest is None else newest.version + 1)
    try:
        with transaction.atomic():
            made: StoredInstrument = StoredInstrument.objects.create(
                id=key,
                code=next_one.code,
                version=next_one.version,
                organisation=where.organisation,
                region=where.region,
                digest=next_one.digest,
                content=to_json(next_one),
                added_by=by,
                added_at=at,
            )
    except IntegrityError as error:
        raise InstrumentRefused(
            _("Orang lain baru saja menambah versi instrumen ini. Muat ulang daftarnya, lalu periksa lagi.")
        ) from error
    return made


def _check_code(instrument: Instrument) -> None:
    if is_shipped(instrument.code):
        raise InstrumentRefused(
            _("Kode “%(code)s” dipakai instrumen bawaan. Tulis kode lain di lembar “instrumen”.")
            % {"code": instrument.code}
        )


def _check_follows(newest: StoredInstrument, where: Where, by: User, instrument: Instrument) -> None:
    """A next version comes from the office that has the first, and differs from the last."""
    try:
        require(by, Permission.INSTRUMENT_EDIT, newest)
    except NotAllowed:
        same_office = False
    else:
        same_office = (newest.organisation, newest.region) == (where.organisation, where.region)
    if not same_office:
        raise InstrumentRefused(
            _("Kode “%(code)s” sudah dipakai kantor lain. Tulis kode lain di lembar “instrumen”.")
            % {"code": instrument.code}
        )
    kept = from_json(newest.content)
    same = replace(instrument, version=kept.version, valid_from=kept.valid_from)
    if newest.withdrawn_at is None and same.digest == newest.digest:
        raise InstrumentRefused(
            _("Isinya sama dengan versi terakhir, jadi tidak ada versi baru yang dibuat.")
        )


@action(Permission.INSTRUMENT_EDIT)
def withdraw(
    stored: StoredInstrument, /, *, by: User | Machine, at: datetime, because: str = ""
) -> StoredInstrument:
    """This version and those before it are no longer offered for new answers; old answers stay readable."""
    StoredInstrument.objects.filter(code=stored.code, version__lte=stored.version, withdrawn_at=None).update(
        withdrawn_at=at
    )
    stored.refresh_from_db()
    return stored
