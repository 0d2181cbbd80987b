"""Recaps for other programs: the numbers of the page and of the files."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.urls import reverse

from simpul.recaps.queries import files as files_of_recaps
from tests.access.factories import user_with
from tests.population.factories import ON, kept, register_of, row

pytestmark = pytest.mark.django_db

DAY = ON.isoformat()


@pytest.fixture
def signed_in(client):
    kept(register_of([row(confirmed=("LUT",), sex="P") for _one in range(37)]))
    client.force_login(user_with("dinas_officer", region="21.02"))
    return client


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

    def test_says_in_words_what_cannot_be_asked(self, signed_in):
        answer = signed_in.get("/api/recaps/R2", {"region": "14"})
        assert answer.status_code == 422
        assert "jangkauan" in answer.json()["detail"]

    def test_is_not_there_for_another_code(self, signed_in):
        assert signed_in.get("/api/recaps/R99").status_code == 404

    def test_is_closed_to_who_reads_no_recaps(self, client, volunteer):
        client.force_login(volunteer)
        assert client.get("/api/recaps/R2").status_code == 403


class TestRecaps:
    def test_name_all_of_them(self, signed_in):
        assert [one["code"] for one in signed_in.get("/api/recaps").json()] == [f"R{n}" for n in range(1, 16)]
