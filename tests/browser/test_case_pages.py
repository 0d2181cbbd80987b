"""The pages of a case as the people of an office meet them: nothing shuts them out, nothing sticks out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from simpul.cases.models import FollowUp
from tests.access.factories import ORGANISATION, user_with
from tests.browser.conftest import at_width, axe, shoot, sideways, too_small
from tests.browser.full_case import worked
from tests.browser.steps import go
from tests.browser.test_light_pages import KB, Line
from tests.cases.complaints import complained
from tests.people.factories import data_request
from tests.places.factories import few_regions
from tests.screening.factories import TODAY

READ = "case overview notes goals goal plan plan-version plan-changes assessments assessment comparison"
FORMS = "note-add task-add task goal-new goal-score goal-end step-new step-state step-checks plan-agree"
ASSESSED = "assessment-start assessment-edit ending ending-edit follow-up prescreening describe"
AROUND = "around concerned-add tie team member-add member-change conference handover wishes satisfaction"
GUARDED = "privacy disclosures disclosure-register own-file attach attachment-remove rights rights-sheet agreement papers"
GROUPS = {
    "what is read": READ,
    "what is written": FORMS,
    "what is measured": ASSESSED,
    "who is around": AROUND,
    "what is guarded": GUARDED,
}
ENGLISH = "case overview goal-new assessment-edit ending-edit plan conference around"
OF_OFFICE = "cases ways numbers unmet caseload norms complaints blank-papers glass-openings"


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rina(transactional_db):
    few_regions()
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


@pytest.fixture
def full(rina):
    return worked(rina)


@pytest.fixture
def hamdan(rina):
    return user_with("case_supervisor", organisation=ORGANISATION, name="Pak Hamdan")


def shuts_nobody_out(page, name):
    """WCAG in light, the contrast of colours once more in dark; then a phone."""
    assert page.locator("main h1").count() == 1, name
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert axe(page) == [], name
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert found == [], f"{name}, dark"
    fits(page, name)


def fits(page, name):
    """Where tables are narrowest and on the narrowest phone: nothing sideways, everything wide enough for a thumb."""
    for width in (700, 320):
        assert sideways(at_width(page, width)) == [], f"{name}, {width}"
    assert too_small(page) == [], name
    shoot(page, name)


class TestCaseworker:
    @pytest.mark.parametrize("group", GROUPS)
    def test_is_not_shut_out(self, visit, full, group):
        page = visit(full.address("case"), by=full.worker)
        for name in GROUPS[group].split():
            shuts_nobody_out(at_width(go(page, full.address(name)), 1280), f"30-{name}")

    def test_finds_room_for_the_english_words(self, visit, full):
        page = visit(full.address("case"), by=full.worker, width=320, language="en")
        assert page.locator("html").get_attribute("lang") == "en"
        for name in ENGLISH.split():
            fits(go(page, full.address(name)), name)

    def test_sees_today_what_there_is_to_do(self, visit, full):
        page = visit("/", by=full.worker)
        shuts_nobody_out(page, "31-today")
        assert full.case.person.name in page.locator(".people").first.inner_text()

    def test_prints_what_was_written(self, visit, full):
        page = visit(full.address("papers"), by=full.worker)
        page.locator("main form button.button").first.click()
        page.wait_for_load_state()
        assert page.url.endswith("/dokumen/intake/")
        shuts_nobody_out(page, "33-paper")

    def test_waits_for_little_on_a_weak_line(self, visit, live_server, full):
        line = Line(visit("/", by=full.worker, width=360), live_server.url)
        sizes = line.open(full.address("case"))
        assert sizes[line.page.url] < 20 * KB
        assert len(sizes) <= 6, sorted(sizes)
        assert sum(sizes.values()) < 60 * KB, sizes


def ended_beside(full):
    """The case beside it that is over."""
    (look,) = full.rows["follow-up"]
    return FollowUp.objects.get(pk=look).case_id


def model_of_the_office():
    return reverse("cases:model-of-organisation", args=[ORGANISATION, "rehabilitation"])


class TestSupervisor:
    def test_is_not_shut_out(self, visit, full, hamdan):
        complaint = complained()
        page = visit(full.address("case"), by=hamdan)
        paths = [reverse(f"cases:{name}") for name in OF_OFFICE.split()]
        paths += [full.address(name) for name in ("case", "privacy", "supervision")]
        paths += [reverse("cases:complaint", args=[complaint.pk]), reverse("people:data-requests")]
        paths += [reverse("cases:reopen", args=[ended_beside(full)]), model_of_the_office()]
        for path in paths:
            shuts_nobody_out(at_width(go(page, path), 1280), "32" + path.replace("/", "-"))

    def test_finds_instruments_and_requests_open_to_everybody(self, visit, full, hamdan):
        asked = data_request(full.case.person, hamdan)
        page = visit(full.address("case"), by=hamdan)
        paths = [reverse("instruments:instruments"), reverse("instruments:upload")]
        paths += [
            reverse(f"instruments:{name}", args=["family-support", 1]) for name in ("instrument", "blank")
        ]
        paths += [reverse("people:data-request-new", args=[full.case.person_id])]
        paths += [reverse("people:data-request", args=[asked.pk])]
        for path in paths:
            shuts_nobody_out(at_width(go(page, path), 1280), "34" + path.replace("/", "-"))
