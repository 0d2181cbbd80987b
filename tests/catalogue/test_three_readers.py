"""The shipped catalogue through all three readers: they agree, no fact is dropped, and none is asked for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random

import polars as pl
import pytest

from simpul.catalogue import editions, facts
from simpul.engines.rules import (
    Answer,
    Between,
    Compare,
    DateRange,
    FactKind,
    FactSpec,
    Node,
    OpenFacts,
    Value,
)
from simpul.engines.rules.columns import schema_of
from simpul.engines.rules.population import verdicts

ON = date(2026, 11, 21)
TRUTH = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}
JUDGEABLE = [edition.code for edition in editions.all_editions() if edition.is_judgeable]


def specs() -> Mapping[str, FactSpec]:
    return facts.specs()


@cache
def engine(code: str) -> OpenFacts:
    return OpenFacts(editions.get(code).rules(), specs(), ON)


def bounds_of(node: Node) -> Iterator[tuple[str, int]]:
    """Every number that the rule holds a fact against."""
    if isinstance(node, Compare) and isinstance(node.bound, int):
        yield node.fact, node.bound
    if isinstance(node, Between) and isinstance(node.low, int):
        yield from ((node.fact, node.low), (node.fact, node.high))
    for child in node.children():
        yield from bounds_of(child)


@cache
def likely_values(code: str) -> dict[str, tuple[Value, ...]]:
    """For each fact of an edition values on both sides of every bound that its rules know."""
    bounds: dict[str, set[int]] = {}
    for node in editions.get(code).rules().values():
        for fact, bound in bounds_of(node):
            bounds.setdefault(fact, set()).update((bound - 1, bound, bound + 1))
    values: dict[str, tuple[Value, ...]] = {}
    for name in engine(code).names:
        spec = specs()[name]
        match spec.kind:
            case FactKind.BOOL:
                values[name] = (True, False)
            case FactKind.CHOICE:
                values[name] = spec.choices
            case FactKind.NUMBER:
                found = bounds.get(name) or {400_000, 900_000}
                low, high = spec.minimum or 0, spec.maximum or 10**9
                values[name] = tuple(sorted(value for value in found if low <= value <= high))
            case FactKind.DATE:
                values[name] = tuple(
                    ON.replace(year=ON.year - age) + timedelta(days=days)
                    for age in (*range(8), 11, 12, 13, 15, 16, 17, 18, 19, 21, 22, 59, 60, 61, 70)
                    for days in (-1, 0, 1)
                )
    return values


def someone(rng: Random, code: str, known: float) -> dict[str, Value]:
    return {name: rng.choice(values) for name, values in likely_values(code).items() if rng.random() < known}


class TestThreeReaders:
    """Judge, open facts and population."""

    def disagreements(self, code: str, people: list[dict[str, Value]]) -> list[str]:
        edition = editions.get(code)
        rules = edition.rules()
        names = [f"{name}{end}" for name in engine(code).names for end in ("", "_earliest", "_latest")]
        columns = {
            name: [cell(person, name) for person in people] for name in names if cell_is_possible(name)
        }
        frame = pl.DataFrame(columns, schema=schema_of(columns, specs()))
        found = []
        for person, polars in zip(people, verdicts(frame, rules, specs(), ON).iter_rows(), strict=True):
            steps = engine(code).step_row(engine(code).row(person))
            for type_code, column, (step, _) in zip(rules, polars, steps, strict=True):
                truth = edition.type(type_code).judge(person, ON).answer
                if not (TRUTH[truth] is column is step):
                    found.append(f"{type_code} for {person}: {truth=} {column=} {step=}")
        return found

    @pytest.mark.parametrize("code", JUDGEABLE)
    def test_agree_on_people_like_those_who_come(self, code):
        rng = Random(7)
        people = [someone(rng, code, rng.choice((0.2, 0.6, 0.95))) for _ in range(200)]
        for person in people[::3]:
            first = rng.choice(likely_values(code)["born"])
            person["born"] = DateRange(first, first + timedelta(days=rng.choice((30, 400))))
        assert self.disagreements(code, people) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("code", JUDGEABLE)
    def test_agree_on_a_hundred_thousand_cells(self, code):
        rng = Random(8)
        assert self.disagreements(code, [someone(rng, code, rng.random()) for _ in range(4_000)]) == []


def cell_is_possible(column: str) -> bool:
    base = column.removesuffix("_earliest").removesuffix("_latest")
    return column == base or specs()[base].kind is FactKind.DATE


def cell(person: Mapping[str, Value], column: str) -> object:
    """What a table says about somebody: an estimated date stands in two columns."""
    for end in ("earliest", "latest"):
        value = person.get(column.removesuffix(f"_{end}"))
        if column.endswith(f"_{end}"):
            return getattr(value, end, None)
    value = person.get(column)
    return None if isinstance(value, DateRange) else value


class TestOpenFacts:
    """The open facts."""

    @pytest.mark.slow
    @pytest.mark.parametrize("code", JUDGEABLE)
    def test_drop_nothing_that_matters_in_half_a_million_probes(self, code):
        rng, opened = Random(9), engine(code)
        used = [node.facts() for node in editions.get(code).rules().values()]
        probes = 0
        while probes < 500_000 // len(JUDGEABLE) + 1:
            person = someone(rng, code, rng.choice((0.3, 0.6, 0.9)))
            asked = [opened.facts_of(mask) for _, mask in opened.step_row(opened.row(person))]
            # What the answers settle is as good as answered: no world of theirs says otherwise.
            told = facts.completed(person, ON)
            whole = {**someone(rng, code, 1), **told}
            before = opened.step_row(opened.row(whole))
            for name in opened.names:
                if name not in told:
                    changed = {**whole, name: rng.choice(likely_values(code)[name])}
                    after = opened.step_row(opened.row(changed))
                    for place, facts_used in enumerate(used):
                        if name in facts_used and name not in asked[place]:
                            probes += 1
                            assert before[place] == after[place], f"{name} was dropped for {person}"

    @pytest.mark.parametrize("code", JUDGEABLE)
    def test_ask_nothing_that_cannot_change_a_verdict(self, code):
        self.check_witnesses(code, people=8)

    @pytest.mark.slow
    @pytest.mark.parametrize("code", JUDGEABLE)
    def test_ask_nothing_that_cannot_change_a_verdict_for_many(self, code):
        self.check_witnesses(code, people=100)

    def check_witnesses(self, code: str, *, people: int) -> None:
        rng, checked = Random(10), 0
        for type_code, node in editions.get(code).rules().items():
            search = Witness(node, likely_values(code))
            for _ in range(people):
                person = someone(rng, code, rng.choice((0.1, 0.4, 0.7)))
                _, asked = search.opened.step(person)["rule"]
                for name in asked:
                    checked += 1
                    assert search.found(name, person), f"{type_code}: {name} is asked for nothing of {person}"
        assert checked > people


class Witness:
    """Looks for a completion in which the answer to one question changes the verdict of one rule."""

    def __init__(self, node: Node, values: Mapping[str, tuple[Value, ...]]) -> None:
        self.opened = OpenFacts({"rule": node}, specs(), ON)
        self.values = {name: (*values[name], *self._extremes(name)) for name in self.opened.names}
        self.rng = Random(11)

    def _extremes(self, name: str) -> tuple[Value, ...]:
        """Against what somebody earns, a completion must be free to hold any expenses."""
        if specs()[name].kind is not FactKind.NUMBER:
            return ()
        return (specs()[name].minimum or 0, specs()[name].maximum or 10**9)

    def found(self, name: str, person: Mapping[str, Value]) -> bool:
        known = {fact: value for fact, value in person.items() if fact in self.values}
        return any(self._changes(name, known) for _ in range(200))

    def _changes(self, name: str, known: Mapping[str, Value]) -> bool:
        """Whether the answer matters in a completion made by chance, of answers that keep the question open."""
        whole = dict(known)
        missing = [fact for fact in self.values if fact not in whole and fact != name]
        self.rng.shuffle(missing)
        for fact in missing:
            answers = self.rng.sample(self.values[fact], len(self.values[fact]))
            kept = (value for value in answers if name in self.opened.step({**whole, fact: value})["rule"][1])
            whole[fact] = next(kept, answers[0])
        return len({self.opened.step({**whole, name: value})["rule"][0] for value in self.values[name]}) > 1
