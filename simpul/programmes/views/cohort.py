"""Pages of the cohort: candidates from the register, one body, its people, who works in the programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.programmes.actions import cohort as actions
from simpul.programmes.forms.cohort import (
    ChooseForm,
    LeaveForm,
    ParticipantForm,
    ParticipantLeavesForm,
    PassOverForm,
    WillingForm,
    WorkerForm,
)
from simpul.programmes.models import Member, Participant, Programme, Worker
from simpul.programmes.queries import cohort as queries
from simpul.programmes.queries.plans import members_shown
from simpul.programmes.views.reached import found
from simpul.ui.doing import act, done, form_page, pressed, pressed_on
from simpul.ui.render import page

_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
_ROW = ("organisation", "programme")
PAGE_LENGTH = 50


@needs(_MANAGE)
def candidates(request: Entered, pk: UUID) -> HttpResponse:
    """Bodies of the area, held against the criteria; those ticked become candidates."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    if request.method == "POST":
        return _nominated(request, row)
    only, text = request.GET.get("hasil", ""), request.GET.get("cari", "")[:100]
    told = queries.candidates(row, request.user, timezone.localdate(), only=only, text=text)
    rows = Paginator(told.candidates, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request, "programmes/candidates.html", programme=row, found=told, page=rows, only=only, text=text
    )


def _nominated(request: Entered, row: Programme) -> HttpResponse:
    try:
        ticked = [UUID(key) for key in request.POST.getlist("body")[:500]]
        made = act(request, actions.nominate, row, bodies=ticked)
    except ValueError:
        messages.error(request, _("Tanda itu tidak terbaca. Muat ulang daftarnya."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s lembaga dicatat sebagai calon.") % len(made))
        return redirect("programmes:programme", row.pk)
    return redirect("programmes:candidates", row.pk)


@needs(_ANY)
def member(request: Entered, pk: UUID) -> HttpResponse:
    """One body in a programme: why it was chosen, who of it takes part."""
    row = found(request, Member, pk, related=_ROW)
    return page(request, "programmes/member.html", shown=queries.member_page(row, request.user))


@needs(_MANAGE)
def member_willing(request: Entered, pk: UUID) -> HttpResponse:
    """Whether the board wants to take part."""
    row = look_up(Member, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = WillingForm(request.POST or None, label_suffix="", initial={"willing": row.willing})
    return _acted(request, form, actions.note_willing, row, _("Kesediaan lembaga"))


@needs(_MANAGE)
def member_choose(request: Entered, pk: UUID) -> HttpResponse:
    """It takes part."""
    row = look_up(Member, pk, by=request.user, permission=_MANAGE, related=_ROW)
    return _acted(request, ChooseForm(row, request.POST or None), actions.choose, row, _("Pilih lembaga ini"))


@needs(_MANAGE)
def member_pass_over(request: Entered, pk: UUID) -> HttpResponse:
    """It does not take part."""
    row = look_up(Member, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = PassOverForm(request.POST or None, label_suffix="")
    return _acted(request, form, actions.pass_over, row, _("Tidak terpilih"))


@needs(_MANAGE)
def member_leave(request: Entered, pk: UUID) -> HttpResponse:
    """It leaves the programme."""
    row = look_up(Member, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = LeaveForm(request.POST or None, label_suffix="", initial={"left_on": timezone.localdate()})
    return _acted(request, form, actions.leave, row, _("Lembaga mengundurkan diri"))


def _acted(request: Entered, form: Any, perform: Any, row: Member, title: str) -> HttpResponse:
    if form.is_valid() and done(request, form, perform, row, **form.cleaned_data):
        messages.success(request, _("Disimpan."))
        return redirect("programmes:member", row.pk)
    return _form(request, form, row, title)


# --- people who take part ---


@needs(_MANAGE)
def participant_add(request: Entered, pk: UUID) -> HttpResponse:
    """Somebody of this body takes part."""
    row = look_up(Member, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = ParticipantForm(request.POST or None, label_suffix="")
    if form.is_valid():
        key = form.cleaned_data["once"] or form.fields["once"].initial()
        if made := done(request, form, actions.add_participant, row, key=key, person=form.person()):
            messages.success(request, _("Peserta disimpan dengan kode %s.") % made.code)
            return redirect("programmes:member", pk)
    return _form(request, form, row, _("Peserta baru"))


@needs(_MANAGE)
def participant_change(request: Entered, pk: UUID) -> HttpResponse:
    """Another spelling, title, phone or account."""
    row = look_up(Participant, pk, by=request.user, permission=_MANAGE, related=("member__organisation",))
    form = ParticipantForm.of(row, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change_participant, row, version=version, person=form.person()):
            messages.success(request, _("Peserta disimpan."))
            return redirect("programmes:member", row.member_id)
    return _form(request, form, row.member, _("Ubah peserta %s") % row.code)


@needs(_MANAGE)
def participant_leaves(request: Entered, pk: UUID) -> HttpResponse:
    """Somebody stops taking part."""
    row = look_up(Participant, pk, by=request.user, permission=_MANAGE, related=("member__organisation",))
    begun = {"version": row.version, "left_on": timezone.localdate()}
    form = ParticipantLeavesForm(request.POST or None, label_suffix="", initial=begun)
    if form.is_valid() and done(request, form, actions.participant_leaves, row, **form.cleaned_data):
        messages.success(request, _("Disimpan. Jawaban tesnya tetap tersimpan dengan kode."))
        return redirect("programmes:member", row.member_id)
    return _form(request, form, row.member, _("Peserta %s berhenti") % row.code)


@needs(_MANAGE)
def participants(request: Entered, pk: UUID) -> HttpResponse:
    """Everybody who takes part, to be printed: codes and names, with room to sign."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE, always=True)
    return page(
        request,
        "programmes/participants.html",
        programme=row,
        people=tuple(queries.taking_part(row, with_comparison=True)),
    )


# --- who works in the programme ---


@needs(_MANAGE)
def worker_add(request: Entered, pk: UUID) -> HttpResponse:
    """Committee, facilitator, trainer, mentor, witness."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    bodies = [(str(one.pk), str(one.organisation.name)) for one in members_shown(row, request.user)]
    form = WorkerForm(bodies, request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["once"]
        if done(request, form, actions.add_worker, row, key=key, helper=form.helper()):
            messages.success(request, _("Disimpan."))
            return redirect("programmes:programme", pk)
    back = reverse("programmes:programme", args=[pk])
    return form_page(request, "ui/form.html", form, title=_("Petugas program"), back=back, about=row.title)


@needs(_MANAGE)
def worker(request: Entered, pk: UUID) -> HttpResponse:
    """Somebody who works in the programme, for which bodies."""
    row = look_up(Worker, pk, by=request.user, permission=_MANAGE, related=("programme",))
    return page(request, "programmes/worker.html", worker=row, bodies=queries.bodies_of(row))


@needs(_MANAGE)
@pressed_on("programmes:worker")
def worker_end(request: Entered, pk: UUID) -> HttpResponse:
    """From now on they work here no more."""
    row = look_up(Worker, pk, by=request.user, permission=_MANAGE)
    pressed(request, actions.end_worker, row, _("Tugasnya dicatat selesai."))
    return redirect("programmes:programme", row.programme_id)


def _form(request: Entered, form: Any, row: Member, title: str) -> HttpResponse:
    back = reverse("programmes:member", args=[row.pk])
    return form_page(request, "ui/form.html", form, title=title, back=back, about=row.organisation.name)
