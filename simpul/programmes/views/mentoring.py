"""Pages of mentoring visits: a mentor's own bodies, the visits of one body, and writing one down on a phone."""

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

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.programmes.actions import mentoring as actions
from simpul.programmes.forms.mentoring import PhotoForm, VisitForm
from simpul.programmes.forms.plans import sent
from simpul.programmes.models import Member, Visit
from simpul.programmes.queries import mentoring as queries
from simpul.programmes.views.reached import found
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

# Everybody who signs in may come here; which rows they reach is for the rows to say.
_ANY = Permission.ORGANISATION_VIEW
_MENTOR, _MANAGE = Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_MANAGE
Act = dict[Permission, Callable[..., Any]]
_RECORD: Act = {_MENTOR: actions.record_visit, _MANAGE: actions.record_visit_for_mentor}
_MEND: Act = {_MENTOR: actions.mend_visit, _MANAGE: actions.mend_visit_for_mentor}
_PHOTO: Act = {_MENTOR: actions.add_photo, _MANAGE: actions.add_photo_for_mentor}
_MEMBER = ("organisation", "programme")
_OF_MEMBER = ("member__organisation", "member__programme", "programme")


@needs(_MENTOR)
def mentoring_mine(request: Entered) -> HttpResponse:
    """A mentor's own bodies: when the next visit is, and what their plans still ask for."""
    today = timezone.localdate()
    bodies = queries.my_bodies(request.user, today)
    return page(request, "programmes/mentoring_mine.html", bodies=bodies, today=today)


@needs(_ANY)
def visits(request: Entered, pk: UUID) -> HttpResponse:
    """All visits to one body."""
    member = found(request, Member, pk, related=_MEMBER)
    shown = queries.of_body(member, request.user, timezone.localdate())
    return page(request, "programmes/visits.html", shown=shown)


@needs(_ANY)
def visit_add(request: Entered, pk: UUID) -> HttpResponse:
    """Write a visit down."""
    member = found(request, Member, pk, queries.HANDS, related=_MEMBER)
    right = _hand(request, member)
    form = _visit_form(request, member, right, initial={"visited_on": timezone.localdate()})
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "seen": form.seen()}
        if done(request, form, _RECORD[right], member, **details):
            messages.success(request, _("Kunjungan dicatat."))
            return redirect("programmes:visits", pk)
    return _form(request, form, member, _("Catat kunjungan"))


@needs(_ANY)
def visit_mend(request: Entered, pk: UUID) -> HttpResponse:
    """A newer note in the place of a wrong one."""
    visit = found(request, Visit, pk, queries.HANDS, related=_OF_MEMBER)
    right = _hand(request, visit.member)
    form = _visit_form(request, visit.member, right, of=visit)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "seen": form.seen()}
        if done(request, form, _MEND[right], visit, **details):
            messages.success(request, _("Catatan kunjungan diperbaiki. Yang lama tetap dapat dibaca."))
            return redirect("programmes:visits", visit.member_id)
    return _form(request, form, visit.member, _("Perbaiki catatan kunjungan"))


@needs(_ANY)
def visit_photo(request: Entered, pk: UUID) -> HttpResponse:
    """One photograph more."""
    visit = found(request, Visit, pk, queries.HANDS, related=_OF_MEMBER)
    right = _hand(request, visit.member)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "file": sent(form)}
        if done(request, form, _PHOTO[right], visit, **details):
            messages.success(request, _("Foto disimpan."))
            return redirect("programmes:visits", visit.member_id)
    return _form(request, form, visit.member, _("Tambah foto"))


def _hand(request: Entered, member: Member) -> Permission:
    """By which right this person writes visits. Raises NotAllowed for who only reads."""
    right = queries.hand_of(member, request.user)
    if right is None:
        raise NotAllowed
    return right


def _visit_form(request: Entered, member: Member, right: Permission, **details: Any) -> VisitForm:
    return VisitForm(
        queries.line_choices(member),
        request.POST or None,
        request.FILES or None,
        is_for_mentor=right is _MANAGE,
        **details,
    )


def _form(request: Entered, form: Any, member: Member, title: str) -> HttpResponse:
    return form_page(
        request,
        "ui/form.html",
        form,
        title=title,
        back=reverse("programmes:visits", args=[member.pk]),
        about=member.organisation.name,
    )
