"""The pages everybody meets first, and those that nobody wants to meet."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.browser.conftest import axe, shoot, sideways, too_small

PASSWORD = "sembilan-perahu-biru"


@pytest.fixture
def worker(db):
    user = get_user_model().objects.create(username="rina", name="Rina Wahyuningsih")
    user.set_password(PASSWORD)
    user.save()
    return user


class TestSigningIn:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [320, 1280])
    def test_shuts_nobody_out(self, visit, width, theme):
        page = visit(reverse("account_login"), width=width, theme=theme)

        shoot(page, f"sign-in-{width}-{theme}")
        assert (axe(page), sideways(page), too_small(page)) == ([], [], [])

    @pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
    def test_leads_in(self, visit, worker, javascript):
        page = visit(reverse("account_login"), javascript=javascript)
        page.locator("[name=login]").fill("rina")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()

        assert page.url.endswith(reverse("desk:today"))

    def test_says_what_to_mend(self, visit, worker):
        page = visit(reverse("account_login"))
        page.locator("[name=login]").fill("rina")
        page.locator("[name=password]").fill("salah-sama-sekali")
        page.get_by_role("button", name="Masuk", exact=True).click()

        assert page.locator("#errors li").count() == 1
        assert axe(page) == []


class TestLeaving:
    def test_takes_one_press_in_the_menu(self, visit, worker):
        page = visit("/tidak-ada/", by=worker)
        page.locator(".menu > summary").click()
        page.get_by_role("button", name="Keluar").click()

        assert page.locator(".menu").count() == 0


class TestSecurityOfTheAccount:
    def test_shuts_nobody_out(self, visit, worker):
        page = visit(reverse("mfa_index"), by=worker, width=360)

        shoot(page, "security-360")
        assert (axe(page), sideways(page), too_small(page)) == ([], [], [])


class TestNotFound:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_shuts_nobody_out(self, visit, worker, theme):
        page = visit("/tidak-ada/", by=worker, width=320, theme=theme)

        shoot(page, f"not-found-320-{theme}")
        assert (axe(page), sideways(page)) == ([], [])
