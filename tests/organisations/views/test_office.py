"""The directory, and what an office watches."""

import csv
import io
import zipfile
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.access.models import Event
from simpul.organisations.models import Officer
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.office import accredited, flag, paper, registered
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_role(client):
    few_regions()

    def signed_in(role="dinas_officer", **where):
        client.force_login(user_with(role, **(where or {"region": "21.02"})))
        return client

    return signed_in


def show(client, name, *args, **query):
    return client.get(reverse(f"organisations:{name}", args=args), query)


def names(answer):
    return [line.organisation.name for line in answer.context["lines"]]


class TestDirectory:
    def test_narrows_by_what_stands_in_the_address(self, as_role):
        organisation(name="LKS Muara", kind="lks")
        organisation(name="Forum Muara", kind="forum")
        client = as_role("caseworker", organisation=uuid4())
        shown = show(client, "organisations", cari="muara", jenis="forum")
        assert names(shown) == ["Forum Muara"]
        assert 'value="muara"' in shown.content.decode()

    def test_says_what_is_wrong_with_an_address_that_cannot_be(self, as_role):
        organisation()
        shown = show(as_role("caseworker", region="21.02"), "organisations", wilayah="karimun")
        assert shown.status_code == 422
        assert names(shown) == []

    def test_offers_no_flags_and_no_file(self, as_role):
        flag(organisation())
        html = show(as_role("caseworker", region="21.02"), "organisations", ditandai="on").content.decode()
        assert "LKS Tunas Bahari" in html
        assert "Hanya yang ditandai" not in html
        assert "tag act" not in html
        assert "XLSX" not in html

    def test_tells_no_village_of_a_secret_place(self, as_role):
        organisation(region="21.02.10.2003", is_address_secret=True)
        client = as_role("caseworker", region="21.02")
        assert "Pangke" not in show(client, "organisations").content.decode()
        assert names(show(client, "organisations", wilayah="21.02.10")) == []


class TestOfficeList:
    @pytest.mark.parametrize(
        "role", ["caseworker", "head_of_lks", "assessor", "plenary_member", "researcher"]
    )
    def test_is_closed_to_those_who_watch_nothing(self, as_role, role):
        client = as_role(role, region="21.02")
        assert show(client, "office-list").status_code == show(client, "office").status_code == 403

    @pytest.mark.parametrize("role", ["dinas_officer", "dinas_verifier", "registrar"])
    def test_shows_the_bodies_of_the_area_alone(self, as_role, role):
        organisation(name="LKS Karimun")
        organisation(name="LKS Batam", region="21.71")
        assert names(show(as_role(role, region="21.02"), "office-list")) == ["LKS Karimun"]

    def test_sends_strangers_to_the_door(self, client):
        assert show(client, "office-list").status_code == 302

    def test_marks_those_with_a_flag_without_its_words(self, as_role):
        flag(organisation(name="LKS Muara"), words="Pengasuh memukul anak")
        organisation(name="LKS Tenang")
        shown = show(as_role(), "office-list", ditandai="on")
        assert names(shown) == ["LKS Muara"]
        assert "memukul" not in shown.content.decode()

    def test_keeps_what_was_asked_on_the_next_page_and_in_the_files(self, as_role, monkeypatch):
        monkeypatch.setattr("simpul.organisations.views.office.PAGE_LENGTH", 1)
        for name in ("LKS Satu", "LKS Dua"):
            organisation(name=name)
        html = show(as_role(), "office-list", cari="lks", jenis="lks").content.decode()
        assert "?cari=lks&amp;jenis=lks&amp;page=2" in html
        assert "/xlsx/?jenis=lks&amp;cari=lks" in html

    def test_asks_the_same_number_of_questions_for_many(self, as_role, django_assert_max_num_queries):
        client = as_role()
        for number in range(30):
            registered(organisation(name=f"LKS {number}", region="21.02.10.2003"))
        show(client, "office-list")
        with django_assert_max_num_queries(12):
            assert len(names(show(client, "office-list"))) == 30


class TestOffice:
    def test_every_number_is_as_many_as_its_list_shows(self, as_role):
        registered(organisation(name="LKS Satu"), days=30)
        accredited(organisation(name="LKS Dua", confirmed_type="A"))
        paper(organisation(name="LKS Tiga", confirmed_type="D"), days=-1)
        flag(organisation(name="LKS Empat", region="21.02.10.2003"))
        client = as_role()
        numbers = show(client, "office").context["numbers"]
        assert sum(one.number for one in numbers) > 8
        for one in numbers:
            assert (
                show(client, "office-list", **one.asked.pairs).context["page"].paginator.count == one.number
            )

    def test_every_tile_is_as_many_as_its_list_shows(self, as_role):
        places = ["21.02", "21.02.10", "21.02.10.2003", "21.02.01.1001", "21.02.99"]
        for place in places:
            organisation(region=place, confirmed_type="B")
        organisation(region="21.02.01.2002", is_address_secret=True)
        client = as_role()
        found = show(client, "office").context["map"]
        assert sum(tile.number for tile in found.tiles) == found.total == 6
        for tile in found.tiles:
            shown = show(client, "office-list", **tile.asked.pairs)
            assert shown.context["page"].paginator.count == tile.number

    def test_says_that_the_tiles_are_no_true_map(self, as_role):
        organisation(region="21.02.10.2003", confirmed_type="A")
        html = show(as_role(), "office").content.decode()
        assert "Bukan peta yang sebenarnya" in html
        assert 'aria-label="tipe A: 1"' in html

    def test_goes_no_further_than_the_own_area(self, as_role):
        assert show(as_role(), "office", wilayah="21.71").status_code == 422
        assert show(as_role(), "office", wilayah="21.02.10").context["map"].area == "21.02.10"

    def test_begins_with_the_provinces_for_who_works_everywhere(self, as_role):
        client = as_role("registrar", region="")
        assert [tile.code for tile in show(client, "office").context["map"].tiles] == ["21", "93"]

    def test_asks_the_same_number_of_questions_for_many(self, as_role, django_assert_max_num_queries):
        client = as_role()
        for number in range(30):
            registered(organisation(name=f"LKS {number}", region="21.02.10.2003"))
        show(client, "office")
        with django_assert_max_num_queries(30):
            show(client, "office")


SECRETS = {
    "address": "Jalan Melur Tersembunyi 7",
    "phone": "0812-3333-4444",
    "email": "rahasia@tunas.example",
    "npwp": "99.888.777.6-5",
    "latitude": 1.0123456,
    "longitude": 103.4123456,
}


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


class TestOfficeFile:
    def take(self, client, form, **query):
        address = reverse("organisations:office-file", args=[form])
        return client.post(f"{address}?{urlencode(query)}")

    def test_holds_what_the_list_shows_under_its_headings(self, as_role):
        registered(organisation(name="LKS Muara", region="21.02.10.2003"), number="400/7/2026")
        organisation(name="LKS Batam", region="21.71")
        head, *rows = cells(self.take(as_role(), "csv").content)
        assert [dict(zip(head, row, strict=True))["Nomor tanda daftar"] for row in rows] == ["400/7/2026"]
        assert "Pangke, Kec. Meral Barat" in rows[0][4]

    @pytest.mark.parametrize("begins", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", " =1"])
    def test_gives_a_spreadsheet_nothing_to_run(self, as_role, begins):
        organisation(name=f"{begins} LKS", about="x")
        rows = cells(self.take(as_role(), "csv").content)
        assert rows[1][0].startswith("'")

    def test_is_a_workbook_that_others_read(self, as_role):
        organisation(name="LKS <Muara> & \x0bKawan")
        book = CalamineWorkbook.from_filelike(io.BytesIO(self.take(as_role(), "xlsx").content))
        first, about = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        assert (first[0][0], first[1][0]) == ("Nama", "LKS <Muara> & Kawan")
        assert any("Diunduh oleh" in str(row[0]) for row in about)

    def test_has_the_name_of_who_took_it_on_the_paper(self, as_role):
        organisation()
        answer = self.take(as_role(), "pdf")
        assert answer.content.startswith(b"%PDF")
        assert "lembaga-" in answer["Content-Disposition"]

    def test_is_recorded_each_time_with_its_filters_and_number(self, as_role):
        organisation(name="LKS Muara")
        client = as_role()
        for _ in range(2):
            self.take(client, "csv", cari="muara", jenis="lks")
        events = Event.objects.filter(permission="organisation.export")
        assert [event.details for event in events] == 2 * [
            {"form": "csv", "number": 1, "filters": "jenis=lks&cari=%E2%80%A6"}
        ]

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_holds_nothing_secret(self, as_role, form):
        house = organisation(region="21.02.10.2003", is_address_secret=True, **SECRETS)
        flag(house, words="Kata petugas")
        Officer.objects.create(organisation=house, unit="board", title="Ketua", name="Bu Melati Rahasia")
        content = self.take(as_role(), form).content
        told = b"\n".join(parts_of(content)) if form == "xlsx" else content
        for secret in (*map(str, SECRETS.values()), "Pangke", "21.02.10", "Kata petugas", "Melati"):
            assert secret.encode() not in told

    def test_holds_nobody_s_home(self, as_role):
        organisation(name="Pak Dermawan", kind="person", address="Jalan Kenanga 3")
        assert b"Kenanga" not in self.take(as_role(), "csv").content

    def test_says_of_too_long_a_list_what_to_do(self, as_role, monkeypatch):
        monkeypatch.setattr("simpul.organisations.actions.office.MOST_ON_PAPER", 0)
        organisation()
        assert "Saring dahulu" in self.take(as_role(), "pdf").content.decode()
        assert not Event.objects.filter(permission="organisation.export").exists()

    @pytest.mark.parametrize("role", ["dinas_verifier", "head_of_lks", "caseworker"])
    def test_is_closed_to_those_without_the_right(self, as_role, role):
        assert self.take(as_role(role, region="21.02"), "csv").status_code == 403

    def test_opened_as_a_link_leads_to_the_list(self, as_role):
        address = reverse("organisations:office-file", args=["csv"])
        answer = as_role().get(f"{address}?jenis=lks")
        assert answer.url == f"{reverse('organisations:office-list')}?jenis=lks"


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return [book.read(name) for name in book.namelist()]
