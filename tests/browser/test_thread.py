"""The whole thread: from a name to an open case, as people walk it, by hand, by keyboard, and without JavaScript."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.cases.models import Case
from simpul.people.models import Person
from simpul.screening.models import Screening
from tests.access.factories import ORGANISATION, user_with
from tests.browser import steps
from tests.browser.conftest import sideways
from tests.people import factories as people
from tests.places.factories import few_regions

PASSWORD = "perahu-biru-di-selat-42"
SUMMARY = "Nek Rukiyah makan sekali sehari dan ingin tetap di rumahnya."

ANSWERS = {"basic_needs_met": "no", "collects_scrap": "unknown", "has_livelihood": "no"}


@pytest.fixture(autouse=True)
def regions(transactional_db):
    few_regions()


@pytest.fixture
def rina(regions):
    return user_with(
        "caseworker", organisation=ORGANISATION, name="Rina Oktavia", username="rina", password=PASSWORD
    )


@pytest.fixture
def hamdan(regions):
    return user_with("case_supervisor", organisation=ORGANISATION, name="Pak Hamdan")


def press(page, selector):
    page.locator(selector).first.click()
    page.wait_for_load_state()
    return page


def registered(page, name="Rukiyah", *, inspected=True, **typed):
    """Signed in already: look first, then register somebody without NIK and with a rough age."""
    see = steps.inspect if inspected else lambda page, _name: page
    see(page, "01-today")
    see(steps.look_for(page, name), "02-search")
    details = {"age": "72", "sex": "P", "village": "Pangke", **typed}
    see(steps.register(page, **details), "03-person")
    return Person.objects.get(name=name)


def agreed(page, *, inspected=True, **given):
    """Without a basis the person's page leads to consent first, which leads on to the start of the screening."""
    see = steps.inspect if inspected else lambda page, _name: page
    see(press(page, "main a.button[href$='/persetujuan/']"), "04-consent")
    see(steps.consent(page, **given), "05-start")
    return press(page, steps.SEND)


class TestCaseworker:
    def test_comes_from_a_name_to_an_open_case(self, visit, rina, hamdan):
        page = steps.sign_in(visit(reverse("account_login")), "rina", PASSWORD)
        person = registered(page)
        agreed(page, capacity="self")
        steps.inspect(page, "07-question")
        self._leaves_in_the_middle(page)
        self._colleague_goes_on(visit("/", by=hamdan))
        page = visit(reverse("screening:result", args=[Screening.objects.get().pk]), by=rina)
        self._reads_the_result(page)
        self._decides(page)
        self._opens_a_case(page)
        assert person.is_child_on(Screening.objects.get().on) is False

    def _leaves_in_the_middle(self, page):
        """Two answers, one step back, one answer changed; then the window is closed."""
        first = steps.asked(page)
        second = steps.asked(steps.answer(page, ANSWERS.get(first, "no")))
        third = steps.asked(steps.answer(page, "unknown"))
        assert len({first, second, third}) == 3
        assert steps.asked(press(page, ".page .row a[href*='/tanya/']")) == second
        assert page.locator("[name=value][value=unknown]").is_checked()
        steps.answer(page, ANSWERS.get(second, "no"))
        page.close()

    def _colleague_goes_on(self, page):
        press(page, "main .person a.button")
        asked = steps.answer_all(page, **ANSWERS)
        assert len(asked) > 5
        steps.inspect(page, "08-all-asked")
        steps.inspect(steps.finish(page), "09-result")

    def _reads_the_result(self, page):
        """What fits with its reasons; what is open is asked now; then the older list, and the family's paper."""
        result = page.url
        assert page.locator(".finding:has(summary .tag.yes)", has_text="Fakir miskin").is_visible()
        press(page, ".finding:has(.tag.open):has-text('Pemulung') .ask a.button")
        assert steps.asked(page) == "collects_scrap"
        steps.answer(page, "yes")
        assert page.locator(".finding:has(summary .tag.yes)", has_text="Pemulung").is_visible()
        steps.inspect(press(page, "a[href$='/bandingkan/']"), "10-compare")
        assert page.locator("#daftar").input_value() == "seed004-28"
        page.goto(result)
        steps.inspect(press(page, "a[href$='/cetak/']"), "11-paper")
        pdf = steps.keep_pdf(
            page, page.locator("[formaction$='.pdf']").evaluate("button => button.formAction")
        )
        assert pdf.startswith(b"%PDF-")
        page.goto(result)

    def _decides(self, page):
        """Otherwise than the rule in one type: the reason is asked for, and kept."""
        steps.inspect(press(page, "main a.button[href$='/putuskan/']"), "12-decide")
        assert page.locator("[name=because-PML]").is_hidden()
        steps.decide(page, override="PML", because="Hanya sesekali, bukan mata pencaharian.")

    def _opens_a_case(self, page):
        steps.inspect(page, "13-end")
        steps.inspect(press(page, "main a.button[href$='/buka/']"), "14-open-case")
        page.locator("[name=summary]").fill(SUMMARY)
        steps.inspect(press(page, steps.SEND), "15-case")
        timeline = page.locator(".timeline li").all_inner_texts()
        assert page.locator("h1").inner_text() == SUMMARY
        assert len(timeline) >= 6
        assert "FM" in Case.objects.get().need_types
        assert "PML" not in Case.objects.get().need_types


class TestWithoutJavaScript:
    def test_a_guardian_consents_for_a_child_in_english(self, visit, rina):
        page = visit("/", by=rina, width=360, language="en", javascript=False)
        registered(page, "Rizki", inspected=False, javascript=False, age="9", sex="L")
        agreed(page, inspected=False, capacity="guardian", given_by="Rohani")
        for _ in range(6):
            steps.answer(page, "unknown")
        press(page, "aside form[action$='/selesai/'] button")
        assert sideways(page) == []
        assert "not known" in page.locator("main").inner_text()
        press(page, "main a.button[href$='/putuskan/']")
        steps.decide(page)
        press(page, "main a.button[href$='/buka/']")
        page.locator("[name=summary]").fill("Rizki wants to go back to school.")
        press(page, steps.SEND)
        assert Case.objects.get().person.name == "Rizki"


class TestKeyboard:
    def test_alone_carries_through_the_interview(self, visit, rina):
        someone = people.person(rina)
        people.consent(someone, rina)
        page = visit(reverse("screening:start", args=[someone.pk]), by=rina)
        press(page, steps.SEND)
        seen = []
        for _ in range(4):
            seen.append(steps.asked(page))
            self._answer(page)
        assert len({*seen, steps.asked(page)}) == 5

    def _answer(self, page):
        """Past the bar by the first link of the page, to the first choice, down to "Tidak", and on."""
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for _ in range(8):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "value":
                break
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        before = page.url
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(".question").count() == 1, before


class TestLikelyTheSame:
    def test_person_is_shown_before_anything_is_saved(self, visit, rina):
        people.person(rina, name="Soekarni Djaja")
        page = visit("/", by=rina)
        steps.look_for(page, "Sukarni Jaya")
        assert "Soekarni Djaja" in page.locator("#found").inner_text()
        steps.register(page, sex="P")
        steps.inspect(page, "16-likely")
        assert Person.objects.count() == 1
        press(page, "button[form=details]")
        assert Person.objects.count() == 2
