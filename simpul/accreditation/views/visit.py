"""The visit on a phone: one standard per page, scores with notes and photographs, minutes and signatures."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import HiddenInput
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.accreditation.actions import visit as actions
from simpul.accreditation.forms.sheets import SheetForm
from simpul.accreditation.forms.visit import NO, MinutesForm, SignForm
from simpul.accreditation.models import Accreditation, Assignment, Evidence, Visit
from simpul.accreditation.queries.run import own_assignment, require_declared
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.self_assessment import neighbours, standard_named
from simpul.accreditation.queries.visit import (
    ASSESSOR,
    BODY,
    agreements,
    has_answered,
    has_signed,
    is_locked,
    is_signed_by_assessors,
    own_scores,
    sheet_lines,
    sheets,
    unfinished,
    visits_of,
)
from simpul.accreditation.stages import Part, Stage
from simpul.accreditation.views.sheets import saved_files
from simpul.catalogue.accreditation import norms
from simpul.organisations.queries.oversight_flags import standing_flags
from simpul.ui.doing import act, done, form_page, pressed_on, read_version
from simpul.ui.render import page

SCORE = Permission.ACCREDITATION_SCORE


def _entered(request: Entered, pk: UUID) -> tuple[Accreditation, Assignment | None]:
    """The run and one's own assignment; whoever has not declared sees nothing of it. None for a companion."""
    run = look_up(Accreditation, pk, by=request.user, permission=SCORE, related=("organisation",))
    mine = own_assignment(run, request.user.pk, Part.ASSESSOR)
    require_declared(mine or own_assignment(run, request.user.pk, Part.COMPANION), request.user)
    return run, mine


@needs(Permission.ACCREDITATION_SCORE)
def visit(request: Entered, pk: UUID) -> HttpResponse:
    """The standards with how far one has come, the minutes, and what is still missing."""
    run, mine = _entered(request, pk)
    scheme = scheme_of(run)
    minutes = [
        {
            "visit": one,
            "is_signed": has_signed(one, ASSESSOR, request.user.pk),
            "may_note": is_signed_by_assessors(one) and not has_answered(one),
        }
        for one in visits_of(run)
    ]
    standards = sheets(mine, scheme) if mine else ()
    return page(
        request,
        "accreditation/visit.html",
        run=run,
        scheme=scheme,
        standards=standards,
        scored=sum(one.scored for one in standards),
        total=sum(one.of for one in standards),
        is_assessor=mine is not None,
        is_locked=bool(mine and is_locked(mine)),
        is_open=run.stage == Stage.VISIT,
        is_done=all(one.is_done for one in standards),
        minutes=minutes,
        agreements=agreements(run),
        unfinished=unfinished(run),
        flags=standing_flags(run.organisation, timezone.localdate()),
    )


@needs(Permission.ACCREDITATION_SCORE)
def sheet(request: Entered, pk: UUID, standard: str) -> HttpResponse:
    """One standard: what the body says with its evidence, and the assessor's own scores; any button saves all."""
    run, mine = _entered(request, pk)
    found = standard_named(run, standard)
    if found is None:
        raise Http404
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        items=found.items,
        given=own_scores(mine) if mine else {},
        not_known=gettext_lazy("Tidak dapat dilihat"),
        words_label=gettext_lazy("Catatan: apa yang dilihat"),
    )
    if form.is_valid() and done(request, form, actions.score, run, answers=form.answers()) is not None:
        saved_files(request, form, actions.add_photo, run)
        return _onward(request, pk, standard, neighbours(scheme_of(run), standard)[1])
    rows = [{"line": line, **form.of(line.item.code)} for line in sheet_lines(run, mine, found)]
    may_score = mine is not None and not is_locked(mine) and run.stage == Stage.VISIT
    shown = {"standard": found, "rows": rows, "may_score": may_score}
    shown |= {"most": norms().evidence_most_bytes // 1_000_000}
    return form_page(request, "accreditation/sheet.html", form, run=run, **shown)


def _onward(request: Entered, pk: UUID, standard: str, after: str) -> HttpResponse:
    messages.success(request, _("Tersimpan."))
    go = request.POST.get("go", "")
    if go == "next" and after:
        return redirect("accreditation:sheet", pk, after)
    if go in ("next", "list"):
        return redirect("accreditation:visit", pk)
    return redirect("accreditation:sheet", pk, standard)


@needs(Permission.ACCREDITATION_SCORE)
def visit_evidence(request: Entered, pk: UUID) -> HttpResponse:
    """A file of the body or a photograph of the visit, for who is named and has declared; recorded each time."""
    row = look_up(Evidence, pk, by=request.user, permission=SCORE, always=True, related=("accreditation",))
    _entered(request, row.accreditation_id)
    if not row.is_there:
        raise Http404
    return handed_over(row)


@needs(Permission.ACCREDITATION_SCORE)
def lock(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more, then lock one's own scores."""
    run, _mine = _entered(request, pk)
    if request.method == "POST":
        try:
            act(request, actions.lock, run)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Nilai Anda dikunci."))
        return redirect("accreditation:visit", pk)
    return page(request, "accreditation/lock.html", run=run)


@needs(Permission.ACCREDITATION_SCORE)
@pressed_on("accreditation:visit")
def finish(request: Entered, pk: UUID) -> HttpResponse:
    """Hand over to the second person."""
    run, _mine = _entered(request, pk)
    try:
        act(request, actions.finish, run, version=read_version(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:visit", pk)
    messages.success(request, _("Visitasi selesai. Nilai diserahkan kepada penyelia."))
    return redirect("accreditation:mine")


# --- minutes ---


@needs(Permission.ACCREDITATION_SCORE)
def minutes(request: Entered, pk: UUID) -> HttpResponse:
    """New minutes of a visit."""
    run, _mine = _entered(request, pk)
    form = MinutesForm(request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], **form.details()}
        if made := done(request, form, actions.write_minutes, run, **details):
            messages.success(request, _("Berita acara disimpan."))
            return redirect("accreditation:sign-assessor", made.pk)
    return form_page(request, "accreditation/minutes.html", form, run=run)


@needs(Permission.ACCREDITATION_SCORE)
def minutes_edit(request: Entered, pk: UUID) -> HttpResponse:
    """Mend minutes that nobody has signed."""
    row = look_up(Visit, pk, by=request.user, permission=SCORE, related=("accreditation",))
    run, _mine = _entered(request, row.accreditation_id)
    initial = {"version": row.version, "held_on": row.on, "met_with": row.met_with, "minutes": row.minutes}
    form = MinutesForm(request.POST or None, initial=initial)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], **form.details()}
        if done(request, form, actions.change_minutes, row, **details):
            messages.success(request, _("Berita acara disimpan."))
            return redirect("accreditation:sign-assessor", row.pk)
    return form_page(request, "accreditation/minutes.html", form, run=run)


@needs(Permission.ACCREDITATION_SCORE)
def sign_assessor(request: Entered, pk: UUID) -> HttpResponse:
    """The minutes to read, and the assessor's signature."""
    row = look_up(Visit, pk, by=request.user, permission=SCORE, related=("accreditation",))
    run, mine = _entered(request, row.accreditation_id)
    form = SignForm(
        request.POST or None,
        initial={"version": row.version, "name": str(request.user), "title": _("Asesor")},
    )
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "signature": form.signature}
        if done(request, form, actions.sign_as_assessor, row, **details):
            messages.success(request, _("Tanda tangan Anda disimpan."))
            return redirect("accreditation:visit", run.pk)
    may_sign = mine is not None and not has_signed(row, ASSESSOR, request.user.pk)
    shown = {
        "may_sign": may_sign and run.stage == Stage.VISIT,
        "may_edit": mine is not None and not row.signed,
    }
    return form_page(request, "accreditation/sign_assessor.html", form, run=run, visit=row, **shown)


@needs(Permission.ACCREDITATION_SCORE)
def refused(request: Entered, pk: UUID) -> HttpResponse:
    """An assessor notes that the body does not sign the minutes, and why."""
    row = look_up(Visit, pk, by=request.user, permission=SCORE, related=("accreditation",))
    run, _mine = _entered(request, row.accreditation_id)
    initial = {"version": row.version, "name": str(request.user), "title": _("Asesor"), "agrees": NO}
    form = SignForm(request.POST or None, initial=initial)
    form.fields["agrees"].widget = HiddenInput()
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "signature": form.signature}
        if done(request, form, actions.note_refusal, row, **details):
            messages.success(request, _("Tercatat. Lembaga masih dapat menandatangani selama visitasi."))
            return redirect("accreditation:visit", run.pk)
    return form_page(request, "accreditation/refused.html", form, run=run, visit=row)


@needs(Permission.ACCREDITATION_APPLY)
def sign(request: Entered, pk: UUID) -> HttpResponse:
    """The minutes to read, and the body's signature."""
    row = look_up(
        Visit,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_APPLY,
        related=("accreditation__organisation",),
    )
    run = row.accreditation
    initial = {"version": row.version, "name": str(request.user)}
    form = SignForm(request.POST or None, initial=initial)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "signature": form.signature}
        if done(request, form, actions.sign_as_body, row, **details):
            messages.success(request, _("Tanda tangan Anda disimpan."))
            return redirect("accreditation:run", run.pk)
    may_sign = not has_signed(row, BODY) and run.stage == Stage.VISIT
    return form_page(request, "accreditation/sign.html", form, run=run, visit=row, may_sign=may_sign)
