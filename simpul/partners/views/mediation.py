"""Pages of mediation for those who work at home."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.rows import key_in
from simpul.organisations.models import Organisation
from simpul.partners.actions import mediation as actions
from simpul.partners.forms.agreements import BodyForm
from simpul.partners.forms.mediation import AskForm, MediatorForm, NextForm
from simpul.partners.models import Mediation
from simpul.partners.queries import mediation as queries
from simpul.partners.queries.agreements import own_bodies
from simpul.partners.queries.survey import survey_of
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_VIEW, _EDIT = Permission.PARTNER_VIEW, Permission.PARTNER_EDIT
_A_PAGE = 50


@needs(_VIEW)
def mediations(request: Entered) -> HttpResponse:
    """All mediations within reach, or those of one body."""
    body = key_in(request.GET.get("lembaga", ""))
    rows = Paginator(queries.mediations_within_reach(request.user, body), _A_PAGE)
    return page(
        request,
        "partners/mediations.html",
        rows=rows.get_page(request.GET.get("page")),
        may_ask=own_bodies(request.user).exists(),
        is_narrowed=body is not None,
    )


@needs(_EDIT)
def mediation_for(request: Entered) -> HttpResponse:
    """For which of one's own bodies a mediator is asked; passed over where there is only one."""
    bodies = list(own_bodies(request.user))
    if len(bodies) == 1:
        return redirect("partners:mediation-ask", bodies[0].pk)
    form = BodyForm(bodies, request.POST or None)
    if form.is_valid():
        return redirect("partners:mediation-ask", form.cleaned_data["body"])
    back = reverse("partners:mediations")
    return form_page(request, "ui/form.html", form, title=_("Minta mediator"), back=back, button=_("Lanjut"))


@needs(_EDIT)
def mediation_ask(request: Entered, pk: UUID) -> HttpResponse:
    """A workers' organisation asks for a mediator."""
    found = look_up(Organisation, pk, by=request.user, permission=_EDIT)
    form = AskForm(request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "asked": form.asked()}
        if made := done(request, form, actions.ask, found, **details):
            messages.success(request, _("Permintaan mediasi disimpan."))
            return redirect("partners:mediation", made.pk)
    back = reverse("partners:mediations")
    return form_page(request, "ui/form.html", form, title=_("Minta mediator"), back=back, about=found.name)


@needs(_VIEW)
def mediation(request: Entered, pk: UUID) -> HttpResponse:
    """One mediation, and its next stage for who keeps it."""
    row = look_up(Mediation, pk, by=request.user, permission=_VIEW, related=("organisation",))
    told: dict[str, Any] = {"shown": queries.whole(row, request.user), "survey": survey_of(row, request.user)}
    return page(request, "partners/mediation.html", **told)


@needs(_EDIT)
def mediation_mediator(request: Entered, pk: UUID) -> HttpResponse:
    """Who is asked to mediate, where nobody was or the one who was does not answer."""
    row = look_up(Mediation, pk, by=request.user, permission=_EDIT, related=("organisation",))
    held = {"version": row.version, "mediator": row.mediator_name}
    form = MediatorForm(request.POST or None, initial=held)
    if form.is_valid() and done(request, form, actions.ask_mediator, row, **form.cleaned_data):
        messages.success(request, _("Mediator dicatat."))
        return redirect("partners:mediation", pk)
    back = reverse("partners:mediation", args=[pk])
    return form_page(
        request, "ui/form.html", form, title=_("Siapa mediatornya?"), back=back, about=row.counterpart
    )


@needs(_EDIT)
def mediation_next(request: Entered, pk: UUID) -> HttpResponse:
    """The mediation comes to its next stage."""
    row = look_up(Mediation, pk, by=request.user, permission=_EDIT, related=("organisation",))
    form = NextForm(queries.whole(row, request.user).following, row.version, request.POST or None)
    if form.is_valid() and done(request, form, actions.go_on, row, **form.cleaned_data):
        messages.success(request, _("Langkah dicatat."))
        return redirect("partners:mediation", pk)
    back = reverse("partners:mediation", args=[pk])
    return form_page(
        request, "ui/form.html", form, title=_("Langkah berikut"), back=back, about=row.counterpart
    )
