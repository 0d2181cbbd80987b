"""Judges whole populations: the same nodes as Polars expressions, three answers as true, false and null.

A frame has one column for each fact, named as the fact: Boolean, integer, Date, and Enum (or text) for choices.
A missing column or a null is not known. An estimated date is a pair of columns `<fact>_earliest` and
`<fact>_latest` beside (or instead of) `<fact>`. Polars' own `&`, `|` and `~` are Kleene's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import reduce
from operator import add, and_, or_
from typing import TypeVar

import polars as pl

from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.language import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    IsTrue,
    Named,
    Node,
    Not,
    Operator,
    Readings,
)
from simpul.engines.rules.spans import Span, span_of

EARLIEST, LATEST = "_earliest", "_latest"

_EPOCH = date(1970, 1, 1).toordinal()
_NOT_KNOWN = pl.lit(None, dtype=pl.Boolean)

_COMPARISONS: dict[Operator, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    Operator.LESS: lambda left, right: left < right,
    Operator.AT_MOST: lambda left, right: left <= right,
    Operator.MORE: lambda left, right: left > right,
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.EQUAL: lambda left, right: left == right,
    Operator.NOT_EQUAL: lambda left, right: left != right,
}

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def verdicts(
    frame: Frame,
    rules: Mapping[str, Node],
    facts: Mapping[str, FactSpec],
    on: date,
    *,
    keep: Collection[str] = (),
) -> Frame:
    """One Boolean column for each rule (null: not known), after the columns to keep. Lazy stays lazy."""
    schema = frame.collect_schema()
    made: dict[str, pl.Expr] = expressions(rules, facts, schema, on)
    return frame.select([*(pl.col(name) for name in keep), *(made[code].alias(code) for code in rules)])


def expressions(
    rules: Mapping[str, Node], facts: Mapping[str, FactSpec], schema: Mapping[str, pl.DataType], on: date
) -> dict[str, pl.Expr]:
    """The expression of each rule over a frame with that schema."""
    translation = _Translation(facts, schema, on)
    return {code: translation.of(node) for code, node in rules.items()}


class _Translation:
    """Nodes to expressions over one schema; an equal node becomes the same expression object."""

    def __init__(self, facts: Mapping[str, FactSpec], schema: Mapping[str, pl.DataType], on: date) -> None:
        self._facts = facts
        self._schema = schema
        self._on = on
        self._done: dict[Node, pl.Expr] = {}

    def of(self, node: Node) -> pl.Expr:
        if node not in self._done:
            self._done[node] = self._translate(node)
        return self._done[node]

    def _translate(self, node: Node) -> pl.Expr:
        match node:
            case IsTrue(fact=fact):
                return self._column(fact)
            case Among():
                return self._among(node)
            case Compare() | Between() | AgeCompare() | AgeBetween():
                return self._span(span_of(node, self._on))
            case CompareFacts(left=left, operator=operator, right=right):
                return _COMPARISONS[operator](self._column(left), self._column(right))
            case Named(node=inner):
                return self.of(inner)
            case Not(part=part):
                return ~self.of(part)
            case All(parts=parts):
                return reduce(and_, map(self.of, parts))
            case Any(parts=parts):
                return reduce(or_, map(self.of, parts))
            case AtLeast(needed=needed, parts=parts):
                return _at_least(needed, [self.of(part) for part in parts])
            case Readings():
                return _agreed([self.of(part) for part in node.children()])
            case _:
                raise TypeError(f"{type(node).__name__} is not a node of the language")

    def _column(self, fact: str) -> pl.Expr:
        if fact not in self._schema:
            return _NOT_KNOWN if self._facts[fact].kind is FactKind.BOOL else pl.lit(None, dtype=pl.Int64)
        return pl.col(fact)

    def _among(self, node: Among) -> pl.Expr:
        """Compared one by one: on an Enum that is a comparison of small numbers."""
        if node.fact not in self._schema:
            return _NOT_KNOWN
        column, kind = pl.col(node.fact), self._schema[node.fact]
        choices = node.choices
        if isinstance(kind, pl.Enum):
            # Polars refuses to compare an Enum with a text that is none of its own.
            choices = tuple(choice for choice in choices if choice in kind.categories)
        if not choices:
            return column != column
        return reduce(or_, [column == choice for choice in choices])

    def _span(self, span: Span) -> pl.Expr:
        if not span.is_date:
            return _inside(self._column(span.fact), self._column(span.fact), span, pl.lit)
        pair = (span.fact + EARLIEST, span.fact + LATEST)
        if not any(name in self._schema for name in pair):
            if span.fact not in self._schema:
                return _NOT_KNOWN
            return _inside(pl.col(span.fact), pl.col(span.fact), span, _day)
        earliest, latest = (
            pl.coalesce(
                [pl.col(name) for name in (span.fact, end) if name in self._schema]
                or [pl.lit(None, dtype=pl.Date)]
            )
            for end in pair
        )
        return _estimated(earliest, latest, span)


def _day(ordinal: int) -> pl.Expr:
    return pl.lit(ordinal - _EPOCH, dtype=pl.Int32).cast(pl.Date)


def _inside(earliest: pl.Expr, latest: pl.Expr, span: Span, fixed: Callable[[int], pl.Expr]) -> pl.Expr:
    """Whether the whole from earliest to latest lies in the span; null where one that is needed is null."""
    tests = []
    if span.low is not None:
        tests.append(earliest >= fixed(span.low))
    if span.high is not None:
        tests.append(latest <= fixed(span.high))
    # Without any bound it is a yes for whatever is known.
    inside = reduce(and_, tests) if tests else earliest == earliest
    return ~inside if span.inverse else inside


def _estimated(earliest: pl.Expr, latest: pl.Expr, span: Span) -> pl.Expr:
    """Certain only if the whole range agrees: a yes if all of it is inside, a no if all of it is outside."""
    bare = Span(span.fact, span.is_date, span.low, span.high)
    inside = _inside(earliest, latest, bare, _day)
    tests = []
    if span.low is not None:
        tests.append(latest < _day(span.low))
    if span.high is not None:
        tests.append(earliest > _day(span.high))
    outside = reduce(or_, tests) if tests else pl.lit(False)
    yes, no = (outside, inside) if span.inverse else (inside, outside)
    return pl.when(yes).then(True).when(no).then(False).otherwise(_NOT_KNOWN)


def _at_least(needed: int, parts: list[pl.Expr]) -> pl.Expr:
    """Two guarded sums: those sure to hold, and those that still may. One sum would be null far too often."""
    if needed == 1:
        return reduce(or_, parts)
    if needed == len(parts):
        return reduce(and_, parts)
    sure = reduce(add, [part.fill_null(False).cast(pl.UInt8) for part in parts])
    possible = reduce(add, [part.fill_null(True).cast(pl.UInt8) for part in parts])
    return pl.when(sure >= needed).then(True).when(possible < needed).then(False).otherwise(_NOT_KNOWN)


def _agreed(readings: list[pl.Expr]) -> pl.Expr:
    all_yes, any_yes = reduce(and_, readings), reduce(or_, readings)
    return pl.when(all_yes).then(True).when(~any_yes).then(False).otherwise(_NOT_KNOWN)
