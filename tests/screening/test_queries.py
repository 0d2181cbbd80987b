import uuid
from datetime import date, timedelta

import pytest

from simpul.access.refusal import NotAllowed
from simpul.catalogue import editions, facts
from simpul.engines.reasons import Answer, Finding
from simpul.people.actions import record_fact
from simpul.screening.facts import asking, highly_restricted
from simpul.screening.queries import compare, decisive, held_now, interview, is_overtaken, result, without
from simpul.screening.queries.reasons import named_in
from tests.screening.factories import TODAY, answered, finished, started, when

pytestmark = pytest.mark.django_db


def leaf(answer, about):
    return Finding(answer, "fact", about)


def type_of(answer, *parts):
    return Finding(answer, "type", "X", {}, parts)


class TestDecisive:
    def test_names_what_failed_of_all(self):
        rule = Finding(Answer.NO, "all", "", {}, (leaf(Answer.YES, "a"), leaf(Answer.NO, "b")))
        assert [part.about for part in decisive(type_of(Answer.NO, rule))] == ["b"]

    def test_leaves_supporting_signs_out(self):
        told = decisive(type_of(Answer.YES, leaf(Answer.YES, "rule"), leaf(Answer.YES, "sign")))
        assert [part.about for part in told] == ["rule"]

    def test_speaks_for_readings_that_agree(self):
        reading = Finding(Answer.YES, "criterion", "X.main", {}, (leaf(Answer.YES, "a"),))
        both = Finding(Answer.YES, "readings", "", {}, (reading, reading))
        assert [part.about for part in decisive(type_of(Answer.YES, both))] == ["a"]


class TestWithout:
    def rule(self, *branch):
        age = Finding(Answer.YES, "age", "born", {})
        return type_of(Answer.YES, Finding(Answer.YES, "all", "", {}, (age, *branch)))

    def test_tells_a_choice_that_rests_on_a_secret_as_another_reason(self):
        choice = Finding(
            Answer.YES, "any", "", {}, (leaf(Answer.NO, "poor"), leaf(Answer.YES, "hiv_confirmed"))
        )
        told = without(self.rule(choice), {"hiv_confirmed"})
        age, other = told.parts[0].parts
        assert (age.about, other.answer, other.parts) == ("born", Answer.YES, ())
        assert not {"poor", "hiv_confirmed"} & set(" ".join(told.lines()).split())

    def test_leaves_a_finding_without_secrets_as_it_is(self):
        whole = self.rule(leaf(Answer.YES, "poor"))
        assert without(whole, {"hiv_confirmed"}) == whole

    def test_keeps_only_the_answer_when_the_secret_is_a_condition_of_its_own(self):
        told = without(self.rule(leaf(Answer.YES, "hiv_confirmed")), {"hiv_confirmed"})
        assert (told.answer, told.parts[0].parts) == (Answer.YES, ())

    def test_leaves_secret_signs_out(self):
        told = without(
            type_of(Answer.YES, leaf(Answer.YES, "poor"), leaf(Answer.YES, "drug_use")), {"drug_use"}
        )
        assert [part.about for part in told.parts] == ["poor"]


class TestResult:
    def test_keeps_open_painful_types_out_of_sight(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        assert any(group.discreet for group in found.groups)
        assert all(not entry.is_highly_restricted for group in found.groups for entry in group.in_sight)

    def test_names_the_fact_that_would_settle_each_open_type(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        assert all(entry.asks or entry.has_two_readings or entry.only_if_told for entry in found.open)

    def test_tells_apart_what_age_or_sex_already_rules_out(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        by_register = {entry.need.code for entry in found.fits_not if entry.by_register}
        assert "ABT" in by_register

    def test_says_which_answers_do_not_fit_together(self, caseworker):
        screening = finished(caseworker, has_livelihood=False, income=9_000_000)
        codes = {clash.code for clash in result(screening, on=TODAY, viewer=caseworker).contradictions}
        assert "income-without-livelihood" in codes

    def test_never_offers_to_ask_what_only_the_person_may_bring_up(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        assert not any(entry.asks.volunteered_only for entry in found.open if entry.asks)

    def test_tells_the_head_no_reason_from_which_a_secret_follows(self, caseworker, head):
        screening = finished(caseworker, unsafe=True, exploited_sexually=True, maltreated=False)
        found = result(screening, on=TODAY, viewer=head)
        names = {name for entry in found.types for name in named_in(entry.finding)}
        used = {used.fact.name for entry in found.types for used in entry.used}
        assert not (names | used) & highly_restricted()

    def test_hides_as_many_types_from_the_head_whatever_fits(self, caseworker, head):
        one, other = finished(caseworker), finished(caseworker, hiv_confirmed=True)
        hidden = {result(screening, on=TODAY, viewer=head).hidden for screening in (one, other)}
        assert len(hidden) == 1

    def test_shows_the_findings_so_far_before_the_finish(self, caseworker):
        screening = answered(started(caseworker), caseworker, basic_needs_met=False, left_alone=True)
        assert "LUT" in {entry.need.code for entry in result(screening, on=TODAY, viewer=caseworker).fits}


class TestInterview:
    def test_refuses_a_name_that_is_no_question(self, caseworker):
        with pytest.raises(KeyError):
            interview(started(caseworker), on=TODAY, viewer=caseworker, name="is_child")

    def test_goes_back_to_the_answer_before(self, caseworker):
        screening = answered(started(caseworker), caseworker, poor=True, has_family=True)
        assert interview(screening, on=TODAY, viewer=caseworker).back == "has_family"
        assert interview(screening, on=TODAY, viewer=caseworker, name="has_family").back == "poor"

    def test_offers_what_faded_to_be_confirmed_and_counts_it_as_not_known(self, caseworker):
        screening = started(caseworker)
        long_ago = {"on": TODAY - timedelta(days=3000), "at": when()["at"] - timedelta(days=3000)}
        about = {"name": "hit_by_event", "state": "known", "value": True}
        record_fact(screening.person, by=caseworker, key=uuid.uuid4(), **about, **long_ago)
        page = interview(screening, on=TODAY, viewer=caseworker, name="hit_by_event")
        assert (page.answer, page.before.value) == (None, True)
        assert "hit_by_event" not in {entry.fact.name for entry in page.given}

    def test_tells_a_volunteer_nothing_through_what_was_put_off(self, caseworker, volunteer):
        every = list(facts.asked_facts())
        page = interview(started(caseworker), on=TODAY, viewer=volunteer, later=every)
        assert page.put_off
        assert all(fact.sensitivity != "highly_restricted" for fact in page.put_off)

    def test_is_the_same_for_a_volunteer_whatever_the_secret_answer(self, caseworker, volunteer):
        screening = started(caseworker)
        before = interview(screening, on=TODAY, viewer=volunteer).asking
        answered(screening, caseworker, hiv_confirmed=True, drug_use=True)
        assert interview(screening, on=TODAY, viewer=volunteer).asking == before

    def test_shows_a_volunteer_restricted_answers_only_of_their_own(self, caseworker, volunteer):
        screening = answered(started(caseworker), caseworker, **{a_restricted_fact(0): True})
        answered(screening, volunteer, minutes=5, **{a_restricted_fact(1): True})
        shown = {entry.fact.name for entry in interview(screening, on=TODAY, viewer=volunteer).given}
        assert a_restricted_fact(1) in shown
        assert a_restricted_fact(0) not in shown

    def test_says_what_does_not_fit_together_beside_the_answer(self, caseworker):
        screening = answered(started(caseworker), caseworker, has_livelihood=False, steady_job=True)
        found = interview(screening, on=TODAY, viewer=caseworker).just_contradicted
        assert {"has_livelihood", "steady_job"} in [set(clash.facts) for clash in found]

    def test_keeps_what_only_the_person_may_bring_up_in_a_list_of_its_own(self, caseworker):
        page = interview(started(caseworker), on=TODAY, viewer=caseworker)
        assert {fact.name for fact in page.to_bring_up} >= {"hiv_confirmed", "sexual_services_offered"}

    def test_keeps_it_from_children_and_from_volunteers(self, caseworker, volunteer):
        child = started(caseworker, born=date(2018, 3, 1))
        on_list = interview(child, on=TODAY, viewer=caseworker).to_bring_up
        assert "sexual_services_offered" not in {fact.name for fact in on_list}
        assert not interview(child, on=TODAY, viewer=volunteer).to_bring_up

    def test_never_puts_it_forward(self, caseworker):
        quiet = {name for name, fact in facts.asked_facts().items() if fact.volunteered_only}
        screening, later, asked = started(caseworker), [], set()
        while name := asking(
            editions.get(screening.edition), TODAY, held_now(screening, TODAY), later=later
        ).next:
            asked.add(name)
            later.append(name)
        assert asked
        assert not asked & quiet


def a_restricted_fact(number):
    known = facts.asked_facts().items()
    plain = [
        name
        for name, fact in known
        if fact.sensitivity == "restricted" and fact.kind == "bool" and not fact.asked_if
    ]
    return plain[number]


class TestIsOvertaken:
    def test_sees_an_answer_that_a_colleague_changed_elsewhere(self, caseworker, supervisor):
        screening = finished(caseworker, poor=True)
        assert not is_overtaken(screening, TODAY)
        say_elsewhere(screening, supervisor)
        assert is_overtaken(screening, TODAY)

    def test_does_not_count_growing_old_as_a_change(self, caseworker):
        screening = finished(caseworker, hit_by_event=True)
        assert not is_overtaken(screening, TODAY + timedelta(days=3000))

    def test_cannot_be_caused_by_a_stranger(self, caseworker, stranger):
        with pytest.raises(NotAllowed):
            say_elsewhere(finished(caseworker, poor=True), stranger)


def say_elsewhere(screening, by):
    about = {"name": "poor", "state": "known", "value": False, "source": "family"}
    record_fact(screening.person, by=by, key=uuid.uuid4(), **about, **when(60))


class TestCompare:
    def test_puts_what_differs_first(self, caseworker):
        pairs = compare(finished(caseworker, poor=True), editions.get("seed004-28"), TODAY)
        differs = [pair.differs for pair in pairs]
        assert differs == sorted(differs, reverse=True)

    def test_leaves_no_type_of_either_list_out(self, caseworker):
        other = editions.get("seed004-28")
        pairs = compare(finished(caseworker), other, TODAY)
        mine = {pair.mine.need.code for pair in pairs if pair.mine}
        theirs = {side.need.code for pair in pairs for side in pair.others}
        assert len(mine) == 26
        assert theirs == {need.code for need in other.types}

    def test_changes_nothing(self, caseworker):
        screening = finished(caseworker)
        before = screening.findings
        compare(screening, editions.get("seed004-28"), TODAY)
        assert type(screening).objects.get(pk=screening.pk).findings == before
