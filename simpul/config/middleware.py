"""What happens around every request: the chosen language, and refusals that explain themselves."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from simpul.access.refusal import NotAllowed, Refusal
from simpul.ui.render import page

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
