"""What an owner should look at: what is missing before a listing can be found, and what has become old."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.catalogue.services import norms
from simpul.organisations.queries.bodies import is_place_secret
from simpul.services.models import Hours, Place, Service
from simpul.services.queries.open_words import held_back
from simpul.services.queries.places import places_of
from simpul.services.queries.rules import RuleRefused, node_of
from simpul.services.queries.shown import is_unconfirmed
from simpul.services.stages import Cost, Listing, PlaceKind


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at: in words, on which page it is mended, whether it keeps the listing from being opened."""

    words: str
    part: str
    is_blocking: bool = False
    is_late: bool = False


def attention_of(services: Collection[Service], on: date) -> dict[UUID, tuple[Attention, ...]]:
    """For each of these, the most urgent first. Two queries for any number, one more for each secret body. They come with their organisation."""
    places = places_of(services)
    hours: dict[UUID, list[Hours]] = {service.pk: [] for service in services}
    for row in Hours.objects.filter(service__in=services):
        hours[row.service_id].append(row)
    return {
        service.pk: tuple(
            sorted(
                _of(service, places[service.pk], hours[service.pk], on),
                key=lambda one: (not one.is_late, not one.is_blocking),
            )
        )
        for service in services
    }


def _of(service: Service, places: list[Place], hours: list[Hours], on: date) -> list[Attention]:
    if service.listing == Listing.ENDED:
        return []
    found = [*lacking(service, places), *_wrong(service, places, hours)]
    if service.listing in (Listing.OPEN, Listing.PAUSED):
        found += _old(service, on)
    if not hours:
        found.append(Attention(_("Jam buka belum diisi."), "hours"))
    if not service.about:
        found.append(Attention(_("Belum dijelaskan apa yang didapat orang."), "what"))
    if service.cost == Cost.UNKNOWN:
        found.append(Attention(_("Biayanya belum diisi."), "cost"))
    return found


def lacking(service: Service, places: Collection[Place]) -> list[Attention]:
    """What keeps a listing from being opened: nobody could find it, or reach it."""
    found = []
    if not service.situations:
        found.append(
            Attention(_("Belum dipilih dalam keadaan apa orang membutuhkannya."), "found", is_blocking=True)
        )
    if not places:
        found.append(Attention(_("Tempatnya belum diisi."), "places", is_blocking=True))
    reached = service.phone or service.email or any(place.phone or place.address for place in places)
    if not reached:
        found.append(
            Attention(_("Belum ada nomor atau alamat untuk dihubungi."), "contact", is_blocking=True)
        )
    return found


def _wrong(service: Service, places: Collection[Place], hours: Collection[Hours]) -> list[Attention]:
    found = []
    if is_place_secret(service.organisation) and any(place.kind == PlaceKind.PHYSICAL for place in places):
        found.append(
            Attention(
                _("Alamat lembaga ini dirahasiakan: ganti tempatnya menjadi titik hubung."),
                "places",
                is_blocking=True,
                is_late=True,
            )
        )
    found += [
        Attention(
            _("%(what)s tidak ditampilkan kepada umum karena menyebut tempat yang dirahasiakan. Tulis ulang.")
            % {"what": title},
            part,
            is_late=True,
        )
        for part, title in held_back(service, hours)
    ]
    try:
        node_of(service.rule)
    except RuleRefused:
        found.append(Attention(_("Aturan syaratnya tidak terbaca lagi. Perbaiki."), "rule"))
    return found


def _old(service: Service, on: date) -> list[Attention]:
    found = []
    if is_unconfirmed(service, on):
        found.append(Attention(_since_words(service, on), "confirm", is_late=True))
    elif (days := days_left(service, on)) <= max(norms().remind_before_days):
        found.append(Attention(_soon_words(days), "confirm"))
    if service.capacity is not None and not _is_room_known(service, on):
        found.append(Attention(_("Jumlah tempat kosong sudah lama tidak diperbarui."), "confirm"))
    return found


def _soon_words(days: int) -> str:
    if days > min(norms().remind_before_days):
        words = ngettext(
            "Dalam %(days)s hari layanan ini ditandai belum dipastikan.",
            "Dalam %(days)s hari layanan ini ditandai belum dipastikan.",
            days,
        )
    else:
        words = ngettext(
            "Tekan “Masih sesuai” sekarang: tinggal %(days)s hari, lalu layanan ini turun di hasil pencarian.",
            "Tekan “Masih sesuai” sekarang: tinggal %(days)s hari, lalu layanan ini turun di hasil pencarian.",
            days,
        )
    return words % {"days": days}


def _since_words(service: Service, on: date) -> str:
    if service.confirmed_on is None:
        return _("Belum pernah dipastikan.")
    days = (on - service.confirmed_on).days
    words = ngettext(
        "Sudah %(days)s hari tidak dipastikan; di pencarian layanan ini turun.",
        "Sudah %(days)s hari tidak dipastikan; di pencarian layanan ini turun.",
        days,
    )
    return words % {"days": days}


def days_left(service: Service, on: date) -> int:
    """How many days until a listing counts as unconfirmed; below 0 when it does."""
    if service.confirmed_on is None:
        return -1
    last = service.confirmed_on + timedelta(days=norms().unconfirmed_days)
    return (last - on).days


def _is_room_known(service: Service, on: date) -> bool:
    return service.free_on is not None and (on - service.free_on).days <= norms().room_days
