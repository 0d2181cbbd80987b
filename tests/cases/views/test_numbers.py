import csv
import io
import re
from html import unescape

import pytest
from django.urls import reverse

from simpul.access.models import Mention
from simpul.cases.models import Case
from tests.cases.factories import a_case
from tests.screening.factories import TODAY

pytestmark = pytest.mark.django_db

OWN_DAYS = {"dari_day": "1", "dari_month": "1", "dari_year": "2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


def shown(client, user, name, **asked):
    client.force_login(user)
    return client.get(reverse(f"cases:{name}"), asked)


class TestNumbers:
    def test_shows_every_part_with_its_definition(self, client, caseworker, supervisor):
        a_case(caseworker)
        page = shown(client, supervisor, "numbers").content.decode()
        assert page.count("Apa yang dihitung") == 12
        for words in ("Keadaan hari ini", "Dalam masa ini", "terlalu sedikit untuk dikatakan"):
            assert words in page

    def test_every_number_leads_to_as_many_cases(self, client, caseworker, supervisor):
        for stage in ("intake", "assessment", "died"):
            closed_on = TODAY if stage == "died" else None
            Case.objects.filter(pk=a_case(caseworker).pk).update(stage=stage, closed_on=closed_on)
        page = shown(client, supervisor, "numbers").content.decode()
        links = re.findall(r'<a href="([^"]+/daftar/[^"]+)">(\d+)<', page)
        assert len(links) >= 8
        for address, number in links:
            assert client.get(unescape(address)).context["page"].paginator.count == int(number)

    @pytest.mark.parametrize(
        ("asked", "words"),
        [
            ({}, "Isi tanggal awal dan tanggal akhirnya"),
            (OWN_DAYS | {"sampai_day": "31", "sampai_month": "12", "sampai_year": "2025"}, "lebih awal"),
            (OWN_DAYS | {"sampai_day": "31", "sampai_month": "12", "sampai_year": "2026"}, "belum terjadi"),
            ({"wilayah": "31"}, "31"),
        ],
        ids=["no days", "backwards", "to come", "out of reach"],
    )
    def test_says_what_is_wrong(self, client, caseworker, asked, words):
        answer = shown(client, caseworker, "numbers", masa="own", **asked)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "Apa yang dihitung" not in answer.content.decode()

    @pytest.mark.parametrize(("role", "status"), [("volunteer", 403), ("administrator", 403), ("head", 200)])
    def test_opens_for_those_who_see_cases(self, client, request, role, status):
        assert shown(client, request.getfixturevalue(role), "numbers").status_code == status

    def test_counts_nothing_of_another_body(self, client, caseworker, stranger):
        a_case(caseworker)
        page = shown(client, stranger, "numbers").content.decode()
        assert "Rina Wulandari" not in page
        assert not re.search(r"/daftar/", page)


class TestNumbersList:
    def test_shows_the_cases_and_notes_who_was_shown(self, client, caseworker, supervisor):
        case = a_case(caseworker)
        page = shown(client, supervisor, "numbers-list", angka="stage", isi="intake").content.decode()
        for words in (case.number, "Pendekatan awal", "Kasus yang belum berakhir"):
            assert words in page
        assert Mention.objects.filter(person=case.person_id, event__actor=supervisor.pk).exists()

    def test_hides_a_case_of_the_team_alone(self, client, caseworker, supervisor):
        Case.objects.filter(pk=a_case(caseworker).pk).update(confidentiality="team_only")
        page = shown(client, supervisor, "numbers-list", angka="stage").content.decode()
        assert "Tidak ada kasus di balik angka ini" in page
        assert "Siti Aminah" in shown(client, caseworker, "numbers-list", angka="stage").content.decode()

    @pytest.mark.parametrize(
        "asked",
        [{}, {"angka": "salary"}, {"angka": "worker", "isi": "x"}, {"angka": "stage", "masa": "x"}],
        ids=["nothing", "unknown part", "no key of a worker", "no period"],
    )
    def test_knows_no_other_number(self, client, caseworker, asked):
        assert shown(client, caseworker, "numbers-list", **asked).status_code == 404


class TestNumbersFile:
    def test_holds_what_the_page_shows(self, client, caseworker):
        a_case(caseworker)
        answer = shown(client, caseworker, "numbers-file")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert answer.headers["Content-Disposition"] == (
            'attachment; filename="angka-kasus-20260101-20261121.csv"'
        )
        assert rows[0] == ["Masa", "1 Januari 2026 – 21 November 2026"]
        assert ["Beban per petugas", "Rina Wulandari", "Kasus", "1"] in [row[:4] for row in rows]

    def test_says_what_is_wrong(self, client, caseworker):
        assert shown(client, caseworker, "numbers-file", masa="own").status_code == 422
