"""What is pressed from a phone: still right, so many places free."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.services.actions import room as actions
from simpul.services.forms.room import RoomForm
from simpul.services.views.asking import EDIT, done, kept_service
from simpul.ui.doing import form_page, pressed, pressed_on

_LISTS = {"mine": "services:mine", "unconfirmed": "services:unconfirmed"}


@needs(EDIT)
@pressed_on("services:one")
def confirm(request: Entered, pk: UUID) -> HttpResponse:
    """The whole listing still holds. How many places are free is not said by it: some were given since."""
    service = kept_service(request, pk)
    words = _("Terima kasih. Layanan ini tercatat masih sesuai hari ini.")
    pressed(request, actions.confirm_listing, service, words)
    return _back(request, pk)


@needs(EDIT)
def room(request: Entered, pk: UUID) -> HttpResponse:
    """Only how many places are free."""
    service = kept_service(request, pk)
    form = RoomForm(request.POST or None)
    if form.is_valid():
        told = {"free": form.cleaned_data["free"], "key": form.cleaned_data["once"]}
        if done(request, form, actions.tell_room, service, **told):
            return _back(request, pk)
    return form_page(request, "services/room.html", form, service=service)


def _back(request: Entered, pk: UUID) -> HttpResponse:
    """To the list from which it was pressed, or to the listing itself."""
    name = _LISTS.get(request.POST.get("back", ""))
    return redirect(name) if name else redirect("services:one", pk)
