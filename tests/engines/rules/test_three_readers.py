"""The proof that the three readers of a rule agree, and that a million cells bear it out."""

from random import Random

import pytest

from simpul.engines.rules import Answer
from simpul.engines.rules.open_facts import OpenFacts
from simpul.engines.rules.population import verdicts

from .random_rules import ON, SPECS, random_facts, random_rule
from .test_population import TRUTH, frame_of


def mismatches(rng: Random, *, rules: int, people: int) -> list[str]:
    """Judges the same random people by the same random rules in all ways; what disagrees, for reading."""
    nodes = {str(number): random_rule(rng) for number in range(rules)}
    persons = [random_facts(rng, frozenset(SPECS), known=rng.choice((0.3, 0.6, 0.9))) for _ in range(people)]
    opened = OpenFacts(nodes, SPECS, ON)
    columns = verdicts(frame_of(persons), nodes, SPECS, ON)
    found = []
    for number, (person, polars) in enumerate(zip(persons, columns.iter_rows(), strict=True)):
        steps = opened.step_row(opened.row(person))
        for node, from_polars, (from_step, mask) in zip(nodes.values(), polars, steps, strict=True):
            truth = node.verdict(person, ON)
            # The judge with reasons is slower; a twentieth of the cells holds it to the short way.
            full = node.judge(person, ON).answer if number % 20 == 0 else truth
            wrong_mask = truth is not Answer.UNKNOWN and mask
            if {full, truth} != {truth} or not (TRUTH[truth] is from_polars is from_step) or wrong_mask:
                found.append(f"{node} for {person}: {full=} {truth=} {from_polars=} {from_step=} {mask=}")
    return found


class TestThreeReaders:
    """Judge, open facts and population."""

    def test_agree_on_ten_thousand_random_cells(self):
        assert mismatches(Random(1), rules=50, people=200) == []

    @pytest.mark.slow
    def test_agree_on_a_million_random_cells(self):
        rng = Random(20_261_121)
        cells = 0
        while cells < 1_000_000:
            assert mismatches(rng, rules=40, people=1_000) == []
            cells += 40_000
