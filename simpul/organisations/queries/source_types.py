"""All types of sources of help: the official twelve, what some regions count, and what an office added for itself.

One look-up for every page, count and rule, so that a type of an office is no second kind of thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import within
from simpul.catalogue import sources as catalogue
from simpul.catalogue.sources import Rule, SourceType
from simpul.catalogue.text import Text
from simpul.organisations.models import LocalType
from simpul.organisations.queries.office_kept import KEPT
from simpul.organisations.queries.registration_rules import own_offices

LONGEST_TITLE = 120
LONGEST_DEFINITION = 1000
LONGEST_BASIS = 300


def own_types() -> Mapping[str, LocalType]:
    """What offices added, also what has ended, by code."""
    return KEPT.answer(("local types of sources",), _read)


def _read() -> dict[str, LocalType]:
    return {row.code: row for row in LocalType.objects.order_by("title", "code")}


def source_type(code: str) -> SourceType | None:
    """The type of that code; None where nobody knows it."""
    known = catalogue.source_type(code)
    if known is not None or not code:
        return known
    row = own_types().get(code)
    return as_type(row) if row else None


def source_types() -> Mapping[str, SourceType]:
    """Every type by its code: the official ones in their order, then what regions and offices added."""
    added = {code: as_type(row) for code, row in own_types().items()}
    return {**catalogue.source_types(), **added}


def as_type(row: LocalType) -> SourceType:
    """An office's type as the catalogue tells one. Without criteria nothing is judged about it."""
    title, definition = Text(row.title, row.title), Text(row.definition, row.definition)
    return SourceType(
        code=row.code,
        number=0,
        subtype="",
        official=row.title,
        display=title,
        unit=row.unit,
        definition=definition,
        source=row.basis,
        verified="",
        note=None,
        rule=Rule(()),
        variants=(),
        is_local=True,
    )


def holds_in(code: str, region: str) -> bool:
    """Whether a source of this region can be of this type: an office's type is of its own area, and has not ended."""
    if catalogue.source_type(code) is not None:
        return True
    row = own_types().get(code)
    return row is not None and row.ended_on is None and within(region, row.region)


def near(rows: Iterable[LocalType], regions: Iterable[str]) -> list[LocalType]:
    """Those that hold somewhere in these areas, or around them. An area of "" is everywhere."""
    wanted = tuple(regions)
    return [
        row
        for row in rows
        if any(not region or within(region, row.region) or within(row.region, region) for region in wanted)
    ]


def offered_to(user: User) -> list[LocalType]:
    """The types of offices that somebody may choose for a new source."""
    standing = [row for row in own_types().values() if row.ended_on is None]
    return near(standing, _regions(user, Permission.SOURCE_EDIT))


def shown_to(user: User) -> list[LocalType]:
    """The types of offices in whose area somebody sees sources, those that have ended too."""
    return near(own_types().values(), _regions(user, Permission.SOURCE_VIEW))


def _regions(user: User, permission: Permission) -> list[str]:
    # Who works for a body without a region sees its sources wherever it is.
    return [grant.region for grant in user.grants_with(permission)]


def kept_by(user: User) -> list[str]:
    """The offices whose own types somebody keeps. What the whole country counts is no type of an office."""
    return [region for region in own_offices(user, Permission.SOURCE_EDIT) if region]
