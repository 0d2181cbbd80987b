"""How far a permission reaches in a table: by organisation, by area, or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from simpul.access.permissions import Permission

if TYPE_CHECKING:
    from simpul.access.models import Grant


@dataclass(frozen=True)
class Where:
    """A place in the system where nothing exists yet: the subject of registering something new."""

    organisation: UUID | None = None
    region: str = ""
    about_person: UUID | None = None

    def is_within(self, grant: Grant) -> bool:
        at_home = grant.organisation is None or grant.organisation == self.organisation
        return at_home and (not grant.region or within(self.region, grant.region))


def within(region: str, prefix: str) -> bool:
    """21.02 holds 21.02 and 21.02.01, never 21.021."""
    return region == prefix or region.startswith(f"{prefix}.")


def lies_in(path: str, area: str) -> Q:
    """The rows whose region code, at the end of that path, is `within` an area."""
    return Q(**{path: area}) | Q(**{f"{path}__startswith": f"{area}."})


class Reachable(QuerySet[Any]):
    """Rows that only some people may see. One line per model says through which path.

    `to_organisation` and `to_region` are lookup paths from a row to the organisation that keeps it and
    to its region code; None where a row has neither.
    """

    to_organisation: ClassVar[str | None] = "organisation"
    to_region: ClassVar[str | None] = "region"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        """The rows for which this person holds the permission; none for a stranger."""
        return self.filter(self.covered(user, permission))

    def covered(self, user: HoldsGrants, permission: Permission) -> Q:
        """The condition behind `reachable`, for tables in which organisation and area are not all."""
        reach = Q(pk__in=[])
        for grant in user.grants_with(permission):
            if grant.is_everywhere:
                return Q(pk__isnull=False)
            reach |= self._covered_by(grant)
        return reach

    def _covered_by(self, grant: Grant) -> Q:
        covered = Q()
        if grant.organisation is not None:
            if self.to_organisation is None:
                return Q(pk__in=[])
            covered &= Q(**{self.to_organisation: grant.organisation})
        if grant.region:
            if self.to_region is None:
                return Q(pk__in=[])
            covered &= lies_in(self.to_region, grant.region)
        return covered


class HoldsGrants(Protocol):
    """Whoever acts: a user, or the machine itself."""

    pk: Any

    def grants_with(self, permission: Permission) -> list[Grant]: ...


def is_within_reach(subject: Model | Where, user: HoldsGrants, permission: Permission) -> bool:
    """The same rule for one row as for a list, so that seeing and touching cannot drift apart."""
    grants = user.grants_with(permission)
    if isinstance(subject, Where):
        return any(subject.is_within(grant) for grant in grants)
    rows = type(subject)._default_manager.all()
    if not isinstance(rows, Reachable):
        # A table that does not say whose its rows are is for those who act everywhere.
        return any(grant.is_everywhere for grant in grants)
    return rows.reachable(user, permission).filter(pk=subject.pk).exists()
