"""What people ask about their own data, and what is answered (UU 27/2022, articles 5 to 14 and 33)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.access.rows import KeyTaken
from simpul.catalogue import privacy
from simpul.people.actions.limits import limit
from simpul.people.actions.record import NAME_LENGTH, _choice, _text
from simpul.people.models import Capacity, DataRequest, Person, RequestKind, RequestState
from simpul.people.queries import due_at, require_copyable
from simpul.people.queries.rights import Erased

WORDS_LENGTH = 2000
ANSWERS = (RequestState.GRANTED, RequestState.REFUSED, RequestState.TAKEN_BACK)


class RequestIncomplete(Refusal):
    """What is asked, by whom, when, or why it is answered so, is not told."""


@action(Permission.DATA_REQUEST_RECORD)
def record_request(
    person: Person,
    /,
    *,
    by: User,
    key: UUID,
    kind: str,
    capacity: str,
    received_at: datetime,
    on: date,
    at: datetime,
    asked_by: str = "",
    words: str = "",
) -> DataRequest:
    """Keep what somebody asks about this person's data; the clock runs from `received_at`.

    A repeated key gives the same request again. Also possible while the record is limited. Raises a Refusal.
    """
    if found := DataRequest.objects.filter(pk=key).first():
        return _same_request(found, person)
    if person.is_erased:
        raise Erased
    if kind not in RequestKind.values or capacity not in Capacity.values:
        raise RequestIncomplete(_("Pilih apa yang diminta, dan siapa yang memintanya."))
    if received_at > at:
        raise RequestIncomplete(_("Hari permintaan diterima belum terjadi. Periksa tanggalnya."))
    name = _text(asked_by, _("Nama yang meminta"), NAME_LENGTH)
    if capacity != Capacity.SELF and not name:
        raise RequestIncomplete(_("Tulis nama orang tua, wali, atau pendamping yang meminta."))
    row = DataRequest(
        id=key,
        person=person,
        kind=kind,
        capacity=capacity,
        received_at=received_at,
        due_at=due_at(kind, received_at, on),
        recorded_at=at,
        recorded_by=by.pk,
        recorded_by_name=str(by),
    )
    row.asked_by = name or None
    row.words = _text(words, _("Permintaan"), WORDS_LENGTH) or None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return _same_request(DataRequest.objects.get(pk=key), person)
    return row


def _same_request(found: DataRequest, person: Person) -> DataRequest:
    if found.person_id != person.pk:
        raise KeyTaken
    return found


@action(Permission.DATA_REQUEST_RECORD)
def answer_request(
    request: DataRequest,
    /,
    *,
    by: User,
    outcome: str,
    answer: str,
    at: datetime,
    ground: str = "",
) -> DataRequest:
    """Say what became of a request: fulfilled, refused on a ground, or taken back by who asked.

    A fulfilled limit is set at once; erasing waits for a second person. The answer is sealed and not told to
    the record of events, which can never be erased. Raises RequestIncomplete, or Clash when it was answered.
    """
    current: DataRequest = DataRequest.objects.select_for_update().get(pk=request.pk)
    wanted = _state_after(current, outcome)
    if current.state != RequestState.OPEN:
        if (current.state, current.answered_by) == (wanted, by.pk):
            return current
        raise Clash(_("Jawaban"), current.get_state_display(), str(RequestState(wanted).label))
    said = _text(answer, _("Jawaban"), WORDS_LENGTH)
    if not said:
        raise RequestIncomplete(_("Tulis jawabannya: apa yang dilakukan, atau mengapa tidak."))
    current.ground = _ground(outcome, ground)
    if outcome == RequestState.GRANTED:
        _fulfil(current, by=by, because=said, at=at)
    current.state, current.answer = wanted, said
    current.answered_at, current.answered_by, current.answered_by_name = at, by.pk, str(by)
    current.save()
    return current


def _state_after(request: DataRequest, outcome: str) -> str:
    if outcome not in ANSWERS:
        raise RequestIncomplete(_("Pilih jawabannya: dipenuhi, ditolak, atau ditarik oleh yang meminta."))
    needs_another = outcome == RequestState.GRANTED and request.kind == RequestKind.ERASE
    return RequestState.CHECKED if needs_another else outcome


def _ground(outcome: str, ground: str) -> str:
    if outcome != RequestState.REFUSED:
        return ""
    if not ground:
        raise RequestIncomplete(_("Penolakan hanya sah dengan dasar. Pilih dasarnya, lalu tulis alasannya."))
    return _choice(ground, [entry.code for entry in privacy.grounds()], _("dasar penolakan"))


def _fulfil(request: DataRequest, *, by: User, because: str, at: datetime) -> None:
    if request.kind == RequestKind.LIMIT:
        limit(request.person, by=by, reason=because, at=at)
    elif request.kind == RequestKind.COPY:
        require_copyable(request.person)
