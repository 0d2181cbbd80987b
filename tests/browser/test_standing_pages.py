"""How a body stands, in a real browser: nothing shuts people out, nothing sticks out, and no script is needed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.organisations.models import Classification, Organisation
from tests.access.factories import ORGANISATION, user_with
from tests.browser.conftest import axe
from tests.browser.steps import looked_at
from tests.organisations.standing import MERAL_BARAT, PANGKE, answered, served
from tests.places.factories import few_regions


@pytest.fixture
def body(transactional_db):
    few_regions()
    found = Organisation.objects.create(
        pk=ORGANISATION, name="LKS Tunas Bahari", kind="lks", region="21.02", province="21", deed_number="12"
    )
    served(found, PANGKE, MERAL_BARAT, "21.02.99")
    answered(found, {"deed": "no", "npwp": "yes", "signboard": "yes", "planning": "yes"})
    answered(found, {"signboard": "no", "safe": "no"}, seen="visit", after=1)
    return found


def address(name, *more):
    return reverse(f"organisations:{name}", args=[ORGANISATION, *more])


class TestPages:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_shut_nobody_out(self, body, visit, theme):
        officer = user_with("dinas_officer", region="21.02", name="Ibu Farida")
        for name, more in (("standing", ()), ("indicators", ("legality",)), ("confirm-type", ())):
            looked_at(visit(address(name, *more), by=officer, theme=theme), f"{name}-{theme}")

    def test_can_be_read_in_english(self, body, visit):
        head = user_with("head_of_lks", organisation=ORGANISATION)
        page = visit(address("standing"), by=head, language="en")
        assert page.get_by_role("heading", level=1).is_visible()
        assert axe(page) == []


class TestWithoutScript:
    def test_an_officer_notes_what_was_seen_and_confirms_the_type(self, body, visit):
        officer = user_with("dinas_officer", region="21.02", name="Ibu Farida")
        page = visit(address("indicators", "partnership"), by=officer, javascript=False)
        page.get_by_role("group", name="Dunia usaha").get_by_label("Belum ada").check()
        page.get_by_label("Dari kunjungan").check()
        page.get_by_role("button", name="Simpan dan kembali").click()
        page.get_by_role("link", name="Tetapkan tipe").click()
        page.get_by_label("D (embrio)").check()
        page.get_by_label("Alasan").fill("Baru mulai, belum ada yang tertulis.")
        page.get_by_role("button", name="Tetapkan tipe").click()
        assert page.get_by_text("Tipe D (embrio) ditetapkan.").is_visible()
        assert Classification.objects.get().answers["partner_business"] == "no"
