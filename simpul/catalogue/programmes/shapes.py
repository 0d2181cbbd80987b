"""The shapes of what the catalogue says about capacity programmes."""

from __future__ import annotations

from dataclasses import dataclass

from simpul.catalogue.text import Text
from simpul.engines.rules import FactKind, FactSpec


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a fact about a body may have."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class BodyFact:
    """What a criterion may ask about a body. `about` says where the answer comes from, and when it is not known."""

    code: str
    kind: FactKind
    label: Text
    about: Text
    choices: tuple[Choice, ...]
    source: str
    verified: str

    @property
    def spec(self) -> FactSpec:
        """What the engine needs to know of it."""
        return FactSpec(self.code, self.kind, tuple(choice.code for choice in self.choices))

    def choice_label(self, code: str) -> Text:
        """KeyError for a code that is no choice of it."""
        return {choice.code: choice.label for choice in self.choices}[code]


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the field for a condition: "embrio" for type D. A criterion may use it in place of the condition."""

    code: str
    rule: str
    label: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion by which bodies are chosen, where an office does not write its own."""

    code: str
    words: Text
    rule: str
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Norms:
    """Numbers of practice that no law fixes.

    `account_reminder_days`: so long before it is due the account of stimulus money is asked for.
    `smallest_group_shown`: results of fewer people are shown nowhere. `attendance_minutes`: how long the QR of a
    session stays open. `certificate_share`: per cent of the sessions held that a certificate asks for.
    `attendance_tries`, `check_tries`: how often an hour one network may write itself present, or check papers.
    `most_criteria`, `most_judged`: the longest list of criteria, and of bodies that are judged at once.
    """

    account_reminder_days: int
    smallest_group_shown: int
    attendance_minutes: int
    certificate_share: int
    attendance_tries: int
    check_tries: int
    most_criteria: int
    most_judged: int
