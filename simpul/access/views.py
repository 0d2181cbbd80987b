"""One's own account: closed doors, each with a sentence that says whom to ask, and the work one waits for."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from simpul.access.gate import needs
from simpul.access.models import Job
from simpul.access.permissions import Permission


@login_not_required
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Nobody makes an account for themselves here."""
    return render(request, "account/signup_closed.html")


@login_not_required
def password_lost(request: HttpRequest) -> HttpResponse:
    """No mail with a link: whoever manages users sets a new password, face to face."""
    return render(request, "account/password_lost.html")


def password_none(request: HttpRequest) -> HttpResponse:
    """For who signed in without a password: there is none to change, and who manages users gives the first one."""
    return render(request, "account/password_none.html")


@needs(Permission.DESK_VIEW)
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far one's own long work is, for the part of a page that asks again and again."""
    wanted = get_object_or_404(Job, pk=pk, wanted_by=request.user.pk)
    response = render(request, "access/_job.html", {"job": wanted})
    if not wanted.is_open:
        # The page shows what came of it, as if it had just been opened.
        response["HX-Refresh"] = "true"
    return response
