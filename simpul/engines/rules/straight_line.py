"""Turns rules into one straight-line Python function that answers all of them for one person in microseconds.

Every condition becomes one whole number: decided one way is 0, decided the other way is -1 (all bits set), and a
number above 0 is not known yet, its bits naming the facts that could still change it. Then "all of" is a plain
`|` of numbers that are 0 for yes: any no swallows everything, and what is open adds up. "Any of" is the same with
0 for no. `Sense` says which of the two a number is. Equal conditions shared by rules are computed once.

The source is made of our own nodes only: whole numbers, texts of choices (quoted by repr), and counted names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

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
    Operator,
    Readings,
)
from simpul.engines.rules.spans import Span, span_of

Verdict = bool | None
Step = Callable[[Sequence[object]], list[tuple[Verdict, int]]]

_PYTHON_SIGNS = {
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
    Operator.MORE: ">",
    Operator.AT_LEAST: ">=",
    Operator.EQUAL: "==",
    Operator.NOT_EQUAL: "!=",
}


class Sense(Enum):
    """Which answer of a condition is written as 0; the opposite answer is -1."""

    YES_IS_ZERO = "yes"
    NO_IS_ZERO = "no"

    @property
    def opposite(self) -> Sense:
        return Sense.NO_IS_ZERO if self is Sense.YES_IS_ZERO else Sense.YES_IS_ZERO

    def of(self, test: str) -> str:
        """The number for a Python test that is True or False."""
        return f"({test}) - 1" if self is Sense.YES_IS_ZERO else f"-({test})"


def _bare(node: Node, sense: Sense) -> tuple[Node, Sense]:
    """The node without names and NOTs around it: a name adds nothing, a NOT turns the sense."""
    while isinstance(node, (Named, Not)):
        if isinstance(node, Not):
            node, sense = node.part, sense.opposite
        else:
            node = node.node
    return node, sense


class StraightLine:
    """The generated function `step` and the layout of the row that it takes.

    A row holds the values of the facts at `slots`; a date takes two places, its earliest and its latest day as
    ordinals. Bit number i of a mask is the fact names[i]. `asked` are conditions on questions: their facts have
    places too.
    """

    def __init__(
        self, rules: Mapping[str, Node], facts: Mapping[str, FactSpec], on: date, asked: Collection[Node] = ()
    ) -> None:
        used = frozenset().union(*(node.facts() for node in (*rules.values(), *asked)))
        if unknown := sorted(used - facts.keys()):
            raise ValueError(f"the rules use facts that nobody described: {', '.join(unknown)}")
        self._settled = [spec for name, spec in facts.items() if name in used and spec.is_settled_by_others]
        conditions = [node for spec in self._settled for node in spec.conditions()]
        used = used.union(*(node.facts() for node in conditions))
        self.names = tuple(name for name in facts if name in used)
        self.boundaries: dict[str, set[int]] = {name: set() for name in self.names}
        self.slots: dict[str, int] = {}
        self.width = 0
        for name in self.names:
            self.slots[name] = self.width
            self.width += 2 if facts[name].kind is FactKind.DATE else 1
        self._bits = {name: 1 << place for place, name in enumerate(self.names)}
        # Not known for good, as when two readings disagree: open, but for no fact.
        self._for_good = 1 << len(self.names)
        self._on = on
        self._uses = _count_uses([*conditions, *rules.values()])
        self._done: dict[Node, tuple[str, Sense]] = {}
        self._lines: list[str] = []
        self._indent = "  "
        self.source = self._generate(rules)
        self.step = self._compile()

    def _generate(self, rules: Mapping[str, Node]) -> str:
        for spec in self._settled:
            self._settle(spec)
        answers = [self._variable(node, Sense.YES_IS_ZERO) for node in rules.values()]
        keep = self._for_good - 1
        pairs = [f"YES if {t} == 0 else NO if {t} < 0 else (None, {t} & {keep})" for t in answers]
        head = ["def step(row, YES=(True, 0), NO=(False, 0)):"]
        if self.width:
            head.append("  " + ", ".join(f"v{place}" for place in range(self.width)) + ", = row")
        return "\n".join([*head, *self._lines, "  return [" + ", ".join(pairs) + "]"])

    def _settle(self, spec: FactSpec) -> None:
        """What other answers say about a fact that was not given."""
        value = f"v{self.slots[spec.name]}"
        if spec.otherwise is not None and spec.asked_if:
            gate = self._variable(spec.asked_if, Sense.YES_IS_ZERO)
            self._emit(f"if {gate} < 0 and {value} is None: {value} = {spec.otherwise!r}")
        if spec.follows:
            found = self._variable(spec.follows, Sense.YES_IS_ZERO)
            self._emit(f"if {found} <= 0 and {value} is None: {value} = {found} == 0")

    def _compile(self) -> Step:
        namespace: dict[str, Step] = {}
        # The text is generated above from counted names and checked nodes; nothing typed by people runs.
        exec(compile(self.source, "<rules>", "exec"), {"__builtins__": {}}, namespace)  # noqa: S102
        return namespace["step"]

    def _emit(self, line: str) -> None:
        self._lines.append(self._indent + line)

    def _variable(self, node: Node, sense: Sense) -> str:
        """A variable that holds the node's number in that sense."""
        text = self._number(node, sense)
        if text.isidentifier():
            return text
        return self._assigned(text)

    def _number(self, node: Node, sense: Sense) -> str:
        """A Python expression for the node's number; what comes before it is emitted, shared nodes only once."""
        node, sense = _bare(node, sense)
        if node not in self._done:
            if not node.children() and self._uses[node] == 1:
                return f"({self._leaf(node, sense)})"
            self._done[node] = self._made(node, sense)
        name, made_in = self._done[node]
        return name if made_in is sense else f"({name} if {name} > 0 else ~{name})"

    def _made(self, node: Node, wanted: Sense) -> tuple[str, Sense]:
        """The variable for a node, and the sense in which it comes cheapest."""
        match node:
            case All(parts=parts):
                return self._joined(parts, Sense.YES_IS_ZERO)
            case Any(parts=parts):
                return self._joined(parts, Sense.NO_IS_ZERO)
            case AtLeast(needed=needed):
                return self._at_least(node, needed)
            case Readings():
                return self._readings(node)
            case _:
                return self._assigned(self._leaf(node, wanted)), wanted

    def _assigned(self, text: str) -> str:
        name = f"t{len(self._lines)}"
        self._emit(f"{name} = {text}")
        return name

    def _joined(self, parts: Sequence[Node], sense: Sense) -> tuple[str, Sense]:
        """The parts by `|`: simple ones first, and only if they leave it in doubt those that cost more."""
        costly = [part for part in parts if self._is_costly(part)]
        simple = [part for part in parts if part not in costly]
        if not simple or not costly:
            return self._assigned(" | ".join([self._number(part, sense) for part in parts])), sense
        for part in costly:
            self._hoist(part)
        name = self._assigned(" | ".join([self._number(part, sense) for part in simple]))
        self._emit(f"if {name} >= 0:")
        self._indent += "  "
        self._emit(f"{name} |= " + " | ".join([self._number(part, sense) for part in costly]))
        self._indent = self._indent[:-2]
        return name, sense

    def _is_costly(self, node: Node) -> bool:
        """Whether the node is made of others, and nobody else has computed it or will need it."""
        bare, _ = _bare(node, Sense.YES_IS_ZERO)
        return bool(bare.children()) and self._uses[bare] == 1

    def _hoist(self, node: Node) -> None:
        """Computes what others need too before a branch that may be skipped."""
        for child in node.children():
            bare, _ = _bare(child, Sense.YES_IS_ZERO)
            if self._uses[bare] > 1:
                self._number(bare, Sense.YES_IS_ZERO)
            else:
                self._hoist(bare)

    def _leaf(self, node: Node, sense: Sense) -> str:
        match node:
            case IsTrue():
                value = f"v{self.slots[node.fact]}"
                # A bool is a number too: this is `Sense.of(value)` without the brackets.
                return self._unless_missing(
                    node.fact, f"{value} - 1" if sense is Sense.YES_IS_ZERO else f"-{value}"
                )
            case Among():
                value = f"v{self.slots[node.fact]}"
                choices = ", ".join(repr(choice) for choice in node.choices)
                return self._unless_missing(node.fact, sense.of(f"{value} in {{{choices}}}"))
            case Compare() | Between() | AgeCompare() | AgeBetween():
                span = span_of(node, self._on)
                self.boundaries[span.fact] |= span.boundaries()
                sense = sense.opposite if span.inverse else sense
                return self._dates(span, sense) if span.is_date else self._numbers(span, sense)
            case CompareFacts():
                left, right = f"v{self.slots[node.left]}", f"v{self.slots[node.right]}"
                missing = f"({left} is None) * {self._bits[node.left]} | ({right} is None) * {self._bits[node.right]}"
                return f"{missing} or {sense.of(f'{left} {_PYTHON_SIGNS[node.operator]} {right}')}"
            case _:
                raise TypeError(f"{type(node).__name__} is not a node of the language")

    def _unless_missing(self, fact: str, number: str) -> str:
        return f"{self._bits[fact]} if v{self.slots[fact]} is None else {number}"

    def _numbers(self, span: Span, sense: Sense) -> str:
        low = "" if span.low is None else f"{span.low} <= "
        high = "" if span.high is None else f" <= {span.high}"
        return self._unless_missing(span.fact, sense.of(f"{low}v{self.slots[span.fact]}{high}"))

    def _dates(self, span: Span, sense: Sense) -> str:
        """Certain only if the whole range of days agrees."""
        earliest, latest = f"v{self.slots[span.fact]}", f"v{self.slots[span.fact] + 1}"
        within = [f"{span.low} <= {earliest}"] if span.low is not None else []
        within += [f"{latest} <= {span.high}"] if span.high is not None else []
        outside = [f"{latest} < {span.low}"] if span.low is not None else []
        outside += [f"{earliest} > {span.high}"] if span.high is not None else []
        yes, no = (0, -1) if sense is Sense.YES_IS_ZERO else (-1, 0)
        if not within:
            return self._unless_missing(span.fact, str(yes))
        return self._unless_missing(
            span.fact,
            f"{yes} if {' and '.join(within)} else {no} if {' or '.join(outside)} else {self._bits[span.fact]}",
        )

    def _parts(self, node: Node) -> str:
        """A variable that holds the numbers of all parts, 0 for yes."""
        numbers = [self._number(part, Sense.YES_IS_ZERO) for part in node.children()]
        return self._assigned(f"({', '.join(numbers)},)")

    def _cases(self, parts: str, cases: Sequence[tuple[str, int]]) -> tuple[str, Sense]:
        """A variable: the number of the first case that holds, or else the open bits of all parts."""
        name = f"t{len(self._lines)}"
        for place, (test, number) in enumerate(cases):
            self._emit(f"{'elif' if place else 'if'} {test}: {name} = {number}")
        self._emit("else:")
        self._emit(f"  {name} = 0")
        self._emit(f"  for part in {parts}:")
        self._emit(f"    if part > 0: {name} |= part")
        return name, Sense.YES_IS_ZERO

    def _at_least(self, node: Node, needed: int) -> tuple[str, Sense]:
        parts, spare = self._parts(node), len(node.children()) - needed
        return self._cases(
            parts, [(f"{parts}.count(0) >= {needed}", 0), (f"{parts}.count(-1) > {spare}", -1)]
        )

    def _readings(self, node: Node) -> tuple[str, Sense]:
        """Two readings that disagree stay so whatever is answered: not known, and nothing left to ask."""
        parts, count = self._parts(node), len(node.children())
        agreed = [(f"{parts}.count(0) == {count}", 0), (f"{parts}.count(-1) == {count}", -1)]
        return self._cases(parts, [*agreed, (f"0 in {parts} and -1 in {parts}", self._for_good)])


def _count_uses(rules: Iterable[Node]) -> Counter[Node]:
    """How often each node is read, when equal nodes are computed once."""
    uses: Counter[Node] = Counter()
    waiting = list(rules)
    while waiting:
        node, _ = _bare(waiting.pop(), Sense.YES_IS_ZERO)
        uses[node] += 1
        if uses[node] == 1:
            waiting.extend(node.children())
    return uses
