"""Requests for help: their reference numbers, whose duty they are, the duty list, and what one page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.queries import holders
from simpul.access.reach import Where, within
from simpul.access.roles import ROLES
from simpul.access.secrets import blind_index
from simpul.access.tickets import CODE_LENGTH, CODE_LETTERS
from simpul.catalogue import services as catalogue
from simpul.organisations.models import Certificate, Organisation, ServedArea
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.stages import REGISTERED_BY
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS
from simpul.places.queries import FoundRegion, code_and_above, find, named, names_of
from simpul.referrals.models import HelpRequest
from simpul.referrals.stages import REQUEST_OPEN, ForWhom, RequestState
from simpul.services.queries.public_search import guarded_situations

LONGEST_WORDS = 3000
LONGEST_LINE = 200
PREFIX = "SB"
DUTY = Permission.REQUEST_DUTY
_SHORT = 4
_MOST_PLACES = 8
_DUTY_ROLES = sorted(name for name, role in ROLES.items() if DUTY in role.permissions)


# --- the number that the sender keeps ---


def plain_reference(typed: str) -> str:
    """A reference number as it was made, however it was typed: with or without its beginning, spaces, dashes."""
    letters = "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)
    has_beginning = len(letters) == CODE_LENGTH + len(PREFIX) and letters.startswith(PREFIX)
    return letters[len(PREFIX) :] if has_beginning else letters


def mark_of(code: str) -> str:
    """By which a request is found; the number itself is kept nowhere."""
    return blind_index(code, "help_request.reference").hex()


def short_of(code: str) -> str:
    """The part by which office and sender speak of a request; it opens nothing."""
    return f"{PREFIX}-{code[:_SHORT]}"


def request_with(typed: str) -> HelpRequest | None:
    """The request whose sender holds this number, as long as it is kept."""
    code = plain_reference(typed)
    if len(code) != CODE_LENGTH:
        return None
    found: HelpRequest | None = HelpRequest.objects.filter(
        reference_mark=mark_of(code), erased_at=None
    ).first()
    return found


# --- whose duty ---


@dataclass(frozen=True, slots=True)
class Duty:
    """Who reads the requests of a region: a body, or None for the office of the area."""

    organisation: UUID | None
    name: str


def office_name(region: str) -> str:
    """The office of the kabupaten or kota, as people say it."""
    place = named(region[:REGENCY_SIGNS])
    return _("Dinas Sosial untuk %(place)s") % {"place": place.name} if place else _("Dinas Sosial")


def duty_at(region: str, situations: Iterable[str], on: date) -> Duty | None:
    """Who reads a request from there: the area's office, or where none is signed up the nearest body that does.

    What could endanger who asks goes to no body: the one who does it may work there. None where nobody would ever
    read it: then it must not be taken in.
    """
    if has_office(region):
        return Duty(None, office_name(region))
    if is_guarded(situations):
        return None
    near = sorted((_far(region, row), row.name, row.pk) for row in bodies_on_duty(region, on))
    return Duty(near[0][2], near[0][1]) if near else None


def is_guarded(situations: Iterable[str]) -> bool:
    """Whether that somebody asked may endanger or shame them."""
    return bool(guarded_situations().intersection(situations))


def has_office(region: str) -> bool:
    """Whether somebody of the area's own office would read it."""
    return any(holders(DUTY, Where(region=region)))


def bodies_on_duty(region: str, on: date) -> list[Organisation]:
    """Registered bodies with somebody on duty that serve the region or stand in its province."""
    keys = Grant.objects.filter(
        role__in=_DUTY_ROLES, withdrawn_at=None, user__is_active=True, organisation__isnull=False
    ).values("organisation")
    serving = ServedArea.objects.filter(code__in=code_and_above(region), ended_on=None)
    near = Q(pk__in=serving.values("organisation")) | Q(province=region[:PROVINCE_SIGNS])
    registered = Certificate.objects.filter(valid_on(on), kind__in=REGISTERED_BY).values("organisation")
    rows = Organisation.objects.filter(near, pk__in=keys, is_closed=False).filter(pk__in=registered)
    return list(rows.order_by("name", "pk"))


def _far(region: str, body: Organisation) -> int:
    return sum(not within(body.region, code) for code in code_and_above(region))


def places_for(text: str, chosen: str) -> list[FoundRegion]:
    """What the words find, the one already chosen in front. A whole province is too wide to send somebody to."""
    found = [
        one for one in find(text.replace("\0", ""), limit=_MOST_PLACES) if len(one.code) >= REGENCY_SIGNS
    ]
    taken = named(chosen) if chosen and len(chosen) >= REGENCY_SIGNS else None
    return [taken, *(one for one in found if one.code != taken.code)] if taken else found


# --- how soon ---


def is_urgent(emergency: str, situations: Iterable[str]) -> bool:
    """Said to be dangerous now; or nothing was said of it and what happens is an emergency by itself."""
    if emergency:
        return emergency == "yes"
    return any((one := catalogue.situation(code)) and one.is_emergency for code in situations)


def hours_to_answer(*, urgent: bool) -> int:
    """Within how many hours somebody should have answered."""
    return catalogue.norms().request_hours["emergency" if urgent else "normal"]


def erase_day(on: date) -> date:
    """From when on a request that ended on that day, without becoming a case, is no longer needed."""
    return on + timedelta(days=catalogue.norms().request_keep_days)


def may_be_erased(request: HelpRequest, on: date) -> bool:
    """Whether its time to keep is over and its words are still there."""
    return request.erased_at is None and request.erase_on is not None and request.erase_on < on


# --- the duty list ---


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the list: never a name, a number to call or a word of what was told."""

    key: UUID
    short: str
    situations: str
    for_whom: str
    place: str
    at: datetime
    answer_by: datetime
    state: str
    state_name: str
    taken_by_name: str
    is_urgent: bool
    is_late: bool


WAITING, MINE, ENDED, TO_ERASE = "menunggu", "saya", "selesai", "hapus"


def on_duty(user: User, shown: str, on: date, at: datetime) -> Any:
    """Requests within reach, danger first, then the overdue, then the oldest; a queryset to cut."""
    rows: QuerySet[Any] = HelpRequest.objects.reachable(user, DUTY)
    late = Case(
        When(answer_by__lt=at, state__in=sorted(UNANSWERED), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    if shown == TO_ERASE:
        return rows.filter(erase_on__lt=on, erased_at=None).annotate(is_late=late).order_by("erase_on", "pk")
    if shown == ENDED:
        ended = rows.exclude(state__in=sorted(REQUEST_OPEN))
        return ended.annotate(is_late=late).order_by("-state_since", "pk")
    rows = rows.filter(state__in=sorted(REQUEST_OPEN)).annotate(is_late=late)
    if shown == MINE:
        rows = rows.filter(taken_by=user.pk)
    return rows.order_by("-is_urgent", "-is_late", "at", "pk")


# Nobody has spoken with the sender yet.
UNANSWERED = frozenset({RequestState.NEW, RequestState.TAKEN, RequestState.NOT_REACHED})


def is_late(request: HelpRequest, at: datetime) -> bool:
    """Whether nobody has spoken with the sender in the time that was promised."""
    return request.state in UNANSWERED and request.answer_by < at


def rows_of(requests: Iterable[Any]) -> tuple[Row, ...]:
    """A page of the list."""
    listed = list(requests)
    places = names_of({row.region for row in listed})
    return tuple(
        Row(
            key=row.pk,
            short=row.short,
            situations="; ".join(situation_words(row.situations)),
            for_whom=str(ForWhom(row.for_whom).label),
            place=str(places.get(row.region, row.region)),
            at=row.at,
            answer_by=row.answer_by,
            state=row.state,
            state_name=row.get_state_display(),
            taken_by_name=row.taken_by_name,
            is_urgent=row.is_urgent,
            is_late=row.is_late,
        )
        for row in listed
    )


def situation_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Situations in the public's words."""
    language = get_language() or "id"
    found = [one for code in codes if (one := catalogue.situation(code))]
    return tuple(str(one.title.in_language(language)) for one in found)
