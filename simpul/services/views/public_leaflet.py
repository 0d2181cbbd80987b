"""The leaflet of the directory for one village or kecamatan: on the screen, and as a sheet to print."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.limits import address_of
from simpul.catalogue import services as catalogue
from simpul.services.forms.public import LEAFLETS, AreaForm
from simpul.services.queries import public_leaflet as queries
from simpul.ui.render import file_answer, page
from simpul.ui.typeset import PDF


@login_not_required
def leaflet(request: HttpRequest) -> HttpResponse:
    """Choose a place, look at what the leaflet of it says, print it."""
    form = AreaForm(request.GET)
    is_whole = form.is_valid()
    on, at = timezone.localdate(), timezone.now()
    return page(
        request,
        "services/leaflet.html",
        status=200 if is_whole else 422,
        form=form,
        place=form.place,
        groups=queries.leaflet(form.area, on, at) if form.area else (),
        numbers=catalogue.emergencies(),
        language=get_language() or "id",
        today=on,
        most=queries.MOST,
    )


@login_not_required
def leaflet_pdf(request: HttpRequest) -> HttpResponse:
    """The sheet. Limited, because setting one costs the server more than a page."""
    form = AreaForm(request.GET)
    if not form.is_valid() or form.place.taken is None:
        return redirect("services:leaflet")
    if LEAFLETS.is_over(address_of(request)):
        form.add_error(None, _("Terlalu banyak selebaran dari jaringan ini. Coba lagi sejam lagi."))
        told: dict[str, Any] = {
            "form": form,
            "place": form.place,
            "groups": (),
            "numbers": catalogue.emergencies(),
        }
        told |= {"language": get_language() or "id", "today": timezone.localdate(), "most": queries.MOST}
        return page(request, "services/leaflet.html", status=429, **told)
    on, place = timezone.localdate(), form.place.taken
    address = request.build_absolute_uri(f"{reverse('services:public')}?wilayah={place.code}")
    groups = queries.leaflet(place.code, on, timezone.now())
    leaflet = queries.leaflet_pdf(place, groups, address, on)
    return file_answer(leaflet, PDF, f"bantuan-{place.code}.pdf", opens=True, is_public=True)
