"""Pages and files for everybody: safe numbers of an area. Who reads them is recorded nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

from simpul.access.limits import AN_HOUR, Limit, address_of
from simpul.catalogue.disclosure import rules
from simpul.recaps.models import Release
from simpul.recaps.queries import public as queries
from simpul.ui.render import page
from simpul.ui.sheets import CSV

# How long a copy on the way may be shown; a withdrawn release disappears within that time.
_FRESH = 600
FORMS = {"csv": (CSV, queries.as_open_csv), "json": ("application/json", queries.as_open_json)}
ASKING = Limit("public-numbers", rules().most_asked)

View = Callable[..., HttpResponseBase]


def _open(view: View) -> View:
    """Without signing in, a bounded number of times an hour from one place."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **path: Any) -> HttpResponseBase:
        if ASKING.is_over(address_of(request)):
            response = page(request, "recaps/public_busy.html", status=429)
            response.headers["Retry-After"] = str(AN_HOUR)
            return response
        return view(request, *args, **path)

    return opened


@_open
def public(request: HttpRequest) -> HttpResponse:
    """Every area that has public numbers."""
    return page(request, "recaps/public.html", areas=queries.areas())


@_open
def public_one(request: HttpRequest, code: str, period: str = "") -> HttpResponseBase:
    """The numbers of one area: the newest month, or the one that is named."""
    release = _found(code, period)
    if release.withdrawn_at:
        words = queries.month_words(release.period)
        return page(request, "recaps/public_withdrawn.html", status=410, release=release, month=words)
    return page(
        request,
        "recaps/public_one.html",
        shown=queries.page_of(release, code),
        months=queries.other_months(release),
        forms=tuple(FORMS),
    )


@_open
def public_file(request: HttpRequest, code: str, period: str, form: str) -> HttpResponseBase:
    """The same numbers as a file, the same for everybody; 304 for who has it already."""
    release = _found(code, period)
    if form not in FORMS or release.withdrawn_at:
        raise Http404
    kind, written = FORMS[form]
    content = written(release, code)
    response = HttpResponse(content, content_type=kind)
    response.headers["ETag"] = etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    response.headers["Content-Disposition"] = f'attachment; filename="angka-{code}-{release.period}.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=_FRESH)
    return get_conditional_response(request, etag=etag, response=response) or response


def _found(code: str, period: str) -> Release:
    release = queries.found(code, period)
    if release is None:
        raise Http404
    return release
