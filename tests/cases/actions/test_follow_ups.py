import uuid
from datetime import date

import pytest

from simpul.access.refusal import Clash, NotAllowed, Refusal
from simpul.cases.actions.contacts import add_note
from simpul.cases.actions.follow_ups import cancel_follow_up, record_follow_up
from simpul.cases.models import Case, FollowUp, Office, StageMove, Task
from simpul.screening.queries import ConsentNeeded
from tests.cases.endings import looked_after
from tests.screening.factories import TODAY, when, without_consent

pytestmark = pytest.mark.django_db

WORDS = "Masih berjualan dan sehat"


def recorded(look, by, *, version=None, key=None, **changed):
    details = {"done_on": TODAY, "condition": "better", "words": WORDS, "decision": "continue"}
    return record_follow_up(
        look,
        by=by,
        key=key or uuid.uuid4(),
        version=look.version if version is None else version,
        **(details | changed),
        **when(300),
    )


@pytest.fixture
def looks(caseworker):
    return looked_after(caseworker)


class TestRecordFollowUp:
    def test_keeps_what_was_found_and_ends_its_reminder(self, looks, caseworker):
        look = recorded(looks[0], caseworker)
        assert (look.condition, look.words, look.done_by_name) == ("better", WORDS, "Rina Wulandari")
        assert Task.objects.get(about=look.pk).state == "done"

    def test_sent_twice_is_noted_once(self, looks, caseworker):
        recorded(looks[0], caseworker)
        assert recorded(looks[0], caseworker, version=1).version == 2

    def test_shows_both_values_to_the_second(self, looks, caseworker, supervisor):
        recorded(looks[0], caseworker)
        with pytest.raises(Clash, match="Masih berjualan"):
            recorded(looks[0], supervisor, version=1, words="Tidak di rumah")

    def test_closes_the_case_when_the_rest_is_cancelled(self, looks, caseworker):
        recorded(looks[0], caseworker, decision="close", cancels_rest=True)
        assert Case.objects.get().stage == "closed"
        assert Task.objects.get(about=looks[1].pk).state == "dropped"

    def test_does_not_close_while_others_wait(self, looks, caseworker):
        with pytest.raises(Refusal, match="yang menunggu"):
            recorded(looks[0], caseworker, decision="close")
        assert FollowUp.objects.get(pk=looks[0].pk).done_on is None

    def test_begins_a_new_episode_and_closes_this_one(self, looks, caseworker):
        key = uuid.uuid4()
        recorded(looks[0], caseworker, key=key, decision="reopen", condition="worse")
        new = Case.objects.get(pk=key)
        assert (new.episode, new.earlier_id) == (2, looks[0].case_id)
        assert new.earlier.stage == "closed"

    def test_needs_a_next_look_to_go_on_after_the_last(self, looks, caseworker):
        recorded(looks[0], caseworker)
        with pytest.raises(Refusal, match="tanggal berikutnya"):
            recorded(looks[1], caseworker)
        recorded(looks[1], caseworker, next_on=date(2027, 8, 21))
        assert Task.objects.waiting().get(kind="follow_up").due_on == date(2027, 8, 21)

    def test_gives_nobody_up_before_three_tries(self, looks, caseworker):
        unmet = {"condition": "not_met", "words": "Pintu tertutup", "decision": "close", "cancels_rest": True}
        with pytest.raises(Refusal, match="Baru 1 kali"):
            recorded(looks[0], caseworker, **unmet)
        for number in range(2):
            add_note(
                looks[0].case,
                by=caseworker,
                key=uuid.uuid4(),
                kind="attempt",
                happened_on=TODAY,
                words=f"Tidak di rumah, hari ke-{number}",
                **when(250 + number),
            )
        recorded(looks[0], caseworker, **unmet)
        told = StageMove.objects.get(stage_to="closed").because
        assert told.startswith("Tidak dapat ditemui setelah 3 kali dicoba. Pintu tertutup")

    def test_counts_a_try_that_was_put_right_once(self, looks, caseworker):
        typed = {"kind": "attempt", "happened_on": TODAY, "words": "Tidak di rumah"}
        wrong = add_note(looks[0].case, by=caseworker, key=uuid.uuid4(), **typed, **when(250))
        add_note(looks[0].case, by=caseworker, key=uuid.uuid4(), corrects=wrong, **typed, **when(251))
        unmet = {"condition": "not_met", "words": "Pintu tertutup", "decision": "close", "cancels_rest": True}
        with pytest.raises(Refusal, match="Baru 2 kali"):
            recorded(looks[0], caseworker, **unmet)

    def test_gives_up_after_as_few_tries_as_the_office_says(self, looks, caseworker):
        Office.objects.create(
            organisation=looks[0].case.organisation, norms={"follow_up_tries": 1}, changed_at=when()["at"]
        )
        unmet = {"condition": "not_met", "words": "Pindah", "decision": "close", "cancels_rest": True}
        recorded(looks[0], caseworker, **unmet)
        assert Case.objects.get().stage == "closed"

    def test_needs_a_basis_for_what_is_found_but_not_for_finding_nobody(self, looks, caseworker):
        without_consent(looks[0].case, caseworker)
        with pytest.raises(ConsentNeeded):
            recorded(looks[0], caseworker)
        assert recorded(looks[0], caseworker, condition="not_met").done_on == TODAY

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"done_on": date(2027, 1, 1)}, "belum tiba"),
            ({"done_on": date(2020, 1, 1)}, "sebelum pendampingan"),
            ({"words": " "}, "ditemukan"),
            ({"decision": "forget"}, "diputuskan"),
        ],
        ids=["future", "past", "silent", "decision"],
    )
    def test_refuses_what_cannot_be(self, looks, caseworker, changed, words):
        with pytest.raises(Refusal, match=words):
            recorded(looks[0], caseworker, **changed)

    @pytest.mark.parametrize("role", ["head", "volunteer", "stranger"])
    def test_is_for_those_who_may_end(self, looks, request, role):
        with pytest.raises(NotAllowed):
            recorded(looks[0], request.getfixturevalue(role))


class TestCancelFollowUp:
    def test_drops_the_reminder_and_keeps_why(self, looks, caseworker):
        reason = "Pindah ke Batam, dirujuk"
        cancel_follow_up(looks[0], by=caseworker, version=1, reason=reason, **when(300))
        cancel_follow_up(looks[0], by=caseworker, version=1, reason=reason, **when(301))
        assert Task.objects.get(about=looks[0].pk).state == "dropped"
        assert FollowUp.objects.get(pk=looks[0].pk).words == reason

    def test_refuses_one_that_was_made(self, looks, caseworker):
        made = recorded(looks[0], caseworker)
        with pytest.raises(Refusal, match="sudah dilakukan"):
            cancel_follow_up(made, by=caseworker, version=made.version, reason="Salah", **when(310))
