"""Every component as people meet it: in both themes, on a phone and on a desk, in two languages."""

import pytest
from django.contrib.auth import get_user_model

from tests.browser.conftest import at_width, axe, shoot, sideways, too_small

ADDRESS = "/ui/komponen/"


@pytest.fixture
def worker(db):
    return get_user_model().objects.create(username="rina", name="Rina Wahyuningsih")


@pytest.fixture(autouse=True)
def developing(settings):
    settings.DEBUG = True


class TestComponents:
    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 360])
    def test_shut_nobody_out(self, visit, worker, width, theme, language):
        page = visit(ADDRESS, by=worker, width=width, theme=theme, language=language)
        page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => { part.open = true })")

        shoot(page, f"components-{width}-{theme}-{language}")
        assert axe(page) == []

    def test_show_the_other_theme_on_demand(self, visit):
        page = visit(f"{ADDRESS}?tema=gelap", theme="light")

        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 26, 25)"
        assert axe(page) == []

    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize("width", [320, 360, 1280])
    def test_never_scroll_sideways(self, visit, worker, width, language):
        page = visit(ADDRESS, by=worker, width=width, language=language)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")

        assert sideways(page) == []

    def test_are_large_enough_for_a_thumb(self, visit, worker):
        page = visit(ADDRESS, by=worker, width=360)

        assert too_small(page) == []
        assert too_small(at_width(page, 1280)) == []


class TestBar:
    def test_lies_under_the_thumb_on_a_phone(self, visit, worker):
        page = visit(ADDRESS, by=worker, width=360)

        places = page.locator(".places").bounding_box()
        assert places["y"] + places["height"] == pytest.approx(740, abs=1)

    def test_hides_nothing_at_the_end_of_the_page(self, visit, worker):
        page = visit(ADDRESS, by=worker, width=360)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")

        foot, places = page.locator(".foot p").last.bounding_box(), page.locator(".places").bounding_box()
        assert foot["y"] + foot["height"] <= places["y"]

    @pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
    @pytest.mark.parametrize("width", [360, 1280])
    def test_opens_its_menu_inside_the_window(self, visit, worker, width, javascript):
        page = visit(ADDRESS, by=worker, width=width, javascript=javascript)
        page.locator(".menu > summary").click()

        box = page.locator(".menu > div").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width

    def test_changes_the_language_without_script(self, visit):
        page = visit(ADDRESS, javascript=False)
        page.get_by_role("button", name="English").click()

        assert page.locator("html").get_attribute("lang") == "en"
        assert page.url.endswith(ADDRESS)

    def test_closes_its_menu_with_escape(self, visit, worker):
        page = visit(ADDRESS, by=worker)
        page.locator(".menu > summary").click()
        page.keyboard.press("Escape")

        assert page.locator(".menu[open]").count() == 0


class TestForms:
    def test_read_the_list_of_mistakes_first(self, visit):
        page = visit(ADDRESS)

        assert page.evaluate("document.activeElement.id") == "errors"

    def test_lead_from_a_mistake_to_its_field(self, visit):
        page = visit(ADDRESS)
        for link in page.locator(".errors a").all():
            link.click()
            assert page.evaluate("'#' + document.activeElement.id") == link.get_attribute("href")

    def test_send_once_however_often_one_presses(self, visit):
        page, sent = visit(ADDRESS), []
        page.on("request", lambda request: sent.append(1) if request.method == "POST" else None)
        # "No content" keeps the page where it is, as a slow answer would.
        page.route(
            "**/*",
            lambda route: route.fulfill(status=204) if route.request.method == "POST" else route.continue_(),
        )
        button = page.locator("form.form button")
        button.evaluate("button => { button.click(); button.click(); }")
        button.click(force=True)

        assert len(sent) == 1
        assert button.is_disabled()


class TestPaper:
    def test_prints_without_anything_to_press_and_with_every_reason_open(self, visit):
        page = visit(ADDRESS, theme="dark")
        page.emulate_media(media="print")

        assert page.locator(".bar, .button, .foot").locator("visible=true").count() == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        reasons = page.locator(".finding .reasons .line")
        assert reasons.count() == reasons.locator("visible=true").count()
