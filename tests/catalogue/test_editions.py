from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from simpul.catalogue import editions, facts
from simpul.catalogue.tables import CatalogueError, refuse
from simpul.engines.rules import Answer, DateRange, OpenFacts

ON = date(2026, 11, 21)
NOTHING_WRONG = {
    "in_emergency": False, "trafficked": False, "maltreated": False, "physical_violence": False,
    "sexual_violence": False, "exploited_economically": False, "exploited_sexually": False,
}  # fmt: skip


def born(years: int, *, days_before: int = 0) -> date:
    """The birth date of somebody who completes so many years on that day, or some days later."""
    return ON.replace(year=ON.year - years) + timedelta(days=days_before)


def answer(code: str, **known) -> Answer:
    return editions.default().type(code).judge(known, ON).answer


class TestDefault:
    def test_is_the_list_of_2012_with_its_26_types_in_order(self):
        edition = editions.default()
        assert edition.code == "permensos-8-2012"
        assert [need.number for need in edition.types] == list(range(1, 27))
        assert edition.is_judgeable

    def test_marks_the_rules_as_ours_and_the_texts_as_read(self):
        for need in editions.default().types:
            assert (need.verified, need.rule_verified) == ("source", "design")

    def test_keeps_the_word_that_the_law_prints_between_criteria(self):
        printed = {need.code: need.printed for need in editions.default().types}
        others = {code: word for code, word in printed.items() if word != "dan"}
        assert others == {"ABH": "atau", "AJ": "atau", "ADK": "list", "FM": "dan/atau"}

    def test_asks_for_no_more_facts_than_it_has_questions(self):
        asked = set().union(*(node.facts() for node in editions.default().rules().values()))
        assert asked <= set(facts.asked_facts())

    def test_opens_an_interview(self):
        rules = editions.default().rules()
        interview = OpenFacts(rules, facts.specs(), ON)
        first = interview.next_question({})
        assert first in facts.asked_facts()


class TestGet:
    def test_refuses_a_code_that_is_not_there(self):
        with pytest.raises(KeyError):
            editions.get("permensos-9-2099")

    def test_loads_a_list_of_names_that_cannot_be_judged_by(self):
        edition = editions.get("depsos-2007-22")
        assert not edition.is_judgeable
        assert edition.rules() == {}
        with pytest.raises(ValueError, match="a name only"):
            edition.types[0].judge({}, ON)


class TestDigest:
    def copied(self, tmp_path):
        root = tmp_path / "catalogue"
        shutil.copytree(facts.ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        return root

    def digest(self, root):
        head = editions.heads(root)["permensos-8-2012"]
        return editions.read_edition(head, facts.read_book(root, refuse), refuse).digest

    def test_changes_with_a_threshold_and_not_with_an_example(self, tmp_path):
        root = self.copied(tmp_path)
        first = self.digest(root)
        folder = root / "screening" / "permensos-8-2012"
        with (folder / "adults.examples.toml").open("a") as file:
            file.write("# one more remark\n")
        assert self.digest(root) == first == editions.default().digest
        changed = (folder / "children.toml").read_text().replace("BETWEEN 12 AND 17", "BETWEEN 14 AND 17")
        (folder / "children.toml").write_text(changed)
        assert self.digest(root) != first


class TestGroupings:
    def test_put_each_type_of_2012_into_one_group(self):
        [grouping] = editions.groupings()
        members = [member for group in grouping.groups for member in group.members]
        assert sorted(members) == sorted(need.code for need in editions.default().types)
        assert grouping.members_verified == "design"

    def test_find_the_group_of_a_type(self):
        [grouping] = editions.groupings()
        found = grouping.group_of("LUT")
        assert found is not None
        assert found.number == 3
        assert grouping.group_of("XXX") is None


class TestCrosswalks:
    def test_say_something_about_each_of_the_28_types(self):
        older = editions.get("seed004-28")
        [walk] = [walk for walk in editions.crosswalks() if walk.target == "permensos-8-2012"]
        assert [walk.step(need.code).how for need in older.types].count("none") >= 1
        for step in walk.steps:
            assert step.remark


class TestJudge:
    """The age traps and the readings of the list of 2012."""

    @pytest.mark.parametrize(
        ("needs_met", "alone", "expected"),
        [(False, True, "yes"), (False, False, "unknown"), (True, True, "unknown"), (True, False, "no")],
    )
    def test_reads_the_type_of_older_people_in_three_ways(self, needs_met, alone, expected):
        known = {"basic_needs_met": needs_met, "left_alone": alone}
        assert str(answer("LUT", born=born(60), **known)) == expected
        assert answer("LUT", born=born(60, days_before=1), **known) is Answer.NO

    def test_shows_both_readings_where_they_differ(self):
        finding = editions.default().type("AT").judge({"born": born(18), "neglected": True}, ON)
        [readings] = finding.parts[:1]
        assert finding.answer is Answer.UNKNOWN
        assert [part.about for part in readings.parts] == ["AT.main", "AT.under18"]
        assert [part.answer for part in readings.parts] == [Answer.YES, Answer.NO]

    @pytest.mark.parametrize(
        ("years", "expected"), [(5, "unknown"), (6, "yes"), (17, "yes"), (18, "unknown")]
    )
    def test_protects_children_between_the_printed_and_the_lawful_age(self, years, expected):
        assert str(answer("AMPK", born=born(years), in_emergency=True)) == expected

    @pytest.mark.parametrize("code", ["BWBLP", "ODHA"])
    def test_leaves_above_18_open_for_those_aged_18(self, code):
        known = {"released_from_prison": True, "shunned": True, "hiv_confirmed": True}
        assert answer(code, born=born(18), **known) is Answer.UNKNOWN
        assert answer(code, born=born(18, days_before=1), **known) is Answer.NO
        assert answer(code, born=born(19), **known) is Answer.YES

    def test_counts_a_difficulty_only_for_the_event_that_caused_it(self):
        flooded = {"natural_disaster": True, "event_hinders": True}
        assert answer("NAPZA", drug_use=True, drug_hinders=False, **flooded) is Answer.NO
        assert (
            answer("PMBS", migrant_work="former", deported=True, migrant_hinders=False, **flooded)
            is Answer.NO
        )
        assert answer("KBS", conflict_or_terror=True, event_loss=True, **flooded) is Answer.UNKNOWN

    def test_takes_no_livelihood_for_an_answer_without_sums(self):
        woman = {"sex": "P", "born": born(40)}
        assert answer("PRSE", has_livelihood=False, **woman) is Answer.YES
        assert answer("PRSE", income_covers_needs=False, **woman) is Answer.YES
        assert answer("PRSE", has_livelihood=True, income_covers_needs=True, **woman) is Answer.NO

    def test_wants_a_difficulty_after_prison_and_not_only_no_job(self):
        homemaker = {"born": born(60), "released_from_prison": True, "shunned": False, "steady_job": False}
        sought = {"seeks_steady_work_in_vain": False, "main_breadwinner": False}
        assert answer("BWBLP", **homemaker, **sought) is Answer.NO

    def test_does_not_take_a_sign_for_the_crime(self):
        assert answer("KTRF", deported=True, neglected=True) is Answer.UNKNOWN
        assert answer("KTRF", deported=True, trafficked=False) is Answer.NO

    def test_never_counts_a_minor_as_category_10(self):
        known = {"sexual_services_offered": True, "sexual_services_paid": True}
        assert answer("TS", born=born(18, days_before=1), **known) is Answer.NO
        assert answer("AMPK", born=born(17), exploited_sexually=True) is Answer.YES

    def test_keeps_signs_apart_from_the_rule(self):
        need = editions.default().type("PGM")
        finding = need.judge({"decent_clothes": False, "uses_others_to_beg": True}, ON)
        assert finding.answer is Answer.UNKNOWN
        assert finding.values["signs"] == ("PGM.b", "PGM.d")
        assert [sign.answer for sign in finding.parts[1:]] == [Answer.YES, Answer.YES]

    def test_takes_an_estimated_birth_date_for_what_it_is(self):
        known, around_60 = {"basic_needs_met": False, "left_alone": True}, DateRange(born(62), born(58))
        assert answer("LUT", born=around_60, **known) is Answer.UNKNOWN
        assert answer("LUT", born=DateRange(born(70), born(61)), **known) is Answer.YES

    def test_counts_a_birthday_of_29_february_on_1_march(self):
        need = editions.default().type("PD")
        known = {
            "born": date(2008, 2, 29),
            "moving": "cannot",
            "difficulty_lasts": True,
            "work_hindered": True,
        }
        assert need.judge(known, date(2026, 2, 28)).answer is Answer.NO
        assert need.judge(known, date(2026, 3, 1)).answer is Answer.YES

    def test_asks_nothing_about_sexual_orientation(self):
        texts = " ".join(fact.question.en + fact.name for fact in facts.all_facts().values()).lower()
        assert "orientation" not in texts
        assert "gender identity" not in texts


class TestReadEdition:
    def test_refuses_a_folder_of_another_name(self, tmp_path):
        shutil.copytree(facts.ROOT / "screening" / "depsos-2007-22", tmp_path / "screening" / "elsewhere")
        head = editions.heads(tmp_path)["elsewhere"]
        with pytest.raises(CatalogueError, match="differs from the folder"):
            editions.read_edition(head, facts.book(), refuse)
