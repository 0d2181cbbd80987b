"""Limiting the use of a record, and holding it back from erasing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.people.actions.record import _text
from simpul.people.models import Person
from simpul.people.queries.rights import Erased

REASON_LENGTH = 1000


class ReasonMissing(Refusal):
    """Why somebody's record is closed or opened must be told."""

    def __init__(self) -> None:
        super().__init__(_("Tulis alasannya, supaya dapat diperiksa kemudian."))


@action(Permission.PERSON_LIMIT)
def limit(person: Person, /, *, by: User, reason: str, at: datetime) -> Person:
    """From now on the record is read-only, and neither printed nor given on. Again is the same.

    `reason` stays with the person, sealed, not in the record of events: it must be erasable.
    """
    current, said = _locked(person), _reason(reason)
    if not current.is_limited:
        current.limited_since, current.limited_because = at, said
        _save(current, "limited_since", "limited_because_sealed")
    return current


@action(Permission.PERSON_LIMIT)
def lift_limit(person: Person, /, *, by: User, because: str) -> Person:
    """The record may be used again; the reason stays with the person, as that of the limit did."""
    current, said = _locked(person), _reason(because)
    if current.is_limited:
        current.limited_since, current.limited_because = None, said
        _save(current, "limited_since", "limited_because_sealed")
    return current


@action(Permission.PERSON_ERASE)
def hold(person: Person, /, *, by: User, reason: str, at: datetime) -> Person:
    """A legal process needs this record: it cannot be erased until the hold is lifted."""
    current, said = _locked(person), _reason(reason)
    if current.held_since is None:
        current.held_since, current.held_because = at, said
        _save(current, "held_since", "held_because_sealed")
    return current


@action(Permission.PERSON_ERASE)
def lift_hold(person: Person, /, *, by: User, because: str) -> Person:
    """The legal process is over; the reason stays with the person, as that of the hold did."""
    current, said = _locked(person), _reason(because)
    if current.held_since is not None:
        current.held_since, current.held_because = None, said
        _save(current, "held_since", "held_because_sealed")
    return current


def _locked(person: Person) -> Person:
    current: Person = Person.objects.select_for_update().get(pk=person.pk)
    if current.is_erased:
        raise Erased
    return current


def _reason(text: str) -> str:
    said = _text(text, _("Alasan"), REASON_LENGTH)
    if not said:
        raise ReasonMissing
    return said


def _save(person: Person, *fields: str) -> None:
    # A form that stood open meanwhile shows a clash instead of going on as if nothing had happened.
    person.version += 1
    person.save(update_fields=[*fields, "version"])
