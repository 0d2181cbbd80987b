from __future__ import annotations

import random
from uuid import UUID

import pytest

from simpul.access.models import User
from simpul.population.queries.numbers import numbers_of, rows_behind, seen_by
from simpul.population.queries.register import Register
from simpul.population.stages import Standing
from tests.access.factories import user_with
from tests.population.factories import register_of, row

TYPES = ("ABT", "AT", "LUT", "ODHA")  # the last one is highly restricted
pytestmark = pytest.mark.django_db


def many(organisation: UUID, other: UUID, seed: int = 1) -> Register:
    chance = random.Random(seed)
    rows = [
        row(
            organisation=chance.choice((organisation, other, None)),
            region=chance.choice(("21.02.10.2003", "21.02.01.1001", "21.03.01.2001", "")),
            gone=chance.choice(("",) * 9 + ("died",)),
            **{word: chance.sample(TYPES, chance.randrange(3)) for word in ("confirmed", "rule_yes")},
            refused=chance.sample(TYPES, 1) if chance.random() < 0.2 else (),
            rule_unknown=chance.sample(TYPES, chance.randrange(3)),
        )
        for _ in range(300)
    ]
    return register_of(rows, types=TYPES)


class TestNumbersOf:
    @pytest.mark.parametrize("role", ["case_supervisor", "dinas_officer", "dinas_verifier"])
    def test_are_the_sums_of_the_rows_behind_for(self, role, organisation, other_organisation):
        where = {"organisation": organisation} if role == "case_supervisor" else {"region": "21.02"}
        viewer = user_with(role, **where)
        register = many(organisation, other_organisation)
        told = numbers_of(register, viewer)
        assert told.people + told.gone == seen_by(register, viewer).people.height > 50
        for line in told.lines:
            for standing in Standing.values:
                behind = rows_behind(register, viewer, line.need.code, standing)
                assert line.of(standing) == behind.height
                assert behind.get_column("person").n_unique() == behind.height

    def test_of_all_areas_are_those_of_each_area_together(self, officer, organisation, other_organisation):
        register = many(organisation, other_organisation)
        parts = [numbers_of(register, officer, area) for area in ("21.02.10", "21.02.01")]
        whole = numbers_of(register, officer)
        assert whole.people == sum(part.people for part in parts)
        assert whole.pairs("suggested") == sum(part.pairs("suggested") for part in parts)

    def test_leave_highly_restricted_types_to_those_with_the_right_to_them(
        self, head, supervisor, organisation, other_organisation
    ):
        register = many(organisation, other_organisation)
        seen, unseen = numbers_of(register, supervisor), numbers_of(register, head)
        assert [line.need.code for line in seen.lines] == list(TYPES)
        assert [line.need.code for line in unseen.lines] == list(TYPES[:3])
        assert (seen.hidden, unseen.hidden) == (0, 1)

    def test_let_a_workers_no_outweigh_the_rule(self, supervisor):
        register = register_of([row(rule_yes=("LUT",), refused=("LUT",)), row(rule_yes=("LUT",))])
        line = next(one for one in numbers_of(register, supervisor).lines if one.need.code == "LUT")
        assert (line.confirmed, line.suggested, line.unknown) == (0, 1, 0)

    def test_count_nobody_who_died(self, supervisor):
        register = register_of([row(confirmed=("LUT",), gone="died"), row(confirmed=("LUT",))])
        told = numbers_of(register, supervisor)
        assert (told.people, told.gone, told.pairs("confirmed")) == (1, 1, 1)


class TestRowsBehind:
    def test_are_nobody_for_who_sees_numbers_alone(self, organisation, other_organisation):
        registrar = user_with("registrar")
        register = many(organisation, other_organisation)
        assert numbers_of(register, registrar).pairs("suggested") > 0
        assert rows_behind(register, registrar, "LUT", "suggested").height == 0

    def test_do_not_exist_for_a_type_that_is_not_shown(self, head: User, organisation, other_organisation):
        with pytest.raises(KeyError):
            rows_behind(many(organisation, other_organisation), head, "ODHA", "confirmed")
