"""A day's work on a case: without JavaScript, and with the keyboard alone."""

from __future__ import annotations

import pytest

from simpul.cases.models import Assessment, Ending, Goal, GoalScore, Note, Task
from simpul.cases.stages import Stage
from tests.access.factories import ORGANISATION, user_with
from tests.browser.conftest import sideways
from tests.browser.full_case import Worked, worked
from tests.browser.steps import SEND
from tests.cases.contacts_factories import tasked
from tests.cases.factories import a_case, brought_to
from tests.places.factories import few_regions
from tests.screening.factories import TODAY

WORDS = "Saya ingin berjualan lagi tiga hari seminggu."
LEVELS = {"level_1": "Berjualan sesekali", "level_2": "Tiga hari seminggu", "level_3": "Lima hari seminggu"}
FORMS = "note-add task-add goal-new goal-score step-new concerned-add ending-edit"
# What the keyboard should reach: of choices that exclude each other only one is on the way.
TO_REACH = """() => {
  const names = new Set();
  const shown = e => e.checkVisibility() && !e.disabled && e.type !== "hidden";
  for (const e of document.querySelectorAll("main form input, main form select, main form textarea, main form button"))
    if (shown(e)) names.add(e.name || e.textContent.trim());
  return [...names];
}"""
HERE = "() => document.activeElement.name || document.activeElement.textContent.trim()"
MOST_STEPS = 120


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rina(transactional_db):
    few_regions()
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


def sent(page, selector=SEND):
    page.locator(selector).first.click()
    page.wait_for_load_state()
    assert page.locator("main .errors").count() == 0, page.locator("main").inner_text()
    assert sideways(page) == [], page.url
    return page


class TestWithoutJavaScript:
    def test_a_case_is_worked_on_to_its_end(self, visit, rina):
        case = brought_to(Stage.LINKING, rina, a_case(rina))
        tasked(case, rina)
        self.here = Worked(case, rina, rina, {})
        page = visit(self.here.address("case"), by=rina, width=320, javascript=False)
        self._writes_a_note(page)
        self._finishes_a_task(page)
        self._sets_and_scores_a_goal(page)
        self._assesses(page)
        self._ends(page)

    def _writes_a_note(self, page):
        sent(page, "a[href$='/catatan/baru/']")
        page.locator("[name=kind]").select_option("visit")
        page.locator("[name=words]").fill("Ibu Siti sudah berjualan lagi.")
        sent(page)
        assert "sudah berjualan lagi" in page.locator(".timeline").inner_text()
        assert Note.objects.filter(kind="visit").count() == 1

    def _finishes_a_task(self, page):
        sent(page, "main button[name=do][value=finish]")
        assert Task.objects.get().done_by_name == "Rina Oktavia"

    def _sets_and_scores_a_goal(self, page):
        self._open(page, "goal-new")
        page.locator("[name=words]").fill(WORDS)
        page.locator("[name=criterion]").fill("Buku catatan penjualan")
        for name, words in LEVELS.items():
            page.locator(f"[name={name}]").fill(words)
        sent(page)
        goal = Goal.objects.get()
        assert goal.words == WORDS
        self.here.rows["goal-score"] = [goal.pk]
        self._open(page, "goal-score")
        page.locator("[name=moment][value=baseline]").check()
        page.locator("[name=seen]").fill("Belum berjualan sejak sakit")
        page.locator("[name=level][value='-1']").check()
        sent(page)
        assert GoalScore.objects.get().level == -1

    def _assesses(self, page):
        self._open(page, "assessment-start")
        page.locator("[name=instrument][value=wg-short-set]").check()
        sent(page)
        page.locator("[name=sources][value=self]").check()
        for part in page.locator("main fieldset:has(input[type=radio])").all():
            part.locator("[type=radio]").first.check()
        sent(page, "main button[name=check]")
        sent(page, "main .confirm button")
        assert Assessment.objects.get().completed_at

    def _ends(self, page):
        self._open(page, "ending")
        sent(page, "main form button.button")
        page.locator("[name=reason][value=goals_reached]").check()
        for box in page.locator("main textarea").all():
            box.fill("Ibu Siti berjualan lagi.")
        page.locator("main fieldset select").first.select_option("0")
        page.locator("[name=made_with_client]").check()
        page.locator("[name=statement_capacity][value=self]").check()
        sent(page)
        sent(page, "main form[action$='/selesai/'] button")
        assert Ending.objects.get().completed_at

    def _open(self, page, name):
        page.goto(page.url.partition("/kasus/")[0] + self.here.address(name))
        assert sideways(page) == [], name


class TestKeyboard:
    def test_reaches_everything_that_can_be_filled_in(self, visit, rina):
        full = worked(rina)
        page = visit(full.address("case"), by=rina)
        for name in FORMS.split():
            page.goto(page.url.partition("/kasus/")[0] + full.address(name))
            missing = set(page.evaluate(TO_REACH)) - self._walked(page)
            assert missing == set(), name

    def _walked(self, page):
        """The names met by Tab from the beginning of the page until its end comes round again."""
        met = set()
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            name = page.evaluate(HERE)
            if page.evaluate("document.activeElement === document.body"):
                break
            met.add(name)
        return met

    def test_writes_a_note_alone(self, visit, rina):
        here = Worked(a_case(rina), rina, rina, {})
        page = visit(here.address("note-add"), by=rina)
        page.locator("[name=kind]").focus()
        page.keyboard.type("Kunjungan")
        self._tab_to(page, "words")
        page.keyboard.type("Duduk bersama di serambi.")
        self._tab_to(page, "Simpan catatan")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert Note.objects.get().words == "Duduk bersama di serambi."

    def _tab_to(self, page, name):
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            if page.evaluate(HERE) == name:
                return
        raise AssertionError(name)
