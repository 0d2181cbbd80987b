import uuid

import pytest
from django.urls import reverse

from simpul.cases.models import PlanStep
from simpul.referrals.models import Alternative, NeedUnmet
from simpul.services.models import AtPlace, Place
from tests.organisations.factories import organisation as a_body
from tests.referrals.loop import a_line, a_service
from tests.screening.factories import NOW, TODAY, VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def line(caseworker):
    return a_line(caseworker)


def address(name, line, *more):
    return reverse(f"referrals:{name}", args=(line.case_id, line.pk, *more))


def seen(client, user, line, query=""):
    client.force_login(user)
    return client.get(address("find", line) + query)


class TestFind:
    def test_tells_the_best_first_with_its_reasons(self, client, caseworker, line):
        a_service(name="Untuk laki-laki", sex="L")
        a_service(a_body(name="LKS Bakti"), name="Modal usaha")
        told = seen(client, caseworker, line).content.decode()
        assert told.index("Modal usaha") < told.index("Untuk laki-laki")
        assert "Di desa atau kelurahan yang sama." in told
        assert address("propose", line, a_service().pk).split("/ke/")[0] in told

    def test_does_not_exist_for_a_stranger(self, client, stranger, line):
        assert seen(client, stranger, line).status_code == 404

    def test_does_not_exist_under_another_case(self, client, caseworker, line):
        client.force_login(caseworker)
        other = reverse("referrals:find", args=(uuid.uuid4(), line.pk))
        assert client.get(other).status_code == 404

    def test_never_tells_where_a_safe_house_is(self, client, caseworker, line):
        house = a_service(a_body(name="Rumah aman", is_address_secret=True, region=VILLAGE))
        place = {"organisation": house.organisation, "region": VILLAGE, "modified_at": NOW}
        row = Place.objects.create(**place, address="Jalan Kenanga 7", latitude=1.01, longitude=103.38)
        AtPlace.objects.create(service=house, place=row)
        told = seen(client, caseworker, line).content.decode()
        assert "Hanya lewat titik hubung" in told
        assert "Kenanga" not in told
        assert "desa atau kelurahan yang sama" not in told

    def test_leads_on_where_nothing_is_found(self, client, caseworker, line):
        told = seen(client, caseworker, line).content.decode()
        assert "Belum ada layanan jenis ini" in told
        assert address("record-unmet", line) in told

    @pytest.mark.parametrize("query", ["?dekat=bulan", "?page=99", "?cocok=on&kosong=on&gratis=on&semua=on"])
    def test_takes_any_address(self, client, caseworker, line, query):
        a_service()
        assert seen(client, caseworker, line, query).status_code == 200

    def test_is_linked_from_the_plan(self, client, caseworker, line):
        client.force_login(caseworker)
        assert (
            address("find", line) in client.get(reverse("cases:plan", args=[line.case_id])).content.decode()
        )


class TestKeep:
    def test_keeps_the_wish(self, client, caseworker, line):
        service = a_service()
        client.force_login(caseworker)
        client.post(address("keep", line, service.pk), {"wished": "1"})
        assert Alternative.objects.get().is_wished
        assert "diinginkan penerima manfaat" in seen(client, caseworker, line).content.decode()

    def test_only_leads_back_when_opened(self, client, caseworker, line):
        client.force_login(caseworker)
        assert client.get(address("keep", line, a_service().pk)).status_code == 302
        assert not Alternative.objects.exists()


class TestPutAside:
    def test_keeps_what_was_typed_when_refused(self, client, caseworker, line):
        client.force_login(caseworker)
        answer = client.post(address("put-aside", line, a_service().pk), {"words": ""})
        assert answer.status_code == 422

    def test_says_so_in_the_list(self, client, caseworker, line):
        client.force_login(caseworker)
        client.post(address("put-aside", line, a_service().pk), {"words": "Jalannya rusak"})
        assert "Jalannya rusak" in seen(client, caseworker, line).content.decode()


class TestUnmet:
    def typed(self, line, **changed):
        version = PlanStep.objects.get(pk=line.pk).version
        return {"once": uuid.uuid4(), "version": version, "reason": "too_far", "words": "", **changed}

    def test_notes_it_and_can_be_ended(self, client, caseworker, line):
        client.force_login(caseworker)
        client.post(address("record-unmet", line), self.typed(line))
        assert "Terlalu jauh" in seen(client, caseworker, line).content.decode()
        version = PlanStep.objects.get(pk=line.pk).version
        client.post(address("end-unmet", line), {"version": version})
        assert NeedUnmet.objects.get().ended_on == TODAY

    def test_shows_what_was_typed_when_refused(self, client, caseworker, line):
        client.force_login(caseworker)
        answer = client.post(address("record-unmet", line), self.typed(line, reason="", words="Sudah dicoba"))
        assert answer.status_code == 422
        assert "Sudah dicoba" in answer.content.decode()
