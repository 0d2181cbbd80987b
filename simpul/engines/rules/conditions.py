"""The simple conditions of the language: one fact (or two numbers) held against a bound."""

from __future__ import annotations

import operator as python_operators
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, final

from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules.ages import OLDEST, completed_years
from simpul.engines.rules.facts import (
    DateRange,
    Facts,
    Value,
    check_bool,
    check_choice,
    check_date,
    check_number,
)

Values = dict[str, Any]


class Operator(StrEnum):
    """How two ordered values are compared, in SQL's signs."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="
    NOT_EQUAL = "<>"


_TESTS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: python_operators.lt,
    Operator.AT_MOST: python_operators.le,
    Operator.MORE: python_operators.gt,
    Operator.AT_LEAST: python_operators.ge,
}


_YES, _NO, _UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
_OPPOSITES = (_YES, _UNKNOWN, _NO)


def opposite(answer: Answer) -> Answer:
    return _OPPOSITES[answer]


def _within(earliest: Any, latest: Any, low: Any, high: Any) -> Answer:
    """Whether something between earliest and latest lies between low and high."""
    if low <= earliest and latest <= high:
        return _YES
    if latest < low or earliest > high:
        return _NO
    return _UNKNOWN


def _compared(earliest: Any, latest: Any, operator: Operator, bound: Any) -> Answer:
    """How something between earliest and latest compares with the bound: certain only if both ends agree."""
    if operator is Operator.EQUAL:
        return _within(earliest, latest, bound, bound)
    if operator is Operator.NOT_EQUAL:
        return opposite(_within(earliest, latest, bound, bound))
    test = _TESTS[operator]
    first, last = test(earliest, bound), test(latest, bound)
    if first != last:
        return _UNKNOWN
    return _YES if first else _NO


class Node(ABC):
    """A condition over facts. Frozen, comparable, and always one of NODE_TYPES."""

    __slots__ = ()

    @abstractmethod
    def judge(self, facts: Facts, on: date) -> Finding:
        """The answer on that day, with its reasons. FactError if a value has the wrong type."""

    @abstractmethod
    def verdict(self, facts: Facts, on: date) -> Answer:
        """The answer alone: always judge(facts, on).answer, without the cost of the reasons."""

    @abstractmethod
    def facts(self) -> frozenset[str]:
        """The names of all facts that the condition may look at."""

    def children(self) -> tuple[Node, ...]:
        """The conditions directly inside this one."""
        return ()


class _Leaf(Node):
    """A condition on the value of one fact."""

    __slots__ = ()
    kind: ClassVar[str] = "fact"
    fact: str

    @abstractmethod
    def _answer(self, value: Value, on: date) -> Answer:
        """The answer for a value that is known."""

    def _bounds(self) -> Values:
        """What the value is held against, for the sentence."""
        return {}

    def _seen(self, value: Value, on: date) -> Values:
        """The value, for the sentence."""
        return {"value": value}

    def judge(self, facts: Facts, on: date) -> Finding:
        value = facts.get(self.fact)
        if value is None:
            return _not_known(self)
        answer = self._answer(value, on)
        return Finding(answer, self.kind, self.fact, {**self._seen(value, on), **self._bounds()})

    def verdict(self, facts: Facts, on: date) -> Answer:
        value = facts.get(self.fact)
        return _UNKNOWN if value is None else self._answer(value, on)

    def facts(self) -> frozenset[str]:
        return frozenset((self.fact,))


# Findings never change, so that one serves everybody; their values are sealed, so that nobody changes another's.
# Both caches hold nothing of a person's: a condition with its bounds, or a fact's name with a yes or a no.
@lru_cache(maxsize=4096)
def _not_known(leaf: _Leaf) -> Finding:
    return Finding(_UNKNOWN, leaf.kind, leaf.fact, MappingProxyType(leaf._bounds()))


@lru_cache(maxsize=4096)
def _told(fact: str, value: bool) -> Finding:
    return Finding(Answer.of(value), IsTrue.kind, fact, MappingProxyType({"value": value}))


def _span(fact: str, value: Value, sample: int | date) -> tuple[Any, Any]:
    """The least and greatest that the value can be: a number or a date, as the sample is."""
    if isinstance(sample, date):
        days = check_date(fact, value)
        return days.earliest, days.latest
    number = check_number(fact, value)
    return number, number


def _shown(value: Value) -> Values:
    """A date or number for the sentence; an estimated date as its two ends."""
    if isinstance(value, DateRange):
        return {"earliest": value.earliest, "latest": value.latest}
    return {"value": value}


@final
@dataclass(frozen=True, slots=True)
class IsTrue(_Leaf):
    """A fact that is itself a yes or a no."""

    fact: str

    def judge(self, facts: Facts, on: date) -> Finding:
        value = facts.get(self.fact)
        return _not_known(self) if value is None else _told(self.fact, check_bool(self.fact, value))

    def _answer(self, value: Value, on: date) -> Answer:
        return _YES if check_bool(self.fact, value) else _NO


@final
@dataclass(frozen=True, slots=True)
class Compare(_Leaf):
    """A number or a date compared with a fixed bound: `income < 600000`, `moved_in >= DATE '2020-01-01'`."""

    fact: str
    operator: Operator
    bound: int | date
    kind: ClassVar[str] = "compare"

    def _answer(self, value: Value, on: date) -> Answer:
        earliest, latest = _span(self.fact, value, self.bound)
        return _compared(earliest, latest, self.operator, self.bound)

    def _bounds(self) -> Values:
        return {"operator": str(self.operator), "bound": self.bound}

    def _seen(self, value: Value, on: date) -> Values:
        return _shown(value)


@final
@dataclass(frozen=True, slots=True)
class Between(_Leaf):
    """A number or a date within bounds that both count: `rooms BETWEEN 1 AND 3`."""

    fact: str
    low: int | date
    high: int | date
    kind: ClassVar[str] = "compare"

    def _answer(self, value: Value, on: date) -> Answer:
        earliest, latest = _span(self.fact, value, self.low)
        return _within(earliest, latest, self.low, self.high)

    def _bounds(self) -> Values:
        return {"operator": "between", "low": self.low, "high": self.high}

    def _seen(self, value: Value, on: date) -> Values:
        return _shown(value)


@final
@dataclass(frozen=True, slots=True)
class Among(_Leaf):
    """A choice that is one of some: `floor IN ('soil', 'sand')`, and `floor = 'soil'` as a list of one."""

    fact: str
    choices: tuple[str, ...]
    kind: ClassVar[str] = "among"

    def _answer(self, value: Value, on: date) -> Answer:
        return _YES if check_choice(self.fact, value) in self.choices else _NO

    def _bounds(self) -> Values:
        return {"choices": self.choices}


def _check_years(years: int) -> None:
    if not 0 <= years <= OLDEST:
        raise ValueError(f"an age is 0 to {OLDEST} years, not {years}")


class _Aged(_Leaf):
    """A condition on the years completed since a date."""

    __slots__ = ()
    kind: ClassVar[str] = "age"

    def counted_on(self, on: date) -> date:
        """The day up to which years are counted."""
        return on

    @abstractmethod
    def _of_years(self, fewest: int, most: int) -> Answer:
        """The answer if from so few to so many years can have been completed."""

    def _years(self, value: Value, on: date) -> tuple[int, int]:
        """The fewest and the most years that can have been completed."""
        on = self.counted_on(on)
        days = check_date(self.fact, value)
        fewest = completed_years(days.latest, on)
        return fewest, fewest if days.earliest == days.latest else completed_years(days.earliest, on)

    def judge(self, facts: Facts, on: date) -> Finding:
        value = facts.get(self.fact)
        if value is None:
            return _not_known(self)
        fewest, most = self._years(value, on)
        if isinstance(value, DateRange):
            seen = {**_shown(value), "fewest": fewest, "most": most}
        else:
            seen = {"value": fewest, "date": value}
        return Finding(self._of_years(fewest, most), self.kind, self.fact, {**seen, **self._bounds()})

    def _answer(self, value: Value, on: date) -> Answer:
        return self._of_years(*self._years(value, on))


@final
@dataclass(frozen=True, slots=True)
class AgeCompare(_Aged):
    """The completed years since a date, compared: `AGE(born) >= 60`, `YEARS(married_on) < 5`.

    Until yesterday, `YEARS_UNTIL_YESTERDAY(event) < 1` still holds on the very anniversary: at most one year ago.
    """

    fact: str
    operator: Operator
    years: int
    until_yesterday: bool = False

    def __post_init__(self) -> None:
        _check_years(self.years)

    def counted_on(self, on: date) -> date:
        return on - timedelta(days=1) if self.until_yesterday else on

    def _of_years(self, fewest: int, most: int) -> Answer:
        return _compared(fewest, most, self.operator, self.years)

    def _bounds(self) -> Values:
        return {"operator": str(self.operator), "bound": self.years}


@final
@dataclass(frozen=True, slots=True)
class AgeBetween(_Aged):
    """The completed years since a date, within bounds that both count: `AGE(born) BETWEEN 6 AND 17`."""

    fact: str
    low: int
    high: int

    def __post_init__(self) -> None:
        _check_years(self.low)
        _check_years(self.high)

    def _of_years(self, fewest: int, most: int) -> Answer:
        return _within(fewest, most, self.low, self.high)

    def _bounds(self) -> Values:
        return {"operator": "between", "low": self.low, "high": self.high}


@final
@dataclass(frozen=True, slots=True)
class CompareFacts(Node):
    """Two numbers compared with each other: `income < expenses`."""

    left: str
    operator: Operator
    right: str

    def _answer(self, left: Value | None, right: Value | None) -> Answer:
        # Both are checked before either is found missing, so that a wrong type never hides.
        first = None if left is None else check_number(self.left, left)
        second = None if right is None else check_number(self.right, right)
        if first is None or second is None:
            return Answer.UNKNOWN
        return _compared(first, first, self.operator, second)

    def judge(self, facts: Facts, on: date) -> Finding:
        left, right = facts.get(self.left), facts.get(self.right)
        values: Values = {"operator": str(self.operator), "other": self.right}
        if left is not None:
            values["value"] = left
        if right is not None:
            values["bound"] = right
        return Finding(self._answer(left, right), "compare", self.left, values)

    def verdict(self, facts: Facts, on: date) -> Answer:
        return self._answer(facts.get(self.left), facts.get(self.right))

    def facts(self) -> frozenset[str]:
        return frozenset((self.left, self.right))
