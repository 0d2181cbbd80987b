"""Pages of breaking the glass: opening what is protected, ending it early, and looking at it afterwards."""

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
from simpul.cases.actions import glass as actions
from simpul.cases.forms.privacy import GlassForm
from simpul.cases.models import BrokenGlass
from simpul.cases.queries.glass import has_closed_case, opened_for, openings, openings_shown
from simpul.people.models import Person
from simpul.ui.doing import done, form_page, pressed
from simpul.ui.render import page

PAGE_LENGTH = 50


@needs(Permission.CASE_BREAK_GLASS)
def break_glass(request: Entered, pk: UUID) -> HttpResponse:
    """Why what is closed about this person has to be opened now; and what is open for a while."""
    person = look_up(Person, pk, by=request.user, permission=Permission.CASE_BREAK_GLASS)
    is_closed = has_closed_case(person, request.user)
    opened = opened_for(person, request.user, timezone.now())
    if not is_closed and not opened:
        # Whether there never was anything, or it is not for this worker, looks the same.
        raise Http404
    form = GlassForm(request.POST or None)
    if form.is_valid():
        key, because = form.cleaned_data["once"], form.cleaned_data["because"]
        if done(request, form, actions.break_glass, person, key=key, because=because):
            messages.warning(request, _("Berkas terbuka untuk Anda sementara. Supervisor sudah diberi tahu."))
            return redirect("cases:break-glass", pk)
    return form_page(request, "cases/glass.html", form, person=person, is_closed=is_closed, opened=opened)


@needs(Permission.CASE_BREAK_GLASS)
def close_glass(request: Entered, pk: UUID) -> HttpResponse:
    """End an opening before its time."""
    row = look_up(BrokenGlass, pk, by=request.user, permission=Permission.CASE_BREAK_GLASS)
    if request.method == "POST":
        pressed(request, actions.close_glass, row, _("Pembukaan darurat diakhiri."))
    if is_within_reach(row.case, request.user, Permission.CASE_VIEW):
        return redirect("cases:privacy", row.case_id)
    return redirect("people:person", row.case.person_id)


@needs(Permission.CASE_APPROVE)
def acknowledge_glass(request: Entered, pk: UUID) -> HttpResponse:
    """A supervisor has looked at an opening."""
    row = look_up(BrokenGlass, pk, by=request.user, permission=Permission.CASE_APPROVE)
    if request.method == "POST":
        pressed(request, actions.acknowledge_glass, row, _("Pembukaan darurat sudah diperiksa."))
    return redirect("cases:privacy", row.case_id)


@needs(Permission.CASE_APPROVE)
def glass_openings(request: Entered) -> HttpResponse:
    """What was opened in an emergency within reach, for who supervises."""
    found = Paginator(openings(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    shown = openings_shown(found, request.user)
    return page(request, "cases/glass_openings.html", openings=shown, page=found)
