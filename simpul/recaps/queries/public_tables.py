"""The closed set of public tables of an area, counted from a register and hidden where a count is too small.

Nobody can ask for another choice of cells. Types that are highly restricted are told for kabupaten and kota and the
whole area, never for a kecamatan; so a kecamatan has no table of all types, and the types that it has are tables of
their own, tied to each other by what everybody knows of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any

import polars as pl

from simpul.catalogue.disclosure import rules
from simpul.catalogue.needs import Edition, NeedType
from simpul.engines.disclosure import (
    Key,
    Protected,
    Relation,
    Table,
    areas,
    key,
    plain,
    protect,
    tabulate,
    written,
)
from simpul.engines.disclosure import Release as Shown
from simpul.places.models import DISTRICT_SIGNS, REGENCY_SIGNS
from simpul.places.queries import children_of
from simpul.population.queries.register import Register
from simpul.recaps.facts import Asked
from simpul.recaps.queries.ages import bands, in_band
from simpul.recaps.queries.people import SEXES, UNKNOWN, counted, in_asked_area, sex_key
from simpul.screening.facts import HIGHLY_RESTRICTED

PERSON, PEOPLE = "person", "people"


@dataclass(frozen=True)
class Counts:
    """Everything of an area as it is. Holds small counts: never shown, only handed to `protected`."""

    tables: tuple[Table, ...]
    balances: tuple[Relation, ...]


def counts_of(
    register: Register, edition: Edition, area: str, served: Mapping[str, int] = MappingProxyType({})
) -> Counts:
    """The tables of a province, kabupaten or kota; `served` are people by service of the minimum standard."""
    frame = _placed(counted(_living_in(register, area), Asked(register.on, register.on, area)), area)
    uppers, lowers = _regions(area, frame, register.on)
    needs = [need for need in edition.types if need.code in register.types]
    persons = [need for need in needs if need.unit == PERSON]
    tables = [
        _crossed(name, frame.with_columns(told.alias("cut")), codes, persons, register, (uppers, area))
        for name, told, codes in _directions()
    ]
    balances: list[Relation] = []
    level = "lower" if len(lowers) <= rules().most_districts else "upper"
    if level == "lower":
        told = [need for need in persons if need.sensitivity != HIGHLY_RESTRICTED]
        tables += _by_district(frame, persons, told, register, (lowers, area))
        balances += _ties(told, {*uppers, area}, set(lowers) - set(uppers))
    for need in needs:
        if need.unit != PERSON:
            is_fine = level == "lower" and need.sensitivity != HIGHLY_RESTRICTED
            where, column = (lowers, "lower") if is_fine else (uppers, "upper")
            homes = _homes_of(frame.filter(register.of_type(need.code, "counted")), column)
            tables.append(_spread(f"unit {need.code}", homes, where, area, {"unit": need.code}))
    tables += [
        tabulate(f"service {code}", [], {(): count}, fixed={"area": area, "service": code})
        for code, count in sorted(served.items())
    ]
    return Counts(tuple(tables), tuple(balances))


def _directions() -> Iterator[tuple[str, pl.Expr, list[str]]]:
    steps = bands("compact")
    yield "sex", sex_key(), list(SEXES)
    yield "age", in_band(steps), [band.key for band in steps]


def protected(counts: Counts, earlier: Iterable[Shown]) -> Protected:
    """What of it may be shown. Raises NotSolved where nothing may."""
    return protect(counts.tables, threshold=rules().threshold, earlier=earlier, balances=counts.balances)


def workings(made: Protected) -> list[dict[str, Any]]:
    """Every hidden cell: its sign, why, and what an outsider can compute (`low` to `high`, null for no end)."""
    return [
        {
            "cell": dict(one),
            "name": written(one),
            "text": cell.text,
            "why": str(cell.reason),
            **_range(made, one),
        }
        for one, cell in made.cells.items()
        if cell.reason is not None
    ]


def _range(made: Protected, one: Key) -> dict[str, Any]:
    span = made.proof.get(one)
    return {} if span is None else {"low": span.low, "high": span.high}


# --- counting ---


def _living_in(register: Register, area: str) -> Register:
    """Who is here. Whoever took a consent back or whose use is limited is not in numbers for everybody."""
    here = register.people.filter((pl.col("gone") == "") & pl.col("judged"))
    return register.of_people(in_asked_area(here, Asked(register.on, register.on, area)))


def _placed(frame: pl.DataFrame, area: str) -> pl.DataFrame:
    """With `upper` (kabupaten, kota, or the area itself) and `lower` (kecamatan); what is not known has a code."""
    region = pl.col("region")
    upper = _cut_at(region, REGENCY_SIGNS, pl.lit(f"{area}.{UNKNOWN}"))
    lower = _cut_at(region, DISTRICT_SIGNS, pl.col("upper") + f".{UNKNOWN}")
    # Who lives nobody knows in which kabupaten is told no finer.
    lower = pl.when(pl.col("upper").str.ends_with(UNKNOWN)).then(pl.col("upper")).otherwise(lower)
    return frame.with_columns(upper.alias("upper")).with_columns(lower.alias("lower"))


def _cut_at(region: pl.Expr, length: int, otherwise: pl.Expr) -> pl.Expr:
    return pl.when(region.str.len_chars() >= length).then(region.str.slice(0, length)).otherwise(otherwise)


def _regions(area: str, frame: pl.DataFrame, on: date) -> tuple[list[str], list[str]]:
    """Every region of both levels, also those with nobody, and old codes that people still have."""
    found = set(frame["upper"].unique())
    known = {area} if len(area) == REGENCY_SIGNS else {region.code for region in children_of(area, on)}
    uppers = sorted(known | found)
    lowers = set(frame["lower"].unique())
    for code in uppers:
        below = {region.code for region in children_of(code, on)} if UNKNOWN not in code else set()
        lowers |= below or ({code} if code not in {one[:REGENCY_SIGNS] for one in lowers} else set())
    return uppers, sorted(lowers)


def _crossed(
    name: str,
    frame: pl.DataFrame,
    codes: Sequence[str],
    needs: Sequence[NeedType],
    register: Register,
    regions: tuple[Sequence[str], str],
) -> Table:
    """Every type by one more direction, for the area and each kabupaten and kota of it."""
    uppers, area = regions
    marked = frame.with_columns(register.of_type(need.code, "counted").alias(need.code) for need in needs)
    grouped = marked.group_by("upper", "cut").agg(
        pl.any_horizontal([need.code for need in needs] or [pl.lit(False)]).sum().alias(PEOPLE),
        *(pl.col(need.code).sum() for need in needs),
    )
    inner: dict[tuple[str, ...], int] = {}
    persons: dict[tuple[str, ...], int] = {}
    for row in grouped.iter_rows(named=True):
        persons[row["upper"], row["cut"]] = row[PEOPLE]
        for need in needs:
            inner[row["upper"], need.code, row["cut"]] = row[need.code]
    dimensions = (
        areas("area", uppers, top=area),
        plain("type", [need.code for need in needs], overlapping=True),
        plain(name, codes),
    )
    return tabulate(name, dimensions, inner, persons=persons)


def _by_district(
    frame: pl.DataFrame,
    needs: Sequence[NeedType],
    told: Sequence[NeedType],
    register: Register,
    regions: tuple[Sequence[str], str],
) -> Iterator[Table]:
    """Distinct people of each kecamatan with any type, and of each type that may be told there."""
    lowers, area = regions
    anybody = reduce(or_, (register.of_type(need.code, "counted") for need in needs), pl.lit(False))
    yield _spread(PEOPLE, _lines_of(frame.filter(anybody)), lowers, area, {"count": PEOPLE})
    for need in told:
        of_type = frame.filter(register.of_type(need.code, "counted"))
        yield _spread(need.code, _lines_of(of_type), lowers, area, {"type": need.code})


def _lines_of(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("lower").agg(pl.len()).iter_rows())


def _homes_of(frame: pl.DataFrame, level: str) -> dict[str, int]:
    """Families or communities, each once in a region, however many people they have."""
    return dict(frame.group_by(level).agg(pl.col("household").n_unique()).iter_rows())


def _spread(
    name: str, found: Mapping[str, int], regions: Sequence[str], area: str, fixed: Mapping[str, str]
) -> Table:
    return tabulate(
        name,
        [areas("area", regions, top=area)],
        {(code,): found.get(code, 0) for code in regions},
        fixed=fixed,
    )


def _ties(told: Sequence[NeedType], uppers: Iterable[str], lowers: Iterable[str]) -> Iterator[Relation]:
    """What everybody knows beside what adds up: who has a type here is one of those who have any."""
    for code in sorted(uppers):
        yield Relation.balance([key(area=code)], [key(area=code, count=PEOPLE)])
    for code in sorted(lowers):
        for need in told:
            factors = ((key(area=code, type=need.code), 1), (key(area=code, count=PEOPLE), -1))
            yield Relation(factors, equal=False)
