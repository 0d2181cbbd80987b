import uuid

import pytest

from simpul.access.gate import THE_MACHINE
from simpul.access.refusal import NotAllowed, Refusal
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent
from simpul.people.queries import Limited
from simpul.referrals.actions.loop_messages import note_read, note_read_back, write, write_back
from simpul.referrals.actions.loop_moving import NotNow
from simpul.referrals.models import Message, Referral
from simpul.referrals.stages import Deed
from tests.people.factories import limited
from tests.referrals.loop import a_service, lettered, proposed, receiver_of, sent, withdrawn
from tests.screening.factories import when

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


def said(row, by, words="Kapan bisa?", *, key=None, back=False, **details):
    say = write_back if back else write
    return say(row, by=by, key=key or uuid.uuid4(), words=words, **details, **when(140))


class TestWrite:
    def test_is_sealed_and_waits_to_be_read(self, caseworker, service):
        row = said(sent(caseworker, service), caseworker)
        assert (row.words, row.read_at, row.side) == ("Kapan bisa?", None, "sender")
        assert b"Kapan" not in bytes(row.words_sealed)

    def test_goes_nowhere_before_sending_or_after_it_was_taken_back(self, caseworker, service):
        row = proposed(caseworker, service)
        with pytest.raises(NotNow):
            said(row, caseworker)
        gone = withdrawn(sent(caseworker, a_service()), caseworker)
        with pytest.raises(NotNow):
            said(gone, caseworker)

    def test_goes_nowhere_once_the_general_consent_was_taken_back(self, caseworker, service):
        row = sent(caseworker, service)
        withdraw_consent(Consent.objects.get(purpose="referral"), by=caseworker, **when(139))
        with pytest.raises(NotNow):
            said(Referral.objects.get(pk=row.pk), caseworker)

    def test_is_refused_empty_and_while_limited(self, caseworker, service):
        row = sent(caseworker, service)
        with pytest.raises(Refusal, match="belum diisi"):
            said(row, caseworker, "  ")
        limited(row.person, caseworker)
        with pytest.raises(Limited):
            said(row, caseworker)

    def test_a_key_of_another_referral_is_refused(self, caseworker, service):
        one, key = sent(caseworker, service), uuid.uuid4()
        said(one, caseworker, key=key)
        with pytest.raises(Refusal, match="dengan isian lain"):
            said(sent(caseworker, service), caseworker, key=key)

    def test_other_words_from_the_same_page_are_refused_and_not_lost(self, caseworker, service):
        row, key = sent(caseworker, service), uuid.uuid4()
        said(row, caseworker, key=key)
        with pytest.raises(Refusal, match="sudah terkirim"):
            write(row, by=caseworker, key=key, words="Besok jam sembilan", **when(141))

    def test_ends_when_the_child_for_whom_a_parent_agreed_is_grown_up(self, caseworker, service):
        row = sent(caseworker, service)
        Consent.objects.filter(pk=row.consent_id).update(capacity="parent")
        with pytest.raises(NotNow):
            said(row, caseworker)


class TestWriteBack:
    def test_is_for_the_body_it_was_sent_to(self, caseworker, service, receiver, stranger):
        row = sent(caseworker, service)
        assert said(row, receiver, back=True).side == "receiver"
        for other in (stranger, caseworker):
            with pytest.raises(NotAllowed):
                said(row, other, back=True)

    def test_with_a_code_names_who_writes(self, caseworker):
        row, _code = lettered(caseworker)
        assert said(row, THE_MACHINE, back=True, who="Bu Ani").by_name == "Bu Ani, Yayasan Melati Putih"
        with pytest.raises(Refusal, match="Nama Anda"):
            said(row, THE_MACHINE, back=True)


class TestRead:
    def test_marks_only_what_the_other_side_wrote(self, caseworker, service, receiver):
        row = sent(caseworker, service)
        mine, theirs = said(row, caseworker), said(row, receiver, back=True)
        assert note_read(row, by=caseworker, at=when(150)["at"]) == 1
        assert Message.objects.get(pk=theirs.pk).read_at is not None
        assert Message.objects.get(pk=mine.pk).read_at is None
        assert note_read_back(row, by=receiver, at=when(151)["at"], did=Deed.READ) == 1
