"""Somebody's program, and what it sends."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from simpul.access.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def program_of(user: User, *, guarded: bool = False) -> Client:
    """A program with this user's session; `guarded` also asks for the token, as outside of tests."""
    client = Client(enforce_csrf_checks=guarded)
    client.force_login(user, backend=BACKEND)
    return client


def asked(user: User, address: str, **query: Any) -> Any:
    return program_of(user).get(f"/api/{address}", query)


def sent(user: User, address: str, *, method: str = "post", language: str = "", **body: Any) -> Any:
    """What came back of a body; keys and days may be given as they are."""
    headers = {"accept-language": language} if language else {}
    send = getattr(program_of(user), method)
    content = json.dumps(body, default=str)
    return send(f"/api/{address}", content, content_type="application/json", headers=headers)
