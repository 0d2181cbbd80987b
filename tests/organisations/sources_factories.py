"""Invented sources of help, registered the way the pages do it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.organisations.actions.sources import register_source
from simpul.organisations.actions.sources_life import agree_to_listing
from simpul.organisations.actions.sources_papers import add_hours, add_training
from simpul.organisations.models import Source

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VILLAGE = "21.02.10.2003"
NIK = "2102101503900002"


def source(by: User, type_code: str = "PSM", **details) -> Source:
    """Hasan of Pangke, unless told otherwise."""
    where = Where(region=details.pop("region", VILLAGE))
    # Somebody who keeps sources for one body only keeps them there.
    body = details.get("organisation")
    where = Where(organisation=body.pk if body else None, region=where.region)
    kept = {name: details.pop(name, default) for name, default in _now().items()}
    return register_source(
        where, by=by, type_code=type_code, details={"name": "Hasan Basri", **details}, **kept
    )


def _now():
    return {"key": uuid4(), "on": ON, "at": AT, "is_another": False}


def training(row: Source, by: User, **details):
    kept = {"kind": "training", "name": "Pelatihan dasar", "key": uuid4(), "on": ON, "at": AT, **details}
    return add_training(row, by=by, **kept)


def hours(row: Source, by: User, amount, **details):
    kept = {"given_on": ON, "activity": "Pendataan", "key": uuid4(), "on": ON, "at": AT, **details}
    return add_hours(row, by=by, hours=amount, **kept)


def agreed(row: Source, by: User, **details):
    kept = {"capacity": "self", "mode": "spoken", "given_by": "Hasan Basri", "key": uuid4(), **details}
    return agree_to_listing(row, by=by, **{"on": ON, "at": AT, **kept})
