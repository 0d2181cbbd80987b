"""Files for research: asked for, decided by another, downloaded by who asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access import jobs
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue import disclosure
from simpul.research import actions
from simpul.research.actions.extracts import MAKE, MEASURE
from simpul.research.forms import AskForm, DecideForm
from simpul.research.models import Extract
from simpul.research.queries import reading
from simpul.research.queries.files import ZIP
from simpul.research.stages import Stage
from simpul.ui.doing import act, done, form_page, pressed_on
from simpul.ui.render import file_answer, page

_ASK, _APPROVE = Permission.EXTRACT_ASK, Permission.EXTRACT_APPROVE


@needs(_ASK)
def extracts(request: Entered) -> HttpResponse:
    """One's own requests, the newest first."""
    return page(request, "research/extracts.html", rows=reading.asked_by(request.user))


@needs(_ASK)
def extract_ask(request: Entered) -> HttpResponse:
    """Ask for a file: purpose first, then the least that it needs."""
    form = AskForm(request.POST or None, viewer=request.user)
    if form.is_valid():
        where = Where(region=form.cleaned_data["wilayah"])
        if made := done(request, form, actions.ask_for_extract, where, **form.details()):
            return redirect("research:extract", made.pk)
    title, back = _("Minta berkas penelitian"), reverse("research:extracts")
    about = _("Tanpa nama, NIK, tanggal, dan kata bebas. Diukur dahulu, lalu disetujui orang kedua.")
    return form_page(request, "ui/form.html", form, title=title, about=about, back=back, button=_("Minta"))


@needs(_ASK)
def extract(request: Entered, pk: UUID) -> HttpResponse:
    """One's own request and what became of it."""
    row = _own(request, pk)
    job = jobs.latest(MEASURE, row.pk) if row.stage == Stage.MEASURING else None
    return page(
        request,
        "research/extract.html",
        shown=reading.shown(row),
        job=job,
        conditions=_conditions(),
        deciders=reading.deciders_of(row) if row.stage == Stage.WAITING else None,
    )


def _own(request: Entered, pk: UUID) -> Extract:
    row = look_up(Extract, pk, by=request.user, permission=_ASK)
    if row.by != request.user.pk:
        raise Http404
    return row


def _conditions() -> list[str]:
    return [one.in_language(get_language() or "id") for one in disclosure.conditions()]


@needs(_ASK)
@pressed_on("research:extract")
def extract_file(request: Entered, pk: UUID) -> HttpResponse:
    """The file, for who asked alone; recorded each time."""
    row = _own(request, pk)
    try:
        content = act(request, actions.take_extract, row)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("research:extract", pk)
    return file_answer(content, ZIP, f"penelitian-{row.region}-{row.on.isoformat()}.zip")


# --- the second person ---


@needs(_APPROVE)
def decisions(request: Entered) -> HttpResponse:
    """What others asked for within reach."""
    return page(request, "research/decisions.html", rows=reading.to_decide(request.user))


@needs(_APPROVE)
def decision(request: Entered, pk: UUID) -> HttpResponse:
    """The purpose, the columns, and how like each other people in it would be; then yes or no."""
    return _decision(request, _others(request, pk))


def _others(request: Entered, pk: UUID) -> Extract:
    row = look_up(Extract, pk, by=request.user, permission=_APPROVE)
    if row.by == request.user.pk:
        raise Http404
    return row


def _decision(request: Entered, row: Extract, form: DecideForm | None = None) -> HttpResponse:
    return page(
        request,
        "research/decision.html",
        status=422 if form else 200,
        shown=reading.shown(row),
        job=jobs.latest(MAKE, row.pk),
        takings=row.takings.order_by("-at"),
        conditions=_conditions(),
        form=form or DecideForm(),
    )


@needs(_APPROVE)
@pressed_on("research:decision")
def decide(request: Entered, pk: UUID) -> HttpResponse:
    """Approve or refuse, by the button that was pressed."""
    row = _others(request, pk)
    form = DecideForm(request.POST)
    perform = actions.approve if "setuju" in request.POST else actions.refuse_extract
    if not form.is_valid() or not done(request, form, perform, row, words=form.cleaned_data["catatan"]):
        return _decision(request, row, form)
    return redirect("research:decision", pk)
