"""Counting people and their types: distinct persons and pairs of person and type, stock and flow that tie."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field

Person = Hashable
Types = Mapping[Person, Set[str]]
# Somebody is no longer of a type and nobody has said why.
NO_REASON = "unknown"


@dataclass(frozen=True)
class Counted:
    """Two counts that must never be mixed: distinct `persons`, and `pairs` of a person and a type, by type."""

    persons: int
    by_type: Mapping[str, int]

    @property
    def pairs(self) -> int:
        return sum(self.by_type.values())


def counted(pairs: Iterable[tuple[Person, str]]) -> Counted:
    """Persons and pairs; a pair that comes twice counts once."""
    distinct = set(pairs)
    by_type: dict[str, int] = {}
    for _, kind in distinct:
        by_type[kind] = by_type.get(kind, 0) + 1
    return Counted(len({person for person, _ in distinct}), dict(sorted(by_type.items())))


@dataclass(frozen=True)
class Flow:
    """How many there were, came, left (by reason) and are: start + new - left = end, always."""

    start: int
    new: int
    leaving: Mapping[str, int] = field(default_factory=dict)

    @property
    def left(self) -> int:
        return sum(self.leaving.values())

    @property
    def end(self) -> int:
        return self.start + self.new - self.left


@dataclass(frozen=True)
class Flows:
    """The flow of every type, of all pairs (their sum) and of distinct persons.

    A person who changes type within the period leaves one and is new in another, and stays as a person.
    """

    by_type: Mapping[str, Flow]
    pairs: Flow
    persons: Flow


def stock_and_flow(
    start: Types,
    end: Types,
    *,
    reasons: Mapping[tuple[Person, str], str] | None = None,
    gone: Mapping[Person, str] | None = None,
) -> Flows:
    """What became of those of each type between two days.

    `reasons` say why somebody is no longer of a type, `gone` why somebody is no longer there at all; what has neither
    counts as NO_REASON. Who left and came back in between was never away.
    """
    why, whither = reasons or {}, gone or {}
    kinds = sorted({kind for types in (*start.values(), *end.values()) for kind in types})
    by_type = {kind: _flow(_of(start, kind), _of(end, kind), _why(kind, why, whither)) for kind in kinds}
    leaving: dict[str, int] = {}
    for flow in by_type.values():
        for reason, count in flow.leaving.items():
            leaving[reason] = leaving.get(reason, 0) + count
    pairs = Flow(
        sum(flow.start for flow in by_type.values()),
        sum(flow.new for flow in by_type.values()),
        dict(sorted(leaving.items())),
    )
    before, after = ({person for person, types in side.items() if types} for side in (start, end))
    last = _last_reasons(before - after, start, why, whither)
    return Flows(by_type, pairs, _flow(before, after, last))


def _of(side: Types, kind: str) -> set[Person]:
    return {person for person, types in side.items() if kind in types}


def _why(
    kind: str, why: Mapping[tuple[Person, str], str], whither: Mapping[Person, str]
) -> dict[Person, str]:
    return {**whither, **{person: reason for (person, one), reason in why.items() if one == kind}}


def _last_reasons(
    left: set[Person], start: Types, why: Mapping[tuple[Person, str], str], whither: Mapping[Person, str]
) -> dict[Person, str]:
    """Why a person is gone: as told of the person, else the reason of all their types where it is one and the same."""
    found = {}
    for person in left:
        told = {why.get((person, kind), NO_REASON) for kind in start[person]}
        found[person] = whither.get(person) or (told.pop() if len(told) == 1 else NO_REASON)
    return found


def _flow(before: set[Person], after: set[Person], why: Mapping[Person, str]) -> Flow:
    leaving: dict[str, int] = {}
    for person in before - after:
        reason = why.get(person, NO_REASON)
        leaving[reason] = leaving.get(reason, 0) + 1
    return Flow(len(before), len(after - before), dict(sorted(leaving.items())))
