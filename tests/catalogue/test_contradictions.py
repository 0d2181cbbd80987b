from __future__ import annotations

from datetime import date

import pytest

from simpul.catalogue import contradictions, facts
from simpul.catalogue.tables import CatalogueError, refuse

ON = date(2026, 11, 21)


def codes(**known):
    return [found.code for found in contradictions.found(known, ON)]


class TestFound:
    @pytest.mark.parametrize(
        ("code", "known"),
        [
            ("income-without-livelihood", {"has_livelihood": False, "income": 9_000_000}),
            ("job-without-livelihood", {"has_livelihood": False, "steady_job": True}),
            ("enough-but-less", {"income_covers_needs": True, "income": 1, "expenses": 2}),
            ("child-married", {"born": date(2012, 1, 1), "marital": "kawin"}),
            ("safe-but-harmed", {"unsafe": False, "physical_violence": True}),
            ("no-difficulty-but-one", {"any_difficulty": False, "moving": "cannot"}),
            ("home-but-street", {"street_life": False, "begs_in_public": True}),
            ("parents-both-ways", {"lives_with_parents": True, "parents_dead": 2}),
        ],
    )
    def test_names_what_does_not_fit_together(self, code, known):
        assert codes(**known) == [code]

    def test_is_silent_about_what_is_not_certain(self):
        assert codes() == []
        assert codes(has_livelihood=False) == []
        assert codes(has_livelihood=False, income=0) == []
        assert codes(unsafe=False) == []

    def test_says_it_in_two_languages_and_names_the_facts(self):
        [found] = contradictions.found({"has_livelihood": False, "income": 1}, ON)
        assert set(found.facts) == {"has_livelihood", "income"}
        assert found.sentence.id.endswith(".")
        assert found.sentence.en.endswith(".")


class TestReadKinds:
    def test_are_a_dozen_each_with_a_code_of_its_own(self):
        kinds = list(contradictions.read_kinds(facts.ROOT, facts.book(), refuse))
        assert len({kind.contradiction.code for kind in kinds}) == len(kinds) >= 12

    def test_refuse_an_expression_over_facts_that_nobody_knows(self, tmp_path):
        text = (facts.ROOT / "contradictions.toml").read_text().replace("income > 0", "incomes > 0")
        (tmp_path / "contradictions.toml").write_text(text)
        with pytest.raises(CatalogueError, match="did you mean 'income'"):
            list(contradictions.read_kinds(tmp_path, facts.book(), refuse))
