"""What pages ask about organisations."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation
from simpul.organisations.stages import Kind
from simpul.places.models import REGENCY_SIGNS

# A person or a family lives at its address.
AT_HOME = frozenset({Kind.PERSON, Kind.FAMILY})
# "21.02": of a secret place no more than its kabupaten/kota is told.
TOLD_SIGNS = REGENCY_SIGNS


def directory() -> list[Organisation]:
    """All of them, by name: that they exist is public."""
    return list(Organisation.objects.order_by("name", "pk"))


def named(keys: Collection[UUID | None]) -> dict[UUID, str]:
    """The names of many organisations at once."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    return {row.pk: str(row) for row in Organisation.objects.filter(pk__in=wanted)}


def workplaces(user: User) -> list[Organisation]:
    """The organisations for which somebody works, the oldest grant first."""
    keys = [grant.organisation for grant in sorted(user.standing_grants, key=lambda grant: grant.granted_at)]
    rows = Organisation.objects.in_bulk({key for key in keys if key is not None})
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def like(text: str, limit: int = 10) -> list[Organisation]:
    """Bodies whose name holds these words, by name."""
    words = text.replace("\0", "").split()[:6]
    if not words:
        return []
    rows = Organisation.objects.all()
    for word in words:
        rows = rows.filter(name__icontains=word)
    return list(rows.order_by("name", "pk")[:limit])


def name_of(key: UUID | None) -> str:
    """The name of one; empty where there is none."""
    return named([key]).get(key, "") if key is not None else ""


def is_place_secret(organisation: Organisation) -> bool:
    """Whether few may know where it is: a safe house, or somebody's home."""
    return organisation.is_address_secret or organisation.kind in AT_HOME


def told_region(organisation: Organisation) -> str:
    """Where a body is, as everybody may be told."""
    code: str = organisation.region
    return code[:TOLD_SIGNS] if is_place_secret(organisation) else code


def may_see_address(organisation: Organisation, user: User) -> bool:
    """A secret address (a safe house) is for those who work there, and for who checks the register there."""
    return not is_place_secret(organisation) or knows_secret_place(organisation, user)


def knows_secret_place(organisation: Organisation, user: User) -> bool:
    """Whether this user would be told where a body is, were its address secret."""
    return is_within_reach(organisation, user, Permission.ORGANISATION_VERIFY) or any(
        grant.organisation == organisation.pk for grant in user.grants_with(Permission.ORGANISATION_VIEW)
    )
