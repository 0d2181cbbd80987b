"""Every comparison with fixed bounds as one thing: a span of whole numbers, or everything outside it.

The fast readers see `AGE(born) >= 60` as "born on or before a certain day" and `rooms < 2` as "rooms up to 1".
Days are counted as in date.toordinal(), so that one piece of code serves numbers, dates and ages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simpul.engines.rules.ages import latest_start
from simpul.engines.rules.language import AgeBetween, AgeCompare, Between, Compare, Operator

Spanned = Compare | Between | AgeCompare | AgeBetween


@dataclass(frozen=True, slots=True)
class Span:
    """The values from low to high, both included (None: no end), or if inverse all others."""

    fact: str
    is_date: bool
    low: int | None
    high: int | None
    inverse: bool = False

    def boundaries(self) -> set[int]:
        """The last value before each change of the answer."""
        return {
            value for value in (None if self.low is None else self.low - 1, self.high) if value is not None
        }


def span_of(node: Spanned, on: date) -> Span:
    """The values of the node's fact for which it is a yes on that day."""
    if isinstance(node, Compare):
        bound = node.bound
        low, high, inverse = _compared(node.operator, _number(bound))
        return Span(node.fact, isinstance(bound, date), low, high, inverse)
    if isinstance(node, Between):
        return Span(node.fact, isinstance(node.low, date), _number(node.low), _number(node.high))
    if isinstance(node, AgeBetween):
        return _aged(node.fact, node.low, node.high, on)
    on = node.counted_on(on)
    low, high, inverse = _compared(node.operator, node.years)
    # More years mean an earlier day; a negative bound can only come from `< 0`, which is never.
    if high is not None and high < 0:
        return Span(node.fact, True, None, None, inverse=True)
    return _aged(node.fact, low, high, on, inverse)


def _number(value: int | date) -> int:
    return value.toordinal() if isinstance(value, date) else value


def _compared(operator: Operator, bound: int) -> tuple[int | None, int | None, bool]:
    match operator:
        case Operator.LESS:
            return None, bound - 1, False
        case Operator.AT_MOST:
            return None, bound, False
        case Operator.MORE:
            return bound + 1, None, False
        case Operator.AT_LEAST:
            return bound, None, False
        case _:
            return bound, bound, operator is Operator.NOT_EQUAL


def _aged(fact: str, low: int | None, high: int | None, on: date, inverse: bool = False) -> Span:
    """The span of days on which somebody was born who is now from low to high years old."""
    first = None if high is None else latest_start(high + 1, on).toordinal() + 1
    last = None if not low else latest_start(low, on).toordinal()
    return Span(fact, True, first, last, inverse)
