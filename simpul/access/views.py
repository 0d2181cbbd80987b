"""Closed doors, each with a sentence that says whom to ask."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
