"""The life of a source of help: listed in public or not, stopped, back again, erased."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.access.secrets import sealed_fields
from simpul.catalogue import sources as catalogue
from simpul.engines.rules.ages import completed_years
from simpul.organisations.actions.sources_record import SourceGone, SourceIncomplete
from simpul.organisations.models import HoursGiven, Listing, Source, Training
from simpul.organisations.models.sources import LISTING_TEXT, Capacity, EraseReason, Mode, StopReason
from simpul.organisations.stages import SourceUnit


class ListingNotTheirs(Refusal):
    """Who agreed cannot agree for this source."""


def _held(source: Source) -> Source:
    current: Source = Source.objects.select_for_update().get(pk=source.pk)
    if current.is_erased:
        raise SourceGone
    return current


@action(Permission.SOURCE_EDIT)
def agree_to_listing(
    source: Source,
    /,
    *,
    by: User,
    key: UUID,
    capacity: str,
    mode: str,
    given_by: str,
    on: date,
    at: datetime,
) -> Listing:
    """Somebody agreed to stand in the public list: name, type, area and skills, nothing else.

    A repeated key gives the same row; an agreement that stands already is kept, not given twice. Raises
    ListingNotTheirs or SourceIncomplete.
    """
    current = _held(source)
    if found := made_before(Listing, key, source_id=source.pk):
        return found
    if capacity not in Capacity.values or mode not in Mode.values:
        raise SourceIncomplete(_("Pilih siapa yang menyetujui dan dengan cara apa."))
    _check_giver(current, capacity, on)
    name = fitting(given_by, _("Nama yang menyetujui"), 200, is_needed=True)
    standing: Listing | None = Listing.objects.fitting_on(on).filter(source=current).first()
    if standing is not None and standing.text_version == LISTING_TEXT:
        return standing
    # What was agreed to an older text, or by who may not agree any more, ends with the new agreement.
    _end_listings(current, by, on, at)
    row = Listing(id=key, source=current, given_on=on, capacity=capacity, mode=mode, at=at, by=by.pk)
    row.text_version, row.by_name, row.given_by = LISTING_TEXT, str(by), name
    row.save(force_insert=True)
    return row


def _check_giver(source: Source, capacity: str, on: date) -> None:
    is_by_elders = capacity in (Capacity.PARENT, Capacity.GUARDIAN)
    if source.unit != SourceUnit.PERSON:
        if capacity != Capacity.HEAD:
            raise ListingNotTheirs(_("Untuk keluarga, lembaga atau jejaring, ketuanya yang menyetujui."))
        return
    if capacity == Capacity.HEAD:
        raise ListingNotTheirs(_("Untuk perorangan, orangnya sendiri yang menyetujui."))
    if source.born is None:
        # Neither a child alone nor others for a grown-up: which of both it is must be known before a name goes public.
        raise ListingNotTheirs(_("Isi dulu tanggal lahirnya: anak tidak menyetujui sendiri."))
    is_child = completed_years(source.born, on) < catalogue.norm("self_consent_years").value
    if is_child and not is_by_elders:
        raise ListingNotTheirs(_("Untuk anak, orang tua atau wali yang menyetujui."))
    if not is_child and is_by_elders:
        raise ListingNotTheirs(_("Orang dewasa menyetujui sendiri; orang tua atau wali tidak menggantikan."))


@action(Permission.SOURCE_EDIT)
def withdraw_listing(source: Source, /, *, by: User, on: date, at: datetime) -> Source:
    """End what was agreed, from this day on: no reason is asked. Nothing happens where nothing stands."""
    _end_listings(source, by, on, at)
    return source


def _end_listings(source: Source, by: User, on: date, at: datetime) -> None:
    Listing.objects.filter(source=source, withdrawn_on=None).update(
        withdrawn_on=on, withdrawn_at=at, withdrawn_by_name=str(by)
    )


@action(Permission.SOURCE_EDIT)
def stop_source(source: Source, /, *, by: User, reason: str, since: date, on: date) -> Source:
    """From the day `since` it no longer serves, and leaves the public list. Raises SourceIncomplete."""
    current = _held(source)
    if current.inactive_since is not None:
        return current
    if reason not in StopReason.values:
        raise SourceIncomplete(_("Pilih alasannya dari daftar."))
    if since > on:
        raise SourceIncomplete(_("Tanggal berhenti belum terjadi. Untuk nanti, isi akhir masa tugasnya."))
    current.inactive_since, current.inactive_because = since, reason
    current.version += 1
    current.save()
    return current


@action(Permission.SOURCE_EDIT)
def resume_source(source: Source, /, *, by: User, on: date, at: datetime) -> Source:
    """It serves again. What was agreed about the public list is asked anew: it was given for another time."""
    current = _held(source)
    if current.inactive_since is None:
        return current
    _end_listings(current, by, on, at)
    current.inactive_since, current.inactive_because = None, ""
    current.version += 1
    current.save()
    return current


@action(Permission.SOURCE_EDIT)
def erase_source(source: Source, /, *, by: User, reason: str, on: date, at: datetime) -> Source:
    """Destroy what tells who it was; type, area, sex and the time of service stay, for counts of earlier days.

    It cannot be undone. A second press changes nothing. Raises SourceIncomplete.
    """
    current: Source = Source.objects.select_for_update().get(pk=source.pk)
    if current.is_erased:
        return current
    if reason not in EraseReason.values:
        raise SourceIncomplete(_("Pilih alasannya dari daftar."))
    _end_listings(current, by, on, at)
    Listing.objects.filter(source=current).update(given_by_sealed=None)
    Training.objects.filter(source=current).update(name="", issuer="", number="")
    HoursGiven.objects.filter(source=current).update(activity="")
    _empty(current)
    current.erased_at, current.erased_because = at, reason
    if current.inactive_since is None:
        current.inactive_since = on
    current.version += 1
    current.save()
    return current


def _empty(source: Source) -> None:
    for name in sealed_fields(Source):
        setattr(source, name, None)
    source.nik_index = source.born = source.youngest_born = source.oldest_born = source.letter_on = None
    source.skills, source.areas, source.free_days = [], [], []
    # fmt: off
    for name in (
        "name", "name_key", "education", "letter_number", "letter_issuer", "availability", "chair", "activities",
    ):
        setattr(source, name, "")
    # fmt: on
