"""What people type as an answer."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from simpul.catalogue import facts
from simpul.commands import answers
from simpul.commands.answers import NotAnAnswer
from simpul.engines.rules import DateRange

ON = date(2026, 11, 21)


def fact_of(kind):
    return next(fact for fact in facts.asked_facts().values() if fact.kind == kind)


class TestRead:
    @pytest.mark.parametrize(
        ("typed", "meant"), [("ya", True), ("  YA ", True), ("tidak", False), ("belum", False)]
    )
    def test_understands_yes_and_no(self, typed, meant):
        assert answers.read(fact_of("bool"), typed, ON) is meant

    def test_takes_a_choice_by_number_code_or_words(self):
        sex = facts.get("sex")
        assert [answers.read(sex, typed, ON) for typed in ("2", "p", "perempuan", "Female")] == ["P"] * 4

    def test_takes_numbers_as_people_write_money(self):
        assert answers.read(facts.get("income"), "Rp 1.500.000", ON) == 1_500_000

    @pytest.mark.parametrize("typed", ["17-8-1954", "17/8/1954", "1954-08-17"])
    def test_takes_a_day_in_the_usual_forms(self, typed):
        assert answers.read(facts.get("born"), typed, ON) == date(1954, 8, 17)

    def test_takes_a_year_alone_as_an_estimate(self):
        assert answers.read(facts.get("born"), "1954", ON) == DateRange(date(1954, 1, 1), date(1954, 12, 31))

    def test_takes_an_age_as_an_estimate(self):
        assert answers.read(facts.get("born"), "72 tahun", ON) == DateRange(
            date(1953, 11, 22), date(1954, 11, 21)
        )

    def test_takes_a_span_of_ages_in_either_order(self):
        wide = DateRange(date(1955, 11, 22), date(1966, 11, 21))
        assert answers.read(facts.get("born"), "kira-kira 60-70 tahun", ON) == wide
        assert answers.read(facts.get("born"), "70 sampai 60", ON) == wide

    @pytest.mark.parametrize("typed", ["31-2-1990", "2030-01-01", "2030", "900 tahun", "dulu sekali"])
    def test_refuses_days_that_cannot_be(self, typed):
        with pytest.raises(NotAnAnswer):
            answers.read(facts.get("born"), typed, ON)

    @pytest.mark.parametrize("typed", ["mungkin", "9", "-5"])
    def test_says_what_would_be_an_answer(self, typed):
        with pytest.raises(NotAnAnswer, match="tidak tahu"):
            answers.read(facts.get("sex"), typed, ON)


class TestAsToml:
    def test_writes_what_from_toml_reads(self):
        held = {
            "born": DateRange(date(1954, 1, 1), date(1954, 12, 31)),
            "sex": "P",
            "poor": True,
            "income": 250000,
        }
        text = "\n".join(f"{name} = {answers.as_toml(value)}" for name, value in held.items())
        read = {
            name: answers.from_toml(facts.asked_facts(), name, value)
            for name, value in tomllib.loads(text).items()
        }
        assert read == held

    @pytest.mark.parametrize(
        ("name", "written"), [("sex", "X"), ("poor", 1), ("income", True), ("born", "1954")]
    )
    def test_from_toml_refuses_values_of_another_kind(self, name, written):
        with pytest.raises(NotAnAnswer, match=name):
            answers.from_toml(facts.asked_facts(), name, written)
