"""The interview: starting it, one question per page, finishing it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue import editions
from simpul.people.models import Person
from simpul.screening import actions
from simpul.screening.actions import AnsweredMeanwhile
from simpul.screening.forms import AnswerForm, StartForm
from simpul.screening.models import Screening
from simpul.screening.queries import (
    ConsentNeeded,
    Interview,
    has_basis,
    interview,
    is_overtaken,
    judgeable_editions,
    question_called,
    question_code,
    running_of,
)
from simpul.ui.render import page


@needs(Permission.SCREENING_START)
def start(request: Entered, person: UUID) -> HttpResponse:
    """Where a screening of one person begins, or goes on when one is running."""
    subject = look_up(Person, person, by=request.user, permission=Permission.SCREENING_START)
    if running := running_of(subject.pk):
        return redirect("screening:question", running.pk)
    language = get_language() or "id"
    choices = [(edition.code, edition.title.in_language(language)) for edition in judgeable_editions()]
    form = StartForm(choices, request.POST or None, initial={"edition": editions.default().code})
    if form.is_valid():
        try:
            begun = actions.start(
                subject,
                by=request.user,
                key=form.cleaned_data["once"],
                edition=form.cleaned_data["edition"],
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except ConsentNeeded as refusal:
            return _consent_page(request, refusal)
        return redirect("screening:question", begun.pk)
    return page(request, "screening/start.html", person=subject, form=form, on=timezone.localdate())


@needs(Permission.SCREENING_ANSWER)
def question(request: Entered, pk: UUID, name: str = "") -> HttpResponse:
    """One question. Without a name: the next one that can still change a verdict."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_ANSWER)
    if not screening.is_running or (screening.finished_at and not name):
        return _after(request, screening)
    if not has_basis(screening.person, timezone.localdate()):
        return _consent_page(request, ConsentNeeded(screening.person))
    standing = _standing(request, screening, name)
    if standing.fact is None:
        return page(
            request,
            "screening/all_asked.html",
            screening=screening,
            interview=standing,
            on=timezone.localdate(),
        )
    is_sent = request.method == "POST" and bool(name)
    if is_sent and "later" in request.POST:
        return _put_off(request, screening, name)
    form = AnswerForm(
        standing.fact,
        request.POST if is_sent else None,
        held=standing.answer,
        before=standing.before,
        seen=standing.seen,
        on=timezone.localdate(),
    )
    if is_sent and form.is_valid() and (answer := _kept(request, screening, standing, form)):
        return answer
    status = 422 if form.is_bound else 200
    return _question_page(request, screening, standing, form, status)


def _standing(request: Entered, screening: Screening, name: str) -> Interview:
    try:
        return interview(
            screening,
            on=timezone.localdate(),
            viewer=request.user,
            name=name,
            later=_later(request, screening),
        )
    except KeyError:
        raise Http404 from None


def _question_page(
    request: Entered, screening: Screening, standing: Interview, form: AnswerForm, status: int
) -> HttpResponse:
    return page(
        request,
        "screening/question.html",
        status=status,
        screening=screening,
        interview=standing,
        fact=standing.fact,
        form=form,
        on=timezone.localdate(),
    )


def _consent_page(request: Entered, refusal: ConsentNeeded) -> HttpResponse:
    return page(request, "screening/consent_needed.html", status=409, person=refusal.person, refusal=refusal)


# --- questions put off, kept for this sitting only, and as codes ---


def _drawer(screening: Screening) -> str:
    return f"put-off-{screening.pk}"


def _later(request: Entered, screening: Screening) -> list[str]:
    codes = request.session.get(_drawer(screening), [])
    return [name for code in codes if (name := question_called(code))]


def _put_off(request: Entered, screening: Screening, name: str) -> HttpResponse:
    codes = [*request.session.get(_drawer(screening), []), question_code(name)]
    request.session[_drawer(screening)] = list(dict.fromkeys(codes))
    return redirect("screening:question", screening.pk)


def _kept(
    request: Entered, screening: Screening, standing: Interview, form: AnswerForm
) -> HttpResponse | None:
    """The answer is kept and the next question follows; None when it was refused and the form says why."""
    assert standing.fact is not None
    try:
        kept = actions.answer(
            screening,
            by=request.user,
            name=standing.fact.name,
            on=form.on,
            at=timezone.now(),
            **_answer(form),
        )
    except AnsweredMeanwhile as clash:
        return _clash_page(request, screening, standing, form, clash)
    except ConsentNeeded as refusal:
        return _consent_page(request, refusal)
    except Refusal as refusal:
        form.add_error("value", str(refusal))
        return None
    if kept.finished_at:
        messages.success(request, _kept_words(kept, form.on))
        return _after(request, kept)
    return redirect("screening:question", kept.pk)


def _kept_words(kept: Screening, on: date) -> str:
    if is_overtaken(kept, on):
        return _("Jawaban disimpan. Hasilnya dinilai ulang oleh pekerja sosial.")
    return _("Jawaban disimpan dan hasilnya dinilai ulang.")


def _clash_page(
    request: Entered,
    screening: Screening,
    standing: Interview,
    form: AnswerForm,
    clash: AnsweredMeanwhile,
) -> HttpResponse:
    """Both answers; sending mine again says that theirs was seen."""
    kept_out = {"seen", "csrfmiddlewaretoken"}
    resend = [
        (name, value) for name in request.POST if name not in kept_out for value in request.POST.getlist(name)
    ]
    return page(
        request,
        "screening/clash.html",
        status=409,
        screening=screening,
        fact=standing.fact,
        clash=clash,
        mine=form.cleaned_data,
        resend=[*resend, ("seen", clash.held.seen)],
    )


def _answer(form: AnswerForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "state": cleaned["state"],
        "value": cleaned["value"],
        "source": cleaned["source"],
        "proof": cleaned["proof"],
        "seen": cleaned["seen"],
    }


def _after(request: Entered, screening: Screening) -> HttpResponse:
    """Whoever may see the result sees it; a volunteer is told that a colleague goes on."""
    if request.user.can(Permission.SCREENING_VIEW):
        return redirect("screening:result", screening.pk)
    return page(request, "screening/handed_over.html", screening=screening)


@needs(Permission.SCREENING_ANSWER)
@require_POST
def finish(request: Entered, pk: UUID) -> HttpResponse:
    """Everything is said that will be said for now: judge it and keep it."""
    screening = look_up(Screening, pk, by=request.user, permission=Permission.SCREENING_ANSWER)
    try:
        done = actions.finish(screening, by=request.user, on=timezone.localdate(), at=timezone.now())
    except ConsentNeeded as refusal:
        return _consent_page(request, refusal)
    request.session.pop(_drawer(screening), None)
    return _after(request, done)
