"""How many stand where, as far as somebody may know; and exactly the people behind each number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

import polars as pl

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.editions import NeedType
from simpul.people.models import Person
from simpul.places import queries as places
from simpul.places.models import DISTRICT_SIGNS, REGENCY_SIGNS
from simpul.population.facts import has, lies_in
from simpul.population.queries.lists import list_called
from simpul.population.queries.register import Register, reached, within
from simpul.population.stages import Standing
from simpul.screening.facts import HIGHLY_RESTRICTED

VIEW = Permission.POPULATION_VIEW
# Who stands in a list is a finding about that person: it is shown to who may read findings.
PEOPLE = Permission.SCREENING_VIEW
SENSITIVE = Permission.SENSITIVE_VIEW


@dataclass(frozen=True)
class Line:
    """One type: how many stand where. People are counted once in each line, so lines do not add up to people."""

    need: NeedType
    confirmed: int
    suggested: int
    unknown: int

    def of(self, standing: str) -> int:
        return int(getattr(self, standing))


@dataclass(frozen=True)
class Numbers:
    """The numbers of one register within reach. `hidden` types are not for this viewer.

    `people` are those who are here; `pairs` counts each person once for each type, `helped` each person once.
    """

    register: Register
    people: int
    left_alone: int
    gone: int
    lines: tuple[Line, ...]
    hidden: int

    def pairs(self, standing: str) -> int:
        return sum(line.of(standing) for line in self.lines)


def standing_is(place: int, standing: str) -> pl.Expr:
    """Whether somebody who is here stands so with the type at that place. A worker's no outweighs the rule."""
    decided = has("confirmed", place) | has("refused", place)
    here = pl.col("gone") == ""
    match standing:
        case Standing.CONFIRMED:
            return here & has("confirmed", place)
        case Standing.SUGGESTED:
            return here & ~decided & has("rule_yes", place)
        case Standing.UNKNOWN:
            return here & ~decided & has("rule_unknown", place)
    raise KeyError(standing)


def needs_of(register: Register) -> tuple[NeedType, ...]:
    """The types of a register as the catalogue words them today; one that it has dropped is left out."""
    known = {need.code: need for need in list_called(register.edition).types}
    return tuple(known[code] for code in register.types if code in known)


def seen_by(register: Register, viewer: User, region: str = "") -> Register:
    """What this viewer may know numbers of, in one area of it."""
    mine = within(register, viewer, VIEW)
    return in_area(mine, region)


def in_area(register: Register, region: str) -> Register:
    """Only those who live there."""
    if not region:
        return register
    return register.of_people(register.people.filter(lies_in(region)))


def is_secret(need: NeedType) -> bool:
    return bool(need.sensitivity == HIGHLY_RESTRICTED)


def shown_types(register: Register, viewer: User) -> tuple[NeedType, ...]:
    """The types whose numbers this viewer may see: the highly restricted ones only with the right to them."""
    sees_all = viewer.can(SENSITIVE)
    return tuple(need for need in needs_of(register) if sees_all or not is_secret(need))


def reach_of(need: NeedType, viewer: User) -> pl.Expr:
    """Of whom this viewer may know the numbers of a type."""
    return _all_of(viewer, [VIEW, SENSITIVE] if is_secret(need) else [VIEW])


def reach_of_people(need: NeedType, viewer: User) -> pl.Expr:
    """Whom this viewer may see behind the number of a type."""
    return reach_of(need, viewer) & _all_of(viewer, [PEOPLE])


def _all_of(viewer: User, needed: Sequence[Permission]) -> pl.Expr:
    return reduce(and_, (reached(viewer, permission) for permission in needed))


def numbers_of(register: Register, viewer: User, region: str = "") -> Numbers:
    """Every number of the page. Each is that of `rows_behind`, where the viewer may see people."""
    mine = seen_by(register, viewer, region)
    shown = shown_types(register, viewer)
    people = mine.people
    here = pl.col("gone") == ""
    wanted = [
        (standing_is(mine.place(need.code), standing) & reach_of(need, viewer))
        .sum()
        .alias(f"{need.code} {standing}")
        for need in shown
        for standing in Standing.values
    ]
    counts = people.select(
        here.sum().alias("people"),
        (here & ~pl.col("judged")).sum().alias("left alone"),
        (~here).sum().alias("gone"),
        *wanted,
    ).row(0, named=True)
    lines = tuple(
        Line(need, *(counts[f"{need.code} {standing}"] for standing in Standing.values)) for need in shown
    )
    hidden = len(needs_of(register)) - len(shown)
    return Numbers(mine, counts["people"], counts["left alone"], counts["gone"], lines, hidden)


def rows_behind(register: Register, viewer: User, code: str, standing: str, region: str = "") -> pl.DataFrame:
    """The people behind one number whom this viewer may see, by where they live. KeyError for what is not shown."""
    need = next((need for need in shown_types(register, viewer) if need.code == code), None)
    if need is None:
        raise KeyError(code)
    mine = seen_by(register, viewer, region)
    which = standing_is(mine.place(code), standing) & reach_of_people(need, viewer)
    return mine.people.filter(which).sort("region", "household", "person")


@dataclass(frozen=True)
class Row:
    """One person in a list of work, with the place and the age that the register has."""

    person: Person
    place: str
    age: str

    @property
    def about_person(self) -> object:
        return self.person.pk


def people_in(frame: pl.DataFrame, viewer: User, on: date) -> tuple[Row, ...]:
    """The rows of one page as people within reach, in their order; who was moved out of it meanwhile is left out."""
    keys = frame.get_column("person").to_list()
    reach = Person.objects.reachable(viewer, PEOPLE).filter(erased_at=None)
    found = {str(key): person for key, person in reach.in_bulk(keys).items()}
    named = places.names_of({person.region for person in found.values() if person.region})
    return tuple(
        Row(
            found[key],
            named[found[key].region].name if found[key].region in named else "",
            found[key].age_on(on),
        )
        for key in keys
        if key in found
    )


def areas_in(register: Register, viewer: User) -> tuple[tuple[str, str], ...]:
    """The areas one level below what all within reach share, with their names; for choosing one."""
    codes = seen_by(register, viewer).people.get_column("region").unique().to_list()
    length = area_length(codes)
    cut = sorted({code[:length] for code in codes if code})
    named = places.names_of(cut)
    return tuple((code, named[code].name if code in named else code) for code in cut)


def area_length(codes: Collection[str]) -> int:
    """How much of a code is shown: the district where all lie in one regency, otherwise the regency."""
    return DISTRICT_SIGNS if len({code[:REGENCY_SIGNS] for code in codes if code}) <= 1 else REGENCY_SIGNS
