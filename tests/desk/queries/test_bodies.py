from datetime import date

import pytest

from simpul.desk.queries import bodies
from simpul.organisations.queries.waiting import Waiting
from tests.access.factories import ORGANISATION, user_with

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


class TestWorksWithBodies:
    @pytest.mark.parametrize(
        "role",
        ["head_of_lks", "dinas_officer", "registrar", "assessor", "accreditation_secretary", "accreditation_validator",
         "plenary_member"],
    )  # fmt: skip
    def test_is_so_for_roles_that_have_work_with_them(self, role):
        assert bodies.works_with_bodies(user_with(role, organisation=ORGANISATION))

    @pytest.mark.parametrize("role", ["caseworker", "field_volunteer", "researcher", "administrator"])
    def test_is_not_so_for_the_others(self, role):
        assert not bodies.works_with_bodies(user_with(role, organisation=ORGANISATION))


class TestBodiesWaiting:
    def test_puts_what_is_late_first_whichever_part_it_comes_from(self, monkeypatch):
        calm, late = Waiting("satu", 1, "/a/"), Waiting("dua", 2, "/b/", is_late=True)
        monkeypatch.setattr(bodies.office, "waits", lambda *_: (calm,))
        monkeypatch.setattr(bodies.panel, "waits", lambda *_: (late,))
        assert bodies.bodies_waiting(user_with("registrar", region="21.02"), ON) == (late, calm)

    def test_is_nothing_in_an_office_where_nothing_waits(self):
        assert bodies.bodies_waiting(user_with("registrar", region="21.02"), ON) == ()
