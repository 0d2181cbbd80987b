"""Pages of the types of sources of help: all of them, and an office's own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.catalogue import sources as catalogue
from simpul.organisations.actions import source_types as actions
from simpul.organisations.forms.source_types import LocalTypeForm, WordsForm
from simpul.organisations.models import LocalType
from simpul.organisations.queries import source_types as queries
from simpul.organisations.queries.registration_rules import called
from simpul.places.queries import names_of
from simpul.ui.doing import done, form_page, pressed
from simpul.ui.render import page


@needs(Permission.SOURCE_VIEW)
def types(request: Entered) -> HttpResponse:
    """The twelve types with their criteria, other rules, the older lists; apart from them what regions added."""
    own, kept = queries.shown_to(request.user), queries.kept_by(request.user)
    names = names_of({row.region for row in own})
    return page(
        request,
        "organisations/sources_types.html",
        edition=catalogue.edition(),
        local=catalogue.local_types(),
        own=[(row, str(names.get(row.region, row.region)), row.region in kept) for row in own],
        may_add=bool(kept),
        older=catalogue.older_editions(),
    )


@needs(Permission.SOURCE_EDIT)
def add(request: Entered) -> HttpResponse:
    """A new type of an office; only who works for an office adds one."""
    offices = queries.kept_by(request.user)
    if not offices:
        raise Http404
    form = LocalTypeForm(request.POST or None, offices=called(offices).items())
    if form.is_valid():
        where = Where(region=form.cleaned_data["region"])
        if done(request, form, actions.add_local_type, where, **form.details()):
            messages.success(request, _("Jenis tambahan disimpan."))
            return redirect("organisations:source-types")
    return form_page(request, "organisations/source_type.html", form, row=None)


@needs(Permission.SOURCE_EDIT)
def word(request: Entered, pk: UUID) -> HttpResponse:
    """Other words for a type of the own office."""
    row = _own(request, pk)
    form = WordsForm.of(row, request.POST or None)
    if form.is_valid() and done(request, form, actions.word_local_type, row, **form.details()):
        messages.success(request, _("Jenis tambahan disimpan."))
        return redirect("organisations:source-types")
    row.refresh_from_db()
    return form_page(request, "organisations/source_type.html", form, row=row)


@needs(Permission.SOURCE_EDIT)
def end(request: Entered, pk: UUID) -> HttpResponse:
    """No new sources of this type; or, where it has ended, some again."""
    row = _own(request, pk)
    if request.method == "POST" and row.ended_on is None:
        words = _("Jenis itu tidak dipakai lagi untuk yang baru. Yang sudah tercatat tetap.")
        pressed(request, actions.end_local_type, row, words)
    elif request.method == "POST":
        pressed(request, actions.resume_local_type, row, _("Jenis itu dipakai lagi."))
    return redirect("organisations:source-types")


def _own(request: Entered, pk: UUID) -> LocalType:
    """A type of an office for which this person works. Raises Http404 for any other."""
    row: LocalType = look_up(LocalType, pk, by=request.user, permission=Permission.SOURCE_EDIT)
    if row.region not in queries.kept_by(request.user):
        raise Http404
    return row
