"""Facts as rules see them: what kinds there are, and what a value of each kind may be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from simpul.engines.reasons import Answer

if TYPE_CHECKING:
    from simpul.engines.rules.conditions import Node


class FactKind(StrEnum):
    """What can be known: yes or no, a whole number, one of a list, a day."""

    BOOL = "bool"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True)
class FactSpec:
    """What a rule may say about a fact: its kind, its choices, its least and greatest number.

    asked_if is the condition on which the question is put at all. Where it is a no and the fact was not given,
    the fact is `otherwise`: the no was an answer to this question too. None: it stays not known. A yes or no that
    was not given follows from `follows`, as "the income is enough" does from two sums; both kinds rest on given facts
    alone. A volunteered fact is taken when somebody tells it, and never put forward; an early one opens the talk.
    """

    name: str
    kind: FactKind
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    asked_if: Node | None = None
    otherwise: bool | int | str | None = None
    follows: Node | None = None
    volunteered: bool = False
    early: bool = False

    @property
    def is_settled_by_others(self) -> bool:
        """Whether other answers can settle this fact."""
        return self.otherwise is not None or self.follows is not None

    def conditions(self) -> tuple[Node, ...]:
        """What can settle this fact."""
        asked_if = self.asked_if if self.otherwise is not None else None
        return tuple(node for node in (asked_if, self.follows) if node)


@dataclass(frozen=True, slots=True)
class DateRange:
    """An estimated date: some day from earliest to latest, both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"a date range ends ({self.latest}) before it begins ({self.earliest})")


Value = bool | int | str | date | DateRange
# A fact that is absent (or None) is not known. It is never a no.
Facts = Mapping[str, Value | None]


class FactError(ValueError):
    """A value of the wrong type was given for a fact."""

    def __init__(self, fact: str, expected: str, value: object) -> None:
        self.fact = fact
        # The value itself is left out: it may be somebody's secret, and errors end up in logs.
        super().__init__(f"the fact {fact!r} must be {expected}, not {type(value).__name__}")


def check_bool(fact: str, value: object) -> bool:
    """The value as a bool; FactError for anything else."""
    if not isinstance(value, bool):
        raise FactError(fact, "yes or no (bool)", value)
    return value


def check_number(fact: str, value: object) -> int:
    """The value as a whole number; FactError for anything else, also for a bool."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactError(fact, "a whole number (int)", value)
    return value


def check_choice(fact: str, value: object) -> str:
    """The value as the code of a choice; FactError for anything else."""
    if not isinstance(value, str):
        raise FactError(fact, "the code of a choice (str)", value)
    return value


def check_date(fact: str, value: object) -> DateRange:
    """The value as a range of days (an exact date is a range of one); FactError for anything else."""
    if isinstance(value, DateRange):
        return value
    if isinstance(value, datetime) or not isinstance(value, date):
        raise FactError(fact, "a date or a DateRange", value)
    return DateRange(value, value)


_CHECKS = {
    FactKind.BOOL: check_bool,
    FactKind.NUMBER: check_number,
    FactKind.CHOICE: check_choice,
    FactKind.DATE: check_date,
}


def check(fact: str, kind: FactKind, value: object) -> None:
    """Raises FactError if the value is not of the kind."""
    _CHECKS[kind](fact, value)


def completed(facts: Facts, specs: Collection[FactSpec], on: date) -> Facts:
    """The facts with those added that other answers settle: see FactSpec. Given ones always stay."""
    added: dict[str, Value] = {}
    for spec in specs:
        if spec.is_settled_by_others and facts.get(spec.name) is None:
            value = _settled(spec, facts, on)
            if value is not None:
                added[spec.name] = value
    return {**facts, **added} if added else facts


def _settled(spec: FactSpec, facts: Facts, on: date) -> Value | None:
    if spec.otherwise is not None and spec.asked_if and spec.asked_if.verdict(facts, on) is Answer.NO:
        return spec.otherwise
    answer = spec.follows.verdict(facts, on) if spec.follows else Answer.UNKNOWN
    return None if answer is Answer.UNKNOWN else answer is Answer.YES
