"""Invented people who sign in, with one role in one place."""

from __future__ import annotations

from itertools import count
from uuid import UUID

from simpul.access.models import Grant, User

ORGANISATION = UUID("0b6f3c52-3a54-4d54-9a51-2f6c0f1f0a01")
OTHER_ORGANISATION = UUID("0b6f3c52-3a54-4d54-9a51-2f6c0f1f0a02")
REGION = "21.02"  # a regency
PASSWORD = "perahu-biru-di-selat-42"

_numbers = count(1)


def user_with(
    role: str,
    *,
    organisation: UUID | None = None,
    region: str = "",
    name: str = "",
    username: str = "",
    password: str = "",
) -> User:
    """A user who holds this role there. Without a password nobody can sign in as them by the form."""
    number = next(_numbers)
    user = User(username=username or f"{role}-{number}", name=name or f"Rekan {number}")
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    give(user, role, organisation=organisation, region=region)
    return user


def give(user: User, role: str, *, organisation: UUID | None = None, region: str = "") -> Grant:
    """One more role for somebody."""
    grant = Grant.objects.create(user=user, role=role, organisation=organisation, region=region)
    user.forget_grants()
    return grant
