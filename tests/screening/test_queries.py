import uuid

import pytest

from simpul.access.refusal import NotAllowed
from simpul.catalogue import editions
from simpul.engines.reasons import Answer, Finding
from simpul.people.actions import record_fact
from simpul.screening.queries import compare, decisive, interview, is_overtaken, result, without
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
    def test_takes_the_criterion_with_the_fact(self):
        secret = Finding(Answer.YES, "criterion", "X.a", {}, (leaf(Answer.YES, "hiv"),))
        open_one = Finding(Answer.YES, "criterion", "X.b", {}, (leaf(Answer.YES, "poor"),))
        rule = Finding(Answer.YES, "all", "", {}, (secret, open_one))
        left = without(type_of(Answer.YES, rule), {"hiv"})
        assert "hiv" not in " ".join(left.lines())
        assert "X.b" in " ".join(left.lines())

    def test_keeps_the_answer_when_no_reason_is_left(self):
        left = without(type_of(Answer.YES, leaf(Answer.YES, "hiv")), {"hiv"})
        assert (left.answer, left.parts) == (Answer.YES, ())


class TestResult:
    def test_keeps_open_painful_types_out_of_sight(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        assert any(group.discreet for group in found.groups)
        assert all(not entry.is_highly_restricted for group in found.groups for entry in group.in_sight)

    def test_names_the_fact_that_would_settle_each_open_type(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        assert all(entry.asks or entry.has_two_readings for entry in found.open)

    def test_tells_apart_what_age_or_sex_already_rules_out(self, caseworker):
        found = result(finished(caseworker), on=TODAY, viewer=caseworker)
        by_register = {entry.need.code for entry in found.fits_not if entry.by_register}
        assert "ABT" in by_register

    def test_shows_the_findings_so_far_before_the_finish(self, caseworker):
        screening = answered(started(caseworker), caseworker, basic_needs_met=False)
        assert "LUT" in {entry.need.code for entry in result(screening, on=TODAY, viewer=caseworker).fits}


class TestInterview:
    def test_refuses_a_name_that_is_no_question(self, caseworker):
        with pytest.raises(KeyError):
            interview(started(caseworker), on=TODAY, viewer=caseworker, name="is_child")

    def test_goes_back_to_the_answer_before(self, caseworker):
        screening = answered(started(caseworker), caseworker, poor=True, has_family=True)
        assert interview(screening, on=TODAY, viewer=caseworker).back == "has_family"
        assert interview(screening, on=TODAY, viewer=caseworker, name="has_family").back == "poor"


class TestIsOvertaken:
    def test_sees_an_answer_that_a_colleague_changed_elsewhere(self, caseworker, supervisor):
        screening = finished(caseworker, poor=True)
        assert not is_overtaken(screening, TODAY)
        say_elsewhere(screening, supervisor)
        assert is_overtaken(screening, TODAY)

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
