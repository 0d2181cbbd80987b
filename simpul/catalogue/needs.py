"""The types of need of one edition: their words, their criteria, their rule, and the judgement by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simpul.catalogue import examples
from simpul.catalogue.text import Text
from simpul.engines.rules import Facts, FactSpec, Finding, Node, completed

UNITS = ("person", "family", "community")
# The word before the last criterion, or "list" where the law prints none.
PRINTED = ("dan", "atau", "dan/atau", "list")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a type. A supporting one is a sign: judged and shown, never deciding.

    `text_says` tells why an age bound of `when` does not stand in the text, where that is meant.
    """

    code: str
    text: Text
    when: str
    node: Node
    supporting: bool
    verified: str
    note: Text | None
    line: int
    when_line: int
    text_says: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text that can be read in several."""

    code: str
    rule: str
    text: Text
    source: str
    verified: str
    node: Node
    line: int


@dataclass(frozen=True)
class NeedType:
    """One type of need, judged by the text of its own edition only.

    `official` is the printed name and never reaches a screen; `display` does. `readings` holds all ways to
    read the text where there are several, the main one first. `node` is None where only names are known.
    `printed` is the word between the criteria as the law prints it. `settled` are the facts that another answer can
    settle.
    """

    code: str
    number: int
    official: str
    display: Text
    unit: str
    sensitivity: str
    definition: Text | None
    source: str
    verified: str
    rule: str
    rule_verified: str
    rule_note: Text | None
    criteria: tuple[Criterion, ...]
    readings: tuple[Reading, ...]
    node: Node | None
    settled: tuple[FactSpec, ...]
    printed: str
    uu11: str
    atensi: str
    path: Path
    file: str
    line: int

    @property
    def examples(self) -> tuple[examples.Example, ...]:
        """The experts' examples of this type."""
        return examples.in_folder(self.path.parent).get(self.code, ())

    @property
    def supporting(self) -> tuple[Criterion, ...]:
        """The signs that are shown and never decide."""
        return tuple(criterion for criterion in self.criteria if criterion.supporting)

    def judge(self, facts: Facts, on: date) -> Finding:
        """Whether the type fits on that day, and why. ValueError where the edition has names only.

        The first part is the rule; the supporting signs follow it and are named in values["signs"].
        """
        if self.node is None:
            raise ValueError(f"{self.code} has a name only: its edition has no rules to judge by")
        facts = completed(facts, self.settled, on)
        rule = self.node.judge(facts, on)
        signs = tuple(sign.node.judge(facts, on) for sign in self.supporting)
        values = {"unit": self.unit, "signs": tuple(sign.about for sign in signs)}
        return Finding(rule.answer, "type", self.code, values, (rule, *signs))


@dataclass(frozen=True)
class Edition:
    """One dated list of types. Names-only lists load too and cannot be judged by."""

    code: str
    title: Text
    source: str
    verified: str
    valid_from: date
    valid_to: date | None
    is_default: bool
    types: tuple[NeedType, ...]
    digest: str
    path: Path

    @property
    def is_judgeable(self) -> bool:
        """Whether any type has a rule."""
        return any(need.node for need in self.types)

    def type(self, code: str) -> NeedType:
        """The type of that code. KeyError if the edition has none."""
        return self._by_code()[code]

    def rules(self) -> dict[str, Node]:
        """The rules by code, for the fast readers of the engines."""
        return {need.code: need.node for need in self.types if need.node}

    def judge(self, facts: Facts, on: date) -> dict[str, Finding]:
        """The finding for every type that has a rule."""
        return {need.code: need.judge(facts, on) for need in self.types if need.node}

    def _by_code(self) -> Mapping[str, NeedType]:
        return {need.code: need for need in self.types}


@dataclass(frozen=True, slots=True)
class Group:
    """Some types of an edition under one name."""

    code: str
    number: int
    display: Text
    members: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Grouping:
    """A second layer over the types of an edition: for counting and showing, never for judging."""

    code: str
    of: str
    title: Text
    source: str
    verified: str
    members_verified: str
    valid_from: date
    groups: tuple[Group, ...]
    file: str

    def group_of(self, code: str) -> Group | None:
        """The first group with that type; None if no group has it."""
        return next((group for group in self.groups if code in group.members), None)


@dataclass(frozen=True, slots=True)
class Step:
    """Where one type of an older edition goes: one_to_one, by_age, review (a worker decides) or none."""

    source: str
    targets: tuple[str, ...]
    how: str
    remark: Text | None
    line: int


@dataclass(frozen=True)
class Crosswalk:
    """The way from one edition to another. It proposes; nothing is reclassified by it."""

    source: str
    target: str
    verified: str
    basis: str
    steps: tuple[Step, ...]
    file: str

    def step(self, code: str) -> Step:
        """Where that type goes. KeyError if the crosswalk does not know it."""
        return {step.source: step for step in self.steps}[code]
