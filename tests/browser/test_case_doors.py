"""Who may not see a case finds nothing behind any of its addresses, however they are asked."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simpul.cases import urls
from simpul.cases.models import Case
from simpul.cases.stages import Confidentiality
from tests.access.factories import ORGANISATION, OTHER_ORGANISATION, user_with
from tests.browser.full_case import worked
from tests.browser.test_case_pages import fits, go, shuts_nobody_out
from tests.places.factories import few_regions
from tests.screening.factories import TODAY

# Addresses of an office's own lists or of somebody's complaint; not of a case.
NOT_OF_A_CASE = {
    "norms-of-organisation",
    "model-of-organisation",
    "complaint",
    "complaint-take",
    "complaint-answer",
}
# Only what was opened from outside the team has these.
OF_BROKEN_GLASS = {"glass-close", "glass-acknowledge"}
OF_A_CASE = [
    one.name
    for one in urls.urlpatterns
    if "<uuid" in str(one.pattern) and one.name not in NOT_OF_A_CASE | OF_BROKEN_GLASS
]


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def full(transactional_db):
    few_regions()
    return worked(user_with("caseworker", organisation=ORGANISATION, name="Rina Oktavia"))


class TestStranger:
    def test_finds_nothing_behind_any_address(self, visit, client, full):
        doni = user_with("caseworker", organisation=OTHER_ORGANISATION, name="Doni Saputra")
        page = visit("/", by=doni)
        server, paths = page.url.rstrip("/"), {name: full.address(name) for name in OF_A_CASE}
        opened = {name: page.request.get(server + path).status for name, path in paths.items()}
        assert {name: status for name, status in opened.items() if status not in (403, 404, 405)} == {}
        client.force_login(doni)
        sent = {name: client.post(path).status_code for name, path in paths.items()}
        assert {name: status for name, status in sent.items() if status not in (403, 404, 405)} == {}
        assert all(404 in (opened[name], sent[name]) or 403 in (opened[name], sent[name]) for name in paths)
        page.goto(server + full.address("case"))
        shuts_nobody_out(page, "34-not-found")
        assert full.case.person.name not in page.content()

    def test_reads_no_name_in_lists_and_numbers(self, visit, full):
        page = visit("/", by=user_with("caseworker", organisation=OTHER_ORGANISATION, name="Doni"))
        server = page.url.rstrip("/")
        for name in ("cases", "numbers", "unmet"):
            answer = page.request.get(server + reverse(f"cases:{name}"))
            assert answer.status == 200, name
            assert full.case.person.name not in answer.text(), name


class TestColleague:
    def test_opens_what_is_protected_only_with_a_reason(self, visit, full):
        Case.objects.filter(pk=full.case.pk).update(confidentiality=Confidentiality.HIGHLY_RESTRICTED)
        siti = user_with("caseworker", organisation=ORGANISATION, name="Siti Rahma")
        page = visit(full.address("break-glass"), by=siti)
        server = page.url.partition("/kasus/")[0]
        assert page.request.get(server + full.address("case")).status == 404
        shuts_nobody_out(page, "35-glass")
        page.locator("[name=because]").fill("Anak itu menelepon minta tolong malam ini.")
        page.locator("main form button.button").first.click()
        page.wait_for_load_state()
        assert page.request.get(server + full.address("case")).status == 200


class TestAnybody:
    def test_complains_without_an_account_and_loses_no_word(self, visit, transactional_db):
        words = "Sembako yang dijanjikan tidak pernah datang."
        page = visit(reverse("cases:complain"), width=320, javascript=False)
        page.locator("[name=words]").fill(words)
        page.locator("main form button.button:not(.quiet, [name])").first.click()
        assert page.locator("main .errors").count() == 1
        assert page.locator("[name=words]").input_value() == words
        fits(page, "36-complain")

    def test_is_not_shut_out_where_complaints_are_made_and_answered(self, visit, transactional_db):
        page = visit(reverse("cases:complain"))
        shuts_nobody_out(page, "37-complain")
        shuts_nobody_out(go(page, reverse("cases:complaint-status")), "38-complaint-status")
