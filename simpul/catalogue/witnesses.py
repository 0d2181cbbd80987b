"""Witnesses: situations that show what a rule can do. Which answers it can give, and which criteria matter.

A criterion matters if never meeting it, and always meeting it, would each change some verdict. Found by trying,
the examples first, then changed and made-up situations, always the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from simpul.catalogue.needs import NeedType
from simpul.engines.rules import (
    AgeBetween,
    AgeCompare,
    All,
    Any,
    AtLeast,
    Between,
    Compare,
    DateRange,
    FactKind,
    FactSpec,
    IsTrue,
    Named,
    Node,
    Not,
    OpenFacts,
    Readings,
    Value,
)

TRIALS = 3_000
_FROM_EXAMPLE = 0.7
_CHANGES = 3
_FREE = "free_"


@dataclass
class Witnessed:
    """What was seen: the answers that the rule gave, and the criteria that never mattered."""

    answers: set[bool | None] = field(default_factory=set)
    idle: set[str] = field(default_factory=set)


def witness(need: NeedType, specs: Mapping[str, FactSpec], on: date) -> Witnessed:
    """Tries situations until every answer and every criterion of the rule has its witness, or gives up."""
    assert need.node is not None
    codes = sorted({node.code for node in walk(need.node) if isinstance(node, Named)} & _own_codes(need))
    rules = {"": need.node, **{code: _freed(need.node, code) for code in codes}}
    free = {_FREE + code: FactSpec(_FREE + code, FactKind.BOOL) for code in map(_plain, codes)}
    compiled = OpenFacts(rules, {**specs, **free}, on)
    seen = Witnessed(idle={_plain(code) for code in codes})
    # A sign that is counted and always holds still counts: only never holding is held against it.
    useful: dict[bool, set[str]] = {True: _counted(need.node), False: set()}
    for situation in _situations(need, specs, on):
        for constant in (True, False):
            results = compiled.step_row(compiled.row({**situation, **dict.fromkeys(free, constant)}))
            base = results[0][0]
            useful[constant] |= {
                _plain(code) for code, (verdict, _) in zip(codes, results[1:], strict=True) if verdict != base
            }
        seen.answers.add(base)
        seen.idle = {_plain(code) for code in codes} - (useful[True] & useful[False])
        if not seen.idle and {True, False} <= seen.answers:
            break
    return seen


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it."""
    yield node
    for child in node.children():
        yield from walk(child)


def _counted(node: Node) -> set[str]:
    """The criteria that stand in an AT_LEAST."""
    return {
        _plain(sign.code)
        for part in walk(node)
        if isinstance(part, AtLeast)
        for sign in part.parts
        if isinstance(sign, Named)
    }


def _plain(code: str) -> str:
    return code.partition(".")[2]


def _own_codes(need: NeedType) -> set[str]:
    return {f"{need.code}.{criterion.code}" for criterion in need.criteria}


def _freed(node: Node, code: str) -> Node:
    """The same rule with one criterion made a fact of its own, to be set at will."""
    match node:
        case Named():
            if node.code == code:
                return IsTrue(_FREE + _plain(code))
            return Named(node.kind, node.code, _freed(node.node, code))
        case All():
            return All(tuple(_freed(part, code) for part in node.parts))
        case Any():
            return Any(tuple(_freed(part, code) for part in node.parts))
        case AtLeast():
            return AtLeast(node.needed, tuple(_freed(part, code) for part in node.parts))
        case Not():
            return Not(_freed(node.part, code))
        case Readings():
            return Readings(tuple((name, _freed(part, code)) for name, part in node.readings))
        case _:
            return node


Situation = dict[str, Value]


def _situations(need: NeedType, specs: Mapping[str, FactSpec], on: date) -> Iterator[Situation]:
    """Complete situations: the examples filled up, each with one fact changed, then any at all."""
    assert need.node is not None
    random = Random(need.code)  # noqa: S311  the same tries on every run
    values = _values(need.node, specs, on)
    begun = list(_filled_examples(need, values, random))
    yield from begun
    for situation in begun:
        for name, choices in values.items():
            for choice in choices:
                yield {**situation, name: choice}
    for _ in range(TRIALS):
        situation = dict(random.choice(begun)) if begun and random.random() < _FROM_EXAMPLE else {}
        for name in random.sample(sorted(values), k=min(len(values), _CHANGES)) if situation else values:
            situation[name] = random.choice(values[name])
        yield situation


def _filled_examples(
    need: NeedType, values: Mapping[str, list[Value]], random: Random
) -> Iterator[Situation]:
    """Each example with what it leaves open filled in: all the first values, all the last, and any."""
    for example in need.examples:
        known = {
            name: known
            for name, known in example.facts.items()
            if name in values and known is not None and not isinstance(known, DateRange)
        }
        for place in (0, -1, None):
            filled = {
                name: random.choice(choices) if place is None else choices[place]
                for name, choices in values.items()
            }
            yield {**filled, **known}


def _values(node: Node, specs: Mapping[str, FactSpec], on: date) -> dict[str, list[Value]]:
    """For each fact the values that the rule can tell apart."""
    values: dict[str, set[Value]] = {name: set(_plain_values(specs[name])) for name in node.facts()}
    for part in walk(node):
        match part:
            case AgeCompare():
                values[part.fact] |= _ages(part.years, on)
            case AgeBetween():
                values[part.fact] |= _ages(part.low, on) | _ages(part.high, on) | _ages(part.high + 1, on)
            case Compare():
                values[part.fact] |= _around(part.bound)
            case Between():
                values[part.fact] |= _around(part.low) | _around(part.high)
    return {name: sorted(found, key=repr) for name, found in sorted(values.items())}


def _plain_values(spec: FactSpec) -> tuple[Value, ...]:
    if spec.kind is FactKind.BOOL:
        return (True, False)
    if spec.kind is FactKind.CHOICE:
        return spec.choices
    if spec.kind is FactKind.NUMBER:
        low = spec.minimum or 0
        return tuple(range(low, min(low + 3, (spec.maximum or low + 2) + 1)))
    return ()


def _ages(years: int, on: date) -> set[Value]:
    birthday = on.replace(year=on.year - years, day=min(on.day, 28))
    return {birthday, birthday - timedelta(days=400), birthday + timedelta(days=400)}


def _around(bound: int | date) -> set[Value]:
    if isinstance(bound, date):
        return {bound, bound - timedelta(days=1), bound + timedelta(days=1)}
    return {bound, bound - 1, bound + 1} if bound else {bound, bound + 1}
