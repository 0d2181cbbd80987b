"""Pages of assessments: request in, one call, page out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Clash, Refusal
from simpul.cases.actions import assessments as actions
from simpul.cases.forms.assessments import DraftForm, StartForm, answers_form, with_theirs
from simpul.cases.models import Assessment, Case
from simpul.cases.queries import assessments as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.views.entering import require_form
from simpul.catalogue.instruments import Instrument
from simpul.instruments.forms import AnswersForm
from simpul.screening.queries import has_basis
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page


@needs(Permission.CASE_VIEW)
def assessments(request: Entered, pk: UUID) -> HttpResponse:
    """All assessments of a case, by instrument."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    return page(
        request,
        "cases/assessments.html",
        case=case,
        assessments=queries.panel(case, request.user, timezone.localdate()),
        may_assess=_may_assess(request, case),
    )


def _may_assess(request: Entered, case: Case) -> bool:
    return case.is_open and is_within_reach(case, request.user, Permission.CASE_ASSESS)


@needs(Permission.CASE_VIEW)
def comparison(request: Entered, pk: UUID, instrument: str) -> HttpResponse:
    """One instrument, domain by domain against the baseline."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    is_told = sees_all(case, request.user)
    found = queries.comparison_of(case, instrument, is_told=is_told)
    if not found.rows:
        raise Http404
    return page(request, "cases/comparison.html", case=case, comparison=found, is_told=is_told)


@needs(Permission.CASE_VIEW)
def assessment(request: Entered, pk: UUID) -> HttpResponse:
    """One assessment to read; a draft as it would be completed now."""
    found = look_up(Assessment, pk, by=request.user, permission=Permission.CASE_VIEW)
    return _reading(request, found)


def _reading(request: Entered, found: Assessment, refusal: str = "") -> HttpResponse:
    case = found.case
    return page(
        request,
        "cases/assessment.html",
        status=422 if refusal else 200,
        assessment=found,
        case=case,
        shown=queries.shown_of(found, is_told=sees_all(case, request.user)),
        sources=queries.source_names(found.sources),
        is_draft=found.completed_at is None,
        may_assess=_may_assess(request, case),
        refusal=refusal,
    )


@needs(Permission.CASE_ASSESS)
def start(request: Entered, pk: UUID) -> HttpResponse:
    """Choose an instrument; the draft opens at once."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_ASSESS)
    require_form(request, case)
    choices = queries.may_be_started(case, request.user)
    chosen = request.GET.get("instrumen", "")
    form = StartForm(choices, request.POST or None, chosen=chosen)
    if form.is_valid():
        typed = form.cleaned_data
        made = done(request, form, actions.start, case, key=typed.pop("once"), **typed)
        if made:
            return redirect("cases:assessment-edit", made.pk)
    return form_page(
        request,
        "cases/assessment_start.html",
        form,
        case=case,
        choices=choices,
        is_gone=bool(chosen) and chosen not in {choice.code for choice in choices},
        has_basis=has_basis(case.person, timezone.localdate()),
    )


@needs(Permission.CASE_ASSESS)
def fill_in(request: Entered, pk: UUID) -> HttpResponse:
    """Fill in a draft. After a clash the page carries the newest version and what either of both wrote."""
    found = look_up(Assessment, pk, by=request.user, permission=Permission.CASE_ASSESS)
    instrument = queries.instrument_of(found)
    if instrument is None or (found.completed_at is not None and request.method != "POST"):
        return redirect("cases:assessment", found.pk)
    require_form(request, found.case)
    form, answers = (
        DraftForm(found, request.POST or None),
        answers_form(found, instrument, request.POST or None),
    )
    if form.is_valid() & answers.is_valid():
        try:
            act(request, actions.save_draft, found, answers=answers.cleaned_answers(), **form.details())
        except Clash as clash:
            form, answers = _both(request, found, instrument)
            form.add_error(None, str(clash))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Draf disimpan."))
            return redirect(
                "cases:assessment" if "check" in request.POST else "cases:assessment-edit", found.pk
            )
    return _draft_page(request, found, instrument, form, answers)


def _both(request: Entered, found: Assessment, instrument: Instrument) -> tuple[DraftForm, AnswersForm]:
    """The forms after a clash: own words where there are any, otherwise what is kept by now."""
    found.refresh_from_db()
    typed = with_theirs(request.POST, found, instrument)
    form, answers = DraftForm(found, typed), answers_form(found, instrument, typed)
    return form, answers


def _draft_page(
    request: Entered, found: Assessment, instrument: Instrument, form: DraftForm, answers: AnswersForm
) -> HttpResponse:
    return form_page(
        request,
        "cases/assessment_fill.html",
        form,
        assessment=found,
        case=found.case,
        instrument=instrument,
        answers=answers,
        forms=[form, answers],
        other_version=queries.other_version(found),
        open=queries.shown_of(found, is_told=True).number_open,
    )


@needs(Permission.CASE_ASSESS)
@pressed_on("cases:assessment")
def complete(request: Entered, pk: UUID) -> HttpResponse:
    """Freeze a draft that was read."""
    found = look_up(Assessment, pk, by=request.user, permission=Permission.CASE_ASSESS)
    try:
        act(request, actions.complete, found, version=read_version(request))
    except Refusal as refusal:
        found.refresh_from_db()
        return _reading(request, found, str(refusal))
    messages.success(request, _("Asesmen selesai dan tidak diubah lagi."))
    return redirect("cases:assessment", found.pk)


@needs(Permission.CASE_ASSESS)
def discard(request: Entered, pk: UUID, draft: UUID) -> HttpResponse:
    """Throw a draft away, after a word of confirmation. Pressed twice, the second finds it gone."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_ASSESS)
    found = Assessment.objects.filter(pk=draft, case=case, completed_at=None).first()
    if found is None:
        return redirect("cases:assessments", case.pk)
    refusal = ""
    if request.method == "POST":
        try:
            act(request, actions.discard, found, version=read_version(request))
        except Refusal as error:
            refusal = str(error)
        else:
            messages.success(request, _("Draf dihapus."))
            return redirect("cases:assessments", case.pk)
    status = 422 if refusal else 200
    return page(
        request, "cases/assessment_discard.html", status=status, case=case, assessment=found, refusal=refusal
    )
