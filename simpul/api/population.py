"""The whole register in numbers: how many stand where by type, and what changed between two days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from simpul.access.gate import Entered
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.api.addresses import REGION
from simpul.api.answers import read
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.population.queries import register_on
from simpul.population.queries.changes import compare
from simpul.population.queries.numbers import numbers_of

router = Router(tags=["Whole register"])
VIEW = Permission.POPULATION_VIEW
CODE = r"^[a-z0-9-]{0,60}$"


class TypeNumbers(Schema):
    """People by where they stand with one type; one person may stand in many."""

    code: str
    name: str
    confirmed: int
    suggested: int
    unknown: int


class PopulationNumbers(Schema):
    """`hidden` types are highly restricted and not for this account; `left_alone` were not judged by any rule."""

    on: dt.date
    edition: str
    digest: str
    made_at: dt.datetime
    people: int
    left_alone: int
    gone: int
    hidden: int
    types: list[TypeNumbers]


class ChangeNumbers(Schema):
    """So many people stand otherwise with one type, and why."""

    code: str
    cause: str
    before: str
    after: str
    people: int


class PopulationChanges(Schema):
    since: dt.date
    until: dt.date
    people: int
    hidden: int
    changes: list[ChangeNumbers]


class Asked(Schema):
    """Which day and which part of the reach; the newest day without one."""

    on: Day | None = None
    edition: str = Field("", pattern=CODE)
    region: str = Field("", pattern=REGION)


class AskedChanges(Schema):
    since: Day
    until: Day
    region: str = Field("", pattern=REGION)


@router.get("/population/numbers", auth=Holds(VIEW), response=read(PopulationNumbers))
def population_numbers(request: Entered, asked: Query[Asked]) -> Any:
    """The same numbers as on the page, within reach. 404 as long as nothing is kept of that day or before."""
    register = register_on(asked.on, asked.edition or None)
    if register is None:
        raise Http404
    told = numbers_of(register, request.user, asked.region)
    named = {name: getattr(register, name) for name in ("on", "edition", "digest", "made_at")}
    counted = {name: getattr(told, name) for name in ("people", "left_alone", "gone", "hidden")}
    language = get_language() or "id"
    types = [
        {
            "code": line.need.code,
            "name": line.need.display.in_language(language),
            "confirmed": line.confirmed,
            "suggested": line.suggested,
            "unknown": line.unknown,
        }
        for line in told.lines
    ]
    return named | counted | {"types": types}


@router.get("/population/changes", auth=Holds(VIEW), response=read(PopulationChanges))
def population_changes(request: Entered, asked: Query[AskedChanges]) -> Any:
    """What changed between two kept days, by type and cause."""
    if asked.since >= asked.until:
        raise Refusal(_("Tanggal akhir lebih awal daripada tanggal mulai. Periksa keduanya."))
    old, new = register_on(asked.since), register_on(asked.until)
    if old is None or new is None:
        raise Http404
    told = compare(old, new, request.user, asked.region)
    lines = [
        {
            "code": line.need.code,
            "cause": line.cause.value,
            "before": line.before,
            "after": line.after,
            "people": line.people,
        }
        for line in told.changes()
    ]
    return {"since": old.on, "until": new.on, "people": told.people, "hidden": told.hidden, "changes": lines}
