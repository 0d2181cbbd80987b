"""Pages of where and when a service is given: places, regions, hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.organisations.queries.bodies import is_place_secret
from simpul.services.actions import areas as area_actions
from simpul.services.actions import hours as hours_actions
from simpul.services.actions import places as place_actions
from simpul.services.forms.hours import HoursForm
from simpul.services.forms.places import AreasForm, PlaceForm
from simpul.services.models import Area, Place, Service
from simpul.services.queries.hours import words_of
from simpul.services.queries.page import hours_rows, other_places
from simpul.services.queries.places import places_of
from simpul.services.views.asking import EDIT, done, has_clashed, kept_service
from simpul.ui.doing import form_page, pressed, pressed_on, unjudged
from simpul.ui.render import page

# --- places ---


@needs(EDIT)
def place_add(request: Entered, pk: UUID) -> HttpResponse:
    """A new place of this service, or one that its body has already."""
    service = kept_service(request, pk)
    form = PlaceForm(request.POST or None, organisation=service.organisation)
    if form.looks_up:
        return _place_page(request, unjudged(form), service, None)
    if form.is_valid():
        told = {"key": form.cleaned_data["once"], "values": form.values()}
        if done(request, form, place_actions.add_place, service, **told):
            messages.success(request, _("Tempat disimpan."))
            return redirect("services:one", pk)
    return _place_page(request, form, service, None)


@needs(EDIT)
@pressed_on("services:one")
def place_use(request: Entered, pk: UUID, place: UUID) -> HttpResponse:
    """The service is given at that place of its body too."""
    pressed(request, place_actions.use_place, kept_service(request, pk), _("Tempat dicatat."), place=place)
    return redirect("services:one", pk)


@needs(EDIT)
def place_change(request: Entered, pk: UUID, place: UUID) -> HttpResponse:
    """What is told of a place."""
    service = kept_service(request, pk)
    row = look_up(Place, place, by=request.user, permission=EDIT, related=("organisation",))
    form = PlaceForm(request.POST or None, organisation=row.organisation, place=row)
    if form.looks_up:
        return _place_page(request, unjudged(form), service, row)
    if form.is_valid():
        told = {"version": form.cleaned_data["version"] or 0, "values": form.values()}
        if done(request, form, place_actions.change_place, row, **told):
            messages.success(request, _("Tempat disimpan."))
            return redirect("services:one", pk)
        if has_clashed(form):
            row.refresh_from_db(fields=["version"])
            form.based_on(row.version)
    return _place_page(request, form, service, row)


def _place_page(request: Entered, form: PlaceForm, service: Service, place: Place | None) -> HttpResponse:
    status = 422 if form.errors else 200
    shown: dict[str, Any] = {
        "place": place,
        "others": () if place else other_places(service),
        "is_secret": is_place_secret(service.organisation),
    }
    return page(request, "services/place.html", status=status, form=form, service=service, **shown)


@needs(EDIT)
@pressed_on("services:one")
def place_leave(request: Entered, pk: UUID, place: UUID) -> HttpResponse:
    """The service is not given there any more."""
    words = _("Tempat dikeluarkan dari layanan ini.")
    pressed(request, place_actions.leave_place, kept_service(request, pk), words, place=place)
    return redirect("services:one", pk)


# --- regions ---


@needs(EDIT)
def areas(request: Entered, pk: UUID) -> HttpResponse:
    """Whose people it takes."""
    service = kept_service(request, pk)
    codes = list(Area.objects.filter(service=service).order_by("code").values_list("code", flat=True))
    form = AreasForm(request.POST or None, codes=codes)
    if form.looks_up:
        unjudged(form)
    elif form.is_valid():
        told = {"seen": form.seen_codes(), "codes": form.cleaned_data["areas"]}
        if done(request, form, area_actions.set_areas, service, **told):
            messages.success(request, _("Wilayah disimpan."))
            return redirect("services:one", pk)
        if has_clashed(form):
            form.based_on(codes)
    status = 422 if form.errors else 200
    return page(request, "services/areas.html", status=status, form=form, service=service)


# --- hours ---


@needs(EDIT)
def hours(request: Entered, pk: UUID) -> HttpResponse:
    """When it is open: the rows that stand, and one more."""
    service = kept_service(request, pk)
    form = HoursForm(request.POST or None, places=places_of([service])[service.pk])
    if form.is_valid():
        told = {"key": form.cleaned_data["once"], "values": form.values()}
        if done(request, form, hours_actions.add_hours, service, **told):
            messages.success(request, _("Jam buka disimpan."))
            return redirect("services:hours", pk)
    rows = [(row, words_of([row])[0]) for row in hours_rows(service)]
    return form_page(request, "services/hours.html", form, service=service, rows=rows)


@needs(EDIT)
@pressed_on("services:hours")
def hours_remove(request: Entered, pk: UUID, row: UUID) -> HttpResponse:
    """This time does not hold any more."""
    words = _("Jam itu dikeluarkan.")
    pressed(request, hours_actions.remove_hours, kept_service(request, pk), words, row=row)
    return redirect("services:hours", pk)
