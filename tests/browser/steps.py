"""What a worker does on the pages, in either language and with or without JavaScript: by names, never by words."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page

from tests.browser.conftest import at_width, axe, shoot, sideways, too_small

# The button that sends a form, whatever its words are.
SEND = "main form button.button:not(.quiet, .plain, [name])"
MOST_QUESTIONS = 80


def inspect(page: Page, name: str, *, with_axe: bool = True) -> Page:
    """Nothing shuts anybody out, in light and dark; nothing sticks out; everything is large enough for a thumb."""
    width = (page.viewport_size or {})["width"]
    # The address changes before the page has come.
    page.locator("main h1").first.wait_for()
    assert page.locator("main h1").count() == 1, name
    for theme in ("light", "dark") if with_axe else ():
        # Without motion: half-way between two themes no colours are in contrast.
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert axe(page) == [], f"{name}, {theme}"
    for narrow in (320, 360):
        at_width(page, narrow)
        assert sideways(page) == [], f"{name}, {narrow}"
    shoot(page, f"{name}-360-dark")
    assert too_small(page) == [], name
    page.emulate_media(color_scheme="light")
    shoot(at_width(page, width), f"{name}-{width}")
    return page


def go(page: Page, path: str) -> Page:
    """Another page of the same server, for whoever this browser belongs to."""
    answer = page.goto(urljoin(page.url, path))
    assert answer is not None
    assert answer.status == 200, (path, answer.status)
    return page


def looked_at(page: Page, name: str) -> Page:
    """Folded parts opened, nothing shuts anybody out, sticks out or is too small for a thumb; left at 1280 pixels."""
    page.locator("main h1").first.wait_for()
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    for width in (320, 360, 1280):
        at_width(page, width)
        assert (name, width, sideways(page)) == (name, width, [])
        if width == 360:
            assert (name, too_small(page)) == (name, [])
            shoot(page, f"{name}-{width}")
    shoot(page, f"{name}-1280")
    assert (name, page.locator("main h1").count()) == (name, 1)
    assert (name, axe(page)) == (name, [])
    return page


def fill_day(page: Page, name: str, day: date) -> None:
    """The three boxes of a day."""
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


def press(page: Page, words: str) -> Page:
    """The button with these words, and the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()
    return page


def follow(page: Page, words: str) -> Page:
    """The first link of the page's own part with these words, and the page that it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=words).first.click()
    return page


def sign_in(page: Page, username: str, password: str) -> Page:
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.locator("main form [name=password] >> xpath=ancestor::form").locator("button.button").first.click()
    return page


def look_for(page: Page, name: str) -> Page:
    """From Hari ini: look first whether somebody is known."""
    page.locator("main a.button[href='/orang/']").first.click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=look]").click()
    return page


def register(page: Page, *, javascript: bool = True, **typed: str) -> Page:
    """The form for a new person, after looking. A village is looked up as it is typed, or by its button."""
    page.locator("#found button[name=start]").click()
    village, sex = typed.pop("village", ""), typed.pop("sex", "")
    for name, words in typed.items():
        page.locator(f"#details [name={name}]").fill(words)
    if sex:
        page.locator(f"[name=sex][value={sex}]").check()
    if village:
        choose_village(page, village, javascript=javascript)
    return save(page)


def save(page: Page) -> Page:
    page.locator("#details .button[name=save][value='1']").click()
    page.wait_for_load_state()
    return page


def choose_village(page: Page, village: str, *, javascript: bool = True) -> None:
    """Looked up as it is typed, or by the button; the first one found is taken."""
    page.locator("[name=region_text]").press_sequentially(village)
    found = page.locator("#region_choices [name=region]")
    if not javascript:
        page.locator("[name=region_find]").click()
    found.first.check()


def consent(page: Page, capacity: str, *, given_by: str = "") -> Page:
    """The agreement of the person, or of who stands for them, as it was spoken."""
    page.locator(f"[name=capacity][value={capacity}]").check()
    if given_by:
        page.locator("[name=given_by]").fill(given_by)
    page.locator("[name=mode][value=spoken]").check()
    page.locator(SEND).click()
    return page


def asked(page: Page) -> str:
    """The name of the fact that this page asks; nothing when it asks none."""
    form = page.locator("form[data-question]")
    return form.get_attribute("data-question") or "" if form.count() else ""


def answer(page: Page, value: str) -> Page:
    """Choose or type an answer and go on; "unknown" is also the button beside a number."""
    choice = page.locator(f"[name=value][value='{value}']")
    if choice.count():
        choice.check()
    elif value == "unknown":
        page.locator("button[name=state][value=unknown]").click()
        return page
    elif page.locator("[name=value][type=radio]").count():
        page.locator("[name=value]").first.check()
    else:
        page.locator("[name=value]").fill("0" if value == "no" else value)
    page.locator(SEND).first.click()
    return page


def answer_all(page: Page, *, otherwise: str = "no", **answers: str) -> list[str]:
    """Answer until nothing is left to ask; the names of what was asked, in order."""
    names: list[str] = []
    while name := asked(page):
        assert len(names) < MOST_QUESTIONS, names
        names.append(name)
        answer(page, answers.get(name, otherwise))
    return names


def finish(page: Page) -> Page:
    page.locator("main form[action$='/selesai/'] button").first.click()
    return page


def decide(page: Page, *, override: str = "", because: str = "") -> Page:
    """As the rules suggest, but one type otherwise, with its reason; then the urgency."""
    for section in page.locator("section.verdict").all():
        section.locator("[type=radio]").first.check()
    if override:
        page.locator(f"[name=decided-{override}][value=no]").check()
        page.locator(f"[name=because-{override}]").fill(because)
    if page.locator("[name=rest]").count():
        page.locator("[name=rest]").check()
    page.locator("[name=urgency][value=urgent]").check()
    page.locator(SEND).click()
    return page


def keep_pdf(page: Page, address: str) -> bytes:
    """The family's paper as it comes to this browser; kept beside the screenshots for whoever looks at them."""
    pdf = page.request.get(address).body()
    if folder := os.environ.get("SIMPUL_SCREENSHOTS"):
        (Path(folder) / "family.pdf").write_bytes(pdf)
    return pdf
