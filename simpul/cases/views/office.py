"""Pages of an office's norms: request in, one call, page out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.cases.actions.office import set_model, set_norms
from simpul.cases.forms.office import ModelForm, NormsForm
from simpul.cases.queries.office import as_worked, homes_named, homes_of, model_told, office_at
from simpul.catalogue import casework
from simpul.ui.doing import done, form_page
from simpul.ui.render import page


@needs(Permission.CASE_SETTINGS)
def norms(request: Entered) -> HttpResponse:
    """The offices whose norms this person may set; the only one at once."""
    homes = homes_named(request.user)
    if len(homes) == 1:
        return redirect(homes[0].address, homes[0].key)
    return page(request, "cases/office.html", homes=homes, form=None)


@needs(Permission.CASE_SETTINGS)
def norms_of_organisation(request: Entered, organisation: UUID) -> HttpResponse:
    return _norms(request, Where(organisation=organisation))


@needs(Permission.CASE_SETTINGS)
def norms_of_area(request: Entered, region: str) -> HttpResponse:
    return _norms(request, Where(region=region))


def _norms(request: Entered, where: Where) -> HttpResponse:
    """The norms of one office: default, source, own value. After a clash the page carries the newest version."""
    if where not in homes_of(request.user):
        raise Http404
    office = office_at(where)
    is_reset = "reset" in request.POST
    form = NormsForm(office, request.POST or None)
    if (is_reset or form.is_valid()) and form.is_bound and _saved(request, where, form, is_reset=is_reset):
        return redirect(request.path)
    home = next(home for home in homes_named(request.user) if home.where == where)
    office = office_at(where)
    version = office.version if office else 0
    models = [(model, model.code in (office.models if office else {})) for model in casework.working_models()]
    return form_page(
        request, "cases/office.html", form, home=home, office=office, version=version, models=models
    )


@needs(Permission.CASE_SETTINGS)
def model(request: Entered, code: str, organisation: UUID | None = None, region: str = "") -> HttpResponse:
    """One working model as this office works it, beside what the catalogue says."""
    where, known = Where(organisation=organisation, region=region), casework.working_model(code)
    if where not in homes_of(request.user) or known is None:
        raise Http404
    home = next(home for home in homes_named(request.user) if home.where == where)
    office = office_at(where)
    own, version = (office.models, office.version) if office else ({}, 0)
    form = ModelForm(as_worked(known, own), request.POST or None, version=version)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "model": code, "own": form.own()}
        if done(request, form, set_model, where, **details):
            messages.success(request, _("Model kerja disimpan."))
            return redirect(home.address, home.key)
    return form_page(
        request,
        "cases/office_model.html",
        form,
        home=home,
        model=known,
        version=version,
        changed=model_told(known, own[code]) if code in own else "",
    )


def _saved(request: Entered, where: Where, form: NormsForm, *, is_reset: bool) -> bool:
    form.full_clean()
    version = form.cleaned_data.get("version")
    own = {} if is_reset else form.own()
    if not done(request, form, set_norms, where, version=version or 0, own=own):
        return False
    messages.success(request, _("Norma dikembalikan ke asalnya.") if is_reset else _("Norma disimpan."))
    return True
