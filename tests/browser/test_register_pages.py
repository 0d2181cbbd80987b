"""The record of a body in a real browser: entered, changed by its head, compared and accepted; its papers run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from simpul.organisations.models import Change, Organisation, Paper
from tests.access.factories import user_with
from tests.browser.steps import choose_village, fill_day, follow, go, looked_at, press
from tests.organisations.changing import ON, change, officer_row
from tests.organisations.factories import organisation
from tests.organisations.papers import a_paper
from tests.places.factories import VILLAGE, few_regions


@pytest.fixture(autouse=True)
def today(transactional_db, monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: ON)
    settings.MEDIA_ROOT = tmp_path
    few_regions()


@pytest.fixture
def farida(transactional_db):
    return user_with("dinas_officer", region="21.02", name="Ibu Farida")


@pytest.fixture
def body(farida):
    """With somebody on its board, and a vision that will be written anew."""
    made = organisation(name="LKS Tunas Bahari", region=VILLAGE)
    change(made, farida, "purpose", {"vision": "Setiap anak punya rumah."})
    change(made, farida, "officers", {"rows": [officer_row(name="Ratna Dewi")]})
    return made


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk, name="Bu Salmah")


def at(name, *keys):
    return reverse(f"organisations:{name}", args=keys)


class TestRegister:
    def test_takes_a_new_body_and_says_what_is_missing(self, visit, farida):
        page = looked_at(visit(at("register"), by=farida), "40-register")
        page.locator("[name=about]").fill("Kelas membaca bagi anak nelayan.")
        page.get_by_role("button", name="Daftarkan").click()
        page.locator("#errors").wait_for()
        looked_at(page, "40-register-refused")
        assert page.locator("[name=about]").input_value() == "Kelas membaca bagi anak nelayan."
        page.locator("[name=name]").fill("Forum Laut Biru")
        page.locator("[name=kind]").select_option("forum")
        choose_village(page, "Pangke")
        page.get_by_role("button", name="Daftarkan").click()
        page.get_by_role("heading", level=1, name="Forum Laut Biru").wait_for()
        assert Organisation.objects.get().region == VILLAGE


class TestChange:
    def test_is_proposed_compared_side_by_side_and_accepted(self, visit, body, head, farida):
        page = looked_at(visit(at("organisation", body.pk), by=head), "41-record")
        follow(page, "Ubah Visi")
        looked_at(page, "41-part").locator("[name=vision]").fill("Setiap anak punya rumah dan sekolah.")
        press(page, "Kirim untuk diperiksa")
        assert Change.objects.get(state="waiting").organisation == body

        page = looked_at(visit(at("changes"), by=farida), "41-changes")
        follow(page, body.name)
        row = looked_at(page, "41-side-by-side").locator("tbody tr").filter(has_text="sekolah")
        before, after = row.locator("td").nth(0), row.locator("td").nth(1)
        assert before.inner_text().strip() == "Setiap anak punya rumah."
        assert after.inner_text().strip() == "Setiap anak punya rumah dan sekolah."
        assert before.bounding_box()["y"] == after.bounding_box()["y"]
        assert before.bounding_box()["x"] < after.bounding_box()["x"]
        press(page, "Terima perubahan ini")
        body.refresh_from_db()
        assert body.vision == "Setiap anak punya rumah dan sekolah."

    def test_leaves_a_history_and_a_structure_for_everybody(self, visit, body, head):
        page = visit(at("structure", body.pk), by=head)
        assert looked_at(page, "42-structure").locator("main svg").first.is_visible()
        for code in ("officers", "area", "service", "accounts"):
            looked_at(go(page, at("part", body.pk, code)), f"42-part-{code}")
        looked_at(go(page, at("history", body.pk)), "42-history")


class TestPapers:
    def test_are_noted_with_their_last_day_and_named_before_it(self, visit, body, head, farida):
        a_paper(body, number="470/1/2025", valid_to=ON - timedelta(days=3))
        page = looked_at(visit(at("papers", body.pk), by=head), "43-papers")
        assert "habis" in page.locator("tbody").inner_text()
        follow(page, "Ganti")
        page.locator("[name=number]").fill("470/9/2026")
        fill_day(page, "issued_on", ON)
        fill_day(page, "valid_to", ON - timedelta(days=1))
        page.get_by_role("button", name="Simpan surat").click()
        page.locator("#errors").wait_for()
        assert looked_at(page, "43-refused").locator("[name=number]").input_value() == "470/9/2026"
        fill_day(page, "valid_to", ON + timedelta(days=60))
        press(page, "Simpan surat")
        assert looked_at(page, "43-replaced").get_by_text("470/9/2026").is_visible()
        assert Paper.objects.filter(replaced_by=None).count() == 1

        page = looked_at(visit(at("papers-running"), by=farida), "43-running")
        assert body.name in page.locator("tbody").inner_text()
        assert page.locator("tbody tr").count() == 1
