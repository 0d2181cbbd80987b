"""Plans, money and printed numbers on a phone: nothing shuts anybody out, and what a cell says stands beside its name."""

import uuid

import pytest
from django.urls import reverse

from simpul.programmes.actions import plans
from tests.access.factories import user_with
from tests.browser.conftest import at_width, chromium, visit  # noqa: F401 - fixtures
from tests.browser.steps import SEND, looked_at
from tests.programmes.making import TODAY, handed, later, spent

pytestmark = pytest.mark.browser


def misplaced(page):
    """The parts of cells that stand below the name of their cell instead of beside it."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".cards [data-label]")].flatMap(cell =>
        [...cell.children].filter(part => part.getBoundingClientRect().width
        && part.getBoundingClientRect().left < cell.getBoundingClientRect().left + 60)
        .map(part => cell.dataset.label + ": " + part.textContent.trim().slice(0, 40)))"""
    )


@pytest.fixture
def used(transactional_db, stimulus, head, officer, plan):
    """Money that was spent on a line, with what came of it."""
    handed(stimulus, officer, 1_000_000)
    spent(stimulus, head, 300_000, line=plan.items.get().line)
    details = {"on": TODAY, "at": later(), "happened_on": TODAY}
    words = {"realised": "partly", "words": "Akta diurus.", "reason": "Menunggu notaris."}
    plans.realise(stimulus.member, by=head, key=uuid.uuid4(), line=plan.items.get().line, **words, **details)
    return stimulus


@pytest.mark.parametrize("name", ["plan", "money-of", "programme"])
def test_a_cell_says_its_part_beside_its_name(visit, used, head, name):  # noqa: F811
    key = used.programme_id if name == "programme" else used.member_id
    page = visit(reverse(f"programmes:{name}", args=[key]), by=head, width=360)
    looked_at(page, f"phone-{name}")
    assert misplaced(at_width(page, 360)) == []


def test_numbers_of_a_paper_are_checked_on_a_phone_without_a_script(visit, transactional_db):  # noqa: F811
    researcher = user_with("researcher", region="21.02", name="Bu Laila")
    page = visit(reverse("programmes:programmes"), by=researcher, width=360, javascript=False)
    page.get_by_role("link", name="Periksa angka yang tercetak").click()
    page.locator("[name=people]").fill("30")
    page.locator("[name=counts]").fill("baik; 18\ncukup; 17")
    page.locator(SEND).click()
    assert "padahal hanya 30 orang" in page.inner_text("main")
    scripted = visit(reverse("programmes:printed"), by=researcher)
    scripted.locator("[name=people]").fill("30")
    scripted.locator("[name=means]").fill("Legalitas; 9,300; 10,400")
    scripted.locator(SEND).click()
    looked_at(scripted, "printed")
