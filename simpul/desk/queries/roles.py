"""What roles that meet no people can do here."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.access.models import User
from simpul.access.queries import roles_of


@dataclass(frozen=True, slots=True)
class Role:
    """A role of this user and what it is for."""

    name: str
    about: str


def roles(viewer: User) -> tuple[Role, ...]:
    held = {holding.role.name: holding.role for holding in roles_of(viewer)}
    return tuple(Role(str(role.display), str(role.description)) for role in held.values())
