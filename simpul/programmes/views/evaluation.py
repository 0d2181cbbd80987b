"""Pages of evaluations: run, read on screen and on paper, each participant by code, extracts for research."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access import jobs
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.programmes.actions import evaluation as actions
from simpul.programmes.forms.evaluation import ExtractForm, PrintedForm, RunForm
from simpul.programmes.models import Evaluation, Extract, Programme
from simpul.programmes.queries import evaluation as queries
from simpul.programmes.queries import printed as printed_queries
from simpul.programmes.queries.evaluation_extract import archive
from simpul.programmes.queries.evaluation_lasting import bodies_later
from simpul.programmes.queries.evaluation_report import report_of
from simpul.ui.doing import act, done, form_page, pressed, pressed_on
from simpul.ui.render import page
from simpul.ui.reports import DOCX, as_docx, as_pdf
from simpul.ui.typeset import PDF

_EVALUATE, _MANAGE = Permission.PROGRAMME_EVALUATE, Permission.PROGRAMME_MANAGE
_ZIP = "application/zip"


@needs(_EVALUATE)
def evaluations(request: Entered, pk: UUID) -> HttpResponse:
    """Every run of a programme, the extracts that left, and the button that evaluates what there is now."""
    programme = look_up(Programme, pk, by=request.user, permission=_EVALUATE)
    return page(
        request,
        "programmes/evaluations.html",
        programme=programme,
        runs=queries.runs_for(programme, request.user),
        job=jobs.latest(actions.EVALUATE, programme.pk),
        extracts=programme.extracts.order_by("-at", "pk"),
        why_not=queries.why_not(programme),
        may_read_people=is_within_reach(programme, request.user, _MANAGE),
        form=RunForm(),
    )


@needs(_EVALUATE)
@pressed_on("programmes:evaluations")
def evaluation_run(request: Entered, pk: UUID) -> HttpResponse:
    """Evaluate what there is now."""
    programme = look_up(Programme, pk, by=request.user, permission=_EVALUATE)
    form = RunForm(request.POST)
    if not form.is_valid():
        return redirect("programmes:evaluations", pk)
    known = set(queries.runs_of(programme).values_list("pk", flat=True))
    try:
        if queries.is_long(programme):
            act(request, actions.run_later, programme)
            return redirect("programmes:evaluations", pk)
        made = act(request, actions.run, programme, key=form.cleaned_data["once"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:evaluations", pk)
    is_known = made.pk in known
    messages.success(
        request, _("Data belum berubah sejak evaluasi ini.") if is_known else _("Evaluasi selesai.")
    )
    return redirect("programmes:evaluation", made.pk)


@needs(_EVALUATE)
def evaluation(request: Entered, pk: UUID) -> HttpResponse:
    """The report on screen."""
    found = _found(request, pk)
    earlier = queries.earlier_of(found, request.user)
    return page(
        request,
        "programmes/evaluation.html",
        evaluation=found,
        programme=found.programme,
        report=report_of(found),
        earlier=earlier,
        changes=queries.changes(found, earlier) if earlier else (),
        is_current=queries.is_current(found),
        may_manage=is_within_reach(found.programme, request.user, _MANAGE),
    )


def _found(request: Entered, pk: UUID, *, always: bool = False) -> Evaluation:
    return look_up(
        Evaluation, pk, by=request.user, permission=_EVALUATE, always=always, related=("programme",)
    )


@needs(_EVALUATE)
def evaluation_pdf(request: Entered, pk: UUID) -> HttpResponse:
    """The same as a tagged PDF; recorded each time, because it leaves."""
    found = _found(request, pk, always=True)
    return _file(as_pdf(report_of(found)), PDF, f"evaluasi-{found.on.isoformat()}.pdf")


@needs(_EVALUATE)
def evaluation_docx(request: Entered, pk: UUID) -> HttpResponse:
    """The same to be written on in a word processor; recorded each time."""
    found = _found(request, pk, always=True)
    return _file(as_docx(report_of(found)), DOCX, f"evaluasi-{found.on.isoformat()}.docx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    shown_as = "inline" if kind == PDF else "attachment"
    answer["Content-Disposition"] = f'{shown_as}; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@needs(_MANAGE)
@pressed_on("programmes:evaluation")
def evaluation_final(request: Entered, pk: UUID) -> HttpResponse:
    """This run is the result of the programme."""
    found = look_up(Evaluation, pk, by=request.user, permission=_MANAGE, related=("programme",))
    pressed(request, actions.make_final, found, _("Evaluasi ini ditetapkan sebagai hasil program."))
    return redirect("programmes:evaluation", pk)


@needs(_MANAGE)
def evaluation_people(request: Entered, pk: UUID) -> HttpResponse:
    """Each participant by code, for who runs the programme; recorded each time, never on paper."""
    programme = look_up(Programme, pk, by=request.user, permission=_MANAGE, always=True)
    try:
        people, why_not = queries.people_of(programme), ""
    except Refusal as refusal:
        people, why_not = None, str(refusal)
    return page(
        request, "programmes/evaluation_people.html", programme=programme, people=people, why_not=why_not
    )


@needs(_EVALUATE)
def evaluation_lasting(request: Entered, pk: UUID) -> HttpResponse:
    """What became of the bodies, and of those whom they serve."""
    programme = look_up(Programme, pk, by=request.user, permission=_EVALUATE)
    bodies = bodies_later(programme, timezone.localdate())
    return page(request, "programmes/evaluation_lasting.html", programme=programme, bodies=bodies)


@needs(_EVALUATE)
def printed(request: Entered) -> HttpResponse:
    """Numbers of a paper or a report, typed over: what is right, what cannot be. Nothing is kept."""
    form = PrintedForm(request.POST or None, label_suffix="")
    shown: dict[str, Any] = {}
    if form.is_valid():
        shown["tables"] = printed_queries.tables_of(form.tables)
        shown["means"] = printed_queries.means_of(form.aspects)
        shown["said"] = printed_queries.said_of(form.aspects)
    status = 422 if form.errors else 200
    return page(request, "programmes/printed.html", status=status, form=form, **shown)


# --- extracts ---


@needs(_EVALUATE)
def extract_make(request: Entered, pk: UUID) -> HttpResponse:
    """For what and for whom, before anything leaves."""
    programme = look_up(Programme, pk, by=request.user, permission=_EVALUATE)
    form = ExtractForm(request.POST or None, label_suffix="")
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], "purpose": kept["purpose"], "for_whom": kept["for_whom"]}
        if made := done(request, form, actions.record_extract, programme, **details):
            return redirect("programmes:extract", made.pk)
    back = reverse("programmes:evaluations", args=[pk])
    about = _("Berkas CSV tanpa nama dengan buku kode. Yang keluar dicatat: kapan, oleh siapa, untuk apa.")
    title, button = _("Ekstrak untuk penelitian"), _("Catat dan siapkan")
    return form_page(request, "ui/form.html", form, title=title, back=back, about=about, button=button)


@needs(_EVALUATE)
def extract(request: Entered, pk: UUID) -> HttpResponse:
    """An extract that was recorded, with the file to download."""
    found = look_up(Extract, pk, by=request.user, permission=_EVALUATE, related=("programme",))
    return page(request, "programmes/extract.html", extract=found, programme=found.programme)


@needs(_EVALUATE)
def extract_download(request: Entered, pk: UUID) -> HttpResponse:
    """The zip; recorded each time."""
    found = look_up(Extract, pk, by=request.user, permission=_EVALUATE, always=True, related=("programme",))
    try:
        content = archive(found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:extract", pk)
    return _file(content, _ZIP, f"ekstrak-{found.on.isoformat()}.zip")
