"""Writes the nodes of the language as conditions of SQL, with the same three answers: true, false and null.

AND, OR and NOT of SQL are Kleene's already. Whatever else differs between databases is not used: ages and dates are
compared with days that are made here, counts are two sums that no null can spoil, and no function knows a time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.language import (
    AgeBetween,
    AgeCompare,
    All,
    Among,
    Any,
    AtLeast,
    Between,
    Compare,
    CompareFacts,
    IsTrue,
    Named,
    Node,
    Not,
    Readings,
)
from simpul.engines.rules.population import EARLIEST, LATEST
from simpul.engines.rules.spans import Span, span_of
from simpul.engines.rules.sql_columns import spec_of, value_of
from simpul.engines.rules.sql_dialects import Columns, Dialect

_DAYS = (date.min.toordinal(), date.max.toordinal())


class Conditions:
    """Nodes as conditions over the columns of one table, on one day."""

    def __init__(self, facts: Mapping[str, FactSpec], columns: Columns, on: date, dialect: Dialect) -> None:
        self._facts = facts
        self._columns = columns
        self._on = on
        self._dialect = dialect
        # Conditions on questions rest on what was told alone, not on what other answers settle.
        self._only_told = False

    def write(self, node: Node) -> str:
        """The node in brackets. Null where the table tells nothing that it looks at."""
        if not any(self._is_known(fact) for fact in node.facts()):
            return self._null
        match node:
            case Named(node=inner):
                return self.write(inner)
            case Not(part=part):
                return f"(NOT {self.write(part)})"
            case All(parts=parts):
                return self._joined(" AND ", parts)
            case Any(parts=parts):
                return self._joined(" OR ", parts)
            case AtLeast(needed=needed, parts=parts):
                return self._at_least(needed, parts)
            case Readings():
                return self._readings(node.children())
            case _:
                return self._leaf(node)

    def _leaf(self, node: Node) -> str:
        match node:
            case IsTrue(fact=fact):
                return self._value(fact)
            case Among(fact=fact, choices=choices):
                listed = ", ".join(self._dialect.text(choice) for choice in choices)
                return f"({self._value(fact)} IN ({listed}))"
            case Compare() | Between() | AgeCompare() | AgeBetween():
                return self._span(span_of(node, self._on))
            case CompareFacts(left=left, operator=operator, right=right):
                return f"({self._value(left)} {operator} {self._value(right)})"
            case _:
                raise TypeError(f"{type(node).__name__} is not a node of the language")

    @property
    def _null(self) -> str:
        """Not known, in the type of an answer."""
        return "CAST(NULL AS BOOLEAN)"

    def _joined(self, word: str, parts: Collection[Node]) -> str:
        # The order changes no answer. Databases stop at the first part that decides, so what costs little comes first.
        return f"({word.join(self.write(part) for part in sorted(parts, key=self._cost))})"

    def _cost(self, node: Node) -> int:
        """How much there is to compute, roughly: a text costs more than a day, what others settle more than a column."""
        if node.children():
            return 1 + sum(self._cost(part) for part in node.children())
        settled = sum(5 for fact in node.facts() if self._settling(fact))
        return settled + (4 if isinstance(node, Among) else 1)

    def _at_least(self, needed: int, parts: Collection[Node]) -> str:
        """Two sums: of those that surely hold, and of those that may. One sum would be null far too often."""
        conditions = [self.write(part) for part in parts]
        sure = " + ".join(f"CASE WHEN {condition} THEN 1 ELSE 0 END" for condition in conditions)
        possible = " + ".join(f"CASE WHEN NOT {condition} THEN 0 ELSE 1 END" for condition in conditions)
        return f"(CASE WHEN {sure} >= {needed} THEN TRUE WHEN {possible} < {needed} THEN FALSE END)"

    def _readings(self, parts: Collection[Node]) -> str:
        """Here one sum is right: any null makes it null, and in between the readings disagree."""
        total = " + ".join(
            f"CASE {self.write(part)} WHEN TRUE THEN 1 WHEN FALSE THEN 0 END" for part in parts
        )
        return f"(CASE {total} WHEN {len(parts)} THEN TRUE WHEN 0 THEN FALSE END)"

    def _span(self, span: Span) -> str:
        ends = [span.fact + end for end in (EARLIEST, LATEST)]
        exact = self._value(span.fact)
        if not span.is_date or not any(end in self._columns for end in ends):
            inside = self._within(span, exact, exact)
            return f"(NOT {inside})" if span.inverse else inside
        earliest, latest = (self._end(span.fact, end) for end in ends)
        # Certain only if all days agree: a yes if all of them are inside, a no if all are outside.
        inside, possible = self._within(span, earliest, latest), self._within(span, latest, earliest)
        yes, no = (f"NOT {possible}", inside) if span.inverse else (inside, f"NOT {possible}")
        return f"(CASE WHEN {yes} THEN TRUE WHEN {no} THEN FALSE END)"

    def _end(self, fact: str, end: str) -> str:
        """One end of an estimated date; an exact day is both ends."""
        found = [self._told(name) for name in (fact, end) if name in self._columns]
        if not found:
            return "CAST(NULL AS TEXT)" if self._dialect is Dialect.SQLITE else "CAST(NULL AS DATE)"
        return found[0] if len(found) == 1 else f"COALESCE({', '.join(found)})"

    def _within(self, span: Span, earliest: str, latest: str) -> str:
        tests = []
        if span.low is not None:
            tests.append(f"{earliest} {self._bound(span, span.low, '>')}")
        if span.high is not None:
            tests.append(f"{latest} {self._bound(span, span.high, '<')}")
        # Without a bound it holds for whatever is known.
        return f"({' AND '.join(tests or [f'{earliest} = {earliest}'])})"

    def _bound(self, span: Span, value: int, sign: str) -> str:
        if not span.is_date:
            return f"{sign}= {value}"
        first, last = _DAYS
        # Beyond the calendar lies no day: what stands outside of it is compared with its very end.
        same = "=" if first <= value <= last else ""
        return f"{sign}{same} {self._dialect.day(date.fromordinal(min(max(value, first), last)))}"

    # --- Values ---

    def _is_known(self, fact: str) -> bool:
        """Whether the table tells anything about the fact, or about what settles it."""
        if any(name in self._columns for name in (fact, fact + EARLIEST, fact + LATEST)):
            return True
        return any(self._is_told(node) for node in self._settling(fact))

    def _is_told(self, node: Node) -> bool:
        ends = ("", EARLIEST, LATEST)
        return any(fact + end in self._columns for fact in node.facts() for end in ends)

    def _settling(self, fact: str) -> tuple[Node, ...]:
        return () if self._only_told else self._facts[fact].conditions()

    def _told(self, name: str) -> str:
        """What stands in the column, as a value of the fact's kind."""
        return value_of(self._columns[name], spec_of(name, self._facts), self._dialect)

    def _value(self, fact: str) -> str:
        told = [self._told(fact)] if fact in self._columns else []
        settled = self._settled(self._facts[fact])
        found = [*told, *settled]
        if not found:
            return f"CAST(NULL AS {_TYPES[self._facts[fact].kind]})"
        return found[0] if len(found) == 1 else f"COALESCE({', '.join(found)})"

    def _settled(self, spec: FactSpec) -> list[str]:
        """What other answers say about a fact that was not told, in the order in which they are asked."""
        found = []
        if any(self._is_told(node) for node in self._settling(spec.name)):
            self._only_told = True
            if spec.otherwise is not None and spec.asked_if and self._is_told(spec.asked_if):
                value = self._constant(spec.otherwise)
                found.append(f"CASE WHEN NOT {self.write(spec.asked_if)} THEN {value} END")
            if spec.follows and self._is_told(spec.follows):
                found.append(self.write(spec.follows))
            self._only_told = False
        return found

    def _constant(self, value: bool | int | str) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return self._dialect.text(value) if isinstance(value, str) else str(value)


_TYPES = {
    FactKind.BOOL: "BOOLEAN",
    FactKind.NUMBER: "BIGINT",
    FactKind.CHOICE: "VARCHAR(1)",
    FactKind.DATE: "DATE",
}
