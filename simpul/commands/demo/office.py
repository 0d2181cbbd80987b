"""The example office: its organisations and who works there, from office.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from simpul.access.actions import add_user
from simpul.access.gate import THE_MACHINE
from simpul.access.models import User
from simpul.access.reach import Where
from simpul.organisations.actions import register
from simpul.organisations.models import Organisation

FOLDER = Path(__file__).parent
# Keys made from names: the same office has the same addresses on every machine, and is made once.
OURS = UUID("5c9d1c5e-8a53-5d3b-9c49-6f2a4d2f0d11")
ADMINISTRATOR = "administrator"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


OFFICE = read("office.toml")


@dataclass(frozen=True)
class Account:
    """Who signs in to the example office."""

    username: str
    name: str
    role: str
    organisation: UUID | None
    region: str


def key_of(*path: str) -> UUID:
    return uuid5(OURS, "/".join(path))


def organisation_key(name: str) -> UUID:
    return key_of("organisation", name)


def accounts() -> list[Account]:
    return [
        Account(
            row["username"],
            row["name"],
            row["role"],
            organisation_key(row["organisation"]) if "organisation" in row else None,
            row.get("region", ""),
        )
        for row in OFFICE["user"]
    ]


def is_there() -> bool:
    """The example office is known by the keys of its organisations, which no real office has."""
    return Organisation.objects.filter(pk=organisation_key(OFFICE["organisation"][0]["key"])).exists()


def make(on: date) -> dict[str, User]:
    """The users by their names to sign in; the organisations are registered by the administrator."""
    users = {account.username: _user(account) for account in _administrators_first()}
    administrator = next(users[account.username] for account in accounts() if account.role == ADMINISTRATOR)
    for row in OFFICE["organisation"]:
        register(
            Where(region=row["region"]),
            by=administrator,
            key=organisation_key(row["key"]),
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            legal_note=row["legal_note"],
            about=row["about"],
            source=OFFICE["source"] if row["published"] else "",
            is_published_example=row["published"],
            is_address_secret=row.get("is_address_secret", False),
            on=on,
        )
    return users


def _administrators_first() -> list[Account]:
    return sorted(accounts(), key=lambda account: account.role != ADMINISTRATOR)


def _user(account: Account) -> User:
    return add_user(
        Where(account.organisation, account.region),
        by=THE_MACHINE,
        username=account.username,
        name=account.name,
        password=OFFICE["password"],
        role=account.role,
    )
