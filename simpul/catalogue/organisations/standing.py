"""How a body stands: area levels, offices that register, and the indicators and shares of type A to D."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import VERIFIED, Table, read
from simpul.catalogue.text import Text
from simpul.engines.areas import AUTHORITIES, LEVELS
from simpul.engines.scoring.types import SIDES, IndicatorScheme, TypeScheme, TypeStep

FILE = ROOT / "organisations" / "standing.toml"
INDICATORS = ROOT / "organisations" / "indicators.toml"

# To whom an indicator applies, how somebody sees it, and what of the record can answer it.
APPLIES_TO = ("all", "serving", "residential")
WAYS_TO_SEE = ("paper", "visit", "interview")
KNOWN_FROM = (
    "field",
    "paper",
    "staff",
    "facility",
    "certificate",
    "area",
    "officers",
    "job_descriptions",
    "units",
    "accounts",
    "report",
    "no_legal_entity",
)
_WITH_A_NAME = ("field", "paper", "staff", "facility")
_ENTRY = ("code", "title", "about", "source", "verified")


@dataclass(frozen=True, slots=True)
class Described:
    """A level or an office with its rule in words."""

    code: str
    title: Text
    about: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class BodyType(Described):
    """One type: `share` of the indicators to be met on each side, `own_income` of the budget, both in per cent."""

    share: int
    own_income: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that the standards ask for. `known_from` says what of the record can answer it, as "kind:name"."""

    code: str
    group: str
    side: str
    title: Text
    applies_to: str
    seen: tuple[str, ...]
    known_from: tuple[str, ...]
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of the thirteen groups, with its indicators in their order."""

    code: str
    title: Text
    source: str
    verified: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """How many provinces there were from that day on."""

    since: date
    count: int
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Which arrangement of indicators and shares this is; kept with every type that was confirmed by it."""

    code: str
    since: date
    title: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Standards:
    """All of standing.toml."""

    edition: Edition
    types: tuple[BodyType, ...]
    levels: tuple[Described, ...]
    authorities: tuple[Described, ...]
    provinces: tuple[ProvinceCount, ...]


@cache
def standards() -> Standards:
    """Levels, offices, types. Raises CatalogueError."""
    return read_standards(FILE)


@cache
def groups() -> tuple[Group, ...]:
    """The thirteen groups of indicators. Raises CatalogueError."""
    return read_groups(INDICATORS)


def indicators() -> dict[str, Indicator]:
    """Every indicator by its code, in the order of the groups."""
    return {one.code: one for group in groups() for one in group.indicators}


@cache
def scheme() -> TypeScheme:
    """What the engine needs to know of them."""
    return TypeScheme(
        tuple(IndicatorScheme(one.code, one.group, one.side) for one in indicators().values()),
        tuple(TypeStep(one.code, one.share, one.own_income) for one in standards().types),
    )


def described(listed: tuple[Described, ...], code: str) -> Described:
    """One of levels, authorities or types by its code. KeyError for another."""
    return {one.code: one for one in listed}[code]


def provinces_on(day: date) -> ProvinceCount:
    """How many provinces there were on that day; of the first day that is known for days before it."""
    counts = standards().provinces
    return next((one for one in reversed(counts) if one.since <= day), counts[0])


# --- reading ---


def read_standards(path: Path) -> Standards:
    """One file of levels, offices and types. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("edition", "type", "level", "authority", "provinces")
    found = Standards(
        edition=_edition(whole.table("edition")),
        types=tuple(_type(table) for table in whole.tables("type")),
        levels=tuple(_described(table) for table in whole.tables("level")),
        authorities=tuple(_described(table) for table in whole.tables("authority")),
        provinces=tuple(_count(table) for table in whole.tables("provinces")),
    )
    for name, listed, wanted in (
        ("level", found.levels, LEVELS),
        ("authority", found.authorities, AUTHORITIES),
    ):
        if tuple(one.code for one in listed) != wanted:
            raise whole.error(f"each {name} stands once and in this order: {', '.join(wanted)}", name)
    try:
        TypeScheme((), tuple(TypeStep(one.code, one.share, one.own_income) for one in found.types))
    except ValueError as error:
        raise whole.error(str(error), "type") from error
    days = [one.since for one in found.provinces]
    if not days or days != sorted(set(days)):
        raise whole.error(
            "the counts of provinces stand from the oldest to the newest, at least one", "provinces"
        )
    return found


def read_groups(path: Path) -> tuple[Group, ...]:
    """The groups of one file. Raises CatalogueError."""
    whole = read(path)
    whole.check_keys("group")
    found = tuple(_group(table) for table in whole.tables("group"))
    for codes in ([group.code for group in found], [one.code for group in found for one in group.indicators]):
        if len(codes) != len(set(codes)):
            raise whole.error("a code stands twice", "group")
    return found


def _group(table: Table) -> Group:
    table.check_keys("code", "title", "side", "source", "verified", "indicator")
    return Group(
        code=table.string("code"),
        title=table.text("title"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        indicators=tuple(_indicator(one, table) for one in table.tables("indicator")),
    )


def _indicator(table: Table, group: Table) -> Indicator:
    """What an indicator does not say of itself, it has from its group."""
    table.check_keys("code", "title", "side", "applies_to", "seen", "known_from", "source", "verified")
    if unknown := set(table.strings("seen")) - set(WAYS_TO_SEE):
        raise table.error(f"{sorted(unknown)} is no way to see something", "seen")
    for known in table.strings("known_from"):
        kind, colon, name = known.partition(":")
        if kind not in KNOWN_FROM or bool(colon) != (kind in _WITH_A_NAME) or bool(colon) != bool(name):
            raise table.error(f"{known!r} is not a place of the record", "known_from")
    return Indicator(
        code=table.string("code"),
        group=group.string("code"),
        side=table.one_of("side", SIDES, group.one_of("side", SIDES)),
        title=table.text("title"),
        applies_to=table.one_of("applies_to", APPLIES_TO, "all"),
        seen=table.strings("seen"),
        known_from=table.strings("known_from"),
        source=table.string("source", group.string("source")),
        verified=table.one_of("verified", VERIFIED, group.string("verified")),
    )


def _edition(table: Table) -> Edition:
    table.check_keys("code", "since", "title", "source", "verified")
    return Edition(
        code=table.string("code"),
        since=table.day("since"),
        title=table.text("title"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _described(table: Table) -> Described:
    table.check_keys(*_ENTRY)
    return Described(
        code=table.string("code"),
        title=table.text("title"),
        about=table.text("about"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )


def _type(table: Table) -> BodyType:
    table.check_keys(*_ENTRY, "share", "own_income")
    shares = {name: table.whole(name) for name in ("share", "own_income")}
    for name, per_cent in shares.items():
        if not 0 <= per_cent <= 100:
            raise table.error(f"{name!r} is per cent: from 0 to 100", name)
    return BodyType(
        code=table.string("code"),
        title=table.text("title"),
        about=table.text("about"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
        **shares,
    )


def _count(table: Table) -> ProvinceCount:
    table.check_keys("since", "count", "source", "verified")
    return ProvinceCount(
        since=table.day("since"),
        count=table.whole("count"),
        source=table.string("source"),
        verified=table.one_of("verified", VERIFIED),
    )
