"""Every recap by its code, and what offices wait for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.organisations.queries import named as named_bodies
from simpul.places.queries import named
from simpul.recaps.facts import Asked, Definition, Recap
from simpul.recaps.queries import (
    applications,
    beneficiaries,
    bodies,
    casework,
    changes,
    money,
    outcomes,
    people,
    protection,
    standards,
)
from simpul.recaps.queries.reached import Deliverer

# In the order of their codes.
_PARTS = (
    people,
    bodies,
    beneficiaries,
    casework,
    standards,
    money,
    outcomes,
    applications,
    protection,
    changes,
)


def _with_area(definition: Definition) -> Definition:
    """The same, and every heading begins with the area: on the page, in files, handed in and published alike."""

    def make(user: User, asked: Asked) -> Recap:
        recap = definition.make(user, asked)
        return replace(recap, heading=(_whose(user, asked), *recap.heading))

    return replace(definition, make=make)


def _whose(user: User, asked: Asked) -> tuple[str, str]:
    """The area; of a body that hands in its own, its name, which stays true whoever reads it."""
    if isinstance(user, Deliverer) and user.organisation and not asked.area:
        return _("Lembaga"), named_bodies({user.organisation})[user.organisation]
    return _("Wilayah"), area_words(asked.area)


def area_words(code: str) -> str:
    """An area by its name and code; without one all that the reader reaches, which is not the country."""
    found = named(code) if code else None
    if found is None:
        return code or _("semua yang dalam jangkauan pembuat rekap")
    return f"{found.name} ({code})"


RECAPS: Mapping[str, Definition] = MappingProxyType(
    {one.code: _with_area(one) for part in _PARTS for one in part.DEFINITIONS}
)
