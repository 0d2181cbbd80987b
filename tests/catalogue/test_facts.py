from __future__ import annotations

import re
from datetime import date

import pytest

from simpul.catalogue import facts
from simpul.catalogue.tables import VERIFIED, CatalogueError, refuse
from simpul.engines.rules import Answer, FactKind


class TestAllFacts:
    def test_are_asked_kindly_in_two_languages_with_a_reason(self):
        for fact in facts.asked_facts().values():
            assert fact.question.id.endswith("?")
            assert fact.question.en.endswith("?")
            assert fact.why

    def test_guide_whoever_asks_what_hurts(self):
        painful = [fact for fact in facts.all_facts().values() if fact.pain >= facts.PAINFUL]
        assert painful
        assert all(fact.care for fact in painful)

    def test_keep_hiv_violence_and_disability_highly_restricted(self):
        for name in ("hiv_confirmed", "sexual_violence", "moving", "mental_health", "trafficked"):
            assert facts.get(name).sensitivity == "highly_restricted"

    def test_have_names_for_their_topic_and_proofs(self):
        for fact in facts.all_facts().values():
            assert facts.topic_label(fact.topic).en
            assert all(facts.proof_label(proof).id for proof in fact.proof)

    def test_have_words_for_every_mark(self):
        words = [facts.verified_label(mark) for mark in VERIFIED]
        assert all(label.id and label.en for label in words)
        assert len({label.id for label in words}) == len(VERIFIED)

    def test_ask_one_idea_once(self):
        questions = [fact.question.id for fact in facts.asked_facts().values()]
        assert len(questions) == len(set(questions))


class TestSpecs:
    def test_hold_only_what_is_asked(self):
        assert "is_child" not in facts.specs()
        assert facts.specs()["sex"].choices == ("L", "P")
        assert facts.specs()["income"].kind is FactKind.NUMBER


class TestAsking:
    def test_gives_the_conditions_and_what_is_never_put_forward(self):
        asking = facts.asking()
        assert {"sexual_services_offered", "hiv_confirmed"} == asking.volunteered
        assert asking.asked_if["difficulty_lasts"].facts() >= {"seeing", "moving", "learning"}
        assert "has_livelihood" not in asking.asked_if

    def test_leaves_to_the_person_what_its_guidance_leaves_to_the_person(self):
        asking = facts.asking()
        for name, fact in facts.asked_facts().items():
            if fact.care and "bila ia sendiri" in fact.care.id:
                assert name in asking.volunteered or asking.asked_if[name].facts() & asking.volunteered


class TestMayBePut:
    ON = date(2026, 11, 21)

    def may(self, name, **known):
        return str(facts.may_be_put(name, known, self.ON))

    def test_is_a_no_for_a_child_who_must_not_be_asked(self):
        assert self.may("sexual_services_offered", born=date(2015, 1, 1)) == "no"
        assert self.may("marital", born=date(2015, 1, 1)) == "no"
        assert self.may("marital", born=date(1990, 1, 1)) == "yes"

    def test_is_not_known_before_the_first_question(self):
        assert self.may("sexual_violence") == "unknown"
        assert self.may("sexual_violence", unsafe=False) == "no"
        assert self.may("difficulty_lasts", any_difficulty=False) == "no"

    def test_is_always_a_yes_without_a_condition(self):
        assert self.may("has_livelihood") == "yes"


class TestCompleted:
    ON = date(2026, 11, 21)

    def completed(self, **known):
        return facts.completed(known, self.ON)

    def test_settles_what_a_no_has_answered(self):
        assert self.completed(unsafe=False)["physical_violence"] is False
        assert self.completed(any_difficulty=False)["seeing"] == "none"
        assert "physical_violence" not in self.completed(unsafe=True)

    def test_never_touches_what_was_told(self):
        assert self.completed(unsafe=False, physical_violence=True)["physical_violence"] is True

    def test_draws_enough_or_not_from_two_sums(self):
        assert self.completed(income=1, expenses=2)["income_covers_needs"] is False
        assert self.completed(income=2, expenses=2)["income_covers_needs"] is True
        assert "income_covers_needs" not in self.completed(income=2)


class TestHoldsFor:
    def test_is_short_for_events_and_endless_for_who_somebody_is(self):
        assert facts.get("in_emergency").holds_for == 3
        assert facts.get("has_livelihood").holds_for == 12
        assert facts.get("moving").holds_for == 36
        assert facts.get("born").holds_for is None
        assert facts.get("sex").holds_for is None

    def test_is_said_for_whatever_can_change(self):
        lasting = {name for name, fact in facts.asked_facts().items() if fact.holds_for is None}
        assert not lasting & {"basic_needs_met", "natural_disaster", "unsafe", "income", "has_fixed_home"}


class TestBook:
    def test_derives_age_groups_from_the_day_of_birth(self):
        on, born = date(2026, 11, 21), date(2008, 11, 21)
        answers = {name: node.judge({"born": born}, on).answer for name, node in facts.book().derived.items()}
        assert answers["is_adult"] is Answer.YES
        assert answers["is_child"] is Answer.NO
        assert answers["is_elderly"] is Answer.NO
        assert answers["income_below_expenses"] is Answer.UNKNOWN


class TestReadBook:
    def test_refuses_a_painful_question_without_guidance(self, tmp_path):
        folder = tmp_path / "facts"
        folder.mkdir()
        source = (facts.ROOT / "facts" / "law.toml").read_text()
        without = "\n".join(line for line in source.splitlines() if not line.startswith("care ="))
        (folder / "law.toml").write_text(without)
        with pytest.raises(CatalogueError, match="needs 'care'"):
            facts.read_book(tmp_path, refuse)

    def test_refuses_the_same_fact_in_two_files(self, tmp_path):
        folder = tmp_path / "facts"
        folder.mkdir()
        source = (facts.ROOT / "facts" / "community.toml").read_text()
        for name in ("a.toml", "b.toml"):
            (folder / name).write_text(source)
        with pytest.raises(CatalogueError, match="is already in"):
            facts.read_book(tmp_path, refuse)


class TestQuestions:
    def test_that_want_a_yes_or_no_never_deny(self):
        """A yes to "is it not so?" means two things, most of all to a tired listener."""
        denying = re.compile(r"^Apakah \w+( ini)? (tidak|belum|bukan|tanpa)\b")
        asked = {name: fact.question.id for name, fact in facts.asked_facts().items()}
        assert {name for name, question in asked.items() if denying.search(question)} == set()
        assert denying.search("Apakah ia tidak dapat menyesuaikan diri?")
