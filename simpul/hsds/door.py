"""The door itself: who asks too much, what cannot be read, and how every answer leaves. It only reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from simpul.access.limits import AN_HOUR, Limit, address_of
from simpul.hsds.asking import Asked, BadParameter, asked
from simpul.hsds.loading import FRESH

Row = dict[str, Any]
View = Callable[..., HttpResponseBase]

# One office or one village shares an address; a register that copies everything asks some hundred pages.
ASKING = Limit("hsds", 6000)
# What is told here is Indonesian, whatever a browser chose for pages.
LANGUAGE = "id"
_READING = ("GET", "HEAD", "OPTIONS")


def door(*known: str) -> Callable[[View], View]:
    """An address of the interface that knows these parameters. The view gets what was asked of it, read.

    405 for what writes, 429 for too much, 400 for a parameter that cannot be read: always JSON with `detail`.
    """

    def opened(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, **path: Any) -> HttpResponseBase:
            with override(LANGUAGE):
                response = _answer(request, view, known, path)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
            response.headers["Content-Language"] = LANGUAGE
            return response

        return csrf_exempt(login_not_required(answered))

    return opened


def _answer(
    request: HttpRequest, view: View, known: tuple[str, ...], path: dict[str, Any]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _options()
    if request.method not in _READING:
        detail = _("Alamat ini hanya untuk membaca. Pakai GET.")
        return refused(detail, HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(_READING)})
    if ASKING.is_over(address_of(request)):
        detail = _("Terlalu banyak permintaan dari alamat ini. Coba lagi satu jam lagi, atau ambil semuanya sekaligus dengan format=ndjson.")  # fmt: skip
        return refused(detail, HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(AN_HOUR)})
    try:
        return view(request, asked(request.GET, known), **path)
    except BadParameter as bad:
        return refused(str(bad), HTTPStatus.BAD_REQUEST, parameter=bad.parameter)


def _options() -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    response.headers["Allow"] = ", ".join(_READING)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(_READING)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def refused(
    detail: str, status: HTTPStatus, *, parameter: str = "", headers: dict[str, str] | None = None
) -> HttpResponse:
    """Why there is no answer, in a sentence for people; `parameter` names what could not be read."""
    told = {"detail": detail, **({"parameter": parameter} if parameter else {})}
    response = HttpResponse(written(told), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def absent() -> HttpResponse:
    """There is no such thing, or nobody may know of it."""
    return refused(_("Tidak ada data dengan kunci itu."), HTTPStatus.NOT_FOUND)


def written(value: Any) -> bytes:
    """JSON as it leaves: the same thing is the same bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def told(request: HttpRequest, value: Any, *, changed: datetime | None = None) -> HttpResponseBase:
    """One answer; 304 without a body where the asker holds it already.

    Only the mark of the content (ETag) decides: something may leave a list without any moment becoming newer.
    """
    body = written(value)
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    _marked(response, changed)
    response.headers["ETag"] = etag
    held: HttpResponseBase = get_conditional_response(request, etag=etag, response=response) or response
    return held


def streamed(rows: Iterator[Row]) -> HttpResponseBase:
    """Everything, one object in a line, sent while it is being read."""

    def lines() -> Iterator[bytes]:
        with override(LANGUAGE):
            for row in rows:
                yield written(row) + b"\n"

    response = StreamingHttpResponse(lines(), content_type="application/x-ndjson")
    _marked(response, None)
    return response


def _marked(response: HttpResponseBase, changed: datetime | None) -> None:
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.astimezone(UTC).timestamp())


def enveloped(contents: Sequence[Row], *, total: int, page: int, length: int) -> Row:
    """A page as the standard writes it. `length` is what a page may hold."""
    pages = max(1, -(-total // max(1, length)))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }


def within(asked: Asked) -> slice:
    """The part of all rows that a page is."""
    first = (asked.page - 1) * asked.per_page
    return slice(first, first + asked.per_page)
