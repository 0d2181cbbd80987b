"""Pages of flags about a body: what stands and stood, raising one, lifting it, those to look at again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.actions import oversight as actions
from simpul.organisations.forms.oversight import FlagForm, ReasonForm
from simpul.organisations.models import Flag, Organisation
from simpul.organisations.queries import oversight_flags as queries
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_VERIFY = Permission.ORGANISATION_VERIFY
_A_PAGE = 50


@needs(Permission.ORGANISATION_INSIDE)
def flags(request: Entered, pk: UUID) -> HttpResponse:
    """Every flag about one body with its words, for the body itself and its office."""
    found = look_up(Organisation, pk, by=request.user, permission=Permission.ORGANISATION_INSIDE)
    if not queries.reads_words(found, request.user):
        raise Http404
    today, rows = timezone.localdate(), queries.flags_of(found)
    return page(
        request,
        "organisations/oversight_flags.html",
        organisation=found,
        flags=rows,
        liftable={flag.pk for flag in rows if queries.may_lift(flag, request.user, today)},
        standing=set(queries.flags_of(found).filter(queries.stands_on(today)).values_list("pk", flat=True)),
        may_raise=is_within_reach(found, request.user, _VERIFY),
    )


@needs(_VERIFY)
def flag_raise(request: Entered, pk: UUID) -> HttpResponse:
    """A warning, a stop or a complaint upheld."""
    found = look_up(Organisation, pk, by=request.user, permission=_VERIFY)
    form = FlagForm(request.POST or None)
    if form.is_valid():
        details = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        if done(request, form, actions.raise_flag, found, key=form.cleaned_data["once"], **details):
            messages.success(request, _("Catatan pengawasan disimpan. Lembaga dapat membacanya."))
            return redirect("organisations:flags", pk)
    return form_page(request, "organisations/oversight_flag.html", form, organisation=found)


@needs(_VERIFY)
def flag_lift(request: Entered, pk: UUID) -> HttpResponse:
    """It stands no more, with the reason."""
    row = look_up(Flag, pk, by=request.user, permission=_VERIFY, related=("organisation",))
    if row.lifted_on is not None:
        return redirect("organisations:flags", row.organisation_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and done(request, form, actions.lift_flag, row, words=form.cleaned_data["because"]):
        messages.success(request, _("Catatan pengawasan dicabut."))
        return redirect("organisations:flags", row.organisation_id)
    return form_page(
        request, "organisations/oversight_lift.html", form, flag=row, organisation=row.organisation
    )


@needs(_VERIFY)
def flags_review(request: Entered) -> HttpResponse:
    """Flags without an end that stand long already, in every body within reach."""
    found = queries.to_review(request.user, timezone.localdate()).select_related("organisation")
    rows = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    return page(request, "organisations/oversight_review.html", rows=rows)
