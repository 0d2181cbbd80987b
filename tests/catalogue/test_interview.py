"""What an interview puts somebody through: few questions, gentle ones, and none that the person must not be asked."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from simpul.catalogue import editions, facts
from simpul.engines.rules import Answer, FactKind, OpenFacts, Value

ON = date(2026, 11, 21)
# As dear as an interview makes them: harmless, private, painful, very painful.
PRICES = {0: 1.0, 1: 2.0, 2: 8.0, 3: 25.0}
LISTS = [edition.code for edition in editions.all_editions() if edition.is_judgeable]
PEOPLE = [(40, "L"), (35, "P"), (72, "P"), (15, "L"), (8, "P"), (3, "L")]
ALL_IS_WELL = {
    "basic_needs_met", "cared_for", "has_livelihood", "income_covers_needs", "has_fixed_home",
    "lives_with_parents", "house_habitable", "family_needs_met", "steady_livelihood", "family_skill",
}  # fmt: skip
NEVER_PUT = {"hiv_confirmed", "immune_weakened", "sexual_services_offered", "sexual_services_paid"}
NOT_TO_SMALL_CHILDREN = {
    "collects_scrap",
    "lives_on_alms",
    "drug_use",
    "migrant_work",
    "released_from_prison",
}


@cache
def engine(code: str) -> OpenFacts:
    return OpenFacts(editions.get(code).rules(), facts.specs(), ON)


def asked(code: str, age: int, sex: str, **told: Value) -> list[str]:
    """The questions put to somebody with whom all is well, apart from what was told."""
    known: dict[str, Value] = {"born": date(2026 - age, 3, 1), "sex": sex}
    cost = {name: PRICES[fact.pain] for name, fact in facts.asked_facts().items()}
    questions: list[str] = []
    while name := engine(code).next_question(known, cost=cost):
        questions.append(name)
        known[name] = told.get(name, well(facts.get(name)))
    return questions


def well(fact: facts.Fact) -> Value:
    if fact.kind is FactKind.BOOL:
        return fact.name in ALL_IS_WELL
    if fact.kind is FactKind.CHOICE:
        codes = fact.spec.choices
        return "none" if "none" in codes else codes[0]
    return ON if fact.kind is FactKind.DATE else 0


@pytest.mark.parametrize("code", LISTS)
class TestInterview:
    @pytest.mark.parametrize(("age", "sex"), PEOPLE)
    def test_is_short_and_gentle_where_nothing_is_wrong(self, code, age, sex):
        questions = asked(code, age, sex)
        assert len(questions) <= 18
        assert sum(facts.get(name).pain == 3 for name in questions) <= 2
        assert not NEVER_PUT & set(questions)

    @pytest.mark.parametrize(("age", "sex"), PEOPLE)
    def test_begins_with_how_people_live(self, code, age, sex):
        assert {facts.get(name).topic for name in asked(code, age, sex)[:2]} <= {"livelihood", "care"}

    def test_never_asks_a_child_for_marriage_or_what_only_grown_people_do(self, code):
        assert "marital" not in asked(code, 8, "P")
        assert not NOT_TO_SMALL_CHILDREN & set(asked(code, 3, "L"))

    def test_goes_into_violence_only_where_somebody_is_unsafe(self, code):
        hurtful = {"maltreated", "physical_violence", "sexual_violence"}
        assert not hurtful & set(asked(code, 35, "P"))
        assert hurtful <= set(asked(code, 35, "P", unsafe=True))

    def test_asks_about_that_difficulty_only_after_one_was_named(self, code):
        about_it = {"difficulty_lasts", "daily_life_hindered", "work_hindered"}
        assert not about_it & set(asked(code, 40, "L"))
        questions = asked(code, 40, "L", any_difficulty=True, moving="cannot")
        assert questions.index("moving") < questions.index("difficulty_lasts")

    def test_takes_dont_know_for_an_answer_and_comes_to_an_end(self, code):
        in_vain: list[str] = []
        while name := engine(code).next_question({"born": date(1986, 3, 1), "sex": "L"}, skip=in_vain):
            in_vain.append(name)
        assert len(in_vain) == len(set(in_vain)) < 40


class TestVerdicts:
    def test_need_no_follow_up_once_the_first_question_was_a_no(self):
        known: dict[str, Value] = {"born": date(1986, 3, 1), "unsafe": False, "any_difficulty": False}
        found = engine("permensos-8-2012").step({**known, "hit_by_event": False, "street_life": False})
        for code in ("KTK", "KTRF", "PD", "KBA", "KBS", "GLD", "PGM"):
            assert found[code] == (Answer.NO, frozenset())

    def test_stay_open_where_only_the_person_can_bring_it_up(self):
        known: dict[str, Value] = {"born": date(1986, 3, 1)}
        assert engine("permensos-8-2012").step(known)["ODHA"][0] is Answer.UNKNOWN
        assert engine("permensos-8-2012").step({**known, "hiv_confirmed": True})["ODHA"][0] is Answer.YES
