"""Pages of stimulus money: asked for, decided, signed, handed over, spent, accounted for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.instruments.views.finding import PDF, file_answer
from simpul.programmes.actions import money as actions
from simpul.programmes.forms.money import (
    AccountForm,
    AskAgainForm,
    AskForm,
    DecideForm,
    HandOverForm,
    ReverseForm,
    SignForm,
    SpendForm,
    TakeBackForm,
    WithdrawForm,
)
from simpul.programmes.models import ActionItem, Member, MoneyEntry, Stimulus
from simpul.programmes.queries import money as queries
from simpul.programmes.queries.money_report import account_of
from simpul.programmes.queries.plans import HANDS, agreed_plan
from simpul.programmes.views.reached import READERS, found, hand
from simpul.ui.doing import done, form_page, pressed, read_version
from simpul.ui.render import page
from simpul.ui.reports import as_pdf

_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
_DECIDE, _BODY = Permission.PROGRAMME_DECIDE, Permission.PROGRAMME_TAKE_PART
_READERS = (*READERS, _DECIDE)
Act = dict[Permission, Callable[..., Any]]
_ASK: Act = {_BODY: actions.ask, _MANAGE: actions.ask_for_body}
_SPEND: Act = {_BODY: actions.spend, _MANAGE: actions.spend_for_body}
_ACCOUNT: Act = {_BODY: actions.account, _MANAGE: actions.account_for_body}
_ROW = ("member__organisation", "programme")


@needs(_ANY)
def money_of(request: Entered, pk: UUID) -> HttpResponse:
    """The stimulus money of one body: the newest, or the form that asks for it."""
    member = found(request, Member, pk, _READERS, related=("organisation", "programme"))
    if row := queries.newest_of(member):
        return redirect("programmes:money", row.pk)
    return page(
        request,
        "programmes/money_none.html",
        member=member,
        has_plan=agreed_plan(member) is not None,
        may_ask=queries.may_ask(member, request.user),
    )


@needs(_ANY)
def money(request: Entered, pk: UUID) -> HttpResponse:
    """The whole statement of one body's stimulus money."""
    row = found(request, Stimulus, pk, _READERS, related=_ROW)
    return page(
        request,
        "programmes/money.html",
        shown=queries.shown(row, request.user, timezone.localdate()),
        others=row.member.stimuli.exclude(pk=row.pk).order_by("-at"),
    )


@needs(_ANY)
def money_report(request: Entered, pk: UUID) -> HttpResponse:
    """The account as a paper to sign; recorded each time, because it leaves."""
    row = found(request, Stimulus, pk, _READERS, related=_ROW, always=True)
    name = f"pertanggungjawaban-{row.member.organisation_id}.pdf"
    return file_answer(as_pdf(account_of(row)), PDF, name, is_kept=False)


@needs(_ANY)
def money_ask(request: Entered, pk: UUID) -> HttpResponse:
    """A body asks for money."""
    member = found(request, Member, pk, HANDS, related=("organisation", "programme"))
    form = AskForm(request.POST or None, label_suffix="")
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], "amount": kept["amount"], "words": kept["words"]}
        if made := done(request, form, _ASK[hand(request, member)], member, **details):
            messages.success(request, _("Pengajuan disimpan dan menunggu keputusan."))
            return redirect("programmes:money", made.pk)
    back = reverse("programmes:money-of", args=[pk])
    return _page(request, form, _("Ajukan bantuan stimulan"), back, member.organisation.name)


@needs(_DECIDE)
def money_decide(request: Entered, pk: UUID) -> HttpResponse:
    """So much is granted, or nothing."""
    row = look_up(Stimulus, pk, by=request.user, permission=_DECIDE, related=_ROW)
    initial = {"version": row.version, "granted": row.asked}
    form = DecideForm(request.POST or None, label_suffix="", initial=initial)
    if form.is_valid():
        kept = form.cleaned_data
        details = {"version": kept["version"], "words": kept["words"]}
        perform: Callable[..., Any] = actions.approve if kept["granted"] else actions.refuse
        if kept["granted"]:
            details["granted"] = kept["granted"]
        if done(request, form, perform, row, **details):
            messages.success(request, _("Keputusan dicatat."))
            return redirect("programmes:money", pk)
    return _of(request, form, row, _("Putuskan bantuan stimulan"))


@needs(_MANAGE)
def money_sign(request: Entered, pk: UUID) -> HttpResponse:
    """Both sides signed."""
    row = look_up(Stimulus, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = SignForm(request.POST or None, label_suffix="", initial={"version": row.version})
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "agreed": form.agreed()}
        if done(request, form, actions.sign, row, **details):
            messages.success(request, _("Perjanjian dicatat."))
            return redirect("programmes:money", pk)
    return _of(request, form, row, _("Perjanjian"))


@needs(_MANAGE)
def money_hand_over(request: Entered, pk: UUID) -> HttpResponse:
    """Money is handed over before a witness."""
    row = look_up(Stimulus, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = HandOverForm(request.POST or None, label_suffix="")
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "handed": form.handed()}
        if done(request, form, actions.hand_over, row, **details):
            messages.success(request, _("Penyerahan dicatat."))
            return redirect("programmes:money", pk)
    return _of(request, form, row, _("Serahkan uang"))


@needs(_ANY)
def money_spend(request: Entered, pk: UUID) -> HttpResponse:
    """Money was spent."""
    row = found(request, Stimulus, pk, HANDS, related=_ROW)
    plan = agreed_plan(row.member)
    items = plan.items.order_by("priority", "order") if plan else ActionItem.objects.none()
    form = SpendForm(items, request.POST or None, request.FILES or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "spent": form.spent()}
        if done(request, form, _SPEND[hand(request, row.member)], row, **details):
            messages.success(request, _("Belanja dicatat."))
            return redirect("programmes:money", pk)
    return _of(request, form, row, _("Catat belanja"))


@needs(_MANAGE)
def money_take_back(request: Entered, pk: UUID) -> HttpResponse:
    """What was not spent came back."""
    row = look_up(Stimulus, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = TakeBackForm(request.POST or None, label_suffix="")
    if form.is_valid():
        kept = form.cleaned_data
        details = {"key": kept["once"], **{name: kept[name] for name in ("amount", "given_on", "words")}}
        if done(request, form, actions.take_back, row, **details):
            messages.success(request, _("Pengembalian dicatat."))
            return redirect("programmes:money", pk)
    return _of(request, form, row, _("Catat pengembalian"))


@needs(_ANY)
def entry_reverse(request: Entered, pk: UUID) -> HttpResponse:
    """A wrong entry is taken back: a body its own spending, the office any."""
    entry = found(request, MoneyEntry, pk, HANDS, related=("stimulus__member__organisation",))
    form = ReverseForm(request.POST or None, label_suffix="")
    if form.is_valid():
        is_of_body = hand(request, entry.stimulus.member) == _BODY
        perform = actions.reverse_spending if is_of_body else actions.reverse_entry
        details = {"key": form.cleaned_data["once"], "words": form.cleaned_data["words"]}
        if done(request, form, perform, entry, **details):
            messages.success(request, _("Catatan dibatalkan; keduanya tetap terbaca."))
            return redirect("programmes:money", entry.stimulus_id)
    return _of(request, form, entry.stimulus, _("Batalkan catatan"))


@needs(_ANY)
def money_account(request: Entered, pk: UUID) -> HttpResponse:
    """The body accounts for the money."""
    row = found(request, Stimulus, pk, HANDS, related=_ROW)
    form = AccountForm(
        request.POST or None, label_suffix="", initial={"words": row.account_words, "version": row.version}
    )
    if form.is_valid() and done(request, form, _ACCOUNT[hand(request, row.member)], row, **form.cleaned_data):
        messages.success(request, _("Pertanggungjawaban dikirim."))
        return redirect("programmes:money", pk)
    return _of(request, form, row, _("Pertanggungjawaban"))


@needs(_DECIDE)
def money_withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """What was asked for or granted comes to nothing."""
    row = look_up(Stimulus, pk, by=request.user, permission=_DECIDE, related=_ROW)
    form = WithdrawForm(request.POST or None, label_suffix="", initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.withdraw, row, **form.cleaned_data):
        messages.success(request, _("Bantuan stimulan ditarik."))
        return redirect("programmes:money", pk)
    return _of(request, form, row, _("Tarik bantuan stimulan"))


@needs(_DECIDE)
def money_accept(request: Entered, pk: UUID) -> HttpResponse:
    """The account is accepted."""
    row = look_up(Stimulus, pk, by=request.user, permission=_DECIDE, related=_ROW)
    if request.method == "POST":
        pressed(
            request, actions.accept, row, _("Pertanggungjawaban diterima."), version=read_version(request)
        )
    return redirect("programmes:money", pk)


@needs(_DECIDE)
def money_ask_again(request: Entered, pk: UUID) -> HttpResponse:
    """The account goes back to the body."""
    row = look_up(Stimulus, pk, by=request.user, permission=_DECIDE, related=_ROW)
    form = AskAgainForm(request.POST or None, label_suffix="", initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.ask_again, row, **form.cleaned_data):
        messages.success(request, _("Pertanggungjawaban dikembalikan."))
        return redirect("programmes:money", pk)
    return _of(request, form, row, _("Kembalikan untuk diperbaiki"))


def _of(request: Entered, form: Any, row: Stimulus, title: str) -> HttpResponse:
    back = reverse("programmes:money", args=[row.pk])
    return _page(request, form, title, back, row.member.organisation.name)


def _page(request: Entered, form: Any, title: str, back: str, about: str) -> HttpResponse:
    return form_page(request, "ui/form.html", form, title=title, back=back, about=about)
