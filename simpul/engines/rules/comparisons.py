"""Which values may be compared with which: the types of the language, and a sentence for every mixture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from simpul.engines.rules.ages import OLDEST
from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.language import (
    AgeBetween,
    AgeCompare,
    Among,
    Between,
    Compare,
    CompareFacts,
    Node,
    Not,
    Operator,
)

LONGEST_NUMBER = 15

_MIRRORED = {
    Operator.LESS: Operator.MORE,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.MORE: Operator.LESS,
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.EQUAL: Operator.EQUAL,
    Operator.NOT_EQUAL: Operator.NOT_EQUAL,
}

_KINDS = {
    FactKind.BOOL: "yes or no",
    FactKind.NUMBER: "number",
    FactKind.CHOICE: "choice",
    FactKind.DATE: "date",
}


class OperandError(ValueError):
    """Two sides that cannot be compared; the message is the sentence for the author."""


@dataclass(frozen=True)
class Operand:
    """One side of a comparison: a fact (its kind and spec), an age, or a fixed value."""

    kind: str  # "yes or no", "number", "choice", "date", "age", "fixed number", "fixed text", "fixed date"
    name: str = ""
    spec: FactSpec | None = None
    value: int | str | date | None = None
    until_yesterday: bool = False

    @classmethod
    def of_fact(cls, spec: FactSpec) -> Operand:
        return cls(_KINDS[spec.kind], spec.name, spec)

    @property
    def is_fixed(self) -> bool:
        return self.kind.startswith("fixed")

    def __str__(self) -> str:
        shown = repr(str(self.value)) if self.is_fixed else repr(self.name)
        return f"{shown} ({self.kind})"

    def choice(self, other: Operand) -> str:
        """The other side as one of this fact's choices."""
        if other.kind != "fixed text" or not isinstance(other.value, str):
            raise OperandError(f"{self} is compared with its choices in single quotes, not with {other}")
        choices = self.spec.choices if self.spec else ()
        if other.value not in choices:
            raise OperandError(f"{other.value!r} is no choice of {self.name!r}: {', '.join(choices)}")
        return other.value

    def number(self, other: Operand) -> int:
        """The other side as a number that this fact or age can reach."""
        if other.kind != "fixed number" or not isinstance(other.value, int):
            raise OperandError(f"{self} cannot be compared with {other}: a whole number is needed")
        low, high = self._limits()
        if (low is not None and other.value < low) or (high is not None and other.value > high):
            raise OperandError(f"{other.value} is outside what {self.name!r} can be ({_range(low, high)})")
        return other.value

    def day(self, other: Operand) -> date:
        """The other side as a fixed day."""
        if other.kind != "fixed date" or not isinstance(other.value, date):
            raise OperandError(f"{self} cannot be compared with {other}: write DATE 'YYYY-MM-DD'")
        return other.value

    def must_vary(self, lowest: int | None, highest: int | None) -> None:
        """Refuses bounds that every value of the fact lies within (None: no bound on that side)."""
        low, high = self._limits()
        below = lowest is None or (low is not None and lowest <= low)
        above = highest is None or (high is not None and highest >= high)
        if below and above:
            raise OperandError(
                f"{self.name!r} can only be {_range(low, high)}: the answer is always the same"
            )

    def _limits(self) -> tuple[int | None, int | None]:
        if self.kind == "age":
            return 0, OLDEST
        return (self.spec.minimum, self.spec.maximum) if self.spec else (None, None)


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"at most {high}"
    return f"at least {low}" if high is None else f"{low} to {high}"


def literal(tree: exp.Expr) -> Operand | None:
    """A fixed number, text or DATE; None for anything else."""
    if isinstance(tree, exp.Neg) and isinstance(tree.this, exp.Literal) and not tree.this.is_string:
        return Operand("fixed number", value=-_whole(tree.this.name))
    if isinstance(tree, exp.Literal):
        if tree.is_string:
            return Operand("fixed text", value=tree.name)
        return Operand("fixed number", value=_whole(tree.name))
    if isinstance(tree, exp.Cast) and tree.to.is_type("date") and isinstance(tree.this, exp.Literal):
        try:
            return Operand("fixed date", value=date.fromisoformat(tree.this.name))
        except ValueError:
            raise OperandError(f"{tree.this.name!r} is not a day: write DATE 'YYYY-MM-DD'") from None
    return None


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise OperandError(f"{text!r} is not a whole number")
    if len(text) > LONGEST_NUMBER:
        raise OperandError(f"{text!r} has more than {LONGEST_NUMBER} digits")
    return int(text)


def compare(left: Operand, operator: Operator, right: Operand) -> Node:
    """The node for one comparison, or OperandError with the reason."""
    if left.is_fixed and not right.is_fixed:
        left, operator, right = right, _MIRRORED[operator], left
    _refuse_yes_or_no(left, right)
    if left.is_fixed:
        raise OperandError("two fixed values are compared: the answer is always the same")
    if left.kind == "choice":
        return _compare_choice(left, operator, right)
    if left.kind == "number" and right.kind == "number":
        if left.name == right.name:
            raise OperandError(f"{left.name!r} is compared with itself: the answer is always the same")
        return CompareFacts(left.name, operator, right.name)
    if left.kind == "date":
        return Compare(left.name, operator, left.day(right))
    bound = left.number(right)
    _check_doubt(left, operator, bound)
    if left.kind == "age":
        return AgeCompare(left.name, operator, bound, left.until_yesterday)
    return Compare(left.name, operator, bound)


def within(operand: Operand, low: Operand, high: Operand) -> Node:
    """The node for BETWEEN, or OperandError with the reason."""
    _refuse_yes_or_no(operand, low)
    if operand.is_fixed:
        raise OperandError("BETWEEN needs a fact before it, and fixed bounds after it")
    if operand.kind == "choice":
        raise OperandError(f"{operand} has no order: use =, <> or IN")
    if operand.kind == "date":
        first, last = operand.day(low), operand.day(high)
        _check_order(first > last)
        return Between(operand.name, first, last)
    least, most = operand.number(low), operand.number(high)
    _check_order(least > most)
    operand.must_vary(least, most)
    if operand.until_yesterday:
        raise OperandError("YEARS_UNTIL_YESTERDAY is compared with one bound, not with BETWEEN")
    if operand.kind == "age":
        return AgeBetween(operand.name, least, most)
    return Between(operand.name, least, most)


def _check_order(reversed_bounds: bool) -> None:
    if reversed_bounds:
        raise OperandError("BETWEEN needs the smaller bound first: nothing lies between these")


def _refuse_yes_or_no(left: Operand, right: Operand) -> None:
    for side in (left, right):
        if side.kind == "yes or no":
            raise OperandError(f"{side.name!r} is a yes or no: write {side.name} or NOT {side.name}")


def _compare_choice(left: Operand, operator: Operator, right: Operand) -> Node:
    if operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
        raise OperandError(f"{left} has no order: use =, <> or IN")
    node = Among(left.name, (left.choice(right),))
    return node if operator is Operator.EQUAL else Not(node)


def _check_doubt(left: Operand, operator: Operator, bound: int) -> None:
    """Refuses `x >= the least it can be` and the like: such a criterion is constant."""
    if operator in (Operator.AT_LEAST, Operator.LESS):
        left.must_vary(bound, None)
    elif operator in (Operator.AT_MOST, Operator.MORE):
        left.must_vary(None, bound)
