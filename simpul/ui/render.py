"""page(): how every view answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest, template: str, *, part: str = "", status: int = 200, **context: object
) -> HttpResponse:
    """The whole page or, when htmx asked for one part of it, that part alone.

    `part` is the name of a file beside the template: part="results" of "people/search.html" is
    "people/_results.html". The same address gives both, so an answer says that it depends on the asking.
    """
    chosen = template
    if part and asks_for_a_part(request):
        folder = template.rpartition("/")[0]
        chosen = f"{folder}/_{part}.html"
    response = render(request, chosen, context, status=status)
    if part:
        patch_vary_headers(response, ("HX-Request", "HX-Boosted", "HX-History-Restore-Request"))
    return response


def file_answer(
    content: bytes | str, kind: str, name: str, *, opens: bool = False, is_public: bool = False
) -> HttpResponse:
    """A file to keep, or one that `opens` in the browser. `name` tells nothing about a person: it stays in
    the list of downloads.

    Nothing on the way may keep a copy, unless everybody may have it.
    """
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'{"inline" if opens else "attachment"}; filename="{name}"'
    if not is_public:
        answer["Cache-Control"] = "no-store"
    return answer


def asks_for_a_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page that is already there."""
    headers = request.headers
    # A boosted link and a step back in the history both replace everything.
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )
