"""Which facts can still change a verdict, and which of them to ask next.

Compiled once for an edition and a day, then microseconds for a step of an interview. A fact that can still
matter is never dropped; where a rule uses several facts twice, a superfluous one may stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from simpul.engines.reasons import Answer
from simpul.engines.rules.facts import DateRange, FactKind, Facts, FactSpec, check, completed
from simpul.engines.rules.language import CompareFacts, Node
from simpul.engines.rules.straight_line import StraightLine, Verdict

_TYPES = {FactKind.BOOL: bool, FactKind.NUMBER: int, FactKind.CHOICE: str, FactKind.DATE: date}
_ANSWERS = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}
_REMEMBERED_MASKS = 10_000
_MOST_TRIALS = 8


class OpenFacts:
    """The open facts of all rules at once: `step` for reading, `step_row` for speed.

    asked_if says on which condition a question is put; without it the specs of the facts say so. It changes only
    what is asked next, never a verdict.
    """

    def __init__(
        self,
        rules: Mapping[str, Node],
        facts: Mapping[str, FactSpec],
        on: date,
        asked_if: Mapping[str, Node] | None = None,
    ) -> None:
        if asked_if is None:
            asked_if = {name: spec.asked_if for name, spec in facts.items() if spec.asked_if}
        self._on = on
        self._follows = {name: spec.follows for name, spec in facts.items() if spec.follows}
        self._asked_if = _reached(rules.values(), asked_if, self._follows)
        self._compiled = StraightLine(rules, facts, on, self._asked_if.values())
        self._volunteered = frozenset(name for name, spec in facts.items() if spec.volunteered)
        self._settled = [spec for spec in facts.values() if spec.is_settled_by_others]
        self._specs = {name: facts[name] for name in self._compiled.names}
        self._partners = _compared_with(rules.values())
        self._repeated = {
            place: name for place, node in enumerate(rules.values()) for name in _used_twice(node)
        }
        self._sets: dict[int, frozenset[str]] = {}
        self._places = {
            name: (self._compiled.slots[name], _TYPES[spec.kind]) for name, spec in self._specs.items()
        }
        self.codes = tuple(rules)
        self.names = self._compiled.names
        self.step_row = self._compiled.step

    def step(self, facts: Facts) -> dict[str, tuple[Answer, frozenset[str]]]:
        """For each rule its answer, and the facts that can still change it. FactError for a wrong type."""
        results = self._results(self.row(facts))
        return {
            code: (_ANSWERS[verdict], self.facts_of(mask))
            for code, (verdict, mask) in zip(self.codes, results, strict=True)
        }

    def _results(self, row: list[object]) -> list[tuple[Verdict, int]]:
        """What step_row says, without the questions that are superfluous only because a fact is used twice."""
        results = self.step_row(row)
        for place, name in self._repeated.items():
            verdict, mask = results[place]
            bit = 1 << self.names.index(name)
            if mask & bit and mask != bit:
                results[place] = (verdict, mask & self._mattering(place, name, row))
        return results

    def _mattering(self, place: int, name: str, row: list[object]) -> int:
        """The facts that matter to a rule for some answer to a fact that it uses twice, and that fact."""
        found = 1 << self.names.index(name)
        trial = row.copy()
        slot = self._compiled.slots[name]
        for answer in self._possible_answers(name, row):
            trial[slot : slot + self._width(name)] = [answer] * self._width(name)
            found |= self.step_row(trial)[place][1]
        return found

    def _width(self, name: str) -> int:
        return 2 if self._specs[name].kind is FactKind.DATE else 1

    def row(self, facts: Facts) -> list[object]:
        """The facts as the list that step_row takes: dates as two ordinals, what is not known as None."""
        row: list[object] = [None] * self._compiled.width
        places = self._places
        for name, value in facts.items():
            if value is None or name not in places:
                continue
            place, kind = places[name]
            if type(value) is not kind:
                check(name, self._specs[name].kind, value)
            if isinstance(value, date):
                row[place] = row[place + 1] = value.toordinal()
            elif isinstance(value, DateRange):
                row[place] = value.earliest.toordinal()
                row[place + 1] = value.latest.toordinal()
            else:
                row[place] = value
        return row

    def facts_of(self, mask: int) -> frozenset[str]:
        """The names of the facts in a mask of step_row."""
        found = self._sets.get(mask)
        if found is None:
            found = frozenset(name for place, name in enumerate(self.names) if mask >> place & 1)
            if len(self._sets) >= _REMEMBERED_MASKS:
                self._sets.clear()
            self._sets[mask] = found
        return found

    def next_question(
        self, facts: Facts, *, skip: Collection[str] = (), cost: Mapping[str, float] | None = None
    ) -> str | None:
        """The fact to ask next: the one expected to settle most verdicts for its cost; None if none matters.

        cost is at least above 0, and 1 where nothing is said: raise it for what is dear or painful. skip names
        facts that were asked in vain. An estimated date was answered as well as it can be: it is not asked again.
        A question whose condition is not known waits for it; one whose condition is a no is never put.
        """
        row = self.row(facts)
        before = self._results(row)
        weights: Counter[str] = Counter()
        told = completed(facts, self._settled, self._on)
        untold = _Untold(self._asked_if, self._follows, told, self._on)
        never = self._volunteered.union(skip)
        for name, count in self._counts(before, row).items():
            for question in untold.questions(name, never):
                weights[question] += count
        if not weights:
            return None
        prices = cost or {}

        def worth(name: str) -> tuple[bool, float, float, float]:
            price = prices.get(name, 1.0)
            settled = self._expected_settled(name, row, before)
            return self._specs[name].early, settled / price, weights[name] / price, -price

        # max keeps the first of equals: the order of the facts as they are described.
        return max((name for name in self.names if name in weights), key=worth)

    def _counts(self, results: list[tuple[Verdict, int]], row: Sequence[object]) -> dict[str, int]:
        """Each fact that was not given and can still matter, with the number of rules that it is open for."""
        counts: dict[str, int] = {}
        for place, name in enumerate(self.names):
            if row[self._compiled.slots[name]] is None:
                bit = 1 << place
                if count := sum(1 for _, mask in results if mask & bit):
                    counts[name] = count
        return counts

    def _expected_settled(self, name: str, row: list[object], before: list[tuple[Verdict, int]]) -> float:
        """How many rules lose their last open fact on average over the possible answers, all as likely."""
        slot = self._compiled.slots[name]
        width = self._width(name)
        settled = trials = 0
        for answer in self._possible_answers(name, row):
            row[slot : slot + width] = [answer] * width
            after = self.step_row(row)
            settled += sum(1 for old, new in zip(before, after, strict=True) if old[1] and not new[1])
            trials += 1
        row[slot : slot + width] = [None] * width
        return settled / trials if trials else 0.0

    def _possible_answers(self, name: str, row: Sequence[object]) -> Iterator[object]:
        """One answer for each way in which the rules can tell the answers apart."""
        spec = self._specs[name]
        if spec.kind is FactKind.BOOL:
            yield from (True, False)
        elif spec.kind is FactKind.CHOICE:
            yield from spec.choices
        else:
            yield from self._representatives(spec, row)

    def _representatives(self, spec: FactSpec, row: Sequence[object]) -> list[int]:
        last_before_change = set(self._compiled.boundaries[spec.name])
        for partner in self._partners.get(spec.name, ()):
            known = row[self._compiled.slots[partner]]
            if isinstance(known, int):
                last_before_change |= {known - 1, known}
        if not last_before_change:
            return []
        values = sorted({*last_before_change, max(last_before_change) + 1})
        low = values[0] if spec.minimum is None else spec.minimum
        high = values[-1] if spec.maximum is None else spec.maximum
        possible = [value for value in values if low <= value <= high]
        return possible[:: len(possible) // _MOST_TRIALS + 1]


class _Untold:
    """Which questions stand for a fact that is not known: itself, or first those that its condition waits for."""

    def __init__(
        self, asked_if: Mapping[str, Node], follows: Mapping[str, Node], facts: Facts, on: date
    ) -> None:
        self._asked_if = asked_if
        self._follows = follows
        self._facts = facts
        self._on = on

    def questions(self, name: str, never: Collection[str], waiting: frozenset[str] = frozenset()) -> set[str]:
        """Empty where the condition is a no, or rests on what may not be asked."""
        if name in waiting:
            return set()
        condition = self._asked_if.get(name)
        answer = Answer.YES if condition is None else condition.verdict(self._facts, self._on)
        if answer is Answer.NO:
            return set()
        if condition is not None and answer is Answer.UNKNOWN:
            return self._before(condition, never, waiting | {name})
        if name not in never:
            return {name}
        # Asked in vain: what it would follow from may still be told.
        other_way = self._follows.get(name)
        return self._before(other_way, never, waiting | {name}) if other_way else set()

    def _before(self, condition: Node, never: Collection[str], waiting: frozenset[str]) -> set[str]:
        missing = [fact for fact in condition.facts() if self._facts.get(fact) is None]
        return set().union(*(self.questions(fact, never, waiting) for fact in missing))


def _reached(
    nodes: Collection[Node], asked_if: Mapping[str, Node], follows: Mapping[str, Node]
) -> dict[str, Node]:
    """The conditions on the facts of these rules, and on the facts of those conditions."""
    reached: dict[str, Node] = {}
    seen: set[str] = set()
    waiting = [fact for node in nodes for fact in node.facts()]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in asked_if:
            reached[name] = asked_if[name]
            waiting.extend(asked_if[name].facts())
        if name in follows:
            waiting.extend(follows[name].facts())
    return reached


def _compared_with(nodes: Collection[Node]) -> dict[str, set[str]]:
    """For each number the numbers that some rule compares it with."""
    partners: dict[str, set[str]] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children())
        if isinstance(node, CompareFacts):
            partners.setdefault(node.left, set()).add(node.right)
            partners.setdefault(node.right, set()).add(node.left)
    return partners


def _used_twice(node: Node) -> list[str]:
    """The fact that a rule uses more than once, if it is only one: more would take too many trials."""
    uses: Counter[str] = Counter()
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        waiting.extend(inner.children())
        if not inner.children():
            uses.update(inner.facts())
    repeated = [name for name, count in uses.items() if count > 1]
    return repeated if len(repeated) == 1 else []
