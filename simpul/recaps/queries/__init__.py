"""Every recap by its code, and what offices wait for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simpul.recaps.facts import Definition
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

RECAPS: Mapping[str, Definition] = MappingProxyType(
    {one.code: one for part in _PARTS for one in part.DEFINITIONS}
)
