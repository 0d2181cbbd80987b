"""An office adding, wording and ending its own types of sources of help."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.catalogue import sources as catalogue
from simpul.organisations.models import LocalType
from simpul.organisations.queries.registration_rules import is_own_office
from simpul.organisations.queries.source_types import LONGEST_BASIS, LONGEST_DEFINITION, LONGEST_TITLE
from simpul.organisations.stages import SourceUnit

_SIGNS_OF_CODE = 8


@action(Permission.SOURCE_EDIT)
def add_local_type(
    where: Where,
    /,
    *,
    by: User,
    at: datetime,
    key: UUID,
    title: str,
    unit: str,
    definition: str,
    basis: str = "",
) -> LocalType:
    """A type of the office of `where.region`. Sent twice it is one. Raises Refusal for a name that is taken."""
    if not where.region:
        raise Refusal(_("Jenis tambahan berlaku untuk satu kabupaten/kota atau provinsi."))
    _require_own(where.region, by)
    if found := made_before(LocalType, key, region=where.region, by=by.pk):
        return found
    if unit not in SourceUnit.values:
        raise Refusal(_("Pilih siapa yang dapat menjadi sumber bantuan jenis ini."))
    row = LocalType(
        pk=key,
        code=f"LOKAL-{key.hex[:_SIGNS_OF_CODE].upper()}",
        region=where.region,
        unit=unit,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    _word(row, title, definition, basis)
    row.save(force_insert=True)
    return row


@action(Permission.SOURCE_EDIT)
def word_local_type(
    local_type: LocalType,
    /,
    *,
    by: User,
    version: int,
    title: str,
    definition: str,
    basis: str = "",
) -> LocalType:
    """Other words for a type. Raises Clash where somebody worded it since the page was opened."""
    row = _held(local_type, by)
    before = (row.title, row.definition, row.basis)
    _word(row, title, definition, basis)
    wanted = (row.title, row.definition, row.basis)
    if before == wanted:
        return row
    if row.version != version:
        raise Clash(_("Jenis tambahan ini"), "; ".join(before), "; ".join(wanted))
    row.version += 1
    row.save(update_fields=["title", "definition", "basis", "version"])
    return row


@action(Permission.SOURCE_EDIT)
def end_local_type(local_type: LocalType, /, *, by: User, on: date) -> LocalType:
    """Nothing new is recorded under this type; what is recorded keeps it. Ended twice is ended once."""
    row = _held(local_type, by)
    if row.ended_on is None:
        row.ended_on, row.version = on, row.version + 1
        row.save(update_fields=["ended_on", "version"])
    return row


@action(Permission.SOURCE_EDIT)
def resume_local_type(local_type: LocalType, /, *, by: User) -> LocalType:
    """A type that was ended is used again."""
    row = _held(local_type, by)
    if row.ended_on is not None:
        _require_free(row)
        row.ended_on, row.version = None, row.version + 1
        row.save(update_fields=["ended_on", "version"])
    return row


def _held(local_type: LocalType, by: User) -> LocalType:
    _require_own(local_type.region, by)
    row: LocalType = LocalType.objects.select_for_update().get(pk=local_type.pk)
    return row


def _require_own(region: str, by: User) -> None:
    if not is_own_office(region, by, Permission.SOURCE_EDIT):
        raise Refusal(_("Jenis tambahan suatu daerah diatur oleh kantor daerah itu sendiri."))


def _word(row: LocalType, title: str, definition: str, basis: str) -> None:
    row.title = " ".join(fitting(title, _("Nama jenis"), LONGEST_TITLE, is_needed=True).split())
    row.definition = fitting(definition, _("Penjelasan"), LONGEST_DEFINITION, is_needed=True)
    row.basis = fitting(basis, _("Dasar"), LONGEST_BASIS)
    _require_free(row)


def _require_free(row: LocalType) -> None:
    """Two types of one name, or one named like an official type, would be counted one for the other."""
    theirs = LocalType.objects.filter(region=row.region, ended_on=None).exclude(pk=row.pk)
    taken = {one.title.casefold() for one in theirs}
    for known in catalogue.source_types().values():
        taken |= {known.code.casefold(), known.official.casefold(), known.display.id.casefold()}
    if row.title.casefold() in taken:
        raise Refusal(_("Jenis dengan nama itu sudah ada. Pakai jenis itu, atau pilih nama lain."))
