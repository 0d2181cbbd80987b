"""The interface itself: who may come in, and what a program is told when something is not done."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from simpul import __doc__ as about
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.stages import Lacking


class TokenMissing(Refusal):
    """A page of somebody else's may send a request with the worker's own session, but cannot read the token."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Permintaan yang mengubah data harus membawa kepala X-CSRFToken dengan isi kuki csrftoken. Tidak ada yang diubah."
            )
        )


class Holds(APIKeyCookie):
    """Who holds a session and this permission somewhere. How far it reaches is for the rows to say.

    401 for who is not signed in; NotAllowed for who has no such right; TokenMissing for a write without token.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__()

    def __call__(self, request: HttpRequest) -> User | None:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User):
            return None
        if check_csrf(request) is not None:
            raise TokenMissing
        if not user.can(self.permission):
            raise NotAllowed
        return user


class WholeText(Parser):
    """JSON, without halves of a sign: JSON can write them ("\\ud800"), but no database and no seal can keep them."""

    def parse_body(self, request: HttpRequest) -> Any:
        found = super().parse_body(request)
        # Raises ValueError, which the framework answers with 400.
        json.dumps(found, ensure_ascii=False).encode()
        return found


def signed_in(request: HttpRequest) -> User | None:
    """Who holds a session and may read the catalogue; everybody else gets 401."""
    user = request.user
    return user if isinstance(user, User) and user.can(Permission.CATALOGUE_VIEW) else None


api = NinjaAPI(
    title="Simpul", version="1", description=about or "", auth=signed_in, docs_url=None, parser=WholeText()
)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    detail = _("Masuk dulu dengan akun Simpul yang boleh membaca katalog.")
    return api.create_response(request, {"detail": detail}, status=401)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Which parts of the request cannot be read, in one sentence; `errors` holds it for programs."""
    places = ", ".join(dict.fromkeys(".".join(map(str, entry["loc"])) for entry in error.errors))
    detail = _("Permintaan ini tidak dapat dibaca. Periksa: %(places)s.") % {"places": places}
    return api.create_response(request, {"detail": detail, "errors": error.errors}, status=422)


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON."""
    detail = _("Isi permintaan ini bukan JSON yang dapat dibaca.")
    return api.create_response(request, {"detail": detail}, status=error.status_code)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, _error: Http404) -> HttpResponse:
    """The same answer for what does not exist and for what is out of reach."""
    detail = _("Tidak ada, atau di luar jangkauan akun ini.")
    return api.create_response(request, {"detail": detail}, status=404)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Nothing was written: 403 without the right, 409 when somebody was faster, 422 for everything else."""
    told: dict[str, Any] = {"detail": str(refusal)}
    if isinstance(refusal, NotAllowed | TokenMissing):
        return api.create_response(request, told, status=403)
    if isinstance(refusal, Clash):
        told |= {"what": str(refusal.what), "theirs": str(refusal.theirs), "mine": str(refusal.mine)}
        return api.create_response(request, told, status=409)
    if isinstance(refusal, Lacking):
        told["lacking"] = [
            {"code": gate.code, "words": gate.words, "place": gate.place} for gate in refusal.gates
        ]
    return api.create_response(request, told, status=422)
