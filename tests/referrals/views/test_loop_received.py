"""What a receiver sees: what was consented to, and nothing else at any address."""

import uuid

import pytest
from django.urls import get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.people.actions import withdraw_consent
from simpul.people.models import Consent, Person
from simpul.referrals.actions.loop_messages import write
from simpul.referrals.models import Referral
from simpul.referrals.stages import Stage
from tests.access import factories
from tests.people.factories import limited
from tests.referrals.loop import a_line, a_service, answered, brought_to, in_line, proposed, receiver_of, sent
from tests.referrals.views.test_loop import pressed, shown, words_of
from tests.screening.factories import TODAY, when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def service(db):
    return a_service()


@pytest.fixture
def receiver(service):
    return receiver_of(service)


class TestReceived:
    def test_lists_what_came_with_no_more_than_was_shared(self, client, caseworker, service, receiver):
        named = sent(caseworker, service)
        nameless = sent(caseworker, service, shares=["need"])
        rows = {row.key: row.called for row in shown(client, receiver, "received").context["rows"]}
        assert rows == {named.pk: "Siti Aminah", nameless.pk: ""}

    def test_says_who_is_next(self, client, caseworker, service, receiver):
        first, second = (sent(caseworker, service) for _number in range(2))
        for row in (second, first):
            answered(row, receiver, Stage.WAITING)
        Referral.objects.filter(pk=second.pk).update(urgency="emergency")
        rows = shown(client, receiver, "received", tampil="waiting").context["rows"]
        assert {row.key: row.place for row in rows} == {second.pk: 1, first.pk: 2}

    def test_holds_nothing_for_other_bodies_or_an_area(self, client, caseworker, service, stranger, officer):
        sent(caseworker, service)
        for other in (stranger, officer, caseworker):
            assert shown(client, other, "received").context["rows"] == ()


class TestReceivedOne:
    def test_the_first_reading_is_told_to_the_sender(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        assert shown(client, receiver, "received-one", row.pk).status_code == 200
        assert Referral.objects.get().stage == Stage.SEEN
        read = Event.objects.filter(permission=Permission.REFERRAL_RECEIVE, is_reading=True)
        assert read.filter(person=row.person_id, actor=receiver.pk).exists()

    @pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.CONSENTED, Stage.WITHDRAWN])
    def test_does_not_exist_before_sending_or_after_withdrawal(
        self, client, caseworker, service, receiver, stage
    ):
        row = brought_to(stage, caseworker, receiver, service)
        assert shown(client, receiver, "received-one", row.pk).status_code == 404
        assert shown(client, receiver, "received", tampil="semua").context["rows"] == ()

    def test_closes_when_the_general_consent_is_taken_back(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        assert shown(client, receiver, "received-one", row.pk).status_code == 200
        withdraw_consent(Consent.objects.get(purpose="referral"), by=caseworker, **when(150))
        assert shown(client, receiver, "received-one", row.pk).status_code == 404
        assert (
            pressed(client, receiver, "write-back", row.pk, once=uuid.uuid4(), words="?").status_code == 404
        )

    def test_tells_nothing_of_the_person_once_it_was_declined(self, client, caseworker, service, receiver):
        row = brought_to(Stage.DECLINED, caseworker, receiver, service)
        page = words_of(shown(client, receiver, "received-one", row.pk))
        assert "Siti Aminah" not in page
        assert "tidak ditampilkan lagi" in page

    def test_holds_nothing_that_was_not_consented_to(self, client, caseworker, service, receiver):
        line = a_line(caseworker, action="Urus diam-diam")
        Person.objects.update(called="Bu Siti")
        row = proposed(caseworker, service, line, words="Rahasia satu", preparation="Rahasia dua")
        row = sent(caseworker, a_service(service.organisation), line, shares=["need"])
        page = words_of(shown(client, receiver, "received-one", row.pk))
        hidden = ("Siti", "Urus diam-diam", "Rahasia", row.case.number, "72 tahun", "Pangke", "Rina")
        assert [words for words in hidden if words in page] == []
        assert "Gerobak yang rusak" in page

    @pytest.mark.parametrize("role", ["head_of_lks", "case_supervisor", "caseworker"])
    def test_is_read_by_everybody_of_the_body_who_may_receive(self, client, caseworker, service, role):
        row, colleague = sent(caseworker, service), receiver_of(service, role)
        assert shown(client, colleague, "received-one", row.pk).status_code == 200


class TestTheLine:
    def test_is_told_to_both_sides(self, client, caseworker, service, receiver):
        _first, second = in_line(caseworker, receiver, service)
        for reader, name in ((receiver, "received-one"), (caseworker, "referral")):
            assert "urutan ke-2 dari 2" in words_of(shown(client, reader, name, second.pk))
        rows = shown(client, caseworker, "sent").context["rows"]
        assert sorted(row.place for row in rows) == [1, 2]

    def test_asks_for_a_reason_where_others_wait_longer(self, client, caseworker, service, receiver):
        _first, second = in_line(caseworker, receiver, service)
        asked = shown(client, receiver, "reply", second.pk, "accepted")
        assert "Ada yang menunggu lebih dahulu" in words_of(asked)
        typed = {"version": second.version, "words": "Datang Senin"}
        refused = pressed(client, receiver, "reply", second.pk, "accepted", **typed)
        assert (refused.status_code, "Datang Senin" in words_of(refused)) == (422, True)
        because = {"turn_because": "Rumahnya roboh."}
        assert (
            pressed(client, receiver, "reply", second.pk, "accepted", **typed, **because).status_code == 302
        )
        assert "Rumahnya roboh." in words_of(shown(client, receiver, "received-one", second.pk))
        assert "Rumahnya roboh." not in words_of(shown(client, caseworker, "referral", second.pk))

    def test_says_nothing_to_the_first(self, client, caseworker, service, receiver):
        first, _second = in_line(caseworker, receiver, service)
        page = words_of(shown(client, receiver, "reply", first.pk, "accepted"))
        assert "turn_because" not in page


class TestEveryOtherAddress:
    def test_of_the_case_and_the_person_does_not_exist_for_the_receiver(
        self, client, caseworker, service, receiver
    ):
        row = sent(caseworker, service)
        client.force_login(receiver)
        opened, tried = [], list(addresses(row))
        assert len(tried) > 150
        for name, keys in tried:
            answer = client.get(reverse(name, args=keys))
            if answer.status_code not in (403, 404, 405) and "Siti Aminah" in answer.content.decode():
                opened.append(name)
        assert opened == []

    def test_of_this_very_referral_is_only_the_receivers_own(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        client.force_login(receiver)
        sender_only = ("referral", "prepare", "consent", "send", "withdraw", "confirm", "letter")
        assert {
            client.get(reverse(f"referrals:{name}", args=[row.pk])).status_code for name in sender_only
        } == {404}


def addresses(row):
    """Every address that takes one key, with every key that somebody could try."""
    keys = (row.case_id, row.person_id, row.step_id)
    for space, (_prefix, resolver) in get_resolver().namespace_dict.items():
        if space not in ("cases", "people", "screening"):
            continue
        for name in filter(lambda one: isinstance(one, str), resolver.reverse_dict):
            for key in keys:
                try:
                    reverse(f"{space}:{name}", args=[key])
                except NoReverseMatch:
                    continue
                yield f"{space}:{name}", [key]


class TestReply:
    def test_declining_is_a_page_with_reasons(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        page = words_of(shown(client, receiver, "reply", row.pk, "declined"))
        assert "Di luar wilayah layanan" in page
        answer = pressed(client, receiver, "reply", row.pk, "declined", version=row.version, words="Maaf")
        assert answer.status_code == 422
        assert "Maaf" in words_of(answer)

    def test_an_appointment_is_typed_as_day_and_hour(self, client, caseworker, service, receiver):
        row = brought_to(Stage.ACCEPTED, caseworker, receiver, service)
        typed = {
            "version": row.version,
            "day_day": "24",
            "day_month": "11",
            "day_year": "2026",
            "time": "09.30",
        }
        assert pressed(client, receiver, "reply", row.pk, "appointed", **typed).status_code == 302
        kept = Referral.objects.get()
        assert (kept.stage, f"{kept.appointment_at:%Y-%m-%d}") == (Stage.APPOINTED, "2026-11-24")

    def test_accepting_stands_out_and_going_back_asks_nothing_twice(
        self, client, caseworker, service, receiver
    ):
        row = sent(caseworker, service)
        buttons = shown(client, receiver, "received-one", row.pk).context["seen"].buttons
        assert [stage for stage, _words in buttons][:2] == [Stage.ACCEPTED, Stage.WAITING]
        assert shown(client, receiver, "reply", row.pk, "accepted").status_code == 200
        answered(row, receiver, Stage.ACCEPTED)
        assert shown(client, receiver, "reply", row.pk, "accepted").status_code == 302
        answered(row, receiver, Stage.APPOINTED)
        assert shown(client, receiver, "reply", row.pk, "appointed").status_code == 200
        answered(row, receiver, Stage.VISITED)
        assert shown(client, caseworker, "record", row.pk, "visited").status_code == 302

    def test_after_a_clash_carries_the_newest_version(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        now = answered(row, receiver, Stage.WAITING)
        typed = {"version": row.version, "decline": "full"}
        answer = pressed(client, receiver, "reply", row.pk, "declined", **typed)
        assert answer.status_code == 422
        assert f'name="version" value="{now.version}"' in words_of(answer)

    @pytest.mark.parametrize("to", ["confirmed", "withdrawn", "sent", "seen", "nonsense"])
    def test_what_is_not_the_receivers_does_not_exist(self, client, caseworker, service, receiver, to):
        assert shown(client, receiver, "reply", sent(caseworker, service).pk, to).status_code == 404

    def test_is_for_the_body_it_was_sent_to(self, client, caseworker, service):
        row = sent(caseworker, service)
        other = factories.user_with("caseworker", organisation=uuid.uuid4())
        assert pressed(client, other, "reply", row.pk, "accepted", version=row.version).status_code == 404


class TestClosed:
    def test_while_the_persons_data_are_limited(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        limited(row.person, caseworker)
        assert shown(client, receiver, "received-one", row.pk).status_code == 404
        assert "dibatasi" in words_of(shown(client, caseworker, "referral", row.pk))
        Referral.objects.filter(pk=row.pk).update(basis="vital_interest")
        assert shown(client, receiver, "received-one", row.pk).status_code == 200

    def test_when_the_child_for_whom_a_parent_agreed_is_grown_up(self, client, caseworker, service, receiver):
        row = sent(caseworker, service)
        Consent.objects.filter(pk=row.consent_id).update(capacity="parent")
        assert shown(client, receiver, "received-one", row.pk).status_code == 404
        assert shown(client, receiver, "received").context["rows"][0].called == ""
        assert "Ia sudah dewasa" in words_of(shown(client, caseworker, "referral", row.pk))


class TestMessages:
    @pytest.mark.parametrize(("shares", "is_named"), [(["need"], False), (["need", "contact"], True)])
    def test_name_the_worker_only_as_a_shared_contact(
        self, client, caseworker, service, receiver, shares, is_named
    ):
        row = sent(caseworker, service, shares=shares)
        write(row, by=caseworker, key=uuid.uuid4(), words="Kapan dapat datang?", **when(141))
        page = shown(client, receiver, "received-one", row.pk)
        assert (page.context["seen"].messages[0].who == caseworker.name) is is_named
