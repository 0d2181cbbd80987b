"""The lists of needs beside the default one: what they hold, how they lead to it, and the words they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from simpul.catalogue import editions, facts
from simpul.catalogue.needs import Edition, NeedType
from simpul.catalogue.text import Text
from simpul.catalogue.words import hurtful_in
from simpul.engines.rules import Answer, Finding

TODAY = date(2026, 11, 21)
OLD, NAMES, GROUPS, CURRENT = "seed004-28", "depsos-2007-22", "kemensos-12pas-2025", "permensos-8-2012"


def hurts(text: Text) -> bool:
    return any([*hurtful_in(text.id, "id"), *hurtful_in(text.en, "en")])


def old(code: str) -> NeedType:
    return editions.get(OLD).type(code)


def judged(code: str, **known: Any) -> Finding:
    return old(code).judge(known, TODAY)


def by_reading(finding: Finding) -> list[Answer]:
    """The answers of the readings that a finding shows."""
    rule = finding.parts[0]
    assert rule.kind == "readings", rule.kind
    return [part.answer for part in rule.parts]


def texts(edition: Edition) -> Iterator[tuple[str, Text]]:
    """Every text of an edition that a person can come to see, with the code of its type."""
    for need in edition.types:
        shown = [need.display, need.definition, need.rule_note]
        shown += [criterion.text for criterion in need.criteria]
        shown += [reading.text for reading in need.readings]
        shown += [example.name for example in need.examples]
        yield from ((need.code, text) for text in shown if text)


def older_facts() -> list[facts.Fact]:
    return [fact for fact in facts.all_facts().values() if fact.file.endswith("older_list.toml")]


class TestTheListOf28:
    def test_holds_28_types_in_the_order_of_the_text(self) -> None:
        assert [need.number for need in editions.get(OLD).types] == list(range(1, 29))

    def test_never_claims_more_than_the_seed_for_its_words(self) -> None:
        assert {need.verified for need in editions.get(OLD).types} == {"seed"}

    def test_marks_every_rule_as_our_choice_and_says_why(self) -> None:
        for need in editions.get(OLD).types:
            assert need.rule_verified == "design", need.code
            assert need.rule_note, need.code

    def test_gives_families_and_communities_their_own_answer(self) -> None:
        units = {need.code: need.unit for need in editions.get(OLD).types if need.unit != "person"}
        families = dict.fromkeys(("KFM", "RTLH", "KBSP", "DRB", "KR"), "family")
        assert units == {**families, "KAT": "community"}

    @pytest.mark.parametrize("code", [need.code for need in editions.get(OLD).types])
    def test_has_six_examples_with_all_three_answers_for(self, code: str) -> None:
        answers = Counter(example.expect for example in old(code).examples)
        assert answers.total() >= 6
        assert set(answers) == set(Answer)

    @pytest.mark.parametrize("code", [need.code for need in editions.get(OLD).types])
    def test_agrees_with_the_examples_of(self, code: str) -> None:
        need = old(code)
        wrong = [
            example.name.id
            for example in need.examples
            if need.judge(example.facts, example.on).answer is not example.expect
        ]
        assert wrong == []

    @pytest.mark.parametrize("code", [need.code for need in editions.get(OLD).types])
    def test_knows_nothing_about_someone_never_asked_about(self, code: str) -> None:
        assert judged(code).answer is Answer.UNKNOWN


class TestContradictingReadings:
    @pytest.mark.parametrize(
        ("code", "known"),
        [
            ("LUT", {"born": date(1966, 11, 21), "basic_needs_met": False, "cared_for": False}),
            ("LUKTK", {"born": date(1966, 11, 21), "physical_violence": True, "harm_hinders": True}),
            ("AJ", {"born": date(2014, 7, 7), "works_on_street": True, "street_hours": 4}),
            ("AJ", {"born": date(2014, 7, 7), "works_on_street": True, "street_hours": 5}),
            ("NAPZA", {"born": date(2001, 1, 1), "drug_use": True, "drug_free_declared": False}),
            ("NAPZA", {"born": date(2022, 1, 1), "drug_use": True, "drug_free_declared": True}),
            (
                "ODHIV",
                {
                    "hiv_confirmed": True,
                    "immune_weakened": False,
                    "neglected": True,
                    "basic_needs_met": False,
                },
            ),
            (
                "KR",
                {"married_on": date(2021, 11, 21), "young_family_problem": True, "family_needs_met": False},
            ),
            (
                "AKTK",
                {"born": date(2023, 1, 1), "marital": "belum_kawin", "maltreated": True}
                | {"harm_hinders": True},
            ),
        ],
    )
    def test_leave_it_open_and_show_both(self, code: str, known: dict[str, Any]) -> None:
        finding = judged(code, **known)
        assert finding.answer is Answer.UNKNOWN
        assert {Answer.YES, Answer.NO} == set(by_reading(finding))

    @pytest.mark.parametrize(
        ("born", "expected"),
        [
            (date(1966, 11, 22), Answer.NO),
            (date(1966, 11, 21), Answer.UNKNOWN),
            (date(1965, 11, 22), Answer.UNKNOWN),
            (date(1965, 11, 21), Answer.YES),
        ],
    )
    def test_of_an_older_persons_age_agree_outside_sixty(self, born: date, expected: Answer) -> None:
        finding = judged("LUT", born=born, basic_needs_met=False, cared_for=False)
        assert finding.answer is expected

    @pytest.mark.parametrize("hours", [0, 3])
    def test_of_street_hours_agree_below_four(self, hours: int) -> None:
        finding = judged("AJ", born=date(2014, 7, 7), works_on_street=True, street_hours=hours)
        assert finding.answer is Answer.NO

    @pytest.mark.parametrize("born", [date(1956, 1, 1), date(2001, 1, 1)])
    def test_of_substance_misuse_agree_once_a_doctor_declared_freedom(self, born: date) -> None:
        finding = judged("NAPZA", born=born, drug_use=True, drug_free_declared=True)
        assert finding.answer is Answer.YES

    def test_of_a_destitute_family_differ_only_by_the_age_of_its_head(self) -> None:
        signs = {"clothes_per_year": 0, "water": "rain", "wall": "bamboo", "floor": "sand", "toilet": "none"}
        family: dict[str, Any] = {**signs, "steady_livelihood": False, "family_skill": False}
        assert judged("KFM", **family, head_born=date(1960, 1, 1)).answer is Answer.UNKNOWN
        assert judged("KFM", **family, head_born=date(1980, 1, 1)).answer is Answer.YES

    def test_are_each_explained_in_words(self) -> None:
        for need in editions.get(OLD).types:
            words = [reading.text.id for reading in need.readings]
            assert len(set(words)) == len(words), need.code
            assert "Bacaan pertama" not in words, need.code


class TestAgesByTheOlderText:
    def test_put_a_child_of_exactly_five_among_the_older_children(self) -> None:
        child: dict[str, Any] = {"born": date(2021, 11, 21), "marital": "belum_kawin"}
        child |= {"cared_for": False, "malnourished": True, "neglected": True, "basic_needs_met": False}
        assert judged("ABT", **child).answer is Answer.NO
        assert judged("AT", **child).answer is Answer.YES

    @pytest.mark.parametrize("born", [date(1961, 1, 1), date(2026, 11, 20)])
    def test_turn_nobody_with_hiv_away(self, born: date) -> None:
        finding = judged("ODHIV", born=born, hiv_confirmed=True, immune_weakened=True, neglected=True)
        assert finding.answer is Answer.YES

    def test_end_a_disaster_when_its_year_is_complete(self) -> None:
        hurt = {"natural_disaster": True, "still_suffers": True, "event_hinders": True}
        assert judged("KBA", **hurt, disaster_on=date(2025, 11, 22)).answer is Answer.YES
        assert judged("KBA", **hurt, disaster_on=date(2025, 11, 21)).answer is Answer.UNKNOWN
        assert judged("KBA", **hurt, disaster_on=date(2025, 11, 20)).answer is Answer.NO

    def test_are_open_where_an_estimated_birth_straddles_the_bound(self) -> None:
        expected = {example.expect for example in old("ABT").examples if "perkiraan" in example.name.id}
        assert expected == {Answer.UNKNOWN}


class TestChildrenByTheOlderText:
    def test_are_neglected_though_a_grandmother_cares_for_the_orphan(self) -> None:
        orphan: dict[str, Any] = {"born": date(2024, 3, 1), "cared_for": True, "malnourished": True}
        assert judged("ABT", **orphan, lost_parental_care=True).answer is Answer.YES
        assert judged("ABT", **orphan, lives_with_parents=True, unsafe=False).answer is Answer.NO

    def test_are_never_counted_among_those_exploited_as_adults(self) -> None:
        told = {"sexual_services_offered": True, "sexual_services_paid": True}
        assert judged("KRES", **told, born=date(2011, 11, 1)).answer is Answer.NO
        assert judged("KRES", **told, born=date(2001, 11, 1)).answer is Answer.YES


class TestTheListOf22:
    def test_holds_the_22_names_in_their_order(self) -> None:
        assert [need.number for need in editions.get(NAMES).types] == list(range(1, 23))
        assert editions.get(NAMES).type("KTK").display.id == "Korban kekerasan"

    def test_has_names_only_and_cannot_be_judged_by(self) -> None:
        assert not editions.get(NAMES).is_judgeable
        with pytest.raises(ValueError, match="name only"):
            editions.get(NAMES).type("LUT").judge({}, TODAY)


class TestTheTwelveGroups:
    def test_number_twelve_and_say_that_members_are_our_proposal(self) -> None:
        (grouping,) = [grouping for grouping in editions.groupings() if grouping.code == GROUPS]
        assert [group.number for group in grouping.groups] == list(range(1, 13))
        assert (grouping.verified, grouping.members_verified) == ("secondary", "design")

    def test_hold_each_of_the_26_types_exactly_once(self) -> None:
        (grouping,) = [grouping for grouping in editions.groupings() if grouping.code == GROUPS]
        members = Counter(member for group in grouping.groups for member in group.members)
        assert members == Counter(need.code for need in editions.get(grouping.of).types)
        assert members.total() == 26


class TestCrosswalks:
    @pytest.mark.parametrize("target", [NAMES, CURRENT])
    def test_lead_from_all_28_types_to_types_that_exist(self, target: str) -> None:
        (crosswalk,) = [way for way in editions.crosswalks() if (way.source, way.target) == (OLD, target)]
        assert [step.source for step in crosswalk.steps] == [need.code for need in editions.get(OLD).types]
        known = {need.code for need in editions.get(target).types}
        assert {code for step in crosswalk.steps for code in step.targets} <= known

    def test_leave_doubtful_cases_to_a_worker(self) -> None:
        (crosswalk,) = [way for way in editions.crosswalks() if way.target == CURRENT]
        ways = {step.source: step.how for step in crosswalk.steps}
        reviewed = {code for code, how in ways.items() if how == "review"}
        assert reviewed == {"APP", "EPK", "TGJ", "KFM", "RTLH"}
        assert {code for code, how in ways.items() if how == "none"} == {"DRB", "KR"}

    def test_say_a_sentence_to_the_worker_at_every_step(self) -> None:
        for crosswalk in editions.crosswalks():
            assert all(step.remark for step in crosswalk.steps), crosswalk.target

    def test_merge_the_three_types_of_violence_of_the_older_list(self) -> None:
        (crosswalk,) = [way for way in editions.crosswalks() if way.target == NAMES]
        merged = {step.source for step in crosswalk.steps if step.targets == ("KTK",)}
        assert merged == {"AKTK", "PKTK", "LUKTK"}


class TestWordsThatPeopleSee:
    @pytest.mark.parametrize("code", [OLD, NAMES])
    def test_are_never_hurtful(self, code: str) -> None:
        assert [(owner, text.id) for owner, text in texts(editions.get(code)) if hurts(text)] == []

    def test_are_never_hurtful_in_groups_and_remarks(self) -> None:
        shown = [group.display for grouping in editions.groupings() for group in grouping.groups]
        shown += [step.remark for way in editions.crosswalks() for step in way.steps if step.remark]
        assert [text.id for text in shown if hurts(text)] == []

    def test_are_never_hurtful_in_questions(self) -> None:
        for fact in older_facts():
            shown = [text for text in (fact.question, fact.why, fact.hint, fact.care) if text]
            assert not any(hurts(text) for text in shown), fact.name

    def test_would_be_caught_if_they_were(self) -> None:
        printed = {need.code: Text(need.official, need.official) for need in editions.get(OLD).types}
        caught = {code for code, text in printed.items() if hurts(text)}
        assert {"ABT", "APP", "ADK", "PRSE", "GLD", "TGJ", "BWBLP", "ODHIV"} <= caught


class TestFactsOfTheOlderList:
    def test_are_each_used_by_it(self) -> None:
        asked = {name for node in editions.get(OLD).rules().values() for name in node.facts()}
        assert [fact.name for fact in older_facts() if not fact.derived and fact.name not in asked] == []
