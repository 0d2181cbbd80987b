"""The self-assessment, standard by standard, its evidence, and the recommendation of the Dinas."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.accreditation.actions import self_assessment as actions
from simpul.accreditation.forms.run import RecommendForm
from simpul.accreditation.forms.sheets import SheetForm
from simpul.accreditation.models import Accreditation, Evidence
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import self_scores_of
from simpul.accreditation.queries.self_assessment import (
    WITH_THE_BODY,
    lines_of,
    neighbours,
    progress_of,
    standard_named,
)
from simpul.accreditation.stages import Stage
from simpul.accreditation.views.sheets import saved_files
from simpul.catalogue.accreditation import norms
from simpul.ui.doing import act, done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page


@needs(Permission.ACCREDITATION_VIEW)
def self_assessment(request: Entered, pk: UUID) -> HttpResponse:
    """The standards with how far the body has come."""
    run = look_up(
        Accreditation,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_VIEW,
        related=("organisation",),
    )
    scheme = scheme_of(run)
    standards = progress_of(run, scheme)
    may_edit = is_within_reach(run, request.user, Permission.ACCREDITATION_APPLY)
    return page(
        request,
        "accreditation/self_assessment.html",
        run=run,
        scheme=scheme,
        standards=standards,
        answered=sum(one.answered for one in standards),
        total=sum(one.of for one in standards),
        may_edit=may_edit and run.stage in WITH_THE_BODY,
        may_ask=may_edit and run.stage == Stage.SELF_ASSESSMENT,
        is_done=all(one.is_done for one in standards),
    )


@needs(Permission.ACCREDITATION_VIEW)
def self_read(request: Entered, pk: UUID, standard: str) -> HttpResponse:
    """One standard as the body answered it, to read."""
    run = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_VIEW)
    found = standard_named(run, standard)
    if found is None:
        raise Http404
    before, after = neighbours(scheme_of(run), standard)
    return page(
        request,
        "accreditation/self_read.html",
        run=run,
        standard=found,
        lines=lines_of(run, found),
        before=before,
        after=after,
    )


@needs(Permission.ACCREDITATION_APPLY)
def self_standard(request: Entered, pk: UUID, standard: str) -> HttpResponse:
    """One standard to fill in: score, words and files for each item; any button saves everything."""
    run = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_APPLY)
    found = standard_named(run, standard)
    if found is None:
        raise Http404
    if run.stage not in WITH_THE_BODY and request.method != "POST":
        return redirect("accreditation:self-read", pk, standard)
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        items=found.items,
        given=self_scores_of(run),
        not_known=gettext_lazy("Belum tahu"),
        words_label=gettext_lazy("Penjelasan"),
    )
    if form.is_valid() and done(request, form, actions.assess, run, answers=form.answers()) is not None:
        saved_files(request, form, actions.add_evidence, run)
        return _onward(request, pk, standard, neighbours(scheme_of(run), standard)[1])
    rows = [{"line": line, **form.of(line.item.code)} for line in lines_of(run, found)]
    shown = {"standard": found, "rows": rows, "most": norms().evidence_most_bytes // 1_000_000}
    return form_page(request, "accreditation/self_standard.html", form, run=run, **shown)


def _onward(request: Entered, pk: UUID, standard: str, after: str) -> HttpResponse:
    """Where the button that was pressed leads: the next standard, the overview, or the same item."""
    messages.success(request, _("Tersimpan."))
    go = request.POST.get("go", "")
    if go == "next" and after:
        return redirect("accreditation:self-standard", pk, after)
    if go in ("next", "list"):
        return redirect("accreditation:self-assessment", pk)
    return redirect("accreditation:self-standard", pk, standard)


@needs(Permission.ACCREDITATION_VIEW)
def evidence(request: Entered, pk: UUID) -> HttpResponse:
    """A file, to be saved. It leaves the office, so each time is recorded."""
    row = look_up(Evidence, pk, by=request.user, permission=Permission.ACCREDITATION_VIEW, always=True)
    if not row.is_there:
        raise Http404
    return handed_over(row)


@needs(Permission.ACCREDITATION_APPLY)
def evidence_remove(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more, then destroy the file."""
    row = look_up(
        Evidence, pk, by=request.user, permission=Permission.ACCREDITATION_APPLY, related=("accreditation",)
    )
    if request.method == "POST":
        pressed(request, actions.remove_evidence, row, _("Berkas dihapus."))
        return redirect("accreditation:self-assessment", row.accreditation_id)
    return page(request, "accreditation/evidence_remove.html", row=row, run=row.accreditation)


@needs(Permission.ACCREDITATION_APPLY)
@pressed_on("accreditation:self-assessment")
def ask(request: Entered, pk: UUID) -> HttpResponse:
    """The self-assessment is done: ask the Dinas for its recommendation."""
    run = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_APPLY)
    try:
        act(request, actions.ask_recommendation, run, version=read_version(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:self-assessment", pk)
    messages.success(request, _("Permintaan rekomendasi dikirim ke Dinas Sosial."))
    return redirect("accreditation:run", pk)


@needs(Permission.ACCREDITATION_RECOMMEND)
def recommend(request: Entered, pk: UUID) -> HttpResponse:
    """The Dinas recommends the body, or says what to mend first."""
    run = look_up(
        Accreditation,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_RECOMMEND,
        related=("organisation",),
    )
    form = RecommendForm(request.POST or None, initial={"version": run.version})
    if form.is_valid() and _recommended(request, form, run):
        messages.success(request, _("Tersimpan."))
        return redirect("accreditation:run", pk)
    scheme = scheme_of(run)
    shown = {"scheme": scheme, "standards": progress_of(run, scheme)}
    return form_page(request, "accreditation/recommend.html", form, run=run, **shown)


def _recommended(request: Entered, form: RecommendForm, run: Accreditation) -> bool:
    typed = dict(form.cleaned_data)
    if typed.pop("answer") == RecommendForm.YES:
        return done(request, form, actions.recommend, run, **typed) is not None
    said = {"version": typed["version"], "words": typed["words"]}
    return done(request, form, actions.do_not_recommend, run, **said) is not None
