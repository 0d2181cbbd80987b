import uuid

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.models import PlanStep, StepState
from simpul.referrals.actions import finding as actions
from simpul.referrals.models import Alternative, NeedUnmet
from simpul.referrals.queries.finding import reason_offered
from simpul.referrals.stages import Stage
from tests.cases.plans import now_at
from tests.referrals.loop import a_line, a_service, answered, receiver_of, sent
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(caseworker):
    return a_line(caseworker)


@pytest.fixture
def service():
    return a_service()


def fresh(line):
    return PlanStep.objects.get(pk=line.pk)


def unmet(line, by, **details):
    kept = {"key": uuid.uuid4(), "version": fresh(line).version, "reason": "full", **details}
    return actions.record_unmet(line, by=by, **kept, **when(140))


class TestKeep:
    def test_keeps_a_service_with_its_place_and_without_facts(self, line, service, caseworker):
        row = actions.keep(line, by=caseworker, service=service, is_wished=True, **when(140))
        assert (row.rank, row.is_wished, row.line) == (1, True, line.line)
        assert "1954" not in str(row.finding)

    def test_makes_one_row_of_two_presses(self, line, service, caseworker):
        for _ in range(2):
            actions.keep(line, by=caseworker, service=service, **when(140))
        assert Alternative.objects.count() == 1

    def test_takes_up_again_what_was_put_aside(self, line, service, caseworker):
        actions.put_aside(line, by=caseworker, service=service, words="Terlalu jauh", **when(140))
        row = actions.keep(line, by=caseworker, service=service, **when(141))
        assert not row.is_put_aside

    def test_refuses_a_service_of_another_kind(self, line, caseworker):
        other = a_service(kind="food")
        with pytest.raises(Refusal, match="tidak ada dalam daftar"):
            actions.keep(line, by=caseworker, service=other, **when(140))

    def test_refuses_a_stranger(self, line, service, stranger):
        with pytest.raises(NotAllowed):
            actions.keep(line, by=stranger, service=service, **when(140))

    def test_tells_the_record_no_words(self, line, service, caseworker):
        words = "Pamannya bekerja di sana"
        actions.keep(line, by=caseworker, service=service, words=words, **when(140))
        assert words not in str(Event.objects.order_by("-number").first().details)


class TestPutAside:
    def test_needs_a_reason(self, line, service, caseworker):
        with pytest.raises(Refusal, match="Alasan"):
            actions.put_aside(line, by=caseworker, service=service, words=" ", **when(140))

    def test_is_no_wish_any_more(self, line, service, caseworker):
        actions.keep(line, by=caseworker, service=service, is_wished=True, **when(140))
        row = actions.put_aside(line, by=caseworker, service=service, words="Penuh terus", **when(141))
        assert (row.is_wished, row.is_put_aside, row.words) == (False, True, "Penuh terus")


class TestRecordUnmet:
    def test_notes_the_reason_and_tells_the_plan(self, line, caseworker):
        row = unmet(line, caseworker, words="Panti penuh sampai Januari")
        assert (row.reason, row.kind, row.region, row.on) == ("full", "livelihood", "21.02.01.1001", TODAY)
        assert fresh(line).state == StepState.NO_SERVICE
        assert fresh(line).outcome == "Panti penuh sampai Januari"

    def test_keeps_no_types_of_need_in_the_open(self, line, caseworker):
        assert unmet(line, caseworker).need_types == []

    def test_makes_one_row_of_a_repeated_form(self, line, caseworker):
        key, version = uuid.uuid4(), fresh(line).version
        rows = [unmet(line, caseworker, key=key, version=version) for _ in range(2)]
        assert rows[0] == rows[1]
        assert NeedUnmet.objects.count() == 1

    def test_ends_the_former_reason(self, line, caseworker):
        first = unmet(line, caseworker)
        second = unmet(line, caseworker, reason="too_far")
        first.refresh_from_db()
        assert (first.ended_on, second.ended_on) == (TODAY, None)

    def test_wants_words_for_another_reason(self, line, caseworker):
        with pytest.raises(Refusal, match="Penjelasan"):
            unmet(line, caseworker, reason="other")
        assert fresh(line).state == StepState.PLANNED

    def test_is_refused_when_the_line_was_changed_meanwhile(self, line, caseworker):
        old = fresh(line).version
        now_at(line, caseworker, "arranged")
        with pytest.raises(Clash):
            unmet(line, caseworker, version=old)

    def test_is_refused_for_what_is_done(self, line, caseworker):
        now_at(line, caseworker, "done")
        with pytest.raises(Refusal, match="sudah selesai"):
            unmet(line, caseworker)

    def test_adds_a_reason_to_what_the_plan_says_already(self, line, caseworker):
        now_at(line, caseworker, "no_service", reason="Tidak ada di pulau ini")
        unmet(line, caseworker, reason="none_exists")
        assert fresh(line).outcome == "Tidak ada di pulau ini"

    def test_is_offered_what_the_last_decline_tells(self, line, service, caseworker):
        row = sent(caseworker, service, line)
        answered(row, receiver_of(service), Stage.DECLINED, decline="papers_missing")
        assert reason_offered(line) == "papers_missing"
        assert unmet(line, caseworker).referral_id == row.pk


class TestEndUnmet:
    def test_opens_the_line_again(self, line, caseworker):
        row = unmet(line, caseworker)
        actions.end_unmet(line, by=caseworker, version=fresh(line).version, **when(150))
        row.refresh_from_db()
        assert row.ended_on == TODAY
        assert fresh(line).state == StepState.PLANNED

    def test_changes_nothing_the_second_time(self, line, caseworker):
        unmet(line, caseworker)
        for _ in range(2):
            actions.end_unmet(line, by=caseworker, version=fresh(line).version, **when(150))
        assert fresh(line).state == StepState.PLANNED
