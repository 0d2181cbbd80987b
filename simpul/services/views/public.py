"""Pages for everybody: which help there is, and where. Who looks, and for what, is recorded nowhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from simpul.catalogue import services as catalogue
from simpul.services.forms.public import PublicForm
from simpul.services.queries.public_page import lines_of, public_service
from simpul.services.queries.public_search import Wanted, found, guarded_needs, guarded_situations
from simpul.ui.render import page

PAGE_LENGTH = 10
# Where the quick way out leads: a page about the weather, which says nothing about who came from where.
NEUTRAL = "https://www.bmkg.go.id/"
_OUT_OF_ADDRESSES = {"situasi": guarded_situations, "melayani": guarded_needs}


@login_not_required
@never_cache
def public(request: HttpRequest) -> HttpResponse:
    """The directory. What may stand in an address is sent on to one, so that going back works; the rest is not."""
    form = PublicForm(request.POST or _told_openly(request.GET))
    wanted = form.wanted()
    if request.method == "POST" and wanted and not wanted.is_guarded:
        return redirect(f"{reverse('services:public')}?{urlencode(form.carried('di'))}")
    told: dict[str, Any] = {"form": form, "place": form.place, "wanted": wanted, **_numbers(wanted)}
    if wanted is None or not (wanted.is_anything or "semua" in request.GET):
        return page(request, "services/public_start.html", status=200 if wanted else 422, **told, **_words())
    on, at = timezone.localdate(), timezone.now()
    asked_page = request.POST.get("page") or request.GET.get("page")
    rows = Paginator(found(wanted, on, at), PAGE_LENGTH).get_page(asked_page)
    told |= {"page": rows, "lines": lines_of(rows, wanted.area, on, at)}
    told |= {"carried": form.carried(), "elsewhere": form.carried("di", "wilayah")}
    return page(request, "services/public.html", **told)


def _told_openly(typed: QueryDict) -> QueryDict:
    """An address without what must not stand in one: who has such an address by hand finds the first page."""
    kept = typed.copy()
    kept.pop("cari", None)
    for name, guarded in _OUT_OF_ADDRESSES.items():
        if kept.get(name) in guarded():
            kept.pop(name)
    return kept


def _numbers(wanted: Wanted | None) -> dict[str, Any]:
    """The numbers to call, before anything else where the situation is an emergency."""
    situation = catalogue.situation(wanted.situation) if wanted else None
    is_urgent = bool(situation and situation.is_emergency)
    codes = [situation.code] if situation and situation.numbers else []
    return {
        "numbers": catalogue.numbers_for(codes),
        "is_urgent": is_urgent,
        "situation": situation,
        "language": get_language() or "id",
    }


def _words() -> dict[str, Any]:
    every = catalogue.situations()
    # Links need no cookie, unlike forms; what is guarded stands in no address.
    return {"situations": every, "plain_situations": [one for one in every if not one.is_guarded]}


@login_not_required
@never_cache
def public_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service: what, for whom, where, when, what it costs and what to bring."""
    shown = public_service(pk, timezone.localdate(), timezone.now())
    if shown is None:
        raise Http404
    language = get_language() or "id"
    return page(request, "services/public_one.html", shown=shown, service=shown.service, language=language)


@login_not_required
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """The quick way out: to a page that tells nothing, which does not hear where somebody came from."""
    response = redirect(NEUTRAL)
    response["Referrer-Policy"] = "no-referrer"
    # What the browser kept of these pages goes as well, where it does as it is told.
    response["Clear-Site-Data"] = '"cache"'
    return response
