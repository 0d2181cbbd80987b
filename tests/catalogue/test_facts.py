from __future__ import annotations

from datetime import date

import pytest

from simpul.catalogue import facts
from simpul.catalogue.tables import CatalogueError, refuse
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

    def test_ask_one_idea_once(self):
        questions = [fact.question.id for fact in facts.asked_facts().values()]
        assert len(questions) == len(set(questions))


class TestSpecs:
    def test_hold_only_what_is_asked(self):
        assert "is_child" not in facts.specs()
        assert facts.specs()["sex"].choices == ("L", "P")
        assert facts.specs()["income"].kind is FactKind.NUMBER


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
