"""The proof that the reader that writes SQL answers as the judge, in every database that is there."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from simpul.catalogue import editions, facts
from simpul.engines.rules import DateRange, FactKind, completed, parse
from simpul.engines.rules.ages import latest_start
from simpul.engines.rules.population import EARLIEST, LATEST
from simpul.engines.rules.sql import TableReader

from .random_rules import ON, SPECS, random_facts, random_rule
from .tables import ENGINES, answer, columns_of, database, types_of
from .test_population import TRUTH

# Gates: what a no to another question answers, and what follows from others.
GATED = SPECS | {
    "b": replace(SPECS["b"], asked_if=parse("a OR x > 1", facts=SPECS), otherwise=False),
    "s": replace(SPECS["s"], asked_if=parse("AGE(born) >= 5", facts=SPECS), otherwise="K"),
    "y": replace(SPECS["y"], asked_if=parse("NOT a", facts=SPECS), otherwise=2),
    "d": replace(SPECS["d"], follows=parse("c AND AGE(moved) < 5", facts=SPECS)),
    "e": replace(
        SPECS["e"], asked_if=parse("c", facts=SPECS), otherwise=True, follows=parse("a", facts=SPECS)
    ),
}
A_MILLION = 1_000_000
ENDS = {False: ("",), True: ("", EARLIEST, LATEST)}


def mismatches(given, rng, specs, *, rules, people):
    """Random rules about random people: what the database and the judge answer differently, for reading."""
    nodes = {f"r{number}": random_rule(rng) for number in range(rules)}
    persons = [random_facts(rng, frozenset(SPECS), known=rng.choice((0.3, 0.6, 0.9))) for _ in range(people)]
    return compared(given, nodes, specs, persons)


def compared(given, rules, specs, persons):
    """What the database answers about these people, beside the judge."""
    names = [name + end for name, spec in specs.items() for end in ENDS[spec.kind is FactKind.DATE]]
    rows = [(at, *(told(person, name) for name in names)) for at, person in enumerate(persons)]
    given.fill("people", {"id": "BIGINT"} | types_of(names, specs), rows)
    reader = TableReader(rules, specs, columns_of(names, specs), ON, given.dialect)
    found = []
    answers = sorted(given.run(reader.select(given.dialect.quoted("people"), "id")))
    for person, (_key, *row) in zip(persons, answers, strict=True):
        known = completed(person, list(specs.values()), ON)
        for (code, node), got in zip(rules.items(), row, strict=True):
            truth = TRUTH[node.verdict(known, ON)]
            if truth is not answer(got):
                found.append(f"{truth} but {got}: {node} for {person}: {reader.answers()[code]}")
    return found


def told(person, name):
    """What stands in the column of that name: an estimated date stands in two, and not in its own."""
    value = person.get(spec_name := name.removesuffix(EARLIEST).removesuffix(LATEST))
    if name == spec_name:
        return None if isinstance(value, DateRange) else value
    return getattr(value, name.removeprefix(spec_name + "_"), None)


def values_of(spec):
    """What is likely to make a difference to a rule of the law."""
    if spec.kind is FactKind.DATE:
        edges = [latest_start(years, ON) for years in (0, 1, 5, 6, 12, 18, 22, 45, 59, 60)]
        days = [min(day, ON) + timedelta(days=more) for day in edges for more in (-1, 0, 1)]
        return [*days, *(DateRange(first, first + timedelta(days=400)) for first in days)]
    numbers = range(spec.minimum or 0, (spec.maximum or 5_000_000) + 1)
    return {
        FactKind.BOOL: (True, False),
        FactKind.CHOICE: spec.choices,
        FactKind.NUMBER: [numbers[len(numbers) * part // 9] for part in range(9)],
    }[spec.kind]


class TestAnswersOfADatabase:
    """The answers of a database."""

    @pytest.mark.parametrize("specs", [SPECS, GATED], ids=["told", "gated"])
    @pytest.mark.parametrize("engine", ENGINES)
    def test_are_the_judges_in_ten_thousand_random_cells(self, engine, specs):
        with database(engine) as given:
            assert mismatches(given, Random(7), specs, rules=50, people=200) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("specs", [SPECS, GATED], ids=["told", "gated"])
    @pytest.mark.parametrize("engine", ENGINES)
    def test_are_the_judges_in_a_million_random_cells(self, engine, specs):
        rng, cells = Random(20_261_122), 0
        with database(engine) as given:
            while cells < A_MILLION:
                assert mismatches(given, rng, specs, rules=50, people=2_000) == []
                cells += 100_000

    @pytest.mark.parametrize("edition", [each.code for each in editions.all_editions() if each.is_judgeable])
    @pytest.mark.parametrize("engine", ENGINES)
    def test_are_the_judges_by_every_list_of_the_catalogue(self, engine, edition):
        rules, specs, rng = editions.get(edition).rules(), facts.specs(), Random(3)
        persons = [
            {name: rng.choice(values_of(specs[name])) for name in specs if rng.random() < 0.7}
            for _ in range(100)
        ]
        with database(engine) as given:
            assert compared(given, rules, specs, persons) == []
