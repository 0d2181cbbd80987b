"""Organisations' pages: the list, one of them, a new one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.organisations import actions, queries
from simpul.organisations.forms import RegisterForm
from simpul.organisations.models import Organisation
from simpul.ui.render import page


@needs(Permission.ORGANISATION_VIEW)
def organisations(request: Entered) -> HttpResponse:
    return page(
        request,
        "organisations/organisations.html",
        organisations=queries.directory(),
        may_register=request.user.can(Permission.ORGANISATION_REGISTER),
    )


@needs(Permission.ORGANISATION_VIEW)
def organisation(request: Entered, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    shown = queries.may_see_address(found, request.user)
    return page(request, "organisations/organisation.html", organisation=found, may_see_address=shown)


@needs(Permission.ORGANISATION_REGISTER)
def register(request: Entered) -> HttpResponse:
    form = RegisterForm(request.POST or None, initial={"once": uuid.uuid4()}, label_suffix="")
    if "region_find" in request.POST:
        form.unjudged()
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
            return redirect("organisations:organisation", made.pk)
    return page(request, "organisations/register.html", form=form)
