"""Who stands otherwise than before, with which type, and why: two registers beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import polars as pl
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.catalogue.editions import NeedType
from simpul.people.models import Sex
from simpul.places import queries as places
from simpul.population.facts import CAUSES, VERDICTS, has
from simpul.population.queries.judging import origins
from simpul.population.queries.numbers import (
    area_length,
    needs_of,
    reach_of,
    reach_of_people,
    seen_by,
    shown_types,
)
from simpul.population.queries.register import Register
from simpul.population.stages import Cause, Standing

NONE, REFUSED = "none", "refused"
_NEITHER = {NONE: _("tidak ada"), REFUSED: _("Diputuskan tidak")}
_ABOUT = ("organisation", "region", "sex", "age_least", "age_most")
_OLD = "old_"
CHANGE = {
    "person": pl.String(),
    "type": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
    "cause": pl.String(),
    "organisation": pl.String(),
    "region": pl.String(),
    "sex": pl.String(),
    "age_least": pl.Int16(),
    "age_most": pl.Int16(),
}


@dataclass(frozen=True)
class Change:
    """So many people stand otherwise with one type, for one cause."""

    need: NeedType
    cause: Cause
    before: str
    after: str
    people: int
    place: int = 0

    @property
    def mark(self) -> str:
        """The line in an address: the place of the type in the lists, and nothing that names it."""
        return f"{self.place}-{self.cause}-{self.before}-{self.after}"

    @property
    def before_words(self) -> str:
        return words_of_standing(self.before)

    @property
    def after_words(self) -> str:
        return words_of_standing(self.after)


def words_of_standing(standing: str) -> str:
    """Where somebody stands, in words."""
    if standing in Standing.values:
        return str(Standing(standing).label)
    return str(_NEITHER[standing])


@dataclass(frozen=True)
class Comparison:
    """Two registers beside each other, as far as one viewer may know. `hidden` types are not for this viewer."""

    old: Register
    new: Register
    frame: pl.DataFrame
    needs: tuple[NeedType, ...]
    hidden: int

    @property
    def people(self) -> int:
        """Each person once, however many types changed."""
        return self.frame.get_column("person").n_unique()

    def changes(self) -> tuple[Change, ...]:
        """By type and cause, in the order of the list."""
        counted = self.frame.group_by("type", "cause", "before", "after").len()
        found = {tuple(row[:4]): row[4] for row in counted.iter_rows()}
        order = {need.code: place for place, need in enumerate(self.needs)}
        causes = list(Cause)
        keys = sorted(found, key=lambda key: (order[key[0]], causes.index(key[1]), key[2:]))
        return tuple(
            Change(
                self.needs[order[code]],
                Cause(cause),
                before,
                after,
                found[code, cause, before, after],
                order[code],
            )
            for code, cause, before, after in keys
        )

    def by_sex(self) -> tuple[Part, ...]:
        """How many person-type pairs begin and end to fit or change otherwise, for women, men, and where it is not known."""
        words = {Sex.FEMALE.value: Sex.FEMALE.label, Sex.MALE.value: Sex.MALE.label, "": _("tidak diketahui")}
        found = self._by(pl.col("sex"))
        return tuple(Part(str(words[sex]), *found[sex]) for sex in words if sex in found)

    def by_area(self) -> tuple[Part, ...]:
        """The same by area, one level below what all have in common."""
        codes = self.frame.get_column("region").unique().to_list()
        length = area_length(codes)
        found = self._by(pl.col("region").str.head(length))
        named = places.names_of([code for code in found if code])
        return tuple(
            Part(named[code].name if code in named else code or str(_("tidak diketahui")), *counts)
            for code, counts in found.items()
        )

    def _by(self, column: pl.Expr) -> dict[str, tuple[int, int, int]]:
        fits = ("confirmed", "suggested")
        begins = pl.col("after").is_in(fits) & ~pl.col("before").is_in(fits)
        ends = pl.col("before").is_in(fits) & ~pl.col("after").is_in(fits)
        counted = self.frame.group_by(column.fill_null("").alias("part")).agg(
            begins.sum().alias("begins"),
            ends.sum().alias("ends"),
            (~begins & ~ends).sum().alias("otherwise"),
        )
        return {part: (more, fewer, other) for part, more, fewer, other in counted.sort("part").iter_rows()}


@dataclass(frozen=True)
class Part:
    """One sex, or one area: how many pairs of a person and a type begin to fit, end to, or change without either."""

    words: str
    more: int
    fewer: int
    otherwise: int


def changes_between(old: Register, new: Register) -> pl.DataFrame:
    """One row for each person and type whose standing differs. Types are those of the new list; one that the old list
    alone has comes under its old code."""
    both = _side_by_side(old, new)
    pieces = [
        _of_type(both, code, before, after, old.edition != new.edition)
        for code, before, after in _pairs(old, new)
    ]
    empty = pl.DataFrame(schema=CHANGE)
    return pl.concat([empty, *pieces]).sort("type", "region", "person")


def compare(old: Register, new: Register, viewer: User, region: str = "") -> Comparison:
    """What this viewer may know of it: rows within reach, highly restricted types only with the right to them."""
    mine, theirs = seen_by(old, viewer, region), seen_by(new, viewer, region)
    known = {need.code: need for register in (old, new) for need in needs_of(register)}
    shown = {need.code: need for register in (old, new) for need in shown_types(register, viewer)}
    frame = changes_between(mine, theirs)
    visible = [
        frame.filter((pl.col("type") == code) & reach_of(need, viewer)) for code, need in shown.items()
    ]
    whole = pl.concat([pl.DataFrame(schema=CHANGE), *visible])
    return Comparison(mine, theirs, whole, tuple(shown.values()), len(known) - len(shown))


def people_behind(told: Comparison, viewer: User, line: Change) -> pl.DataFrame:
    """Those behind one line whom this viewer may see."""
    which = (
        (pl.col("type") == line.need.code)
        & (pl.col("cause") == line.cause.value)
        & (pl.col("before") == line.before)
        & (pl.col("after") == line.after)
    )
    return told.frame.filter(which & reach_of_people(line.need, viewer)).sort("region", "person")


def _pairs(old: Register, new: Register) -> Iterator[tuple[str, tuple[int, ...], int | None]]:
    """Each type with its places in the old and in the new words."""
    ways = origins(old.edition, new.edition)
    for code in new.types:
        yield code, tuple(old.place(one) for one in ways.get(code, ()) if one in old.types), new.place(code)
    carried = {one for code in new.types for one in ways.get(code, ())}
    for code in old.types:
        if code not in carried and code not in new.types:
            yield code, (old.place(code),), None


def _side_by_side(old: Register, new: Register) -> pl.DataFrame:
    kept = ("person", *_ABOUT, *VERDICTS, "gone", "judged")
    before = old.people.select(kept).rename({name: _OLD + name for name in kept[1:]})
    before = before.with_columns(was_there=pl.lit(True))
    after = new.people.select(*kept, *CAUSES).with_columns(is_there=pl.lit(True))
    both = before.join(after, on="person", how="full", coalesce=True)
    return both.with_columns(
        pl.col("was_there").fill_null(False),
        pl.col("is_there").fill_null(False),
        *(pl.coalesce(name, _OLD + name).alias(name) for name in _ABOUT),
    )


def _standing(places: Sequence[int], prefix: str, is_there: str) -> pl.Expr:
    """Where somebody stands; with several types of another list, the most that is said in any of them."""

    def any_of(word: str) -> pl.Expr:
        return reduce(or_, (has(prefix + word, place) & ~no(word, place) for place in places), pl.lit(False))

    def no(word: str, place: int) -> pl.Expr:
        # A worker's no outweighs the rule.
        return has(f"{prefix}refused", place) if word.startswith("rule") else pl.lit(False)

    return (
        pl.when(~pl.col(is_there) | (pl.col(f"{prefix}gone") != ""))
        .then(pl.lit(NONE))
        .when(any_of("confirmed"))
        .then(pl.lit("confirmed"))
        .when(any_of("rule_yes"))
        .then(pl.lit("suggested"))
        .when(any_of("rule_unknown"))
        .then(pl.lit("unknown"))
        .when(any_of("refused"))
        .then(pl.lit(REFUSED))
        .otherwise(pl.lit(NONE))
    )


def _of_type(
    both: pl.DataFrame, code: str, before: tuple[int, ...], after: int | None, is_other_list: bool
) -> pl.DataFrame:
    told = both.with_columns(
        pl.lit(code).alias("type"),
        _standing(before, _OLD, "was_there").alias("before"),
        _standing(() if after is None else (after,), "", "is_there").alias("after"),
    ).filter(pl.col("before") != pl.col("after"))
    return told.with_columns(_cause(before, after, is_other_list).alias("cause")).select(*CHANGE)


def _cause_of_another_list(cause: Any) -> pl.Expr:
    """Whether a worker decided, here or there; else the rules of the two lists differ."""
    decided = (Standing.CONFIRMED.value, REFUSED)
    found: pl.Expr = (
        cause.when(pl.col("after").is_in(decided))
        .then(pl.lit(Cause.DECISION.value))
        .when(pl.col("before").is_in(decided))
        .then(pl.lit(Cause.NOT_CARRIED.value))
        .otherwise(pl.lit(Cause.EDITION.value))
    )
    return found


def _cause(before: tuple[int, ...], after: int | None, is_other_list: bool) -> pl.Expr:
    """The first of these that is true."""
    cause = (
        pl.when(~pl.col("was_there"))
        .then(pl.lit(Cause.NEW_PERSON.value))
        .when(~pl.col("is_there") | (pl.col("gone") != ""))
        .then(pl.lit(Cause.GONE.value))
    )
    if is_other_list:
        return _cause_of_another_list(cause)
    if not before or after is None:
        return cause.otherwise(pl.lit(Cause.EDITION.value))
    decided = pl.lit(False)
    for word in ("confirmed", "refused"):
        decided |= has(word, after) != has(_OLD + word, before[0])
    cause = (
        cause.when(decided)
        .then(pl.lit(Cause.DECISION.value))
        .when(pl.col("old_judged") & ~pl.col("judged"))
        .then(pl.lit(Cause.STOPPED.value))
    )
    for word, why in zip(CAUSES, (Cause.FACT, Cause.BIRTHDAY, Cause.LAPSED, Cause.EDITION), strict=True):
        cause = cause.when(has(word, after)).then(pl.lit(why.value))
    return cause.otherwise(pl.lit(Cause.FACT.value))
