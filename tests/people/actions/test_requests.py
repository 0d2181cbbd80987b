from datetime import timedelta
from uuid import uuid4

import pytest

from simpul.access.models import Event
from simpul.access.refusal import Clash, NotAllowed
from simpul.access.rows import KeyTaken
from simpul.people.actions.record import ChoiceUnknown
from simpul.people.actions.requests import RequestIncomplete
from simpul.people.models import DataRequest, Person
from simpul.people.queries import Erased, Limited
from tests.people.factories import AT, answer, child, data_request, limited, person

pytestmark = pytest.mark.django_db


class TestRecordRequest:
    @pytest.mark.parametrize("kind", ["copy", "correct", "limit", "object"])
    def test_starts_a_clock_of_running_hours(self, caseworker, kind):
        asked = data_request(person(caseworker), caseworker, kind)
        assert asked.due_at - asked.received_at == timedelta(hours=72)

    def test_starts_none_where_the_law_gives_no_hours(self, caseworker):
        assert data_request(person(caseworker), caseworker, "erase").due_at is None

    def test_the_clock_runs_from_when_it_was_received(self, caseworker):
        early = AT - timedelta(days=2)
        asked = data_request(person(caseworker), caseworker, received_at=early)
        assert asked.due_at == AT + timedelta(days=1)

    def test_seals_the_words_and_keeps_them_out_of_the_record_of_events(self, caseworker):
        asked = data_request(
            child(caseworker), caseworker, capacity="parent", asked_by="Sulastri", words="Takut suami"
        )
        kept = DataRequest.objects.get(pk=asked.pk)
        event = Event.objects.get(permission="data_request.record")
        assert (kept.asked_by, kept.words) == ("Sulastri", "Takut suami")
        assert b"Takut" not in bytes(kept.words_sealed)
        assert (event.details, event.because) == ({}, None)

    def test_a_double_click_makes_one(self, caseworker):
        someone, key = person(caseworker), uuid4()
        first, second = (data_request(someone, caseworker, key=key) for _time in range(2))
        assert first == second
        with pytest.raises(KeyTaken):
            data_request(person(caseworker), caseworker, key=key)

    @pytest.mark.parametrize(
        "wrong",
        [{"kind": "sell"}, {"capacity": ""}, {"capacity": "guardian"}, {"received_at": AT + timedelta(1)}],
        ids=["kind", "nobody", "guardian without a name", "tomorrow"],
    )
    def test_refuses_what_is_not_whole_and_writes_nothing(self, caseworker, wrong):
        with pytest.raises(RequestIncomplete):
            data_request(person(caseworker), caseworker, **wrong)
        assert not DataRequest.objects.exists()

    def test_is_possible_while_the_record_is_limited(self, caseworker):
        assert data_request(limited(person(caseworker), caseworker), caseworker).is_waiting

    def test_is_refused_for_an_erased_person(self, caseworker):
        someone = person(caseworker)
        Person.objects.filter(pk=someone.pk).update(erased_at=AT)
        someone.refresh_from_db()
        with pytest.raises(Erased):
            data_request(someone, caseworker)

    def test_is_not_for_strangers_or_volunteers(self, caseworker, stranger, volunteer):
        for other in (stranger, volunteer):
            with pytest.raises(NotAllowed):
                data_request(person(caseworker), other)


class TestAnswerRequest:
    def test_keeps_what_was_done_and_by_whom(self, caseworker):
        done = answer(data_request(person(caseworker), caseworker), caseworker)
        assert (done.state, done.answer) == ("granted", "Diserahkan sendiri di kantor")
        assert (done.answered_by, done.answered_at) == (caseworker.pk, AT)
        assert not done.is_waiting

    def test_a_refusal_needs_a_ground_of_the_law(self, caseworker):
        asked = data_request(person(caseworker), caseworker)
        with pytest.raises(RequestIncomplete, match="dasar"):
            answer(asked, caseworker, "refused")
        with pytest.raises(ChoiceUnknown):
            answer(asked, caseworker, "refused", ground="no_time")
        assert answer(asked, caseworker, "refused", ground="endangers").ground == "endangers"

    @pytest.mark.parametrize("wrong", [{"answer": " "}, {"outcome": "open"}, {"outcome": "checked"}], ids=str)
    def test_refuses_what_says_nothing(self, caseworker, wrong):
        asked = data_request(person(caseworker), caseworker)
        with pytest.raises(RequestIncomplete):
            answer(asked, caseworker, **wrong)
        assert DataRequest.objects.get().state == "open"

    def test_a_granted_limit_is_set_at_once(self, caseworker):
        someone = person(caseworker)
        answer(data_request(someone, caseworker, "limit"), caseworker, answer="Datanya disengketakan")
        someone.refresh_from_db()
        assert (someone.limited_since, someone.limited_because) == (AT, "Datanya disengketakan")

    def test_a_granted_erasing_waits_for_a_second_person(self, caseworker):
        someone = person(caseworker)
        asked = answer(data_request(someone, caseworker, "erase"), caseworker)
        assert (asked.state, asked.is_waiting) == ("checked", True)
        assert Person.objects.get(pk=someone.pk).name == someone.name

    def test_a_second_press_changes_nothing_and_another_answer_clashes(self, caseworker, supervisor):
        asked = data_request(person(caseworker), caseworker)
        answer(asked, caseworker)
        assert answer(asked, caseworker, answer="Lagi").answer == "Diserahkan sendiri di kantor"
        with pytest.raises(Clash):
            answer(asked, supervisor, "taken_back")

    def test_does_not_exist_for_a_stranger(self, caseworker, stranger):
        with pytest.raises(NotAllowed):
            answer(data_request(person(caseworker), caseworker), stranger)

    def test_a_copy_of_a_limited_record_can_be_given_to_who_asked(self, caseworker):
        someone = limited(person(caseworker), caseworker)
        assert answer(data_request(someone, caseworker), caseworker).state == "granted"


def test_limited_is_a_refusal_with_a_way_out():
    assert "cabut" in str(Limited())
