"""Imports as people meet them: nothing shuts them out, nothing sticks out, nothing needs JavaScript."""

import pytest
from django.urls import reverse

from simpul.access.jobs import run_waiting
from simpul.imports.models import Batch, Doubt
from simpul.people.models import Person
from tests.browser.conftest import chromium, visit  # noqa: F401 - fixtures
from tests.browser.steps import SEND, go, looked_at
from tests.imports.factories import AMINAH, HEADINGS, RIZKI, csv, loaded, sent, supervisor, tried, xlsx
from tests.people import factories as people
from tests.places.factories import few_regions

pytestmark = pytest.mark.browser
WRONG = ("2.1E+15", "Budi", "X", "kemarin")


@pytest.fixture
def rahma(transactional_db):
    few_regions()
    return supervisor(name="Bu Rahma")


def test_every_page_can_be_used_by_everybody(visit, rahma):  # noqa: F811
    people.person(rahma, name="Siti Aminah")
    done = loaded(rahma, csv(("", *AMINAH[1:]), RIZKI, WRONG))
    trial = tried(rahma, xlsx(("", "Kartini", "P", "1960"), WRONG))
    fresh = sent(rahma, csv((*AMINAH, "ya"), headings=(*HEADINGS, "Punya KTP")), kind="facts")
    page = visit(reverse("imports:batches"), by=rahma)
    looked_at(page, "imports")
    looked_at(go(page, reverse("imports:send")), "imports-send")
    for name, held in (
        ("batch", done),
        ("batch", trial),
        ("batch", fresh),
        ("columns", fresh),
        ("undo", done),
    ):
        looked_at(go(page, reverse(f"imports:{name}", args=[held.pk])), f"imports-{name}-{held.state}")
    looked_at(go(page, reverse("imports:doubts", args=[done.pk])), "imports-doubts")
    looked_at(go(page, reverse("imports:doubt", args=[Doubt.objects.get().pk])), "imports-doubt")


def test_a_file_comes_in_on_a_phone_without_javascript(visit, rahma, tmp_path):  # noqa: F811
    file = tmp_path / "lansia.csv"
    file.write_bytes(csv(AMINAH, RIZKI))
    page = visit(reverse("imports:send"), by=rahma, width=360, javascript=False)
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=kind][value=people]").check()
    page.locator("[name=list_name]").fill("Daftar lansia")
    for part, typed in (("day", "1"), ("month", "10"), ("year", "2026")):
        page.locator(f"[name=listed_on_{part}]").fill(typed)
    page.locator("[name=basis_because]").fill("Surat 470/12")
    page.locator(SEND).click()
    page.get_by_role("button", name="Coba dulu, belum disimpan").click()
    run_waiting()
    page.reload()
    page.get_by_role("button", name="Muat sekarang").click()
    run_waiting()
    page.reload()
    assert "Yang dimuat" in page.locator("main").inner_text()
    assert (Person.objects.count(), Batch.objects.get().state) == (2, "done")
