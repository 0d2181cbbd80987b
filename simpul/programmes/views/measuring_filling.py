"""A participant's answers as who runs the programme copies them from paper, reads them once more and locks them.

The same as on the pages of sheets, but with the participant's own code, which stands nowhere beside the answers.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.instruments import actions
from simpul.instruments.forms import AnswersForm
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries import find, shown_parts, wave_title
from simpul.programmes.models import Participant
from simpul.programmes.queries import measuring as queries
from simpul.ui.doing import act, form_page, read_version
from simpul.ui.render import page

_MANAGE = Permission.PROGRAMME_MANAGE


@needs(_MANAGE)
def measure_fill(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """Fill in a draft. After a clash the page carries the newest version and what was typed."""
    participant = _participant(request, pk, wave)
    sheet = queries.sheet_in(participant, wave)
    if sheet is None:
        return redirect("programmes:measure-begin", pk, wave)
    if sheet.is_locked and request.method != "POST":
        return redirect("programmes:measure-read", pk, wave)
    form = AnswersForm(
        find(sheet.instrument, sheet.instrument_version), request.POST or None, initial=sheet.answers or {}
    )
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            act(request, actions.answer, sheet, version=read_version(request), answers=form.cleaned_answers())
        except Refusal as refused:
            refusal = str(refused)
            if isinstance(refused, Clash):
                sheet.refresh_from_db()
        else:
            messages.success(request, _("Jawaban disimpan."))
            return redirect(
                "programmes:measure-read" if "check" in request.POST else "programmes:measure-fill", pk, wave
            )
    return form_page(
        request,
        "programmes/test_fill.html",
        form,
        answers=form,
        refusal=refusal,
        version=sheet.version,
        **_shown(participant, wave),
    )


@needs(_MANAGE)
def measure_read(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """One participant's answers to read, and to lock."""
    participant = _participant(request, pk, wave)
    sheet = queries.sheet_in(participant, wave)
    if sheet is None:
        return redirect("programmes:measure-begin", pk, wave)
    return _reading(request, participant, wave, sheet)


def _reading(
    request: Entered, participant: Participant, wave: str, sheet: AnswerSheet, refusal: str = ""
) -> HttpResponse:
    instrument = find(sheet.instrument, sheet.instrument_version)
    return page(
        request,
        "programmes/test_read.html",
        status=422 if refusal else 200,
        sheet=sheet,
        parts=shown_parts(sheet, instrument, is_named=True),
        is_open=True,
        refusal=refusal,
        **_shown(participant, wave),
    )


@needs(_MANAGE)
def measure_lock(request: Entered, pk: UUID, wave: str) -> HttpResponse:
    """Finish a sheet that was read."""
    participant = _participant(request, pk, wave)
    sheet = queries.sheet_in(participant, wave)
    if request.method != "POST" or sheet is None:
        return redirect("programmes:measure-read", pk, wave)
    try:
        act(request, actions.lock, sheet, version=read_version(request))
    except Refusal as refused:
        sheet.refresh_from_db()
        return _reading(request, participant, wave, sheet, str(refused))
    messages.success(request, _("Lembar selesai dan dikunci."))
    return redirect("programmes:measure", participant.programme_id, wave)


def _participant(request: Entered, pk: UUID, wave: str) -> Participant:
    related = ("programme", "member__organisation", "member__programme")
    found = look_up(Participant, pk, by=request.user, permission=_MANAGE, related=related)
    if wave not in found.programme.waves:
        raise Http404
    return found


def _shown(participant: Participant, wave: str) -> dict[str, Any]:
    title = wave_title(wave)
    names = {"fill": "measure-fill", "read": "measure-read", "lock": "measure-lock"}
    addresses = {
        name: reverse(f"programmes:{page}", args=[participant.pk, wave]) for name, page in names.items()
    }
    back = reverse("programmes:measure", args=[participant.programme_id, wave])
    told = {"back": back, "back_words": title, "is_own": False}
    return {"participant": participant, "wave": wave, "title": title, **addresses, **told}
