"""What travels to a phone on a weak line: counted in the browser, compressed as the server sends it."""

from __future__ import annotations

import gzip
import uuid

import pytest
from django.urls import reverse

from simpul.cases.actions import open_case
from tests.access.factories import ORGANISATION, user_with
from tests.places.factories import few_regions
from tests.screening.factories import answered, decided, finished, started, when

KB = 1_000
SUMMARY = "Nek Aminah makan sekali sehari dan ingin tetap di rumahnya."


class Line:
    """The answers to what one page asked for, with their bytes on the way. Nothing is kept from page to page."""

    def __init__(self, page, server: str) -> None:
        self.page, self.server = page, server
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.on("response", lambda response: self.came.append(response))
        self.came: list = []

    def open(self, path: str) -> dict[str, int]:
        """The bytes by address; of files compressed too, as the server does when it is not under test."""
        self.page.goto("about:blank")
        self.came.clear()
        answer = self.page.goto(self.server + path, wait_until="networkidle")
        assert answer.header_value("content-encoding") == "gzip"
        return {one.url: len(gzip.compress(one.body(), 6)) for one in self.came}


@pytest.fixture
def worker(transactional_db):
    few_regions()
    return user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia")


@pytest.fixture
def line(visit, live_server, worker):
    return Line(visit("/", by=worker, width=360), live_server.url)


def days_work(worker):
    """A day with two screenings and an open case; the case, one that is finished and one being asked."""
    facts = {"basic_needs_met": False, "has_livelihood": False, "collects_scrap": None}
    screening = decided(worker, **facts)
    case = open_case(screening, by=worker, key=uuid.uuid4(), summary=SUMMARY, **when(50))
    asking = answered(started(worker, name="Djumadi", sex="L"), worker, has_livelihood=True)
    return case, finished(worker, **facts), asking


class TestFirstPage:
    def test_takes_at_most_60_kb_and_six_requests(self, line, worker):
        case, _result, _asking = days_work(worker)
        for path in ("/", reverse("cases:case", args=[case.pk])):
            sizes = line.open(path)
            assert len(sizes) <= 6, (path, sorted(sizes))
            assert sum(sizes.values()) < 60 * KB, (path, sizes)


class TestFollowingPages:
    def test_take_under_20_kb_each(self, line, worker):
        case, result, asking = days_work(worker)
        paths = [
            reverse("people:search"),
            reverse("people:person", args=[case.person_id]),
            reverse("screening:question", args=[asking.pk]),
            *(reverse(f"screening:{name}", args=[result.pk]) for name in ("result", "compare", "print")),
            reverse("screening:decide", args=[result.pk]),
            reverse("cases:cases"),
        ]
        heavy = {path: size for path in paths if (size := line.open(path)[line.page.url]) >= 20 * KB}
        assert heavy == {}
