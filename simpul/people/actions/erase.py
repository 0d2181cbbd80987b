"""Erasing everything about a person: asked for, checked, approved by a second person, and minuted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.secrets import sealed_fields
from simpul.people.actions.households import _new_household
from simpul.people.actions.record import _text
from simpul.people.actions.requests import WORDS_LENGTH
from simpul.people.models import (
    ERASED_NAME,
    Basis,
    Consent,
    DataRequest,
    Fact,
    Household,
    Person,
    RequestKind,
    RequestState,
    State,
)
from simpul.people.queries import holds_on

# Other subjects append theirs when the application starts (AppConfig.ready). Each is called inside the same
# transaction, before the person is emptied: it destroys sealed words and values of its own rows about this
# person, keeps the rows as shells, and returns how many it emptied by a short English word for the minutes.
ERASERS: list[Callable[[Person], dict[str, int]]] = []


@dataclass(frozen=True)
class Emptying:
    """An eraser for rows that tell by sealed columns alone: they stay, with nothing in them.

    `word` names them in the minutes; `rows` finds them, table by table.
    """

    word: str
    rows: Callable[[Person], Iterable[QuerySet[Any]]]

    def __call__(self, person: Person) -> dict[str, int]:
        emptied = 0
        for rows in self.rows(person):
            held = sealed_fields(rows.model).values()
            found = list(rows)
            for row in found:
                for field in held:
                    field.empty(row)
            rows.bulk_update(found, [field.column for field in held], batch_size=500)
            emptied += len(found)
        return {self.word: emptied}


class NotErasable(Refusal):
    """Something forbids erasing, or the way to it was not gone."""


@action(Permission.PERSON_ERASE)
def erase(request: DataRequest, /, *, by: User, on: date, at: datetime, despite: str = "") -> DataRequest:
    """Destroy what is kept about the person of a checked request; an empty shell stays. It cannot be undone.

    `by` is another one than who said yes first. `despite` says why, where the time to keep is not over; it is
    not told to the record of events, which keeps only keys. Raises NotErasable. A second press changes nothing.
    """
    current: DataRequest = DataRequest.objects.select_for_update().get(pk=request.pk)
    person: Person = Person.objects.select_for_update().get(pk=current.person_id)
    if current.kind == RequestKind.ERASE and person.is_erased and current.approved_by == by.pk:
        return current
    _require_checked(current, person, by)
    reason = _text(despite, _("Alasan"), WORDS_LENGTH)
    _require_not_held(person, on, reason)
    destroyed: dict[str, int] = {}
    for eraser in ERASERS:
        destroyed |= eraser(person)
    destroyed |= {
        "facts": _empty_facts(person),
        "consents": _empty_consents(person),
        "requests": _empty_requests(person),
    }
    _empty_person(person, at)
    for known_before in Person.everybody.select_for_update().filter(merged_into=person):
        _empty_person(known_before, at)
    current.refresh_from_db()
    current.state, current.destroyed = RequestState.GRANTED, destroyed
    current.approved_at, current.approved_by, current.approved_by_name = at, by.pk, str(by)
    current.save()
    return current


def _require_checked(request: DataRequest, person: Person, by: User) -> None:
    if request.kind != RequestKind.ERASE or request.state != RequestState.CHECKED or person.is_erased:
        raise NotErasable(
            _("Data hanya dihapus atas permintaan yang sudah disetujui. Buka permintaannya, lalu jawab dulu.")
        )
    if request.answered_by == by.pk:
        raise NotErasable(
            _(
                "Penghapusan diputuskan dua orang. Anda sudah menyetujui yang pertama; mintalah supervisor lain atau petugas Dinas Sosial memeriksanya."
            )
        )


def _require_not_held(person: Person, on: date, reason: str) -> None:
    holds = holds_on(person, on)
    if absolute := [hold.words for hold in holds if hold.is_absolute]:
        raise NotErasable(
            _("Belum boleh dihapus: %(why)s Selesaikan dulu, lalu coba lagi.") % {"why": " ".join(absolute)}
        )
    if holds and not reason:
        raise NotErasable(
            _("%(why)s Tulis mengapa data tetap dihapus, atau tunggu sampai masa simpannya habis.")
            % {"why": " ".join(hold.words for hold in holds)}
        )


def _empty_facts(person: Person) -> int:
    """What was said about the person; about the home too, where nobody else lives there."""
    rows = list(Fact.objects.select_for_update().filter(person=person))
    if not _others_at_home(person):
        rows += list(Fact.objects.select_for_update().filter(household=person.household_id))
    for row in rows:
        # The state too: that somebody did not want to say something says something.
        row.state, row.valid_until = State.UNKNOWN, None
        row.say("", None)
    Fact.objects.bulk_update(rows, ["state", "valid_until", "said_sealed", "name_index"], batch_size=500)
    return len(rows)


def _empty_consents(person: Person) -> int:
    rows = list(Consent.objects.select_for_update().filter(person=person))
    for row in rows:
        # A basis without consent must have had a reason; an empty one says that it is gone.
        row.basis_because = None if row.basis == Basis.CONSENT else ""
        row.given_by, row.witness, row.withdrawn_because = None, None, None
        row.save()
    return len(rows)


def _empty_requests(person: Person) -> int:
    rows = list(DataRequest.objects.select_for_update().filter(person=person))
    for row in rows:
        row.asked_by, row.words, row.answer = None, None, None
        row.save()
    return len(rows)


_EMPTIED = {
    "called": "",
    "name_key": "",
    "name_sound": "",
    "name_first": "",
    "name_long": "",
    "called_sound": "",
    "mother_name_key": "",
    "sex": "",
    "born_earliest": None,
    "born_latest": None,
    "born_year": None,
    "nik": None,
    "nik_index": None,
    "nik_confirmed": False,
    "nik_absent_because": "",
    "phone": None,
    "relation_to_head": "",
    "limited_since": None,
    "limited_because": None,
    "held_because": None,
}


def _empty_person(person: Person, at: datetime) -> None:
    """Where the person lived and who keeps the record stays, so that counts and reach stay whole."""
    home: Household = person.household
    if _others_at_home(person):
        # With whom somebody lived would tell who it was.
        person.household = _new_household(
            person.organisation, person.region, key=uuid5(person.pk, "erased"), at=person.registered_at
        )
    else:
        home.address, home.kk, home.kk_index = None, None, None
        home.version += 1
        home.save()
    for name, nothing in _EMPTIED.items():
        setattr(person, name, nothing)
    person.name, person.erased_at = ERASED_NAME, at
    person.version += 1
    person.save()


def _others_at_home(person: Person) -> bool:
    return bool(Person.objects.filter(household=person.household_id).exclude(pk=person.pk).exists())
