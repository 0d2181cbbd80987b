"""Recaps on the screen, as files, and the people behind a number."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.catalogue import editions
from simpul.recaps.queries import RECAPS
from tests.access.factories import ORGANISATION, user_with
from tests.people.factories import person
from tests.population.factories import ON, kept, register_of, row

pytestmark = pytest.mark.django_db

KARIMUN = "21.02"
ASKED = {"wilayah": KARIMUN, "hari": ON.isoformat()}


@pytest.fixture
def officer(client):
    found = user_with("dinas_officer", region=KARIMUN)
    client.force_login(found)
    return found


@pytest.fixture
def somebody(db):
    """One person in the register, with the key of a real row."""
    found = person(user_with("caseworker", organisation=ORGANISATION), name="Wati Rekaan")
    kept(register_of([row(person=str(found.pk), sex="P", age=70, confirmed=("LUT",))]))
    return found


def address(name, *args, **asked):
    query = "&".join(f"{key}={value}" for key, value in (ASKED | asked).items())
    return f"{reverse(f'recaps:{name}', args=args)}?{query}"


class TestIndex:
    def test_lists_every_recap(self, client, officer):
        words = client.get(reverse("recaps:index")).content.decode()
        assert "Rekap PPKS per kecamatan" in words

    def test_is_closed_to_who_only_collects(self, client):
        client.force_login(user_with("field_volunteer", region=KARIMUN))
        assert client.get(reverse("recaps:index")).status_code == 403


class TestOne:
    def test_leads_from_a_number_to_the_people_behind_it(self, client, officer, somebody):
        page = client.get(address("one", "R2")).content.decode()
        assert reverse("recaps:behind", args=["R2", "persons", "21.02.10", "P"]) in page

    def test_says_by_which_rules_it_counts(self, client, officer, somebody):
        page = client.get(address("one", "R2")).content.decode()
        for told in (
            "ditetapkan pekerja sosial",
            "tempat tinggal sekarang",
            "permensos-8-2012",
            "22 November 2026",
        ):
            assert told in page

    def test_shows_again_what_cannot_be_asked(self, client, officer):
        answer = client.get(address("one", "R2", hari="2999-01-01"))
        assert answer.status_code == 422
        assert "belum tiba" in answer.content.decode()

    def test_knows_no_other_recap(self, client, officer):
        assert client.get(address("one", "R99")).status_code == 404

    def test_keeps_within_the_area_of_the_reader(self, client, officer):
        assert client.get(address("one", "R2", wilayah="14")).status_code == 422


class TestEveryRecap:
    @pytest.mark.parametrize("code", sorted(RECAPS))
    @pytest.mark.parametrize("role", ["dinas_officer", "head_of_lks"])
    def test_opens_with_its_numbers_over_time(self, client, somebody, code, role):
        where = {"organisation": ORGANISATION} if role == "head_of_lks" else {"region": KARIMUN}
        client.force_login(user_with(role, **where))
        answer = client.get(f"{reverse('recaps:one', args=[code])}?waktu=ya")
        assert answer.status_code == 200
        assert str(RECAPS[code].title) in answer.content.decode()


class TestFile:
    @pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
    def test_is_recorded_each_time_with_who_took_what(self, client, officer, somebody, form):
        answer = client.post(address("file", "R2", form))
        assert answer.status_code == 200
        event = Event.objects.get(permission="recap.export")
        assert (event.actor, event.details["recap"], event.details["form"]) == (officer.pk, "R2", form)

    def test_holds_the_numbers_of_the_page(self, client, officer, somebody):
        told = client.post(address("file", "R2", "csv")).content.decode("utf-8-sig")
        assert "R2,persons,orang,21.02.10" in told
        assert ",LUT:P,Lanjut usia telantar · Perempuan,1" in told.replace(
            "Lanjut Usia Telantar", "Lanjut usia telantar"
        )

    def test_names_the_rules_in_the_workbook_too(self, client, officer, somebody):
        book = ZipFile(BytesIO(client.post(address("file", "R2", "xlsx")).content))
        assert "ditetapkan pekerja sosial" in book.read("xl/worksheets/sheet1.xml").decode()

    def test_is_not_made_by_following_a_link(self, client, officer, somebody):
        assert client.get(address("file", "R2", "csv")).status_code == 302


class TestBehind:
    def test_shows_the_people_and_records_that_they_were_seen(self, client, officer, somebody):
        answer = client.get(address("behind", "R2", "persons", "21.02.10", "P"))
        assert "Wati Rekaan" in answer.content.decode()
        assert Event.objects.about_person(somebody.pk).filter(is_reading=True).exists()

    def test_names_a_type_by_its_number_in_the_address(self, client, officer, somebody):
        number = next(need.number for need in editions.default().types if need.code == "LUT")
        page = client.get(address("one", "R2")).content.decode()
        link = reverse("recaps:behind", args=["R2", "types", "21.02.10", f"n{number}:P"])
        assert link in page
        assert "LUT:P" not in page
        answer = client.get(address("behind", "R2", "types", "21.02.10", f"n{number}:P"))
        assert "Wati Rekaan" in answer.content.decode()

    def test_is_closed_to_who_sees_no_people(self, client, somebody):
        client.force_login(user_with("registrar"))
        assert client.get(address("behind", "R2", "persons", "21.02.10", "P")).status_code == 403
