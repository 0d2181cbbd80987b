"""Complaints: the offices to choose from, those that wait for an answer, and what the sender may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.rows import key_in
from simpul.access.secrets import blind_index
from simpul.cases.models import Complaint, ComplaintState, Office
from simpul.cases.queries.office import laid_over
from simpul.organisations.models import Organisation
from simpul.organisations.queries import named
from simpul.organisations.queries.bodies import is_place_secret
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import find, names_of

LONGEST_COMPLAINT = 5000
LONGEST_ABOUT = 300
LONGEST_CONTACT = 200
LONGEST_ANSWER = 5000
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that look like another
CODE_LENGTH = 12
_MOST_OFFICES = 8
_MOST_WORDS = 8
_SHORTEST_NAME = 3
# How people are called, which says nothing about who they are.
_TITLES = frozenset(
    {"pak", "bapak", "ibu", "saudara", "saudari", "bang", "kak", "mas", "mbak", "haji", "hajah"}
)


# --- the code that the sender keeps ---


def plain_code(typed: str) -> str:
    """A code as it was made, however it was typed: with spaces, dashes, small letters."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def code_fingerprint(code: str) -> bytes:
    """By which a complaint is found; the code itself is kept nowhere."""
    return blind_index(plain_code(code), "complaint.code")


def complaint_with(code: str) -> Complaint | None:
    """The complaint whose sender holds this code."""
    if len(plain_code(code)) != CODE_LENGTH:
        return None
    found: Complaint | None = Complaint.objects.filter(code_index=code_fingerprint(code)).first()
    return found


# --- to whom ---


@dataclass(frozen=True, slots=True)
class Receiver:
    """An office that can be chosen; `value` is what a form sends."""

    value: str
    name: str
    hint: str


def receivers(text: str) -> tuple[Receiver, ...]:
    """Organisations and areas for what was typed. Of a secret place nothing is told, not even the area."""
    words = text.replace("\0", "").lower().split()
    if not words:
        return ()
    fitting = _called(words)
    told = {row.pk: row.region for row in fitting if not is_place_secret(row)}
    places = names_of(set(told.values()))
    offices = [
        Receiver(f"o:{row.pk}", row.name, str(places.get(told.get(row.pk, ""), ""))) for row in fitting
    ]
    # A whole province has no office that would read it.
    areas = [place for place in find(text, limit=_MOST_OFFICES) if len(place.code) >= REGENCY_SIGNS]
    return (
        *offices,
        *(Receiver(f"r:{place.code}", _("Dinas Sosial untuk %(place)s") % {"place": place.name}, place.parents) for place in areas),
    )  # fmt: skip


def _called(words: list[str]) -> list[Organisation]:
    """The first that bear these words in their names: anybody may ask, so the database stops at a few."""
    found = Organisation.objects.order_by("name", "pk")
    for word in words[:_MOST_WORDS]:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    return list(found[:_MOST_OFFICES])


def receiver_of(value: str) -> tuple[Where, str] | None:
    """Where a complaint with this choice goes, and the office's name; None for a choice that does not exist."""
    kind, _colon, key = value.partition(":")
    if kind == "o":
        body = key_in(key)
        row = Organisation.objects.filter(pk=body).first() if body else None
        return (Where(organisation=row.pk, region=row.region), row.name) if row else None
    if kind == "r" and len(key) >= REGENCY_SIGNS:
        place = names_of({key}).get(key)
        return (
            (Where(region=place.code), _("Dinas Sosial untuk %(place)s") % {"place": place})
            if place
            else None
        )
    return None


def days_to_answer(where: Where) -> int:
    """Within how many days the office wants complaints answered."""
    return _days(where, "complaint_days")


def kept_until(complaint: Complaint) -> date | None:
    """The last day on which an answered complaint is kept as it was written; None while nobody answered it."""
    if complaint.answered_at is None:
        return None
    where = Where(organisation=complaint.organisation, region=complaint.region)
    return localtime(complaint.answered_at).date() + timedelta(days=_days(where, "complaint_keep_days"))


def may_be_erased(complaint: Complaint, on: date) -> bool:
    """Whether its time to keep is over and its words are still there."""
    until = kept_until(complaint)
    return until is not None and until < on and not complaint.is_erased


def _days(where: Where, norm: str) -> int:
    if where.organisation:
        own = Office.objects.filter(organisation=where.organisation)
    else:
        own = Office.objects.filter(organisation=None, region=where.region[:REGENCY_SIGNS])
    days: int = laid_over(own.values_list("norms", flat=True).first() or {})[norm]
    return days


# --- for who receives them ---


@dataclass(frozen=True, slots=True)
class Row:
    """One complaint in the list: nothing of what it says. `names_reader`: it is about who is reading."""

    key: UUID
    received_at: datetime
    due_on: date
    answered_at: datetime | None
    state: str
    state_name: str
    office: str
    taken_by_name: str
    is_late: bool
    names_reader: bool


def received_by(user: User, on: date) -> Any:
    """Complaints within reach: late ones first, then those that wait, then the answered; a queryset to cut."""
    is_late = Case(
        When(due_on__lt=on, answered_at=None, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    is_answered = Case(
        When(state=ComplaintState.ANSWERED, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    found = Complaint.objects.reachable(user, Permission.COMPLAINT_RECEIVE)
    ordered = found.annotate(is_late=is_late, is_answered=is_answered)
    return ordered.order_by("-is_late", "is_answered", "due_on", "received_at", "pk")


def rows_of(complaints: Iterable[Any], reader: User) -> tuple[Row, ...]:
    """A page of the list."""
    listed = list(complaints)
    offices = named({row.organisation for row in listed})
    places = names_of({row.region for row in listed if not row.organisation})
    return tuple(
        Row(
            key=row.pk,
            received_at=row.received_at,
            due_on=row.due_on,
            answered_at=row.answered_at,
            state=row.state,
            state_name=row.get_state_display(),
            office=offices.get(row.organisation) or str(places.get(row.region, row.region)),
            taken_by_name=row.taken_by_name,
            is_late=row.is_late,
            names_reader=is_about(row, reader),
        )
        for row in listed
    )


def count_waiting(user: User) -> int:
    """How many complaints within reach nobody has answered."""
    found = Complaint.objects.reachable(user, Permission.COMPLAINT_RECEIVE)
    return found.exclude(state=ComplaintState.ANSWERED).count()


def office_of(complaint: Complaint) -> str:
    """The name of the office it was sent to."""
    if complaint.organisation:
        return named({complaint.organisation}).get(complaint.organisation, "")
    return str(names_of({complaint.region}).get(complaint.region, complaint.region))


def is_about(complaint: Complaint, user: User) -> bool:
    """Whether the sender named this person as the one complained of.

    By any one of their names: clients know few names in full, and it is worse to let somebody judge their own
    case than to ask a colleague once too often.
    """
    return bool(_names_in(complaint.about or "") & _names_in(str(user)))


def mentions(complaint: Complaint, user: User) -> bool:
    """Whether this person's name stands in what was written."""
    return bool(_names_in(complaint.words or "") & _names_in(str(user)))


def _names_in(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return {word for word in words if len(word) >= _SHORTEST_NAME and word not in _TITLES}
