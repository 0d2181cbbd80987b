"""Pages for everybody: looking for a body that helps, and one of them. Who looks is recorded nowhere."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from simpul.organisations.forms.public import PublicForm
from simpul.organisations.queries import public as queries
from simpul.organisations.queries.office_kept import CountedOnce
from simpul.organisations.queries.office_list import lines_of
from simpul.places.queries import names_of
from simpul.ui.render import page

PAGE_LENGTH = 20


@login_not_required
def public_list(request: HttpRequest) -> HttpResponse:
    """Bodies by name, place, need and kind."""
    on, form = timezone.localdate(), PublicForm(request.GET)
    asked = form.asked()
    rows = queries.public_list(asked, on) if asked else queries.public_bodies().none()
    found = CountedOnce(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    lines = lines_of(found, on)
    return page(
        request,
        "organisations/public_list.html",
        status=200 if asked else 422,
        form=form,
        place=form.place,
        page=found,
        lines=lines,
        places=names_of({line.region for line in lines}),
        is_asked=bool(asked and asked.address),
        sources=queries.sources_in(asked.area, on) if asked else (),
    )


@login_not_required
def public(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One body: what it does, whom it serves, where, registered and accredited until when."""
    found = queries.public_page(pk, timezone.localdate())
    if found is None:
        raise Http404
    return page(request, "organisations/public.html", shown=found, organisation=found.organisation)
