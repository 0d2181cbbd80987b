"""From the start of a run to the minutes, as its people meet it on a phone and on a desk."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from simpul.accreditation.actions.self_assessment import add_evidence
from simpul.accreditation.models import Accreditation, Score
from tests.access.test_pictures import jpeg
from tests.accreditation.factories import applied, begun, locked, minuted, now, signed, visiting
from tests.browser.steps import looked_at
from tests.places.factories import few_regions


@pytest.fixture(autouse=True)
def office(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    few_regions()


def at(name, *args):
    return reverse(f"accreditation:{name}", args=args)


class TestPages:
    def test_of_the_body_and_the_office(self, visit):
        told = applied()
        run, place = told.run.pk, told.organisation.pk
        pages = [
            (told.head, "of", place),
            (told.head, "run", run),
            (told.head, "self-assessment", run),
            (told.head, "apply", run),
            (told.secretary, "queue"),
            (told.secretary, "desk", run),
            (told.secretary, "give-back", run),
        ]
        for user, name, *args in pages:
            looked_at(visit(at(name, *args), by=user), name)

    def test_of_the_beginning(self, visit):
        told = begun()
        for name, *more in (("self-standard", "satu"), ("withdraw",)):
            looked_at(visit(at(name, told.run.pk, *more), by=told.head), name)
        file = {"item": "1.1", "title": "Akta", "file_name": "akta.jpg", "data": jpeg()}
        row = add_evidence(told.run, by=told.head, key=uuid.uuid4(), at=now(), **file)
        looked_at(visit(at("evidence-remove", row.pk), by=told.head), "evidence-remove")
        Accreditation.objects.update(stage="withdrawn")
        looked_at(visit(at("start", told.organisation.pk), by=told.head), "start")

    def test_of_the_visit(self, visit):
        told = signed()
        run, row = told.run.pk, told.visit.pk
        for name, key in (("run", run), ("assignments", run), ("people", run)):
            looked_at(visit(at(name, key), by=told.secretary), f"visit-{name}")
        for name, *args in (
            ("mine",),
            ("visit", run),
            ("lock", run),
            ("minutes", run),
            ("sign-assessor", row),
        ):
            looked_at(visit(at(name, *args), by=told.first), name)
        looked_at(visit(at("sign", row), by=told.head), "sign")
        looked_at(visit(at("name", run, "validator"), by=told.secretary), "name")


class TestVisit:
    def test_is_scored_on_a_small_phone_without_scripts(self, visit):
        told = visiting()
        page = visit(at("mine"), by=told.first, width=320, javascript=False)
        page.get_by_role("link", name="Buka visitasi").click()
        page.get_by_role("link", name="Kelembagaan").click()
        first = page.locator("section.card").first
        first.get_by_text("4", exact=True).click()
        first.locator("textarea").fill("Pengurus lengkap")
        page.get_by_role("button", name="Simpan dan lanjut").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Layanan"
        assert [(row.item, row.value, row.words) for row in Score.objects.all()] == [
            ("1.1", 4, "Pengurus lengkap")
        ]

    def test_looks_as_it_should(self, visit):
        told = visiting()
        looked_at(visit(at("sheet", told.run.pk, "satu"), by=told.first), "sheet")
        minuted(told)
        done = locked()
        looked_at(visit(at("visit", done.run.pk), by=done.first), "visit-locked")
