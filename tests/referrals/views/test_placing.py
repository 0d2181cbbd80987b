import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.access.models import Mention
from simpul.access.reach import Where
from simpul.cases.models import Case
from simpul.cases.stages import Confidentiality
from simpul.referrals.models import Placing, PlacingRound, Referral
from tests.referrals.placing import SHELTER, a_round, a_shelter, row_of, someone_waits
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def here(organisation):
    return Where(organisation=organisation)


def seen(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"referrals:{name}", args=args))


def send(client, user, name, *args, **typed):
    client.force_login(user)
    return client.post(reverse(f"referrals:{name}", args=args), typed)


class TestNewRound:
    def test_offers_what_one_may_place_for_and_makes_it(self, client, caseworker, supervisor, organisation):
        someone_waits(caseworker, "Siti")
        told = {"title": "Banjir", "need_kind": SHELTER, "there": f"lembaga:{organisation}"}
        answer = send(client, supervisor, "placing-new", once=uuid.uuid4(), **told)
        found = PlacingRound.objects.get()
        assert answer.url == reverse("referrals:placing-round", args=[found.pk])

    def test_takes_no_body_of_others(self, client, supervisor, other_organisation):
        told = {"title": "Banjir", "need_kind": SHELTER, "there": f"lembaga:{other_organisation}"}
        assert send(client, supervisor, "placing-new", once=uuid.uuid4(), **told).status_code == 422

    def test_offers_an_officer_the_area(self, client, caseworker, officer):
        someone_waits(caseworker, "Siti")
        assert "wilayah:21.02" in seen(client, officer, "placing-new").content.decode()

    def test_is_not_for_a_caseworker(self, client, caseworker):
        assert seen(client, caseworker, "placing-new").status_code == 403


class TestRound:
    def test_lists_everybody_with_why(self, client, here, caseworker, supervisor):
        for name in ("Adi Putra", "Siti Aminah"):
            someone_waits(caseworker, name)
        a_shelter(free=1)
        found = a_round(supervisor, here)
        told = seen(client, supervisor, "placing-round", found.pk).content.decode()
        assert "Adi Putra" in told
        assert "Siti Aminah" in told
        assert "Semua tempat yang cocok sudah terisi." in told
        assert "Mengapa diusulkan" in told

    def test_records_who_was_seen(self, client, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        found = a_round(supervisor, here)
        seen(client, supervisor, "placing-round", found.pk)
        assert Mention.objects.filter(person=line.case.person_id, event__permission="placing.make").exists()

    def test_does_not_exist_elsewhere(self, client, here, caseworker, supervisor, officer):
        someone_waits(caseworker, "Siti")
        found = a_round(supervisor, here)
        assert seen(client, officer, "placing-round", found.pk).status_code == 404

    def test_says_only_that_somebody_is_kept_from_sight(self, client, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti Aminah")
        found = a_round(supervisor, here)
        Case.objects.filter(pk=line.case_id).update(confidentiality=Confidentiality.TEAM_ONLY)
        told = seen(client, supervisor, "placing-round", found.pk).content.decode()
        assert "Siti Aminah" not in told
        assert "1 orang dalam penempatan ini tidak dapat Anda lihat." in told

    def test_asks_as_often_for_many_as_for_few(self, client, here, caseworker, supervisor):
        def asked(found):
            seen(client, supervisor, "placing-round", found.pk)
            with CaptureQueriesContext(connection) as queries:
                seen(client, supervisor, "placing-round", found.pk)
            return len(queries)

        a_shelter(free=9)
        someone_waits(caseworker, "Siti")
        few = asked(a_round(supervisor, here))
        for number in range(4):
            someone_waits(caseworker, f"Adi {number}")
        assert asked(a_round(supervisor, here)) == few


class TestFromProposalToReferral:
    def test_takes_a_person_at_every_step(self, client, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        a_shelter()
        found = a_round(supervisor, here)
        row = row_of(found, line.case)
        send(client, supervisor, "placing-apply", found.pk, version=1)
        assert not Referral.objects.exists()
        send(client, supervisor, "placing-confirm", row.pk, version=1)
        send(client, supervisor, "placing-apply", found.pk, version=1)
        assert Referral.objects.get().case_id == line.case_id
        told = seen(client, supervisor, "placing-round", found.pk).content.decode()
        assert Referral.objects.get().number in told

    def test_lets_another_service_be_chosen(self, client, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        a_shelter()
        other = a_shelter(name="Rumah singgah", region="14.71")
        row = row_of(a_round(supervisor, here), line.case)
        assert "Rumah singgah" in seen(client, supervisor, "placing-choose", row.pk).content.decode()
        send(client, supervisor, "placing-choose", row.pk, version=1, service=str(other.pk))
        assert Placing.objects.get(pk=row.pk).chosen == other

    def test_lets_a_proposal_be_refused(self, client, here, caseworker, supervisor):
        line = someone_waits(caseworker, "Siti")
        a_shelter()
        row = row_of(a_round(supervisor, here), line.case)
        send(client, supervisor, "placing-choose", row.pk, version=1, service="no")
        assert Placing.objects.get(pk=row.pk).is_confirmed == "no"

    def test_lets_all_of_it_be_dropped(self, client, here, caseworker, supervisor):
        someone_waits(caseworker, "Siti")
        found = a_round(supervisor, here)
        assert send(client, supervisor, "placing-drop", found.pk, version=1, because="").status_code == 422
        send(client, supervisor, "placing-drop", found.pk, version=1, because="Air surut")
        assert "Air surut" in seen(client, supervisor, "placing-round", found.pk).content.decode()
        assert "Setelah banjir" in seen(client, supervisor, "placing").content.decode()
