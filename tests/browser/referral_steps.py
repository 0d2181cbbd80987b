"""What senders and receivers of referrals do on the pages, and an afternoon on which they do it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from time import monotonic

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.steps import follow, press
from tests.screening.factories import TODAY

WORDS = "Ia ingin berjualan kue lagi."
PREPARED = "Berlatih bicara dengan pengurus koperasi."


def it_is_afternoon(patch) -> None:
    """Time goes on, but from the afternoon of the day on which invented cases are made."""
    noon = datetime.combine(TODAY, time(15), tzinfo=timezone.get_default_timezone())
    begun = monotonic()
    patch.setattr(timezone, "now", lambda: noon + timedelta(seconds=monotonic() - begun))
    patch.setattr(timezone, "localdate", lambda *_: TODAY)


def at(name, *keys) -> str:
    return reverse(f"referrals:{name}", args=keys)


def told(page: Page) -> list[tuple[str, str]]:
    """What the receiver learns, line by line, as this page shows it."""
    lines = page.locator("section[aria-labelledby=seen] dl.facts > div").all()
    return [(line.locator("dt").inner_text(), line.locator("dd").inner_text()) for line in lines]


def propose(page: Page) -> Page:
    """Fill in the proposal, which leads to the page of consent."""
    page.locator("[name=words]").fill(WORDS)
    page.locator("[name=preparation]").fill(PREPARED)
    return press(page, "Lanjut ke persetujuan")


def agree(page: Page, *shares: str) -> Page:
    """The person agrees to exactly these data, which leads to what the receiver will see."""
    for box in page.locator("[name=shares]").all():
        box.set_checked(box.get_attribute("value") in shares)
    page.locator("[name=capacity][value=self]").check()
    page.locator("[name=mode][value=spoken]").check()
    if page.locator("[name=with_general]").count():
        page.locator("[name=with_general]").check()
    return press(page, "Catat, lalu lihat yang akan dikirim")


def answer(page: Page, words: str) -> Page:
    """The link of an answer, with the form behind it."""
    page.locator("main").get_by_role("link", name=words, exact=True).wait_for()
    return follow(page, words)
