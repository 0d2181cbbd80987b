"""Pages of programmes: all of them, one with what each part says of it, a new one, its stages and criteria."""

from __future__ import annotations

import uuid
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
from simpul.programmes.actions import programme as actions
from simpul.programmes.forms.programme import CriteriaForm, MoveForm, ProgrammeForm
from simpul.programmes.models import Programme
from simpul.programmes.queries import criteria as criteria_queries
from simpul.programmes.queries import programme as queries
from simpul.programmes.queries.panels import panels_of
from simpul.programmes.views.reached import found
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

# Everybody who signs in may come here; which rows they reach is for the rows to say.
_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
PAGE_LENGTH = 50


@needs(_ANY)
def programmes(request: Entered) -> HttpResponse:
    """The programmes that this person has to do with."""
    rows = Paginator(queries.programmes_of(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    takes_part = request.user.can(Permission.PROGRAMME_TAKE_PART)
    may_set_up = request.user.can(_MANAGE)
    return page(
        request,
        "programmes/programmes.html",
        page=rows,
        may_set_up=may_set_up,
        may_evaluate=request.user.can(Permission.PROGRAMME_EVALUATE),
        takes_part=takes_part,
    )


@needs(_ANY)
def programme(request: Entered, pk: UUID) -> HttpResponse:
    """One programme: how far it is, and each part as far as this person may see it."""
    row = found(request, Programme, pk, queries.READERS)
    panels = panels_of(row, request.user, timezone.localdate())
    shown = queries.shown(row, request.user)
    return page(request, "programmes/programme.html", programme=row, shown=shown, **panels)


@needs(_MANAGE)
def programme_new(request: Entered) -> HttpResponse:
    """A new programme of one's own office."""
    offered = queries.instruments_for(request.user)
    form = ProgrammeForm(offered, request.POST or None, {"once": uuid.uuid4(), "design": "one_group"})
    if form.is_bound and form.looks_up:
        return _programme_form(request, form.unjudged(), _("Program baru"), status=200)
    if form.is_valid():
        where, key = queries.office_of(request.user), form.cleaned_data["once"] or uuid.uuid4()
        if made := done(request, form, actions.set_up, where, key=key, told=form.told()):
            messages.success(request, _("Program disimpan."))
            return redirect("programmes:programme", made.pk)
    return _programme_form(request, form, _("Program baru"))


@needs(_MANAGE)
def programme_change(request: Entered, pk: UUID) -> HttpResponse:
    """Other words, days or places."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    form = ProgrammeForm.of(row, queries.instruments_for(request.user), request.POST or None)
    if form.is_bound and form.looks_up:
        return _programme_form(request, form.unjudged(), _("Ubah program"), row, status=200)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change, row, version=version, told=form.told()):
            messages.success(request, _("Program disimpan."))
            return redirect("programmes:programme", pk)
    return _programme_form(request, form, _("Ubah program"), row)


def _programme_form(
    request: Entered, form: ProgrammeForm, title: str, row: Programme | None = None, status: int = 0
) -> HttpResponse:
    back = reverse("programmes:programme", args=[row.pk]) if row else reverse("programmes:programmes")
    status = status or (422 if form.is_bound else 200)
    return page(request, "programmes/programme_form.html", status=status, form=form, title=title, back=back)


@needs(_MANAGE)
def programme_criteria(request: Entered, pk: UUID) -> HttpResponse:
    """By which criteria bodies are chosen, in words and as rules."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    form = CriteriaForm(row, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"]
        if done(request, form, actions.set_criteria, row, version=version, criteria=form.criteria()):
            messages.success(request, _("Kriteria disimpan. Calon dinilai lagi ketika diputuskan."))
            return redirect("programmes:candidates", pk)
    words = tuple(criteria_queries.vocabulary())
    return form_page(request, "programmes/programme_criteria.html", form, programme=row, vocabulary=words)


@needs(_MANAGE)
def programme_move(request: Entered, pk: UUID) -> HttpResponse:
    """On to another stage, or to its end."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    offered = queries.next_stages(row)
    begun = {"version": row.version, "reached_on": timezone.localdate()}
    form = MoveForm(offered, request.POST or None, begun)
    if form.is_valid() and done(request, form, actions.move, row, **form.cleaned_data):
        messages.success(request, _("Tahap program dicatat."))
        return redirect("programmes:programme", pk)
    return _form(request, form, row, _("Tahap berikutnya"))


def _form(request: Entered, form: Any, row: Programme, title: str, **shown: Any) -> HttpResponse:
    back = reverse("programmes:programme", args=[row.pk])
    return form_page(request, "ui/form.html", form, title=title, back=back, about=row.title, **shown)
