"""Organisations' pages: one of them, its structure, a new one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs, note_reading
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import NotAllowed, Refusal
from simpul.organisations import actions
from simpul.organisations.forms.bodies import RegisterForm
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies_page import may_see_people, panels_of, record_of, structure_of
from simpul.organisations.views.parts import warn_of_place
from simpul.ui.doing import unjudged
from simpul.ui.render import page


@needs(Permission.ORGANISATION_VIEW)
def organisation(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The whole record of a body, as far as this person may see it. That it exists is public."""
    found = get_object_or_404(Organisation, pk=pk)
    today = timezone.localdate()
    record = record_of(found, request.user, today)
    if record.sight.inside:
        note_reading(found, by=request.user, permission=Permission.ORGANISATION_INSIDE)
    panels = panels_of(found, request.user, today)
    return page(request, "organisations/organisation.html", organisation=found, record=record, **panels)


@needs(Permission.ORGANISATION_VIEW)
def structure(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The organogram, and the table under it."""
    found = get_object_or_404(Organisation, pk=pk)
    if not may_see_people(found, request.user):
        raise NotAllowed
    drawn = structure_of(found, timezone.localdate())
    return page(request, "organisations/bodies_structure.html", organisation=found, structure=drawn)


@needs(Permission.ORGANISATION_REGISTER)
def register(request: Entered) -> HttpResponse:
    form = RegisterForm(request.POST or None, initial={"once": uuid.uuid4()})
    if "region_find" in request.POST:
        unjudged(form)
    elif form.is_valid():
        try:
            made = actions.register(
                Where(organisation=form.cleaned_data["once"], region=form.cleaned_data["region"]),
                by=request.user,
                key=form.cleaned_data["once"],
                on=timezone.localdate(),
                **form.details(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s sudah didaftarkan.") % {"name": made.name})
            warn_of_place(request, made, made.about, made.source)
            return redirect("organisations:organisation", made.pk)
    return page(request, "organisations/register.html", form=form)
