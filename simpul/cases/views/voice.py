"""Pages of the client's rights, opinion and wishes: request in, one call, page out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.actions import voice as actions
from simpul.cases.forms.voice import OpinionForm, RightsForm, WishesForm
from simpul.cases.models import Case
from simpul.cases.queries import voice as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.office import norms_for
from simpul.cases.views.entering import require_form
from simpul.catalogue.instruments import Instrument
from simpul.instruments.forms import AnswersForm
from simpul.screening.queries import has_basis
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_LANGUAGES = ("id", "en")


@needs(Permission.CASE_VIEW)
def rights(request: Entered, pk: UUID) -> HttpResponse:
    """The page of rights, when it was given, and noting that it is given now."""
    case, today = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW), timezone.localdate()
    may_note = _may_note(request, case)
    form = RightsForm((request.POST or None) if may_note else None, on=today)
    if form.is_valid():
        details = form.cleaned_data
        if done(request, form, actions.give_rights, case, key=details.pop("once"), **details):
            messages.success(request, _("Lembar hak sudah dicatat diberikan."))
            return redirect("cases:rights", case.pk)
    return form_page(
        request,
        "cases/rights.html",
        form,
        case=case,
        may_note=may_note,
        sheet=queries.sheet(),
        given=queries.given_in(case),
        is_told=sees_all(case, request.user),
        has_basis=has_basis(case.person, today),
    )


@needs(Permission.CASE_VIEW)
def rights_sheet(request: Entered, pk: UUID) -> HttpResponse:
    """The page alone, for paper, in the language that is asked for. It names nobody."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    language = request.GET.get("bahasa", "id")
    if language not in _LANGUAGES:
        raise Http404
    with override(language):
        return page(
            request,
            "cases/rights_sheet.html",
            case=case,
            sheet=queries.sheet(language=language),
            languages=_LANGUAGES,
            complaint_days=norms_for(case)["complaint_days"],
        )


@needs(Permission.CASE_VIEW)
def satisfaction(request: Entered, pk: UUID) -> HttpResponse:
    """What the client thinks of the help: all that was said, and one of the forms to fill in."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    instrument, typed = _chosen(request), request.POST or None
    form = OpinionForm(typed, on=timezone.localdate())
    answers = AnswersForm(instrument, typed)
    if form.is_bound and not _may_note(request, case):
        raise Http404
    if form.is_valid() & answers.is_valid() and _kept(request, case, instrument, form, answers):
        messages.success(request, _("Pendapatnya sudah disimpan. Sampaikan terima kasih."))
        return redirect("cases:satisfaction", case.pk)
    return form_page(
        request,
        "cases/satisfaction.html",
        form,
        case=case,
        answers=answers,
        instrument=instrument,
        offered=queries.forms_offered(request.user),
        opinions=queries.opinions_of(case, is_told=sees_all(case, request.user)),
        may_note=_may_note(request, case),
    )


def _chosen(request: Entered) -> Instrument:
    """The form that was asked for, or the first."""
    offered = queries.forms_offered(request.user)
    asked = request.POST.get("instrument") or request.GET.get("formulir", "")
    return next((found for found in offered if found.code == asked), offered[0])


def _kept(
    request: Entered, case: Case, instrument: Instrument, form: OpinionForm, answers: AnswersForm
) -> Any:
    details = form.cleaned_data
    given = answers.cleaned_answers()
    key = details.pop("once")
    return done(
        request,
        form,
        actions.record_satisfaction,
        case,
        key=key,
        instrument=instrument.code,
        answers=given,
        **details,
    )


@needs(Permission.CASE_NOTE)
def wishes(request: Entered, pk: UUID) -> HttpResponse:
    """Who may be told what. After a clash the page shows what was typed and carries the newest version."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    require_form(request, case)
    form = WishesForm(case, request.POST or None)
    if form.is_valid():
        if done(request, form, actions.note_wishes, case, **form.cleaned_data):
            messages.success(request, _("Keinginannya sudah disimpan."))
            return redirect("cases:case", case.pk)
        case.refresh_from_db()
    return form_page(request, "cases/wishes.html", form, case=case)


def _may_note(request: Entered, case: Case) -> bool:
    return case.is_open and is_within_reach(case, request.user, Permission.CASE_NOTE)
