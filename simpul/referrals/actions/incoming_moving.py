"""What the duty officer does with a request for help: takes, reaches, answers, passes on, makes it a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import key_in
from simpul.cases.models import Case
from simpul.referrals.models import HelpRequest, RequestStep
from simpul.referrals.queries.incoming import (
    DUTY,
    LONGEST_WORDS,
    erase_day,
    hours_to_answer,
)
from simpul.referrals.queries.incoming_page import offices_for, service_chosen
from simpul.referrals.stages import REQUEST_MAY_FOLLOW, RequestState

_R = RequestState
_SHORTEST = 5


@action(Permission.REQUEST_DUTY)
def take_request(request: HelpRequest, /, *, by: User, version: int, at: datetime) -> HelpRequest:
    """Say that one looks after it, so that nobody else begins as well. Sent twice it is taken once."""
    current = _locked(request)
    if (current.version, current.taken_by) == (version + 1, by.pk):
        return current
    _require_version(current, version, _("ditangani oleh %(who)s") % {"who": by})
    current.erase_on = None
    current.taken_by, current.taken_by_name = by.pk, str(by)
    return _moved(current, _R.TAKEN, by=by, at=at)


@action(Permission.REQUEST_DUTY)
def note_reaching(
    request: HelpRequest, /, *, by: User, version: int, at: datetime, reached: bool, words: str = ""
) -> HelpRequest:
    """Note that one spoke with the sender, or tried in vain; `words` stay in the office."""
    current, to = _locked(request), _R.REACHED if reached else _R.NOT_REACHED
    said = fitting(words, _("Catatan"), LONGEST_WORDS)
    if _is_repeated(current, version, to, by, said):
        return current
    _require_version(current, version, str(to.label))
    return _moved(current, to, by=by, at=at, words=said, again=to is _R.NOT_REACHED)


@action(Permission.REQUEST_DUTY)
def answer_request(
    request: HelpRequest, /, *, by: User, version: int, on: date, at: datetime, answer: str, words: str = ""
) -> HelpRequest:
    """Answer the sender, who reads it with the reference number, and end the request."""
    current = _locked(request)
    said = _answer(answer)
    if _is_repeated(current, version, _R.ANSWERED, by, fitting(words, _("Catatan"), LONGEST_WORDS)):
        return current
    _require_version(current, version, said)
    current.answer, current.erase_on = said, erase_day(on)
    return _moved(current, _R.ANSWERED, by=by, at=at, words=fitting(words, _("Catatan"), LONGEST_WORDS))


@action(Permission.REQUEST_DUTY)
def close_request(
    request: HelpRequest,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    to: str,
    double_of: str = "",
    words: str = "",
) -> HelpRequest:
    """End it as the same as another (`double_of`, by its short number) or as no request for help at all."""
    current, state = _locked(request), RequestState(to)
    said = fitting(words, _("Catatan"), LONGEST_WORDS)
    if _is_repeated(current, version, state, by, said):
        return current
    _require_version(current, version, str(state.label))
    if state is _R.DOUBLE:
        current.double_of = _other(current, double_of, by)
    elif state is not _R.NOT_SERIOUS:
        raise Refusal(_("Pilih alasannya."))
    elif len(said) < _SHORTEST:
        raise Refusal(_("Tulis sebabnya dengan satu kalimat; rekan Anda dapat memeriksanya."))
    current.erase_on = erase_day(on)
    return _moved(current, state, by=by, at=at, words=said)


@action(Permission.REQUEST_DUTY)
def link_case(
    request: HelpRequest, /, *, by: User, version: int, at: datetime, case: Case, answer: str = ""
) -> HelpRequest:
    """Say which case it became; what was told is then kept and erased with that person. The case is within reach."""
    current = _locked(request)
    if (current.version, current.case_id) == (version + 1, case.pk):
        return current
    _require_version(current, version, case.number)
    reached = Case.objects.reachable(by, Permission.CASE_VIEW).filter(pk=case.pk).first()
    if reached is None:
        raise Refusal(_("Kasus itu tidak ditemukan. Pilih dari daftar, atau tulis nomornya."))
    current.case, current.person, current.erase_on = reached, reached.person, None
    if said := fitting(answer, _("Jawaban"), LONGEST_WORDS):
        current.answer = said
    return _moved(current, _R.CASE, by=by, at=at)


@action(Permission.REQUEST_DUTY)
def pass_on(
    request: HelpRequest,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    to: str,
    answer: str = "",
    words: str = "",
) -> HelpRequest:
    """Pass it on: to a service ("s:" and its key), of which the sender reads; or to an office ("o:" and its key, or
    "d" for the area's own), on whose list it begins anew and by which it is reached from then on.
    """
    current, said = _locked(request), fitting(words, _("Catatan"), LONGEST_WORDS)
    if _is_repeated(current, version, _R.PASSED_ON, by, said):
        return current
    _require_version(current, version, str(_R.PASSED_ON.label))
    kind, _colon, key = to.partition(":")
    if kind == "s":
        return _to_service(current, key, by=by, on=on, at=at, answer=answer, words=said)
    chosen = next((one for one in offices_for(current, on) if one.value == to), None)
    if chosen is None:
        raise Refusal(_("Pilih kepada siapa permintaan ini diteruskan."))
    if given := fitting(answer, _("Jawaban"), LONGEST_WORDS):
        current.answer = given
    _moved(current, _R.PASSED_ON, by=by, at=at, words=said)
    current.organisation = UUID(key) if kind == "o" else None
    current.taken_by, current.taken_by_name = None, ""
    # The next office has the whole time, but what was urgent stays so.
    current.answer_by = at + timedelta(hours=hours_to_answer(urgent=current.is_urgent))
    return _moved(current, _R.NEW, by=by, at=at)


def _to_service(
    current: HelpRequest, key: str, *, by: User, on: date, at: datetime, answer: str, words: str
) -> HelpRequest:
    chosen = key_in(key)
    service = service_chosen(chosen) if chosen else None
    if service is None:
        raise Refusal(_("Layanan itu tidak ditemukan lagi. Pilih yang lain."))
    current.service, current.answer, current.erase_on = service, _answer(answer), erase_day(on)
    return _moved(current, _R.PASSED_ON, by=by, at=at, words=words)


# --- what they share ---


def _locked(request: HelpRequest) -> HelpRequest:
    found: HelpRequest = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    return found


def _require_version(current: HelpRequest, version: int, mine: str) -> None:
    if current.version != version:
        theirs = current.get_state_display()
        if current.taken_by_name:
            theirs = f"{theirs} ({current.taken_by_name})"
        raise Clash(_("Permintaan %(short)s") % {"short": current.short}, theirs, mine)


def _is_repeated(current: HelpRequest, version: int, to: RequestState, by: User, words: str) -> bool:
    """Whether the same was sent twice, as a double click does."""
    # Passing on to an office writes two steps: that it went, and that it begins there.
    if current.version not in (version + 1, version + 2):
        return False
    last = RequestStep.objects.filter(request=current, state=to).order_by("-at", "-pk").first()
    return last is not None and last.by == by.pk and (last.words or "") == words


def _moved(
    current: HelpRequest, to: RequestState, *, by: User, at: datetime, words: str = "", again: bool = False
) -> HelpRequest:
    """The row in its new state, saved, with the step that tells of it. `again`: the same state may be said twice."""
    if to not in REQUEST_MAY_FOLLOW[RequestState(current.state)] and not (again and current.state == to):
        raise Refusal(
            _("Permintaan ini “%(state)s”; itu tidak dapat diubah menjadi “%(to)s”.")
            % {"state": current.get_state_display(), "to": to.label}
        )
    current.state, current.state_since, current.version = to, at, current.version + 1
    current.save()
    step = RequestStep(request=current, state=to, at=at, by=by.pk, by_name=str(by))
    step.words = words or None
    step.save(force_insert=True)
    return current


def _answer(answer: str) -> str:
    said = fitting(answer, _("Jawaban"), LONGEST_WORDS)
    if len(said) < _SHORTEST:
        raise Refusal(_("Tulis jawabannya. Pengirim membacanya dengan nomor permintaan yang ia simpan."))
    return said


def _other(current: HelpRequest, short: str, by: User) -> HelpRequest:
    wanted = short.strip().upper()
    rows = HelpRequest.objects.reachable(by, DUTY).filter(short=wanted).exclude(pk=current.pk)
    found = list(rows.order_by("-at")[:1])
    if not found:
        raise Refusal(_("Nomor permintaan yang sama itu tidak ditemukan. Contoh: SB-7Q4K."))
    other: HelpRequest = found[0]
    return other
