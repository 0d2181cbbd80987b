"""Papers and hours of a source of help, the public list, stopping, coming back, erasing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.actions.sources_life import (
    agree_to_listing,
    erase_source,
    resume_source,
    stop_source,
    withdraw_listing,
)
from simpul.organisations.actions.sources_papers import add_hours, add_training, strike_hours, strike_training
from simpul.organisations.forms.sources_life import (
    EraseForm,
    HoursForm,
    ListingForm,
    StopForm,
    StrikeForm,
    TrainingForm,
)
from simpul.organisations.models import HoursGiven, Source, Training
from simpul.organisations.queries import sources_one
from simpul.ui.doing import done, form_page, pressed, pressed_on

PAGE_LENGTH = 50


def _found(request: Entered, pk: UUID) -> Source:
    """The source to change: within reach, and not erased."""
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_EDIT)
    if found.is_erased:
        raise Http404
    return found


@needs(Permission.SOURCE_EDIT)
def training_add(request: Entered, pk: UUID) -> HttpResponse:
    """A training or certificate."""
    found = _found(request, pk)
    form = TrainingForm(request.POST or None)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        if done(request, form, add_training, found, key=typed.pop("once"), **typed):
            messages.success(request, _("Pelatihan atau sertifikat dicatat."))
            return redirect("organisations:source", pk)
    return form_page(request, "organisations/sources_training.html", form, source=found)


@needs(Permission.SOURCE_EDIT)
def training_strike(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Strike a wrong row, with a reason."""
    found = look_up(Training, row, by=request.user, permission=Permission.SOURCE_EDIT, related=("source",))
    if found.source_id != pk:
        raise Http404
    form = StrikeForm(request.POST or None)
    if form.is_valid() and done(request, form, strike_training, found, **form.cleaned_data):
        messages.success(request, _("Baris itu dicoret."))
        return redirect("organisations:source", pk)
    return form_page(
        request, "organisations/sources_strike.html", form, source=found.source, words=found.name, hours=None
    )


@needs(Permission.SOURCE_VIEW)
def hours(request: Entered, pk: UUID) -> HttpResponse:
    """Hours given, with totals by year, and a line to add."""
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_VIEW)
    may_edit = is_within_reach(found, request.user, Permission.SOURCE_EDIT) and not found.is_erased
    form = HoursForm(request.POST or None)
    if may_edit and form.is_valid():
        typed = dict(form.cleaned_data)
        if done(request, form, add_hours, found, key=typed.pop("once"), **typed):
            messages.success(request, _("Jam dicatat."))
            return redirect("organisations:source-hours", pk)
    shown = Paginator(sources_one.hours_of(found), PAGE_LENGTH).get_page(request.GET.get("page"))
    years = sources_one.hours_by_year(found)
    return form_page(
        request,
        "organisations/sources_hours.html",
        form,
        source=found,
        page=shown,
        years=years,
        may_edit=may_edit,
    )


@needs(Permission.SOURCE_EDIT)
def hours_strike(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """Strike a wrong row, with a reason."""
    found = look_up(HoursGiven, row, by=request.user, permission=Permission.SOURCE_EDIT, related=("source",))
    if found.source_id != pk:
        raise Http404
    form = StrikeForm(request.POST or None)
    if form.is_valid() and done(request, form, strike_hours, found, **form.cleaned_data):
        messages.success(request, _("Baris itu dicoret."))
        return redirect("organisations:source-hours", pk)
    return form_page(
        request,
        "organisations/sources_strike.html",
        form,
        source=found.source,
        words=found.activity,
        hours=found,
    )


@needs(Permission.SOURCE_EDIT)
def listing(request: Entered, pk: UUID) -> HttpResponse:
    """What the public list shows, and who agrees to it."""
    found = _found(request, pk)
    form = ListingForm(request.POST or None, source=found)
    if form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name not in ("once", "has_read")}
        if done(request, form, agree_to_listing, found, key=form.cleaned_data["once"], **typed):
            messages.success(request, _("Persetujuan dicatat. Namanya tampil di daftar umum."))
            return redirect("organisations:source", pk)
    rows = sources_one.listings_of(found)
    return form_page(request, "organisations/sources_listing.html", form, source=found, rows=rows)


@needs(Permission.SOURCE_EDIT)
@pressed_on("organisations:source")
def listing_withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """One press: withdrawing is as easy as it can be."""
    words = _("Persetujuan dicabut. Namanya sudah hilang dari daftar umum.")
    pressed(request, withdraw_listing, _found(request, pk), words)
    return redirect("organisations:source", pk)


@needs(Permission.SOURCE_EDIT)
def stop(request: Entered, pk: UUID) -> HttpResponse:
    """It no longer serves."""
    found = _found(request, pk)
    form = StopForm(request.POST or None)
    if form.is_valid() and done(request, form, stop_source, found, **form.cleaned_data):
        messages.success(request, _("Dicatat tidak aktif."))
        return redirect("organisations:source", pk)
    return form_page(request, "organisations/sources_stop.html", form, source=found)


@needs(Permission.SOURCE_EDIT)
@pressed_on("organisations:source")
def resume(request: Entered, pk: UUID) -> HttpResponse:
    """It serves again."""
    pressed(request, resume_source, _found(request, pk), _("Dicatat aktif lagi."))
    return redirect("organisations:source", pk)


@needs(Permission.SOURCE_EDIT)
def erase(request: Entered, pk: UUID) -> HttpResponse:
    """Destroy what tells who it was."""
    found = _found(request, pk)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(request, form, erase_source, found, reason=reason):
            messages.success(request, _("Datanya sudah dihapus. Hitungannya tetap."))
            return redirect("organisations:sources")
    return form_page(request, "organisations/sources_erase.html", form, source=found)
