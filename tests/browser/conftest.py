"""Pages in a real browser: Debian's chromium, driven by playwright, with axe looking for what shuts people out.

SIMPUL_CHROMIUM names another chromium; SIMPUL_SCREENSHOTS names a folder for pictures to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Request, sync_playwright

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What passed is not listed element by element: carrying that over took longer than looking.
    "resultTypes": ["violations"],
}
HEIGHTS = {320: 640, 360: 740, 1280: 900}
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
)

pytest.register_assert_rewrite("tests.browser.steps")
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


_running: list[Browser] = []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("SIMPUL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip(
            "NO CHROMIUM: pages were not tried in a browser. Install chromium or set SIMPUL_CHROMIUM."
        )
    if _running:
        # Tests beside their subject import this fixture, which makes another of it; there is one browser all the same.
        yield _running[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        _running.append(browser)
        yield browser
        _running.clear()
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Visit]:
    """visit("/orang/", by=user, width=360, theme="dark", language="en", javascript=False) → Page.

    At the end of the test nothing may have been asked from outside, and nothing refused by the content policy.
    """
    contexts, troubles = [], []

    def watch(request: Request) -> None:
        asked, ours = urlsplit(request.url), urlsplit(live_server.url)
        if asked.scheme in ("http", "https") and asked.netloc != ours.netloc:
            troubles.append(f"asked from outside: {request.url}")

    def listen(message: Any) -> None:
        if "Content Security Policy" in message.text:
            troubles.append(message.text)

    def go(
        path: str = "/",
        *,
        by: Any = None,
        width: int = 1280,
        theme: str = "light",
        language: str = "id",
        javascript: bool = True,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            color_scheme=theme,
            java_script_enabled=javascript,
            locale="id-ID",
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if by is not None:
            cookies[settings.SESSION_COOKIE_NAME] = session_of(by)
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.on("request", watch)
        page.on("console", listen)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert troubles == []


def session_of(user: Any) -> str:
    """The key of a new session of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def at_width(page: Page, width: int) -> Page:
    """The same page in a window of 320, 360 or 1280 pixels."""
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
    return page


def axe(page: Page) -> list[str]:
    """What WCAG 2.2 AA finds wrong, one line each, with the element. Needs JavaScript."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def sideways(page: Page) -> list[str]:
    """The elements that stick out of the window to the right; empty when nothing has to be scrolled sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.tagName + "." + e.className + ": " + e.textContent.trim().slice(0, 40))"""
    )


def too_small(page: Page) -> list[str]:
    """Buttons, fields and places in the bar that are smaller than 44 by 44 pixels."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".button, .places a, .menu > summary, .choice, .input, .field select")]
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, box]) => box.width && (box.height < 44 || box.width < 44))
        .map(([e, box]) => `${e.tagName} ${box.width}x${box.height}: ${e.textContent.trim().slice(0, 40)}`)"""
    )


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page into SIMPUL_SCREENSHOTS, if somebody wants to look."""
    if folder := os.environ.get("SIMPUL_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
