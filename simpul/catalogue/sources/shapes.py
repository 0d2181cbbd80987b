"""What the catalogue knows about sources of help: types, their criteria, what those rest on, skills, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from simpul.catalogue.text import Text
from simpul.engines.rules import Answer, FactKind, Facts, FactSpec, Finding, Node

UNITS = ("person", "family", "organisation", "network")
# Where a fact comes from: the record itself, an answer on the page of criteria, or a certificate held.
GIVEN = ("record", "answer", "paper")
PAPERS = ("training", "competence", "practice")
HOWS = ("one_to_one", "review", "none")
NORM_UNITS = ("days", "years")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a fact that is a choice."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One thing that a criterion rests on, and which paper would settle it.

    `years` names the completed years since a date. `paper` is the kind of certificate that a fact follows from.
    """

    name: str
    kind: FactKind
    given: str
    question: Text
    proof: Text
    years: Text | None = None
    choices: tuple[Choice, ...] = ()
    paper: str = ""

    @property
    def spec(self) -> FactSpec:
        """What a rule may say about the fact."""
        return FactSpec(self.name, self.kind, tuple(choice.code for choice in self.choices))

    def choice_label(self, code: str) -> Text:
        """The words for a choice; the code itself where an older answer is no longer offered."""
        return next((choice.label for choice in self.choices if choice.code == code), Text(code, code))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a type or variant. A supporting one is a status: judged and shown, never deciding."""

    code: str
    text: Text
    when: str
    node: Node
    supporting: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Criteria that must all hold. Without any, nothing can be said: the answer is never more than not known."""

    criteria: tuple[Criterion, ...]

    def judge(self, about: str, facts: Facts, on: date) -> Finding:
        """Whether somebody fits on that day: one part per criterion, in the order of the text."""
        parts = tuple(
            Finding(found.answer, "criterion", criterion.code, {}, (found,))
            for criterion in self.criteria
            for found in (criterion.node.judge(facts, on),)
        )
        deciding = [part.answer for part, one in zip(parts, self.criteria, strict=True) if not one.supporting]
        return Finding(min(deciding, default=Answer.UNKNOWN), "type", about, {}, parts)

    def facts(self) -> tuple[str, ...]:
        """The names of all facts it rests on, in the order of the criteria, each once."""
        named = dict.fromkeys(name for criterion in self.criteria for name in sorted(criterion.node.facts()))
        return tuple(named)

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. KeyError where there is none."""
        return {criterion.code: criterion for criterion in self.criteria}[code]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another rule about a type: of another time, or of one area. Judged beside it, never instead of it."""

    of: str
    code: str
    title: Text
    source: str
    verified: str
    valid_from: date
    valid_to: date | None
    region: str
    note: Text
    rule: Rule

    def holds(self, on: date, region: str) -> bool:
        """Whether it is a rule of that day and place."""
        is_there = not self.region or region == self.region or region.startswith(f"{self.region}.")
        return is_there and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class SourceType:
    """One type of source of help. `official` is the printed name; screens show `display`.

    `is_local` marks what some region counts beside the official list: it is in no count of that list.
    """

    code: str
    number: int
    subtype: str
    official: str
    display: Text
    unit: str
    definition: Text
    source: str
    verified: str
    note: Text | None
    rule: Rule
    variants: tuple[Variant, ...]
    is_local: bool

    @property
    def mark(self) -> str:
        """The number as the list prints it: "10A"; empty for a local type."""
        return f"{self.number}{self.subtype}" if self.number else ""

    def judge(self, facts: Facts, on: date) -> Finding:
        """Whether somebody fits this type on that day, by the list's own criteria alone."""
        return self.rule.judge(self.code, facts, on)

    def variants_on(self, on: date, region: str) -> tuple[Variant, ...]:
        """The other rules of that day and place."""
        return tuple(variant for variant in self.variants if variant.holds(on, region))

    def asked(self, on: date, region: str) -> Iterator[str]:
        """The facts that this type and its rules of that day and place rest on, each once."""
        rules = (self.rule, *(variant.rule for variant in self.variants_on(on, region)))
        yield from dict.fromkeys(name for rule in rules for name in rule.facts())


@dataclass(frozen=True)
class Edition:
    """One dated list of types with their criteria."""

    code: str
    title: Text
    source: str
    verified: str
    valid_from: date
    types: tuple[SourceType, ...]


@dataclass(frozen=True, slots=True)
class OlderType:
    """A type of an older list, and where it stands in the list of 2012."""

    code: str
    official: str
    display: Text
    to: tuple[str, ...]
    how: str
    remark: Text | None


@dataclass(frozen=True, slots=True)
class OlderEdition:
    """An older list by names only: nothing can be judged by it."""

    code: str
    title: Text
    source: str
    verified: str
    valid_from: date
    types: tuple[OlderType, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a source of help can do."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Norm:
    """A number of practice with its source."""

    code: str
    title: Text
    unit: str
    value: int
    source: str
    verified: str
