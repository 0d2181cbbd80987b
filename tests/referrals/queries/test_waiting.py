from datetime import timedelta

import pytest

from simpul.referrals.models import Message, Referral
from simpul.referrals.queries.waiting import waits
from simpul.referrals.stages import Stage
from simpul.services.models import Service
from tests.access import factories
from tests.referrals.loop import a_service, answered, brought_to, receiver_of, sent
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db
LONG_AGO = "2026-11-01"


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


def told(user):
    return [(one.number, one.is_late, one.href.partition("?")[2]) for one in waits(user, TODAY)]


class TestWaits:
    def test_tells_the_receiver_what_is_new(self, caseworker, service, receiver):
        sent(caseworker, service)
        brought_to(Stage.SEEN, caseworker, receiver, service)
        brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        assert told(receiver) == [(2, False, "tampil=baru")]
        assert told(caseworker) == []

    def test_tells_both_sides_what_is_late(self, caseworker, service, receiver):
        sent(caseworker, service)
        Referral.objects.update(answer_by=LONG_AGO)
        assert told(receiver) == [(1, True, "tampil=terlambat")]
        assert told(caseworker) == [(1, True, "tampil=terlambat&saya=1")]

    def test_tells_the_receiver_that_there_is_room_for_who_waits(self, caseworker, service, receiver):
        brought_to(Stage.WAITING, caseworker, receiver, service)
        told_room = (1, False, "tampil=waiting")
        for free, is_told in ((None, False), (0, False), (1, True)):
            Service.objects.filter(pk=service.pk).update(free=free, free_on=TODAY)
            assert (told_room in told(receiver)) is is_told
        brought_to(Stage.ACCEPTED, caseworker, receiver, a_service(service.organisation))
        assert told_room in told(receiver)
        taken = sent(caseworker, service)
        answered(taken, receiver, Stage.ACCEPTED, turn_because="Tidak punya tempat tidur malam ini.")
        assert told_room not in told(receiver)

    def test_tells_the_worker_of_the_case_whom_to_ask(self, caseworker, service, receiver, organisation):
        brought_to(Stage.DELIVERED, caseworker, receiver, service)
        colleague = factories.user_with("caseworker", organisation=organisation)
        assert told(caseworker) == [(1, False, "tampil=tanyakan&saya=1")]
        assert told(colleague) == []

    def test_tells_the_worker_to_look_for_another_way_after_a_no(self, caseworker, service, receiver):
        row = brought_to(Stage.DECLINED, caseworker, receiver, service)
        assert told(caseworker) == [(1, True, "tampil=ganti&saya=1")]
        sent(caseworker, service)
        Referral.objects.exclude(pk=row.pk).update(line=row.line, at=row.at + timedelta(hours=1))
        assert (1, True, "tampil=ganti&saya=1") not in told(caseworker)

    def test_tells_each_side_of_messages_that_nobody_read(self, caseworker, service, receiver):
        row = brought_to(Stage.SEEN, caseworker, receiver, service)
        written = Message(referral=row, at=row.at, by_name="Bu Ani", side="receiver")
        written.words = "Mohon bawa KK"
        written.save()
        assert (1, False, "tampil=pesan&saya=1") in told(caseworker)
        assert (1, False, "tampil=pesan") not in told(receiver)

    def test_tells_of_what_was_prepared_and_never_sent(self, caseworker, service):
        brought_to(Stage.CONSENTED, caseworker, None, service)
        Referral.objects.update(stage_since=LONG_AGO)
        assert told(caseworker) == [(1, False, "tampil=belum-dikirim&saya=1")]

    @pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.CONFIRMED])
    def test_tells_nothing_of_what_is_over(self, caseworker, service, receiver, stage):
        brought_to(stage, caseworker, receiver, service)
        assert (told(caseworker), told(receiver)) == ([], [])

    def test_tells_nothing_to_who_neither_sends_nor_receives(self, caseworker, service, volunteer, verifier):
        sent(caseworker, service)
        assert (told(volunteer), told(verifier)) == ([], [])
