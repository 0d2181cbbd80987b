"""Passkeys in a real browser with a made-up key: there is no other way to know that they work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from simpul.access.models import Event
from tests.access.factories import ORGANISATION, PASSWORD, user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def base(live_server: Any) -> str:
    """Browsers take passkeys for names, not for bare addresses."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    user_with("caseworker", organisation=ORGANISATION, username="rina", password=PASSWORD)
    context = chromium.new_context()
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def sign_in(page: Page, base: str) -> None:
    page.goto(base + reverse("account_login"))
    page.fill("[name=login]", "rina")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def add_key(page: Page, base: str) -> None:
    sign_in(page, base)
    page.goto(base + reverse("mfa_add_webauthn"))
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Tambah", exact=True).click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")


class TestPasskey:
    def test_opens_without_a_password(self, page: Page, base: str) -> None:
        add_key(page, base)
        page.context.clear_cookies()
        page.goto(base + reverse("account_login"))
        page.get_by_role("button", name="Masuk dengan kunci perangkat").click()

        page.wait_for_url(re.compile(f"{base}{reverse('desk:today')}$"))
        said = [details["what"] for details in Event.objects.in_order().values_list("details", flat=True)]
        assert said == ["sign_in", "webauthn_added", "sign_in"]

    def test_is_the_second_lock_after_a_password(self, page: Page, base: str) -> None:
        add_key(page, base)
        page.context.clear_cookies()
        sign_in(page, base)
        page.get_by_role("button", name="Pakai kunci perangkat").click()

        page.wait_for_url(re.compile(f"{base}{reverse('desk:today')}$"))

    def test_that_is_not_known_gets_a_sentence(self, page: Page, base: str) -> None:
        page.goto(base + reverse("account_login"))
        expect(page.locator("#passkey-trouble")).to_be_hidden()
        page.get_by_role("button", name="Masuk dengan kunci perangkat").click()

        expect(page.locator("#passkey-trouble")).to_be_visible()
