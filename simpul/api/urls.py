"""Addresses of the door for other programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from simpul.api import (
    addresses,
    assessments,
    cases,
    instruments,
    numbers,
    plans,
    population,
    recaps,
    referrals,
    services,
    support,
    work,
)


def in_the_language_asked_for(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language of Accept-Language, unless the browser chose one on a page.

    For pages this header is not asked; but a program sets it on purpose.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = get_language_from_request(request)
        with override(language):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        # What is told here is about people, and stays in no browser and no store on the way.
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return answered


api = addresses.api
parts = (
    cases,
    work,
    plans,
    support,
    assessments,
    instruments,
    numbers,
    referrals,
    services,
    population,
    recaps,
)
for part in parts:
    api.add_router("", part.router)
patterns, app, namespace = api.urls
for address in patterns:
    # Programs get 401 with a sentence from the interface itself, not the page for signing in.
    if address.callback is not None:
        address.callback = login_not_required(in_the_language_asked_for(address.callback))
urls = (patterns, app, namespace)
