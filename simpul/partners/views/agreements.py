"""Pages of agreements between bodies: all of them, of one body, one, and what happens to it."""

from __future__ import annotations

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
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation
from simpul.partners.actions import agreements as actions
from simpul.partners.forms.agreements import AgreementForm, BodyForm, EndForm
from simpul.partners.models import Agreement
from simpul.partners.queries import agreements as queries
from simpul.ui.doing import done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page

_VIEW, _EDIT = Permission.PARTNER_VIEW, Permission.PARTNER_EDIT
_A_PAGE = 50


@needs(_VIEW)
def agreements(request: Entered) -> HttpResponse:
    """All agreements within reach."""
    text = request.GET.get("q", "")
    rows = Paginator(queries.agreements_within_reach(request.user, text), _A_PAGE).get_page(
        request.GET.get("page")
    )
    return page(
        request,
        "partners/agreements.html",
        text=text,
        rows=rows,
        shown=queries.shown(rows.object_list, timezone.localdate()),
        organisation=None,
        may_make=queries.own_bodies(request.user).exists(),
    )


@needs(_VIEW)
def agreements_of(request: Entered, pk: UUID) -> HttpResponse:
    """The agreements of one body, on either side."""
    found = look_up(Organisation, pk, by=request.user, permission=Permission.ORGANISATION_VIEW)
    rows = Paginator(queries.agreements_of(found, request.user), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "partners/agreements.html",
        text="",
        rows=rows,
        shown=queries.shown(rows.object_list, timezone.localdate()),
        organisation=found,
        may_make=is_within_reach(found, request.user, _EDIT),
    )


@needs(_EDIT)
def agreement_for(request: Entered) -> HttpResponse:
    """For which of one's own bodies a new agreement is; passed over where there is only one."""
    bodies = list(queries.own_bodies(request.user))
    if len(bodies) == 1:
        return redirect("partners:agreement-make", bodies[0].pk)
    form = BodyForm(bodies, request.POST or None)
    if form.is_valid():
        return redirect("partners:agreement-make", form.cleaned_data["body"])
    back = reverse("partners:agreements")
    return form_page(request, "ui/form.html", form, title=_("Kerja sama baru"), back=back, button=_("Lanjut"))


@needs(_EDIT)
def agreement_make(request: Entered, pk: UUID) -> HttpResponse:
    """A new agreement of this body."""
    found = look_up(Organisation, pk, by=request.user, permission=_EDIT)
    form = AgreementForm(request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "terms": form.terms()}
        if made := done(request, form, actions.make, found, **details):
            messages.success(request, _("Kerja sama disimpan sebagai draf."))
            return redirect("partners:agreement", made.pk)
    back = reverse("partners:agreements-of", args=[found.pk])
    return form_page(request, "ui/form.html", form, title=_("Kerja sama baru"), back=back, about=found.name)


@needs(_VIEW)
def agreement(request: Entered, pk: UUID) -> HttpResponse:
    """One agreement."""
    row = look_up(Agreement, pk, by=request.user, permission=_VIEW, related=("organisation", "partner"))
    return page(
        request,
        "partners/agreement.html",
        row=row,
        shown=queries.shown([row], timezone.localdate())[0],
        may_edit=is_within_reach(row, request.user, _EDIT),
        may_confirm=queries.may_confirm(row, request.user),
    )


@needs(_EDIT)
def agreement_change(request: Entered, pk: UUID) -> HttpResponse:
    """Other terms of a draft."""
    row = look_up(Agreement, pk, by=request.user, permission=_EDIT)
    form = AgreementForm.of(row, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change, row, version=version, terms=form.terms()):
            messages.success(request, _("Perubahan disimpan."))
            return redirect("partners:agreement", pk)
    back = reverse("partners:agreement", args=[pk])
    return form_page(request, "ui/form.html", form, title=_("Ubah kerja sama"), back=back)


@needs(_EDIT)
@pressed_on("partners:agreement")
def agreement_start(request: Entered, pk: UUID) -> HttpResponse:
    """From now on it stands."""
    row = look_up(Agreement, pk, by=request.user, permission=_EDIT)
    pressed(
        request, actions.put_in_force, row, _("Kerja sama sekarang berlaku."), version=read_version(request)
    )
    return redirect("partners:agreement", pk)


@needs(_VIEW)
@pressed_on("partners:agreement")
def agreement_confirm(request: Entered, pk: UUID) -> HttpResponse:
    """The other side says that it is so."""
    row = look_up(Agreement, pk, by=request.user, permission=_VIEW)
    pressed(request, actions.confirm, row, _("Terima kasih. Kerja sama dibenarkan."))
    return redirect("partners:agreement", pk)


@needs(_EDIT)
def agreement_end(request: Entered, pk: UUID) -> HttpResponse:
    """It ends, and why."""
    row = look_up(Agreement, pk, by=request.user, permission=_EDIT)
    form = EndForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.end, row, **form.cleaned_data):
        messages.success(request, _("Kerja sama diakhiri. Catatannya tetap dapat dibaca."))
        return redirect("partners:agreement", pk)
    back = reverse("partners:agreement", args=[pk])
    return form_page(
        request, "ui/form.html", form, title=_("Akhiri kerja sama"), back=back, about=row.partner_name
    )
