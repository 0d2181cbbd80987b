"""Evaluations as people meet them: nothing shuts them out, nothing sticks out, nothing needs JavaScript."""

import uuid

import pytest
from django.urls import reverse

from tests.access.factories import user_with
from tests.browser.conftest import chromium, visit  # noqa: F401 - fixtures
from tests.browser.steps import SEND, go, looked_at
from tests.programmes.evaluating import karimun, take_away

pytestmark = pytest.mark.browser


@pytest.fixture
def made(transactional_db):
    found = karimun(is_synthetic=True, aim="Pengurus memahami tata kelola organisasinya.")
    take_away(found, "post", 0, 7)
    return found


def test_every_page_can_be_used_by_everybody(visit, made, officer):  # noqa: F811
    key = made.programme.pk
    page = visit(reverse("programmes:evaluations", args=[key]), by=officer)
    looked_at(page, "evaluations")
    page.locator(f"form[action='{reverse('programmes:evaluation-run', args=[key])}'] button").click()
    looked_at(page, "evaluation")
    for name in ("evaluation-people", "evaluation-lasting", "extract-make"):
        looked_at(go(page, reverse(f"programmes:{name}", args=[key])), name)


def test_a_researcher_runs_it_and_takes_data_along_on_a_phone_without_javascript(visit, made):  # noqa: F811
    researcher = user_with("researcher", region="21.02", name="Bu Laila")
    address = reverse("programmes:evaluations", args=[made.programme.pk])
    page = visit(address, by=researcher, width=360, javascript=False)
    page.locator("form[action$='jalankan/'] button").click()
    assert "28 di antaranya" not in page.locator("main").inner_text()
    assert "Sebelum" in page.locator("main").inner_text()
    go(page, reverse("programmes:extract-make", args=[made.programme.pk]))
    page.locator("[name=purpose]").fill("Tesis tentang penguatan LKS")
    page.locator("[name=for_whom]").fill(f"Universitas {uuid.UUID(int=0)}"[:40])
    page.locator("[name=agreed]").check()
    page.locator(SEND).click()
    with page.expect_download() as got:
        page.locator("a[href$='unduh/']").click()
    assert got.value.suggested_filename.endswith(".zip")
