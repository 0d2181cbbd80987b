"""Who holds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Where
from simpul.access.roles import ROLES, Role


@dataclass(frozen=True)
class Holding:
    """Somebody's role in a place, since when. `grant` is what would be withdrawn."""

    user: User
    role: Role
    organisation: UUID | None
    region: str
    since: datetime
    grant: Grant


def holdings(by: HoldsGrants) -> list[Holding]:
    """Every role that stands today within reach of whoever manages users, by the holders' names."""
    grants = Grant.objects.reachable(by, Permission.USER_MANAGE).filter(
        withdrawn_at=None, user__is_active=True
    )
    return [_holding(grant) for grant in grants.select_related("user").order_by("user__name", "role", "pk")]


def roles_of(user: User) -> list[Holding]:
    """What one person holds, oldest first."""
    return [_holding(grant) for grant in sorted(user.standing_grants, key=lambda grant: grant.granted_at)]


def holders(permission: Permission, where: Where) -> list[User]:
    """The people who may do this there: whom to ask, who can take over."""
    roles = [role.name for role in ROLES.values() if permission in role.permissions]
    grants = Grant.objects.filter(role__in=roles, withdrawn_at=None, user__is_active=True).select_related(
        "user"
    )
    found = {grant.user.pk: grant.user for grant in grants if where.is_within(grant)}
    return sorted(found.values(), key=lambda user: (user.name, user.username))


def named(keys: Iterable[UUID]) -> dict[UUID, str]:
    """The names of people who work here, by their keys."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(keys))}


def user_called(username: str) -> User | None:
    """Who can sign in with this name, in any case of letters."""
    return User.objects.filter(username__iexact=username.strip(), is_active=True).first()


def _holding(grant: Grant) -> Holding:
    return Holding(grant.user, ROLES[grant.role], grant.organisation, grant.region, grant.granted_at, grant)
