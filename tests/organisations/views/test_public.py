"""What everybody may see of bodies that help, without an account."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.access.models import Event
from simpul.catalogue import editions
from simpul.organisations.models import Account, Officer, Organisation, ServedArea, Source, Staff
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, flag, registered
from tests.organisations.sources_factories import agreed, source
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def regions(db):
    few_regions()


@pytest.fixture
def need():
    """A type of need of the edition in use."""
    return editions.default().types[0]


@pytest.fixture
def need_code(need):
    return need.code


@pytest.fixture
def need_words(need):
    return str(need.display.in_language("id"))


def look(client, **query):
    return client.get(reverse("organisations:public-list"), query)


def one(client, body):
    return client.get(reverse("organisations:public", args=[body.pk]))


def names(answer):
    return [line.organisation.name for line in answer.context["lines"]]


class TestPublicList:
    def test_opens_for_everybody_and_records_nobody(self, client):
        organisation()
        assert names(look(client)) == ["LKS Tunas Bahari"]
        assert not Event.objects.exists()

    @pytest.mark.parametrize(
        "query",
        [{"cari": "muara"}, {"di": "pangke"}, {"wilayah": "21.02.10"}, {"melayani": "lansia"}, {"jenis": "forum"},
         {"terdaftar": "on"}, {"terakreditasi": "on"}],
        ids=lambda query: next(iter(query)),
    )  # fmt: skip
    def test_finds_by_each_thing_asked(self, client, query, need_code):
        organisation(name="LKS Lain", region="93.01")
        found = organisation(name="Forum Muara", kind="forum", region="21.02.10.2003", need_types=[need_code])
        registered(found)
        accredited(found)
        query = {key: need_code if key == "melayani" else value for key, value in query.items()}
        assert names(look(client, **query)) == ["Forum Muara"]

    def test_says_which_place_was_meant_and_what_else_it_might_be(self, client):
        html = look(client, di="moro").content.decode()
        assert "Di Kec. Moro, Kab. Karimun" in html
        assert "wilayah=21.02.01.1001" in html

    def test_says_that_there_is_no_such_place(self, client):
        organisation()
        shown = look(client, di="atlantis")
        assert shown.status_code == 422
        assert "Tidak ada wilayah dengan nama itu" in shown.content.decode()
        assert names(shown) == []

    def test_leaves_out_the_closed_and_those_who_are_people(self, client):
        organisation(name="LKS Tutup", is_closed=True)
        organisation(name="Pak Dermawan", kind="person")
        assert names(look(client, keadaan="semua")) == []

    def test_does_not_narrow_to_the_village_of_a_secret_place(self, client):
        house = organisation(name="Rumah Teduh", region="21.02.10.2003", is_address_secret=True)
        assert names(look(client, wilayah="21.02")) == [house.name]
        assert names(look(client, wilayah="21.02.10")) == names(look(client, wilayah="21.02.10.2003")) == []

    def test_no_longer_says_accredited_on_the_day_after_its_last(self, client, monkeypatch):
        body, today = organisation(), timezone.localdate()
        accredited(body, days=0)
        assert names(look(client, terakreditasi="on")) == [body.name]
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: today + timedelta(days=1))
        assert names(look(client, terakreditasi="on")) == []
        assert "tag yes" not in look(client).content.decode()

    def test_asks_the_same_number_of_questions_for_many(self, client, django_assert_max_num_queries):
        for number in range(40):
            registered(organisation(name=f"LKS {number}", region="21.02.10.2003"))
        with django_assert_max_num_queries(8):
            look(client)

    def test_is_small(self, client):
        for number in range(40):
            organisation(name=f"LKS {number}")
        assert len(look(client).content) < 30_000


class TestPublic:
    def test_says_whom_it_serves_and_until_when_it_is_registered(self, client, need_code, need_words):
        body = organisation(about="Mendampingi warga", need_types=[need_code], address="Jalan Raya 1")
        registered(body, number="400/9/2026")
        html = one(client, body).content.decode()
        for told in ("Mendampingi warga", need_words, "Jalan Raya 1", "400/9/2026", "berlaku"):
            assert told in html

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            ("suspended", "dihentikan sementara"),
            ("withdrawn", "dicabut"),
            ("replaced", "Belum ada tanda daftar yang berlaku"),
        ],
        ids=["suspended", "withdrawn", "replaced"],
    )
    def test_says_no_reason_why_a_certificate_does_not_hold(self, client, state, words):
        body = organisation()
        registered(body, state=state, state_because="Alasan yang tidak untuk umum", number="400/9/2026")
        html = one(client, body).content.decode()
        assert words in html
        assert "Alasan" not in html
        assert "400/9" not in html

    def test_says_the_grade_in_words_and_by_which_rules(self, client):
        words = [
            {"label": "Peringkat", "text": "Baik sekali"},
            {"label": "Menurut", "text": "Permensos 1/2025"},
        ]
        body = organisation(latitude=1.25, longitude=103.5)
        accredited(body, grade="baik-sekali", words=words)
        html = one(client, body).content.decode()
        assert "baik-sekali" not in html
        for told in ("Baik sekali", "Permensos 1/2025", "1,25; 103,5"):
            assert told in html

    def test_says_only_that_a_closed_one_has_closed(self, client):
        body = organisation(is_closed=True, about="Dulu membantu", phone="0777 1234")
        html = one(client, body).content.decode()
        assert "sudah tutup" in html
        assert "Dulu membantu" not in html
        assert "0777" not in html

    def test_gives_the_source_of_a_published_example(self, client):
        body = organisation(is_published_example=True, source="Penelitian di Karimun")
        assert "Sumber keterangan: Penelitian di Karimun" in one(client, body).content.decode()

    @pytest.mark.parametrize("kind", ["person", "family"])
    def test_does_not_exist_for_who_is_no_body(self, client, kind):
        assert one(client, organisation(kind=kind)).status_code == 404

    def test_says_nothing_of_registration_where_there_is_none_to_be_had(self, client):
        heading = "Pendaftaran dan akreditasi"
        assert heading not in one(client, organisation(name="Dinas Sosial", kind="dinas")).content.decode()
        assert heading in one(client, organisation()).content.decode()

    def test_does_not_exist_for_an_unknown_key(self, client):
        address = reverse("organisations:public", args=[uuid4()])
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example"])
    def test_makes_no_link_of_what_is_no_page(self, client, website):
        assert f'href="{website}' not in one(client, organisation(website=website)).content.decode()


class TestSourcesOfHelp:
    @pytest.fixture
    def volunteer(self):
        body = organisation()
        officer = user_with("dinas_officer", region="21.02")
        row = source(
            officer,
            name="Yanti Relawan",
            organisation=body,
            region="21.02.10.2003",
            phone="0811-9",
            born=date(1990, 5, 1),
            areas=["21.02.01.2002"],
        )
        return row, officer

    def test_are_named_once_they_agreed_with_the_district_they_serve(self, client, volunteer):
        row, officer = volunteer
        assert "Yanti" not in one(client, row.organisation).content.decode()
        agreed(row, officer)
        for answer in (one(client, row.organisation), look(client, wilayah="21.02")):
            html = answer.content.decode()
            assert re.search("Yanti Relawan · [^<]* · Kec. Moro", html)
            for hidden in ("Sugie", "Meral Barat", "Pangke", "0811-9"):
                assert hidden not in html

    def test_are_found_where_they_serve_and_not_where_they_live(self, client, volunteer):
        agreed(*volunteer)
        assert "Yanti" in look(client, wilayah="21.02.01").content.decode()
        assert "Yanti" not in look(client, wilayah="21.02.10").content.decode()

    def test_are_found_below_the_area_that_they_serve_whole(self, client, volunteer):
        row, officer = volunteer
        Source.objects.update(areas=["21.02"])
        agreed(row, officer)
        assert "Yanti" in look(client, wilayah="21.02.10.2003").content.decode()
        assert "Yanti" not in look(client, wilayah="21.71").content.decode()

    def test_are_not_named_beside_a_secret_place(self, client, volunteer):
        row, officer = volunteer
        agreed(row, officer)
        Organisation.objects.filter(pk=row.organisation_id).update(is_address_secret=True)
        assert "Yanti" not in one(client, row.organisation).content.decode()

    def test_are_not_read_off_for_the_whole_country(self, client, volunteer):
        agreed(*volunteer)
        assert "Yanti" not in look(client).content.decode()


class TestNoSecretIsPublic:
    @pytest.fixture
    def house(self):
        body = organisation(
            region="21.02.10.2003", is_address_secret=True, address="Jalan Melur 7", phone="0812-1",
            email="kami@rumah.example", npwp="99.888.777", latitude=1.0123456, longitude=103.41234,
            yearly_budget=987654321, verified_by_name="Bu Verifikator",
            about="Rumah singgah di Meral Barat.", source="Lurah Pangke",
        )  # fmt: skip
        flag(body, words="Kata petugas")
        ServedArea.objects.create(organisation=body, code="21.02.10.2004")
        officer = Officer(organisation=body, unit="board", title="Ketua", name="Bu Melati")
        officer.phone = "0813-2"
        officer.save()
        Staff.objects.create(organisation=body, name="Pak Anggrek", profession="social_worker")
        account = Account(organisation=body, bank="Bank Kepri", holder="Bu Kenanga")
        account.number = "1122334455"
        account.save()
        return body

    SECRETS = (
        "Melur", "0812-1", "rumah.example", "99.888", "1.0123", "103.41", "987654321", "987.654.321", "Verifikator",
        "Kata petugas", "Pangke", "21.02.10", "Meral Barat", "Melati", "0813-2", "Anggrek", "Bank Kepri", "Kenanga",
        "1122334455",
    )  # fmt: skip

    def test_hides_no_words_that_give_no_place_away(self, client, house):
        Organisation.objects.filter(pk=house.pk).update(about="Rumah singgah di Karimun.")
        assert "Rumah singgah di Karimun." in one(client, house).content.decode()

    @pytest.mark.parametrize("secret", SECRETS)
    def test_stands_on_no_public_page(self, client, house, secret):
        assert house.name in one(client, house).content.decode()
        for answer in (one(client, house), look(client), look(client, wilayah="21.02")):
            assert secret not in answer.content.decode()
