"""What everybody may read of a service: a line of the directory, and its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue import casework, editions
from simpul.catalogue import services as catalogue
from simpul.catalogue.services import Emergency
from simpul.engines.reasons import Answer
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.public import safe_link
from simpul.organisations.stages import ServiceSystem
from simpul.places.queries import names_of
from simpul.services.models import Service
from simpul.services.queries.hours import is_open_at
from simpul.services.queries.open_words import OpenWords, kind_words, open_words
from simpul.services.queries.parts import LANGUAGES
from simpul.services.queries.places import ShownPlace, places_of, shown_place, shown_places, shown_region
from simpul.services.queries.public_search import guarded_needs, guarded_situations, levels_up, on_show
from simpul.services.queries.shown import accreditation_of, areas_of, free_said, is_unconfirmed
from simpul.services.stages import Cost, Listing, PlaceKind, Sex, WaitingOrder

_MOST_AREAS = 12


def _words_of_codes(codes: Iterable[str], entries: Iterable[casework.Entry]) -> tuple[str, ...]:
    language, known = get_language() or "id", {entry.code: entry for entry in entries}
    return tuple(str(known[code].title.in_language(language)) for code in codes if code in known)


def cost_words(service: Service, words: str) -> str:
    """What it costs, in words; empty where nobody told. `words` are the owner's own, as they may be told."""
    if service.cost == Cost.UNKNOWN:
        return ""
    amount = f"Rp{service.cost_amount:,}".replace(",", ".") if service.cost_amount else ""
    return ". ".join(part for part in (str(Cost(service.cost).label), amount, words) if part)


def near_words(area: str, region: str) -> str:
    """How near a region is to an area that was asked for; empty without both."""
    if not area or not region:
        return ""
    shared = len(area.split(".")) - levels_up(area, region)
    return {
        4: _("di desa atau kelurahan ini"),
        3: _("di kecamatan yang sama"),
        2: _("di kabupaten atau kota yang sama"),
        1: _("di provinsi yang sama"),
    }.get(shared, _("di provinsi lain"))


# --- a line of the directory ---


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One service in the list. `name` is its open name; `place` and `near` are words, and empty where nobody told."""

    service: Service
    name: str
    kind: str
    place: str
    near: str
    cost: str
    hours: str
    open_now: Answer
    is_unconfirmed: bool
    accreditation: str

    @property
    def is_paused(self) -> bool:
        return self.service.listing == Listing.PAUSED

    @property
    def is_open(self) -> bool:
        return self.open_now is Answer.YES and not self.is_paused


def lines_of(services: Iterable[Service], area: str, on: date, at: datetime) -> list[PublicLine]:
    """The lines of one page. A constant number of queries; the services come with their organisation."""
    rows = list(services)
    prefetch_related_objects(rows, "hours")
    graded = accreditation_of({row.organisation_id for row in rows}, on)
    regions = {row.pk: _told_region(row, places) for row, places in _with_places(rows)}
    names = names_of({code for code in regions.values() if code})
    told = {row.pk: open_words(row, row.hours.all()) for row in rows}
    return [
        PublicLine(
            service=row,
            name=told[row.pk].name,
            kind=kind_words(row.kind),
            place=str(names.get(regions[row.pk], "")),
            near=near_words(area, regions[row.pk]),
            cost=cost_words(row, told[row.pk].cost_words),
            hours="; ".join(told[row.pk].hours),
            open_now=is_open_at(row.hours.all(), at),
            is_unconfirmed=is_unconfirmed(row, on),
            accreditation=graded[row.organisation_id],
        )
        for row in rows
    ]


def _with_places(rows: list[Service]) -> list[tuple[Service, list[ShownPlace]]]:
    # The places of a secret body are all shown as contact points, so their words are not asked for one by one.
    held = places_of(rows)
    return [
        (
            row,
            []
            if is_place_secret(row.organisation)
            else [shown_place(one, row.organisation) for one in held[row.pk]],
        )
        for row in rows
    ]


def _told_region(service: Service, places: list[ShownPlace]) -> str:
    hides = any(place.kind == PlaceKind.CONTACT_POINT for place in places)
    region = shown_region(service)
    return region[:TOLD_SIGNS] if hides else region


# --- the page of one ---


@dataclass(frozen=True, slots=True)
class PublicService:
    """One service as everybody may read it. What nobody told, or few may know, is empty.

    `is_guarded`: that somebody reads it may endanger or shame them, so the page keeps its title plain and offers a
    quick way out. `numbers` are the numbers to call first, where its situations are emergencies.
    """

    service: Service
    words: OpenWords
    kind: str
    setting: str
    situations: tuple[str, ...]
    needs: tuple[str, ...]
    ages: str
    sex: str
    cost: str
    languages: tuple[str, ...]
    accesses: tuple[str, ...]
    places: tuple[tuple[ShownPlace, str], ...]
    areas: tuple[str, ...]
    open_now: Answer
    free: int | None
    waiting_order: str
    accreditation: str
    website: str
    is_unconfirmed: bool
    is_guarded: bool
    is_secret: bool
    numbers: tuple[Emergency, ...]

    @property
    def is_paused(self) -> bool:
        return self.service.listing == Listing.PAUSED


def public_service(key: UUID, on: date, at: datetime) -> PublicService | None:
    """The page of one service; None where there is none to be shown."""
    service: Service | None = on_show(on).select_related("organisation").filter(pk=key).first()
    if service is None:
        return None
    body, hours = service.organisation, list(service.hours.order_by("-frequency", "opens_at", "pk"))
    words, places = open_words(service, hours), shown_places([service])[service.pk]
    is_secret = is_place_secret(body) or any(place.is_contact_point for place in places)
    served = [code[:TOLD_SIGNS] if is_secret else code for code in areas_of([service])[service.pk]]
    names = names_of({*(place.region for place in places), *served})
    accesses = dict.fromkeys([*service.accesses, *(code for place in places for code in place.accesses)])
    return PublicService(
        service=service,
        words=words,
        kind=kind_words(service.kind),
        setting=str(ServiceSystem(service.setting).label) if service.setting in ServiceSystem.values else "",
        situations=_words_of_codes(service.situations, catalogue.situations()),
        needs=_needs(service),
        ages=_ages(service),
        sex=str(Sex(service.sex).label) if service.sex else "",
        cost=cost_words(service, words.cost_words),
        languages=tuple(str(LANGUAGES.get(code, code)) for code in service.languages),
        accesses=_words_of_codes(accesses, catalogue.accesses()),
        places=tuple((place, str(names.get(place.region, ""))) for place in places),
        areas=tuple(dict.fromkeys(str(names[code]) for code in served if code in names))[:_MOST_AREAS],
        open_now=is_open_at(hours, at),
        free=free_said(service, on),
        waiting_order=_waiting_order(service),
        accreditation=accreditation_of([body.pk], on)[body.pk],
        website=safe_link(words.website),
        is_unconfirmed=is_unconfirmed(service, on),
        is_guarded=is_guarded(service, places),
        is_secret=is_secret,
        numbers=_numbers(service),
    )


def is_guarded(service: Service, places: Iterable[ShownPlace] = ()) -> bool:
    """Whether that somebody reads about it says too much of them."""
    return (
        bool(guarded_situations().intersection(service.situations))
        or bool(guarded_needs().intersection(service.need_types))
        or is_place_secret(service.organisation)
        or any(place.is_contact_point for place in places)
    )


def _numbers(service: Service) -> tuple[Emergency, ...]:
    """The numbers to call before anything else; none where nothing about it is an emergency."""
    codes = [code for code in service.situations if (one := catalogue.situation(code)) and one.is_emergency]
    return catalogue.numbers_for(codes) if codes or service.is_for_emergencies else ()


def _waiting_order(service: Service) -> str:
    """By what the next is found, where there is room to wait for."""
    if service.capacity is None and not service.days_waiting:
        return ""
    return str(WaitingOrder(service.waiting_order).label)


def _needs(service: Service) -> tuple[str, ...]:
    language = get_language() or "id"
    edition = editions.get(service.need_edition or settings.SIMPUL_EDITION)
    known = {need.code: str(need.display.in_language(language)) for need in edition.types}
    return tuple(known[code] for code in service.need_types if code in known)


def _ages(service: Service) -> str:
    first, last = service.age_from, service.age_to
    if first is not None and last is not None:
        return _("%(first)s sampai %(last)s tahun") % {"first": first, "last": last}
    if first is not None:
        return _("%(first)s tahun ke atas") % {"first": first}
    return _("sampai %(last)s tahun") % {"last": last} if last is not None else ""
