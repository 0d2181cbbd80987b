import json
import uuid
from datetime import timedelta

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.models import Event
from simpul.access.refusal import NotAllowed, Refusal
from simpul.referrals.actions.incoming import erase_request
from simpul.referrals.models import HelpRequest, RequestStep
from simpul.referrals.queries.incoming import request_with
from tests.access.factories import user_with
from tests.places.factories import few_regions
from tests.referrals.incoming import CODE, REFERENCE, TOLD, answered, asked, officer, reached, taken
from tests.screening.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


class TestAskForHelp:
    def test_keeps_what_was_told_sealed_and_the_number_nowhere(self):
        made = HelpRequest.objects.get(pk=asked().pk)
        row = json.dumps(HelpRequest.objects.filter(pk=made.pk).values().get(), default=repr)
        assert (made.words, made.name, made.phone) == tuple(TOLD.values())
        assert not any(words in row for words in (*TOLD.values(), CODE))
        assert request_with(REFERENCE) == made

    def test_tells_the_record_nothing_of_it(self):
        asked(safe_words="Jangan ke rumah", from_body="LKS", for_whom="body", agreed="self")
        (event,) = Event.objects.all()
        assert event.details == {}
        assert (event.actor, event.person) == (None, None)

    @pytest.mark.parametrize(
        ("emergency", "situation", "hours"),
        [("yes", "no_home", 2), ("", "hurt_at_home", 2), ("no", "hurt_at_home", 48), ("", "no_home", 48)],
        ids=["said", "by what happens", "said not", "neither"],
    )
    def test_promises_an_answer_by_how_urgent_it_is(self, emergency, situation, hours):
        made = asked(emergency=emergency, situations=[situation])
        assert made.answer_by - made.at == timedelta(hours=hours)
        assert made.is_urgent is (hours == 2)

    def test_sent_twice_is_one(self):
        key = uuid.uuid4()
        assert asked(key=key) == asked(key=key)
        assert RequestStep.objects.count() == 1

    def test_refuses_other_words_under_the_same_key(self):
        key = uuid.uuid4()
        asked(key=key)
        with pytest.raises(Refusal, match="sudah terkirim"):
            asked(key=key, words="Lain sama sekali.")

    @pytest.mark.parametrize(
        "changed",
        [{"situations": []}, {"situations": ["nothing"]}, {"for_whom": "body"}, {"words": "x" * 3001}],
        ids=["no situation", "unknown situation", "body without name", "too long"],
    )
    def test_refuses_what_nobody_could_answer(self, changed):
        with pytest.raises(Refusal):
            asked(**changed)
        assert not HelpRequest.objects.exists()

    def test_keeps_no_agreement_of_others_for_oneself(self):
        assert asked(agreed="guardian").agreed == ""

    def test_is_for_nobody_who_signed_in(self):
        with pytest.raises(NotAllowed):
            erase_request(asked(), by=THE_MACHINE, on=TODAY, at=NOW)


class TestEraseRequest:
    def old(self, by):
        request = answered(taken(asked(safe_words="Pagi saja"), by), by)
        return request, request.erase_on + timedelta(days=1)

    def test_destroys_every_word_and_the_number_opens_nothing(self):
        by = officer()
        request, day = self.old(by)
        erased = erase_request(request, by=by, on=day, at=NOW)
        assert not any((erased.words, erased.name, erased.phone, erased.answer, erased.safe_words))
        assert request_with(REFERENCE) is None
        assert erased.situations == ["no_home"]

    def test_pressed_twice_is_done_once(self):
        by = officer()
        request, day = self.old(by)
        once = erase_request(request, by=by, on=day, at=NOW)
        assert erase_request(request, by=by, on=day, at=NOW).version == once.version

    def test_refuses_on_the_last_day_and_while_it_is_open(self):
        by = officer()
        request, day = self.old(by)
        with pytest.raises(Refusal, match="masih perlu disimpan"):
            erase_request(request, by=by, on=day - timedelta(days=1), at=NOW)
        running = reached(taken(asked(code="B" * 12), by), by)
        with pytest.raises(Refusal):
            erase_request(running, by=by, on=day, at=NOW)

    def test_refuses_who_is_out_of_reach(self):
        by = officer()
        request, day = self.old(by)
        with pytest.raises(NotAllowed):
            erase_request(request, by=user_with("dinas_officer", region="93.01"), on=day, at=NOW)
