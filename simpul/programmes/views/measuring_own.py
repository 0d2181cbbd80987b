"""A participant's own test: filled in, read once more, finished. Nobody reaches another's by it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.instruments.forms import AnswersForm
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import shown_parts, wave_title
from simpul.programmes.actions import measuring as actions
from simpul.programmes.models import Participant
from simpul.programmes.queries import measuring as queries
from simpul.ui.doing import act, form_page, read_version
from simpul.ui.render import page

_TAKE_PART = Permission.PROGRAMME_TAKE_PART


@needs(_TAKE_PART)
def own_test(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """One's own questions. After a clash the page carries the newest version and what was typed."""
    participant = _own(request, pk, wave)
    sheet = queries.sheet_in(participant, wave)
    if request.method != "POST" and (
        (sheet is not None and sheet.is_locked) or wave not in queries.open_waves(participant.programme)
    ):
        return redirect("programmes:own-answers", pk, wave)
    form = _answers(request, participant, sheet)
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            _keep(request, participant, wave, sheet, form.cleaned_answers())
        except Refusal as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Jawaban disimpan."))
            return redirect(
                "programmes:own-answers" if "check" in request.POST else "programmes:own-test", pk, wave
            )
        sheet = queries.sheet_in(participant, wave)
    return form_page(
        request,
        "programmes/test_fill.html",
        form,
        answers=form,
        refusal=refusal,
        version=sheet.version if sheet else 0,
        **_shown(participant, wave),
    )


def _answers(request: Entered, participant: Participant, sheet: AnswerSheet | None) -> AnswersForm:
    try:
        instrument = queries.instrument_of(participant.programme)
    except Refusal as refusal:
        raise Http404 from refusal
    return AnswersForm(instrument, request.POST or None, initial=(sheet.answers or {}) if sheet else {})


def _keep(
    request: Entered, participant: Participant, wave: str, sheet: AnswerSheet | None, answers: dict[str, Any]
) -> None:
    version = read_version(request)
    if sheet is None:
        version = act(request, actions.begin_own, participant, key=uuid.uuid4(), wave=wave).version
    act(request, actions.answer_own, participant, wave=wave, version=version, answers=answers)


@needs(_TAKE_PART)
def own_answers(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """One's own answers to read, and to finish."""
    return _reading(request, _own(request, pk, wave), wave)


def _reading(request: Entered, participant: Participant, wave: str, refusal: str = "") -> HttpResponse:
    sheet = queries.sheet_in(participant, wave)
    parts: tuple[Any, ...] = ()
    if sheet is not None:
        parts = shown_parts(sheet, queries.instrument_of(participant.programme), is_named=True)
    return page(
        request,
        "programmes/test_read.html",
        status=422 if refusal else 200,
        sheet=sheet,
        parts=parts,
        is_open=wave in queries.open_waves(participant.programme),
        refusal=refusal,
        **_shown(participant, wave),
    )


@needs(_TAKE_PART)
def own_lock(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """Finish one's own test."""
    participant = _own(request, pk, wave)
    if request.method == "POST":
        try:
            act(request, actions.lock_own, participant, wave=wave, version=read_version(request))
        except Refusal as refused:
            return _reading(request, participant, wave, str(refused))
        messages.success(request, _("Terima kasih. Tes Anda selesai."))
    return redirect("programmes:own-answers", pk, wave)


def _own(request: Entered, pk: UUID, wave: str) -> Participant:
    """One's own row as participant; 404 for anybody else's, also of the same body."""
    related = ("programme", "member__organisation", "member__programme")
    rows = queries.own_participants(request.user)
    if pk not in {row.pk for row in rows}:
        raise Http404
    found = look_up(Participant, pk, by=request.user, permission=_TAKE_PART, related=related)
    if wave not in found.programme.waves:
        raise Http404
    return found


def _shown(participant: Participant, wave: str) -> dict[str, Any]:
    title = wave_title(wave)
    names = {"fill": "own-test", "read": "own-answers", "lock": "own-lock"}
    addresses = {
        name: reverse(f"programmes:{page}", args=[participant.pk, wave]) for name, page in names.items()
    }
    back = reverse("programmes:programme", args=[participant.programme_id])
    told = {"back": back, "back_words": participant.programme.title, "is_own": True}
    return {"participant": participant, "wave": wave, "title": title, **addresses, **told}
