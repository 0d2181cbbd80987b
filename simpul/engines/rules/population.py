"""Judges whole populations: the same nodes over columns, three answers as true, false and null.

A frame has one column for each fact, named as the fact: Boolean, integer, Date, and Enum (or text) for choices.
A missing column or a null is not known. An estimated date is a pair of columns `<fact>_earliest` and
`<fact>_latest` beside (or instead of) `<fact>`.

Everything is said with Polars' own `&`, `|` and `~`, which are Kleene's, on bits: eight people to a byte. Each
condition is computed once for all rules that share it, on pieces of the frame that two or more threads take in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import reduce
from operator import and_, or_
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
# Measured: smaller pieces pay for the calls, larger ones leave the second thread idle.
PIECE = 524_288
SMALL = 65_536

_COMPARISONS: dict[Operator, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    Operator.LESS: lambda left, right: left < right,
    Operator.AT_MOST: lambda left, right: left <= right,
    Operator.MORE: lambda left, right: left > right,
    Operator.AT_LEAST: lambda left, right: left >= right,
    Operator.EQUAL: lambda left, right: left == right,
    Operator.NOT_EQUAL: lambda left, right: left != right,
}

_TYPES = {
    FactKind.BOOL: pl.Boolean,
    FactKind.NUMBER: pl.Int64,
    FactKind.CHOICE: pl.String,
    FactKind.DATE: pl.Date,
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
    available = frame.collect_schema()
    plan = _Plan(rules, facts, available, on)

    def judge(piece: pl.DataFrame) -> pl.DataFrame:
        columns: list[pl.Series] = [answer.alias(code) for code, answer in plan.judge(piece).items()]
        return pl.DataFrame([*(piece.get_column(name) for name in keep), *columns])

    narrow = frame.select([name for name in available if name in keep or name in plan.columns])
    if isinstance(narrow, pl.LazyFrame):
        schema = {name: available[name] for name in keep} | dict.fromkeys(rules, pl.Boolean())
        return narrow.map_batches(judge, streamable=True, schema=schema)
    return _in_pieces(narrow, judge)


def _in_pieces(frame: pl.DataFrame, judge: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """The pieces judged by as many threads as Polars uses, and put together again in order."""
    if frame.height <= SMALL:
        return judge(frame)
    threads = pl.thread_pool_size()
    size = min(PIECE, -(-frame.height // threads))
    with ThreadPoolExecutor(threads) as pool:
        return pl.concat(pool.map(judge, frame.iter_slices(size)), rechunk=False)


class _Plan:
    """What to compute, in order, each equal condition once.

    Conditions on facts are expressions, all evaluated by one call into Polars; conditions made of conditions are
    steps over the columns that came out of it, each with the places of its parts.
    """

    def __init__(
        self,
        rules: Mapping[str, Node],
        facts: Mapping[str, FactSpec],
        schema: Mapping[str, pl.DataType],
        on: date,
    ) -> None:
        self._leaves = _Leaves(facts, schema, on)
        self._places: dict[Node, int] = {}
        self._expressions: list[pl.Expr] = []
        self._steps: list[tuple[Node, tuple[int, ...]]] = []
        ordered = list(_parts_first(rules.values()))
        simple = [node for node in ordered if _is_simple(node)]
        for node in simple:
            self._places[node] = len(self._expressions)
            self._expressions.append(self._leaves.expression(node).alias(str(len(self._expressions))))
        for node in ordered:
            if node not in self._places:
                parts = tuple(self._places[_bare(part)] for part in node.children())
                self._places[node] = len(self._expressions) + len(self._steps)
                self._steps.append((node, parts))
        self.answers = {code: self._places[_bare(node)] for code, node in rules.items()}
        self.columns = frozenset(name for leaf in self._expressions for name in leaf.meta.root_names())

    def judge(self, piece: pl.DataFrame) -> dict[str, pl.Series]:
        """True, false or null for everybody, by rule."""
        # One chunk: Polars pays for every border between chunks at every step.
        whole = piece if piece.n_chunks() == 1 else piece.rechunk()
        done = whole.select(self._expressions).get_columns()
        not_known = pl.repeat(None, piece.height, dtype=pl.Boolean, eager=True)
        for node, places in self._steps:
            done.append(_combined(node, [done[place] for place in places], not_known))
        return {code: done[place] for code, place in self.answers.items()}


def _bare(node: Node) -> Node:
    """The node without the names around it, which add nothing to the answer."""
    while isinstance(node, Named):
        node = node.node
    return node


def _parts_first(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every different node once, after all of its parts."""
    seen: set[Node] = set()

    def below(node: Node) -> Iterator[Node]:
        node = _bare(node)
        if node not in seen:
            seen.add(node)
            if not _is_simple(node):
                for part in node.children():
                    yield from below(part)
            yield node

    for node in nodes:
        yield from below(node)


def _is_simple(node: Node) -> bool:
    """A condition on facts, or the NOT of one."""
    if isinstance(node, Not):
        node = _bare(node.part)
    return not node.children()


def _combined(node: Node, parts: list[pl.Series], not_known: pl.Series) -> pl.Series:
    match node:
        case Not():
            return ~parts[0]
        case All():
            return reduce(and_, parts)
        case Any():
            return reduce(or_, parts)
        case AtLeast(needed=needed):
            return _at_least(needed, parts)
        case Readings():
            # True if all are, false if none can be, null in between.
            return reduce(and_, parts) | (not_known & reduce(or_, parts))
        case _:
            raise TypeError(f"{type(node).__name__} is not a node of the language")


class _Leaves:
    """Conditions on facts as expressions over a frame of that schema."""

    def __init__(self, facts: Mapping[str, FactSpec], schema: Mapping[str, pl.DataType], on: date) -> None:
        self._facts = facts
        self._schema = schema
        self._on = on

    def expression(self, node: Node) -> pl.Expr:
        match node:
            case Not(part=part):
                return ~self.expression(_bare(part))
            case IsTrue(fact=fact):
                return self._column(fact)
            case Among():
                return self._among(node)
            case Compare() | Between() | AgeCompare() | AgeBetween():
                return self._span(span_of(node, self._on))
            case CompareFacts(left=left, operator=operator, right=right):
                return _COMPARISONS[operator](self._column(left), self._column(right))
            case _:
                raise TypeError(f"{type(node).__name__} is not a node of the language")

    def _column(self, name: str) -> pl.Expr:
        if name not in self._facts:
            return pl.col(name)  # one end of an estimated date
        spec = self._facts[name]
        missing = pl.repeat(None, pl.len(), dtype=_TYPES[spec.kind])
        column = pl.col(name) if name in self._schema else missing
        kind = self._schema.get(name, _TYPES[spec.kind])
        if spec.follows and self._is_told(spec.follows):
            column = pl.coalesce(column, self._condition(spec.follows))
        if spec.otherwise is not None and spec.asked_if and self._is_told(spec.asked_if):
            settled = column.is_null() & ~self._condition(spec.asked_if)
            column = pl.when(settled).then(pl.lit(spec.otherwise, dtype=kind)).otherwise(column)
        return column

    def _is_told(self, condition: Node) -> bool:
        """Whether the frame has any column that the condition looks at."""
        ends = ("", EARLIEST, LATEST)
        return any(fact + end in self._schema for fact in condition.facts() for end in ends)

    def _condition(self, node: Node) -> pl.Expr:
        """A condition on a question, as one expression: it is small, and made of no more than these."""
        match node:
            case Named(node=inner):
                return self._condition(inner)
            case Not(part=part):
                return ~self._condition(part)
            case All(parts=parts):
                return reduce(and_, map(self._condition, parts))
            case Any(parts=parts):
                return reduce(or_, map(self._condition, parts))
            case _:
                return self.expression(node)

    def _among(self, node: Among) -> pl.Expr:
        """Compared one by one: on an Enum that is a comparison of small numbers."""
        column, choices, kind = self._column(node.fact), node.choices, self._schema.get(node.fact)
        if isinstance(kind, pl.Enum):
            # Polars refuses to compare an Enum with a text that is none of its own.
            choices = tuple(choice for choice in choices if choice in kind.categories)
        return reduce(or_, [column == choice for choice in choices]) if choices else column != column

    def _span(self, span: Span) -> pl.Expr:
        ends = (span.fact + EARLIEST, span.fact + LATEST)
        exact = self._column(span.fact)
        if not span.is_date or not any(end in self._schema for end in ends):
            inside = _within(span, exact, exact)
            return ~inside if span.inverse else inside
        earliest, latest = (
            pl.coalesce(exact, self._column(end) if end in self._schema else exact) for end in ends
        )
        # Certain only if all days agree: a yes if all of them are inside, a no if all are outside.
        inside, outside = _within(span, earliest, latest), ~_within(span, latest, earliest)
        yes, no = (outside, inside) if span.inverse else (inside, outside)
        return pl.when(yes).then(True).when(no).then(False).otherwise(None)


def _within(span: Span, earliest: pl.Expr, latest: pl.Expr) -> pl.Expr:
    tests = []
    if span.low is not None:
        tests.append(earliest >= _bound(span, span.low))
    if span.high is not None:
        tests.append(latest <= _bound(span, span.high))
    # Without a bound it holds for whatever is known.
    return reduce(and_, tests) if tests else earliest == earliest


def _bound(span: Span, value: int) -> int | date:
    return date.fromordinal(max(value, 1)) if span.is_date else value


def _at_least(needed: int, parts: list[pl.Series]) -> pl.Series:
    """Whether so many parts hold, by counting in threes: a plain sum would be null far too often.

    reached[k] says whether at least k of the parts so far hold; it holds if it did before, or if the next part
    holds and k - 1 did before. With Kleene's AND and OR this is exact, and stays on bits.
    """
    reached: list[pl.Series | None] = [None] * (needed + 1)
    for place, part in enumerate(parts):
        left = len(parts) - place - 1
        # From the top, so that reached[k - 1] is still that of the parts before. What the parts that are left
        # cannot complete any more is not needed.
        for count in range(min(needed, place + 1), max(0, needed - left - 1), -1):
            before, fewer = reached[count], reached[count - 1]
            both = part if fewer is None else part & fewer
            reached[count] = both if before is None else before | both
    result = reached[needed]
    assert result is not None  # needed is at most the number of parts
    return result
