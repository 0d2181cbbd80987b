"""What happens around every request: the chosen language, a limit on uploads, and refusals that explain themselves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils import translation

from simpul.access.refusal import NotAllowed, Refusal
from simpul.ui.render import page

MEGABYTE = 1024 * 1024
Answer = Callable[[HttpRequest], HttpResponse]


class ChosenLanguage:
    """Indonesian unless this browser chose otherwise.

    Not the browser's own setting: many phones and office machines are set to English by default.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class UploadLimit:
    """What is too large is refused by the length that the browser tells; nothing of it is kept.

    It is let run out first, in small pieces: a browser that is cut off while it sends shows its own error, and
    never the sentence. Beyond `LET_OUT_MB` it is cut off all the same, so that nobody holds a thread for hours.
    """

    LET_OUT_MB = 256
    PIECE = 64 * 1024

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > settings.SIMPUL_UPLOAD_MB * MEGABYTE:
            self._let_out(request)
            # Without the request: who is signed in is not known yet, and needs no page of their own.
            text = render_to_string("access/too_large.html", {"limit": settings.SIMPUL_UPLOAD_MB})
            return HttpResponse(text, status=413)
        return self.get_response(request)

    def _let_out(self, request: HttpRequest) -> None:
        left = self.LET_OUT_MB * MEGABYTE
        # A browser that was closed meanwhile needs no answer.
        with suppress(UnreadablePostError):
            while left > 0 and (piece := request.read(self.PIECE)):
                left -= len(piece)


class RefusalPage:
    """A refusal that no view caught becomes a page with its sentence, never a stack of errors."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        return page(request, "ui/refused.html", status=status, refusal=exception)
