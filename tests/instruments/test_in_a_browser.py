"""Instruments and sheets as people meet them: nothing shuts them out, nothing sticks out, nothing needs JavaScript."""

from uuid import UUID

import pytest
from django.urls import reverse

from tests.access.factories import ORGANISATION, user_with
from tests.browser.conftest import chromium, visit  # noqa: F401 - fixtures
from tests.browser.steps import SEND, go, looked_at
from tests.instruments.factories import SESSION, begun, locked

pytestmark = pytest.mark.browser
OF_INSTRUMENT = "begin answers-upload items"


@pytest.fixture
def salmah(transactional_db):
    return user_with("case_supervisor", organisation=ORGANISATION, name="Bu Salmah")


def test_every_page_can_be_used_by_everybody(visit, salmah):  # noqa: F811
    for person in range(6):
        answers = {code: 1 + (value + person) % 4 for code, value in SESSION.items()}
        done = locked(salmah, answers, participant=UUID(int=person + 1), wave="sesudah")
    draft = begun(salmah)
    page = visit(reverse("instruments:instruments"), by=salmah)
    looked_at(page, "instruments")
    for name in ("instrument", *OF_INSTRUMENT.split()):
        looked_at(
            go(page, reverse(f"instruments:{name}", args=["session-evaluation", 1])), f"instruments-{name}"
        )
    for name in ("sheet", "sheet-unlock", "sheet-forget"):
        looked_at(go(page, reverse(f"instruments:{name}", args=[done.pk])), f"instruments-{name}")
    for name in ("sheet-fill", "sheet-discard"):
        looked_at(go(page, reverse(f"instruments:{name}", args=[draft.pk])), f"instruments-{name}")
    looked_at(go(page, reverse("instruments:sheets")), "instruments-sheets")


def test_a_sheet_is_filled_in_on_a_phone_without_javascript(visit, salmah):  # noqa: F811
    address = reverse("instruments:begin", args=["session-evaluation", 1])
    page = visit(address, by=salmah, width=360, javascript=False)
    page.locator("[name=participant]").fill("P-01")
    page.locator(SEND).click()
    for code, value in SESSION.items():
        page.locator(f"[name=item-{code}][value='{value}']").check()
    page.locator("[name=check]").click()
    page.locator(SEND).click()
    assert "3 dari paling tinggi 4" in page.locator("main").inner_text()
