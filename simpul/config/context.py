"""What every page knows about who is reading: where they work."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from simpul.access.models import User
from simpul.organisations.models import Organisation
from simpul.organisations.queries import workplaces
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import path


def workplace(request: HttpRequest) -> dict[str, Any]:
    """`my_organisation` in words, for the menu, and `my_area`, the code near which places are looked for.

    Asked for only when a page shows them.
    """
    at = cache(lambda: workplaces(request.user))  # type: ignore[arg-type]
    return {
        "my_organisation": SimpleLazyObject(lambda: _once_a_sitting(request, at) if _is_in(request) else ""),
        "my_area": SimpleLazyObject(lambda: _area(request.user, at) if _is_in(request) else ""),
    }


def _is_in(request: HttpRequest) -> bool:
    return isinstance(getattr(request, "user", None), User)


def _once_a_sitting(request: HttpRequest, at: Callable[[], list[Organisation]]) -> str:
    """Kept in the session as long as the same grants stand, because every page of every worker shows it."""
    user: Any = request.user
    grants = " ".join(sorted(str(grant.pk) for grant in user.standing_grants))
    kept = request.session.get("workplace")
    if kept is None or kept[:2] != [grants, get_language()]:
        kept = [grants, get_language(), _organisation(user, at)]
        request.session["workplace"] = kept
    return str(kept[2])


def _organisation(user: Any, at: Callable[[], list[Organisation]]) -> str:
    return ", ".join(str(place) for place in at()) or ", ".join(path(region) for region in _regions(user))


def _area(user: Any, at: Callable[[], list[Organisation]]) -> str:
    regions = _regions(user) or [place.region[:REGENCY_SIGNS] for place in at()]
    return regions[0] if regions else ""


def _regions(user: Any) -> list[str]:
    grants = sorted(user.standing_grants, key=lambda grant: grant.granted_at)
    return list(dict.fromkeys(grant.region for grant in grants if grant.region))
