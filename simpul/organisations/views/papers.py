"""Pages of a body's papers: the list, a new one, its file, and what runs out in everybody's reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.files import handed_over
from simpul.access.gate import Entered, entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.catalogue.organisations import papers as catalogue
from simpul.catalogue.organisations.papers import PaperKind
from simpul.organisations.actions import papers as actions
from simpul.organisations.forms.papers import SUGGEST, DestroyForm, NoteForm, PaperForm
from simpul.organisations.models import Organisation, Paper
from simpul.organisations.queries import may_see_address
from simpul.organisations.queries import papers as queries
from simpul.organisations.queries import papers_running as running
from simpul.organisations.queries.office_kept import CountedOnce
from simpul.organisations.queries.papers_words import kind_title, title_of, usual_words
from simpul.organisations.queries.registration_rules import said
from simpul.ui.doing import done, form_page, pressed, read_version
from simpul.ui.render import page

_INSIDE = Permission.ORGANISATION_INSIDE
_BODY, _OFFICE = Permission.ORGANISATION_EDIT, Permission.ORGANISATION_VERIFY
_A_PAGE = 50
_MEGABYTE = 1_000_000
Act = dict[Permission, Callable[..., Any]]
_ADD: Act = {_BODY: actions.add_paper, _OFFICE: actions.add_paper_for_body}
_REPLACE: Act = {_BODY: actions.replace_paper, _OFFICE: actions.replace_paper_for_body}
_NOTE: Act = {_BODY: actions.note_paper, _OFFICE: actions.note_paper_for_body}
_DESTROY: Act = {_BODY: actions.destroy_file, _OFFICE: actions.destroy_file_for_body}


@needs(_INSIDE)
def papers(request: Entered, pk: UUID) -> HttpResponse:
    """All papers of one body."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    today = timezone.localdate()
    shown = queries.papers_of(found, today)
    if not may_see_address(found, request.user):
        shown = queries.without_place(shown)
    others = [one for one in running.of_organisation(found, today) if one.what != running.What.PAPERS]
    return page(
        request,
        "organisations/papers.html",
        organisation=found,
        standing=shown.standing,
        older=shown.older,
        running=queries.nameless(others, request.user),
        hand=queries.hand_of(found, request.user),
    )


@needs(_INSIDE)
def papers_running(request: Entered) -> HttpResponse:
    """What runs out in every body within reach, by its kind."""
    asked = request.GET.get("jenis", "")
    what = running.What(asked) if asked in running.What.values else running.What.PAPERS
    today = timezone.localdate()
    pages = CountedOnce(running.within_reach(request.user, what, today), _A_PAGE)
    rows = pages.get_page(request.GET.get("page"))
    told = running.shown(what, rows.object_list, today)
    return page(
        request,
        "organisations/papers_running.html",
        what=what,
        counts=running.counts(request.user, today),
        rows=rows,
        shown=queries.nameless(running.led(told, request.user), request.user),
        months=catalogue.reminder_months(),
    )


@needs(_INSIDE)
def paper_add(request: Entered, pk: UUID) -> HttpResponse:
    """A paper more: first its kind, then what stands on it."""
    found, hand = _body(request, pk)
    kind = catalogue.paper_kind(request.GET.get("jenis", ""))
    if kind is None:
        choices = queries.kind_choices(found)
        return page(request, "organisations/papers_kinds.html", organisation=found, choices=choices)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid() and SUGGEST not in request.POST:
        details = {"key": form.cleaned_data["once"], "told": form.told(), "file": form.sent()}
        if done(request, form, _ADD[hand], found, kind=kind.code, **details):
            messages.success(request, _("Surat disimpan."))
            return redirect("organisations:papers", pk)
    return _paper_page(request, form, kind, organisation=found, replaced=None)


@needs(_INSIDE)
def paper_replace(request: Entered, pk: UUID) -> HttpResponse:
    """A newer paper in the place of this one."""
    row, hand = _paper(request, pk)
    kind = _kind_of(row)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial={"title": row.title, "issuer": row.issuer},
    )
    if form.is_valid() and SUGGEST not in request.POST:
        details = {"key": form.cleaned_data["once"], "told": form.told(), "file": form.sent()}
        if done(request, form, _REPLACE[hand], row, **details):
            messages.success(request, _("Surat yang baru disimpan. Yang lama tetap dapat dibaca."))
            return redirect("organisations:papers", row.organisation_id)
    return _paper_page(request, form, kind, organisation=row.organisation, replaced=row)


@needs(_INSIDE)
def paper_note(request: Entered, pk: UUID) -> HttpResponse:
    """Number, issuer and days of a paper that is kept already."""
    row, hand = _paper(request, pk)
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm.of(row)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "told": form.told()}
        if done(request, form, _NOTE[hand], row, **details):
            messages.success(request, _("Catatan surat disimpan."))
            return redirect("organisations:papers", row.organisation_id)
    return form_page(
        request,
        "organisations/paper_note.html",
        form,
        paper=row,
        title=title_of(row),
        organisation=row.organisation,
        resets_check=hand == _BODY and row.checked_on is not None,
    )


@needs(_INSIDE)
def paper_file(request: Entered, pk: UUID) -> HttpResponse:
    """The file as it was kept, to be saved. It leaves the office, so each time is recorded."""
    rows = Paper.objects.reachable(request.user, _INSIDE).select_related("organisation")
    found: Paper | None = rows.filter(pk=pk).first()
    # A letter of a safe house names its address.
    if found is not None and not may_see_address(found.organisation, request.user):
        raise NotAllowed
    row = entered(found, by=request.user, permission=_INSIDE, always=True)
    if not row.is_there:
        raise Http404
    return handed_over(row)


@needs(_INSIDE)
def paper_destroy(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more and why, then destroy the file."""
    row, hand = _paper(request, pk)
    if row.removed_at is not None:
        return redirect("organisations:papers", row.organisation_id)
    form = DestroyForm(request.POST or None)
    if form.is_valid() and done(request, form, _DESTROY[hand], row, words=form.cleaned_data["because"]):
        messages.success(request, _("Berkas dihancurkan. Yang tersisa hanya catatan bahwa pernah ada."))
        return redirect("organisations:papers", row.organisation_id)
    return form_page(
        request,
        "organisations/paper_destroy.html",
        form,
        paper=row,
        title=title_of(row),
        organisation=row.organisation,
    )


@needs(_OFFICE)
def paper_check(request: Entered, pk: UUID) -> HttpResponse:
    """An officer saw the paper."""
    row = look_up(Paper, pk, by=request.user, permission=_OFFICE, related=("organisation",))
    if request.method == "POST":
        words = _("Surat ditandai sudah diperiksa.")
        pressed(request, actions.check_paper, row, words, version=read_version(request))
    return redirect("organisations:papers", row.organisation_id)


def _body(request: Entered, pk: UUID) -> tuple[Organisation, Permission]:
    """A body and by which right this user writes there. Raises NotAllowed for who only reads."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    hand = queries.hand_of(found, request.user)
    if hand is None:
        raise NotAllowed
    return found, hand


def _paper(request: Entered, pk: UUID) -> tuple[Paper, Permission]:
    row = look_up(Paper, pk, by=request.user, permission=_INSIDE, related=("organisation",))
    hand = queries.hand_of(row.organisation, request.user)
    if hand is None:
        raise NotAllowed
    return row, hand


def _kind_of(row: Paper) -> PaperKind:
    """The kind of a paper. Raises Http404 where the catalogue does not hold it any more."""
    kind = catalogue.paper_kind(row.kind)
    if kind is None:
        raise Http404
    return kind


def _paper_page(request: Entered, form: PaperForm, kind: PaperKind, **shown: Any) -> HttpResponse:
    is_asking = SUGGEST in request.POST
    if is_asking and form.is_valid():
        form = form.suggested(kind)
    return page(
        request,
        "organisations/paper_form.html",
        status=422 if form.errors else 200,
        form=form,
        kind=kind,
        kind_title=kind_title(kind.code),
        about=said(kind.about),
        usual=usual_words(kind),
        most=max(catalogue.largest_file() // _MEGABYTE, 1),
        **shown,
    )
