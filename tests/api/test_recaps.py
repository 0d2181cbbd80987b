"""Recaps for other programs: the numbers of the page and of the files."""

import csv
import io
from datetime import date
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.urls import reverse

from simpul.access.models import Mention
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries import files as files_of_recaps
from simpul.recaps.queries.files import shown
from tests.access.factories import user_with
from tests.population.factories import ON, kept, register_of, row
from tests.recaps.factories import KARIMUN, Office, asked_of

pytestmark = pytest.mark.django_db

DAY = ON.isoformat()


@pytest.fixture
def signed_in(client):
    kept(register_of([row(confirmed=("LUT",), sex="P") for _one in range(37)]))
    client.force_login(user_with("dinas_officer", region="21.02"))
    return client


def as_cell(told):
    """A day comes as text through JSON."""
    try:
        return date.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        return told


def as_text(told):
    return "" if told is None else str(told)


def in_file(answer):
    """Table, line and number of each row; without the sign that keeps a spreadsheet from calculating words."""
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    return [
        (one[1], one[3].removeprefix("'"), one[-1].removeprefix("'"))
        for one in rows
        if one[1] != "keterangan"
    ]


def persons(client):
    told = client.get("/api/recaps/R2", {"region": "21.02", "until": DAY}).json()
    return next(table for table in told["tables"] if table["key"] == "persons")


class TestRecap:
    def test_is_the_page_the_files_and_the_interface_in_one(self, signed_in, monkeypatch):
        paper = []
        monkeypatch.setattr(files_of_recaps, "typeset", lambda _template, words: paper.append(words) or b"")
        address = f"?wilayah=21.02&hari={DAY}"
        table = persons(signed_in)
        cells = table["lines"][0]["cells"]
        assert cells == [0, 37, 0, 37, 37]
        page = signed_in.get(reverse("recaps:one", args=["R2"]) + address)
        shown = [one.words for one in page.context["tables"][0][1][0][1]]
        assert shown == [str(cell) for cell in cells]
        files = {
            form: signed_in.post(reverse("recaps:file", args=["R2", form]) + address).content
            for form in ("csv", "xlsx", "pdf")
        }
        rows = csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")))
        assert [
            int(one[-1]) for one in rows if one[1:2] == ["persons"] and one[3] == table["lines"][0]["key"]
        ] == cells
        assert ZipFile(io.BytesIO(files["xlsx"])).read("xl/worksheets/sheet2.xml").decode().count(">37<") >= 3
        assert paper[0]["tables"][0]["rows"][0][1:] == shown

    def test_is_the_page_and_the_table_file_of_every_recap(self, client):
        Office()
        client.force_login(user_with("registrar"))
        for code in RECAPS:
            asked = asked_of(code)
            days = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
            told = client.get(f"/api/recaps/{code}", {"region": asked.area, **days}).json()
            own = {"wilayah": asked.area, "sejak": days["since"], "hari": days["until"]}
            page = client.get(reverse("recaps:one", args=[code]), own)
            file = client.post(f"{reverse('recaps:file', args=[code, 'csv'])}?{urlencode(own)}")
            lines = [
                (table["key"], line)
                for table in told["tables"]
                for line in (*table["lines"], *filter(None, [table["total"]]))
            ]
            assert lines, code
            on_page = [
                [one.words for one in cells] for _of, some in page.context["tables"] for _head, cells in some
            ]
            assert on_page == [[shown(as_cell(one)) for one in line["cells"]] for _key, line in lines], code
            assert in_file(file) == [
                (key, line["key"], as_text(one)) for key, line in lines for one in line["cells"]
            ], code

    def test_says_in_words_what_cannot_be_asked(self, signed_in):
        answer = signed_in.get("/api/recaps/R2", {"region": "14"})
        assert answer.status_code == 422
        assert "jangkauan" in answer.json()["detail"]

    def test_is_not_there_for_another_code(self, signed_in):
        assert signed_in.get("/api/recaps/R99").status_code == 404

    def test_is_closed_to_who_reads_no_recaps(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get("/api/recaps/R2").status_code == 403


class TestBehind:
    def address(self, client, code="R2", cell=3):
        table = persons(client)
        line, column = table["lines"][0], table["columns"][cell]
        return f"/api/recaps/{code}/persons/{line['address']}/{column['address']}"

    def test_are_as_many_as_the_number_and_no_more_are_told_than_are_within_reach(self, client):
        office = Office()
        client.force_login(office.officer)
        days = {"region": KARIMUN, "since": "2026-06-01", "until": "2026-11-21"}
        told = client.get("/api/recaps/R9", days).json()["tables"][0]
        place = [one["key"] for one in told["columns"]].index("new")
        address = f"/api/recaps/R9/bodies/{told['total']['address']}/{told['columns'][place]['address']}"
        behind = client.get(address, days).json()
        assert behind["number"] == told["total"]["cells"][place] == behind["count"] + behind["hidden"] > 0
        assert behind["of"] == "case"
        assert behind["rows"][0]["page"].startswith("/")

    def test_stand_in_the_trail_of_everybody_shown(self, client):
        office = Office()
        client.force_login(office.officer)
        days = {"region": "21.02.10", "until": "2026-11-21"}
        told = next(
            one for one in client.get("/api/recaps/R1", days).json()["tables"] if one["key"] == "persons"
        )
        answer = client.get(f"/api/recaps/R1/persons/{told['total']['address']}/all", days).json()
        assert "Wati Rekaan" in [one["words"] for one in answer["rows"]]
        assert Mention.objects.filter(person=office.somebody.pk, event__actor=office.officer.pk).exists()

    def test_name_types_in_addresses_by_number_alone(self, signed_in):
        told = signed_in.get("/api/recaps/R2", {"region": "21.02", "until": DAY}).json()["tables"][1]
        assert not any(code in one["address"] for one in told["columns"] for code in ("LUT", "PD", "HIV"))

    def test_are_closed_to_who_may_see_no_such_rows(self, client, signed_in):
        address = self.address(signed_in)
        client.force_login(user_with("registrar", region="21.02"))
        assert client.get(address, {"region": "21.02", "until": DAY}).status_code == 403

    def test_are_not_there_for_what_is_no_number(self, signed_in):
        assert (
            signed_in.get("/api/recaps/R2/persons/jumlah/none", {"region": "21.02", "until": DAY}).status_code
            == 404
        )


class TestRecaps:
    def test_name_all_of_them(self, signed_in):
        assert [one["code"] for one in signed_in.get("/api/recaps").json()] == [f"R{n}" for n in range(1, 16)]
