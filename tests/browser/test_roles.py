"""Who sees what: the supervisor, somebody of another organisation, the volunteer, and who works without people."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from simpul.cases.actions import open_case
from simpul.screening.models import Screening
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, REGION, user_with
from tests.browser import steps
from tests.places.factories import few_regions
from tests.screening.factories import consented, decided, finished, started, when

FACTS = {"basic_needs_met": False, "has_livelihood": False, "collects_scrap": None}
SUMMARY = "Nek Aminah makan sekali sehari dan ingin tetap di rumahnya."


@pytest.fixture
def rina(transactional_db):
    few_regions()
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


@pytest.fixture
def case(rina):
    screening = decided(rina, **FACTS)
    return open_case(screening, by=rina, key=uuid.uuid4(), summary=SUMMARY, **when(50))


def pages_of(case):
    """Every page about one person, for anybody who should not see them."""
    yield from (
        reverse(f"people:{name}", args=[case.person_id])
        for name in ("person", "identity", "edit", "household", "consent")
    )
    yield from (
        reverse(f"screening:{name}", args=[case.screening_id])
        for name in ("question", "result", "compare", "print", "pdf", "decide", "end")
    )
    yield reverse("screening:start", args=[case.person_id])
    yield reverse("cases:case", args=[case.pk])


class TestOfficer:
    @pytest.mark.parametrize("height", [480, 740], ids=["small", "usual"])
    def test_reaches_every_place_of_the_long_menu_on_a_telephone(self, visit, transactional_db, height):
        page = visit("/", by=user_with("dinas_officer", region=REGION, name="Budi Hartono"), width=360)
        page.set_viewport_size({"width": 360, "height": height})
        page.locator(".menu > summary").click()
        for place in (page.locator(".menu > div a").first, page.locator(".menu > div button").last):
            place.scroll_into_view_if_needed()
            box = place.bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height


class TestSupervisor:
    def test_sees_the_screenings_of_the_team(self, visit, rina):
        finished(rina, **FACTS)
        page = visit("/", by=user_with("case_supervisor", organisation=ORGANISATION, name="Pak Hamdan"))
        page.locator(f".counts a[href='{reverse('desk:team')}']").click()
        steps.inspect(page, "20-team")
        assert "Rina Oktavia" in page.locator("tbody").inner_text()
        page.locator("tbody a").first.click()
        assert page.locator(".finding").count() > 0

    def test_sees_who_opened_a_persons_data(self, visit, case):
        hamdan = user_with("case_supervisor", organisation=ORGANISATION, name="Pak Hamdan")
        page = visit(reverse("cases:case", args=[case.pk]), by=hamdan)
        page.locator(f"a[href='{reverse('desk:trail', args=[case.person_id])}']").first.click()
        steps.inspect(page, "21-trail")
        trail = page.locator(".timeline").inner_text()
        assert "Rina Oktavia" in trail
        assert "Pak Hamdan" in trail


class TestStranger:
    def test_finds_nothing_of_ours(self, visit, case):
        doni = user_with("caseworker", organisation=OTHER_ORGANISATION, name="Doni Saputra")
        page = visit("/", by=doni)
        assert "Aminah" not in page.content()
        server = page.url.rstrip("/")
        answers = {path: page.request.get(server + path).status for path in pages_of(case)}
        assert set(answers.values()) == {404}, answers
        page.goto(server + reverse("cases:case", args=[case.pk]))
        steps.inspect(page, "22-not-found")

    def test_who_looks_for_the_name_finds_nobody(self, visit, case):
        doni = user_with("caseworker", organisation=OTHER_ORGANISATION, name="Doni Saputra")
        page = steps.look_for(visit("/", by=doni), case.person.name)
        assert page.locator("#found table").count() == 0
        assert case.person.name not in page.locator("#found").inner_text()


class TestVolunteer:
    def test_asks_and_hands_over_without_seeing_the_result(self, visit, transactional_db):
        few_regions()
        yanti = user_with("field_volunteer", organisation=ORGANISATION, region=REGION, name="Yanti")
        subject = consented(yanti)
        page = visit(reverse("people:person", args=[subject.pk]), by=yanti, width=360)
        page.locator("main a.button[href$='/mulai/']").click()
        page.locator(steps.SEND).click()
        asked = steps.answer_all(page)
        assert asked
        assert "maltreated" not in asked
        steps.inspect(steps.finish(page), "23-handed-over")
        assert page.locator(".finding").count() == 0
        result = reverse("screening:result", args=[Screening.objects.get().pk])
        server = page.url.partition("/penapisan/")[0]
        assert page.request.get(server + result).status in (403, 404)


class TestWhoeverWorksWithoutPeople:
    @pytest.mark.parametrize("role", ["researcher", "administrator"])
    def test_reads_what_there_is_to_do(self, visit, case, role):
        page = visit("/", by=user_with(role), width=360)
        steps.inspect(page, f"24-{role}")
        assert "Aminah" not in page.content()
        server = page.url.rstrip("/")
        answers = {path: page.request.get(server + path).status for path in pages_of(case)}
        assert set(answers.values()) <= {403, 404}, answers


class TestColleague:
    def test_reads_in_the_chosen_language(self, visit, rina):
        page = visit(reverse("screening:question", args=[started(rina).pk]), by=rina, language="en")
        steps.inspect(page, "25-question-en", with_axe=False)
        assert page.locator("html").get_attribute("lang") == "en"
        assert "Does not know" in page.locator(".choices").inner_text()
