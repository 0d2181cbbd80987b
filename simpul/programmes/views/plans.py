"""Pages of action plans: one body's plan, its lines, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.programmes.actions import plans as actions
from simpul.programmes.forms.plans import DrawUpForm, ItemForm, RealiseForm, SendBackForm, sent
from simpul.programmes.models import ActionItem, ActionPlan, Member, Proof
from simpul.programmes.queries import plans as queries
from simpul.programmes.queries.aspects import aspects_of
from simpul.programmes.views.reached import READERS, found, hand
from simpul.ui.doing import done, form_page, pressed, read_version
from simpul.ui.render import page

# Everybody who signs in may come here; which rows they reach is for the rows to say.
_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
Act = dict[Permission, Callable[..., Any]]
_BODY = Permission.PROGRAMME_TAKE_PART
_DRAW_UP: Act = {_BODY: actions.draw_up, _MANAGE: actions.draw_up_for_body}
_ADD: Act = {_BODY: actions.add_item, _MANAGE: actions.add_item_for_body}
_CHANGE: Act = {_BODY: actions.change_item, _MANAGE: actions.change_item_for_body}
_DROP: Act = {_BODY: actions.drop_item, _MANAGE: actions.drop_item_for_body}
_SEND_IN: Act = {_BODY: actions.send_in, _MANAGE: actions.send_in_for_body}
_REALISE: Act = {_BODY: actions.realise, _MANAGE: actions.realise_for_body}
_MEMBER = ("organisation", "programme")


@needs(_ANY)
def plan(request: Entered, pk: UUID) -> HttpResponse:
    """The action plan of one body: the version that stands, or the one asked for."""
    member = found(request, Member, pk, related=_MEMBER)
    asked = request.GET.get("versi", "")
    version = member.plans.filter(number=int(asked)).first() if asked.isdecimal() and len(asked) < 4 else None
    shown = queries.shown(member, request.user, timezone.localdate(), version)
    aspects = dict(aspects_of(member.programme))
    return page(request, "programmes/plan.html", shown=shown, aspects=aspects, today=timezone.localdate())


@needs(_ANY)
def plan_draw_up(request: Entered, pk: UUID) -> HttpResponse:
    """The first version, or a new one with the reason why it changes."""
    member = found(request, Member, pk, queries.HANDS, related=_MEMBER)
    form = DrawUpForm(request.POST or None, label_suffix="")
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "words": form.cleaned_data["words"]}
        if made := done(request, form, _DRAW_UP[hand(request, member)], member, **details):
            return redirect(f"{reverse('programmes:plan', args=[pk])}?versi={made.number}")
    return _form(request, form, member, _("Versi baru rencana aksi"), button=_("Mulai menyusun"))


@needs(_ANY)
def item_add(request: Entered, pk: UUID) -> HttpResponse:
    """A line more."""
    row = found(request, ActionPlan, pk, queries.HANDS, related=("member__organisation", "member__programme"))
    form = ItemForm(aspects_of(row.member.programme), request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "item": form.item()}
        if done(request, form, _ADD[hand(request, row.member)], row, **details):
            messages.success(request, _("Baris disimpan."))
            return _to_version(row)
    return _form(request, form, row.member, _("Tambah baris"), plan=row)


@needs(_ANY)
def item_change(request: Entered, pk: UUID) -> HttpResponse:
    """Other words, budget or date."""
    related = ("plan", "member__organisation", "member__programme")
    row = found(request, ActionItem, pk, queries.HANDS, related=related)
    form = ItemForm.of(row, aspects_of(row.member.programme), request.POST or None)
    if form.is_valid() and done(
        request,
        form,
        _CHANGE[hand(request, row.member)],
        row,
        seen=form.cleaned_data["seen"],
        told=form.item(),
    ):
        messages.success(request, _("Baris disimpan."))
        return _to_version(row.plan)
    return _form(request, form, row.member, _("Ubah baris"), plan=row.plan)


@needs(_ANY)
def item_drop(request: Entered, pk: UUID) -> HttpResponse:
    """Take a line out of a plan that is not agreed yet."""
    row = found(request, ActionItem, pk, queries.HANDS, related=("plan", "member__organisation"))
    if request.method == "POST":
        pressed(request, _DROP[hand(request, row.member)], row, _("Baris dikeluarkan dari rencana."))
        return _to_version(row.plan)
    return page(request, "programmes/item_drop.html", row=row)


@needs(_ANY)
def plan_send_in(request: Entered, pk: UUID) -> HttpResponse:
    """The body has finished."""
    row = found(request, ActionPlan, pk, queries.HANDS, related=("member",))
    if request.method == "POST":
        pressed(request, _SEND_IN[hand(request, row.member)], row, _("Rencana aksi diajukan."))
    return _to_version(row)


@needs(_MANAGE)
def plan_agree(request: Entered, pk: UUID) -> HttpResponse:
    """It stands from now on."""
    row = look_up(ActionPlan, pk, by=request.user, permission=_MANAGE, related=("member",))
    if request.method == "POST":
        pressed(request, actions.agree, row, _("Rencana aksi disepakati."), version=read_version(request))
    return _to_version(row)


@needs(_MANAGE)
def plan_send_back(request: Entered, pk: UUID) -> HttpResponse:
    """The body mends it."""
    row = look_up(ActionPlan, pk, by=request.user, permission=_MANAGE, related=("member__organisation",))
    form = SendBackForm(request.POST or None, label_suffix="", initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.send_back, row, **form.cleaned_data):
        messages.success(request, _("Rencana aksi dikembalikan."))
        return _to_version(row)
    return _form(request, form, row.member, _("Kembalikan untuk diperbaiki"), plan=row)


@needs(_ANY)
def realise(request: Entered, pk: UUID, line: UUID) -> HttpResponse:
    """What became of a line."""
    member = found(request, Member, pk, queries.HANDS, related=_MEMBER)
    item = ActionItem.objects.filter(member=member, line=line).order_by("-at").first()
    if item is None:
        raise Http404
    form = RealiseForm(request.POST or None, request.FILES or None, label_suffix="")
    if form.is_valid():
        kept = form.cleaned_data
        details = {name: kept[name] for name in ("realised", "happened_on", "words", "reason")}
        details |= {"key": kept["once"], "line": line, "file": sent(form)}
        if done(request, form, _REALISE[hand(request, member)], member, **details):
            messages.success(request, _("Hasil dicatat."))
            return redirect("programmes:plan", pk)
    return _form(request, form, member, _("Catat hasil"), words=item.words)


@needs(_ANY)
def proof(request: Entered, pk: UUID) -> HttpResponse:
    """A photograph or receipt as a file; each reading is recorded."""
    return handed_over(found(request, Proof, pk, (*READERS, Permission.PROGRAMME_DECIDE), always=True))


def _to_version(row: ActionPlan) -> HttpResponse:
    return redirect(f"{reverse('programmes:plan', args=[row.member_id])}?versi={row.number}")


def _form(request: Entered, form: Any, member: Member, title: str, **shown: Any) -> HttpResponse:
    back = reverse("programmes:plan", args=[member.pk])
    if row := shown.pop("plan", None):
        back = f"{back}?versi={row.number}"
    return form_page(
        request, "ui/form.html", form, title=title, back=back, about=member.organisation.name, **shown
    )
