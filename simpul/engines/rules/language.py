"""The language of criteria: a small closed set of conditions that judge facts and say why.

Three answers run through all of it: a fact that is not given is not known, and not knowing is never a no
(Kleene's logic). `judge` is the truth that every faster reader of the same nodes is held against. A condition
that cannot be said with these nodes becomes a new fact, not a new node.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import ClassVar, Literal, final

from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules.conditions import (
    AgeBetween,
    AgeCompare,
    Among,
    Between,
    Compare,
    CompareFacts,
    IsTrue,
    Node,
    Operator,
    Values,
    opposite,
)
from simpul.engines.rules.facts import Facts

__all__ = [
    "NODE_TYPES",
    "AgeBetween",
    "AgeCompare",
    "All",
    "Among",
    "Any",
    "AtLeast",
    "Between",
    "Compare",
    "CompareFacts",
    "IsTrue",
    "Named",
    "Node",
    "Not",
    "Operator",
    "Readings",
]


_answer_of = attrgetter("answer")


class _Combined(Node):
    """A condition made of conditions."""

    __slots__ = ()
    kind_of_finding: ClassVar[str] = ""

    @abstractmethod
    def _combine(self, answers: list[Answer]) -> Answer:
        """The answer from the answers of the children, in their order."""

    def _values(self, answers: list[Answer]) -> Values:
        """What the sentence needs beside the parts."""
        return {}

    def judge(self, facts: Facts, on: date) -> Finding:
        parts = tuple([child.judge(facts, on) for child in self.children()])
        answers = list(map(_answer_of, parts))
        return Finding(self._combine(answers), self.kind_of_finding, "", self._values(answers), parts)

    def verdict(self, facts: Facts, on: date) -> Answer:
        return self._combine([child.verdict(facts, on) for child in self.children()])

    def facts(self) -> frozenset[str]:
        return frozenset().union(*(child.facts() for child in self.children()))


def _check_parts(parts: tuple[object, ...]) -> None:
    if not parts:
        raise ValueError("a condition made of conditions needs at least one")


@final
@dataclass(frozen=True, slots=True)
class All(_Combined):
    """Every part must hold. One no decides; otherwise one not known leaves it open."""

    parts: tuple[Node, ...]
    kind_of_finding: ClassVar[str] = "all"

    def __post_init__(self) -> None:
        _check_parts(self.parts)

    def children(self) -> tuple[Node, ...]:
        return self.parts

    def _combine(self, answers: list[Answer]) -> Answer:
        return min(answers)


@final
@dataclass(frozen=True, slots=True)
class Any(_Combined):
    """One part is enough. One yes decides; otherwise one not known leaves it open."""

    parts: tuple[Node, ...]
    kind_of_finding: ClassVar[str] = "any"

    def __post_init__(self) -> None:
        _check_parts(self.parts)

    def children(self) -> tuple[Node, ...]:
        return self.parts

    def _combine(self, answers: list[Answer]) -> Answer:
        return max(answers)


@final
@dataclass(frozen=True, slots=True)
class AtLeast(_Combined):
    """At least so many of the parts must hold: yes once enough hold, no once too few can."""

    needed: int
    parts: tuple[Node, ...]
    kind_of_finding: ClassVar[str] = "at_least"

    def __post_init__(self) -> None:
        _check_parts(self.parts)
        if not 1 <= self.needed <= len(self.parts):
            raise ValueError(f"at least {self.needed} of {len(self.parts)} can never be in doubt")

    def children(self) -> tuple[Node, ...]:
        return self.parts

    def _combine(self, answers: list[Answer]) -> Answer:
        # "At least k hold" is exactly the k-th greatest of the answers.
        return sorted(answers, reverse=True)[self.needed - 1]

    def _values(self, answers: list[Answer]) -> Values:
        met, undecided = answers.count(Answer.YES), answers.count(Answer.UNKNOWN)
        return {"needed": self.needed, "of": len(answers), "met": met, "open": undecided}


@final
@dataclass(frozen=True, slots=True)
class Not(_Combined):
    """The part must not hold; not known stays not known."""

    part: Node
    kind_of_finding: ClassVar[str] = "not"

    def children(self) -> tuple[Node, ...]:
        return (self.part,)

    def _combine(self, answers: list[Answer]) -> Answer:
        return opposite(answers[0])


@final
@dataclass(frozen=True, slots=True)
class Named(_Combined):
    """A condition known by a name: a criterion of the law, or a fact derived from other facts."""

    kind: Literal["criterion", "derived"]
    code: str
    node: Node

    def judge(self, facts: Facts, on: date) -> Finding:
        part = self.node.judge(facts, on)
        return Finding(part.answer, self.kind, self.code, {}, (part,))

    def children(self) -> tuple[Node, ...]:
        return (self.node,)

    def _combine(self, answers: list[Answer]) -> Answer:
        return answers[0]


@final
@dataclass(frozen=True, slots=True)
class Readings(_Combined):
    """A text that can be read in more than one way. Only where all readings agree is there an answer."""

    readings: tuple[tuple[str, Node], ...]
    kind_of_finding: ClassVar[str] = "readings"

    def __post_init__(self) -> None:
        _check_parts(self.readings)

    def children(self) -> tuple[Node, ...]:
        return tuple(node for _, node in self.readings)

    def _combine(self, answers: list[Answer]) -> Answer:
        return answers[0] if min(answers) == max(answers) else Answer.UNKNOWN

    def _values(self, answers: list[Answer]) -> Values:
        return {"codes": tuple(code for code, _ in self.readings)}


# Closed: a reader of these nodes (open facts, population, SQL) handles exactly these.
NODE_TYPES: tuple[type[Node], ...] = (
    IsTrue,
    Compare,
    Between,
    Among,
    AgeCompare,
    AgeBetween,
    CompareFacts,
    All,
    Any,
    AtLeast,
    Not,
    Named,
    Readings,
)
