import pytest

from simpul.people.actions import ERASERS
from simpul.referrals.actions.loop_erasing import ERASER
from simpul.referrals.models import HelpRequest, Message, Referral
from simpul.referrals.queries.loop_shared import seen_of
from simpul.referrals.stages import Stage
from tests.referrals.incoming import asked, officer
from tests.referrals.loop import a_service, answered, lettered, receiver_of, sent
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


class TestReferralsEmptied:
    def test_is_called_when_a_person_is_erased(self):
        assert ERASER in ERASERS

    def test_destroys_every_word_and_keeps_the_shell(self, caseworker):
        service = a_service()
        row = sent(caseworker, service)
        answered(row, receiver_of(service), Stage.DECLINED, decline="other", words="Ia sakit keras.")
        assert ERASER(row.person)["referrals"] == 1
        kept = Referral.objects.get()
        assert (kept.shared, kept.shares, kept.decline, kept.decline_words) == (None, [], "", "")
        assert (kept.stage, kept.number, kept.service) == (Stage.DECLINED, row.number, service)
        assert seen_of(kept, TODAY).told == ()

    def test_empties_messages_and_ends_letters(self, caseworker):
        row, _code = lettered(caseworker)
        service = a_service()
        other = sent(caseworker, service)
        answered(other, receiver_of(service), Stage.ACCEPTED, words="Datang Senin")
        ERASER(other.person)
        ERASER(row.person)
        assert Message.objects.get().words == ""
        kept = Referral.objects.get(pk=row.pk)
        assert (kept.code_mark, kept.outside_name) == ("", "")

    def test_leaves_others_alone(self, caseworker):
        one, other = sent(caseworker, a_service()), sent(caseworker, a_service())
        ERASER(one.person)
        assert Referral.objects.get(pk=other.pk).shared["told"]

    def test_ends_the_reference_of_what_was_asked_for_before(self, caseworker):
        person = sent(caseworker, a_service()).person
        officer()
        request = asked(safe_ways=["wait"])
        HelpRequest.objects.filter(pk=request.pk).update(person=person, from_body="RT 03")
        ERASER(person)
        kept = HelpRequest.objects.get()
        assert kept.reference_mark != request.reference_mark
        assert (kept.from_body, kept.safe_ways) == ("", [])
