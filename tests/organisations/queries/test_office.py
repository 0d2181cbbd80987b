from datetime import date, timedelta

import pytest
from django.utils import timezone

from simpul.organisations.models import Registration
from simpul.organisations.queries import office, registration
from tests.access.factories import ORGANISATION, give, user_with
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def run(stage, *, due, region="21.02", **details):
    return Registration.objects.create(
        organisation=organisation(), kind="new", scheme="x", stage=stage, region=region, authority="regency",
        submitted_on=ON - timedelta(30), complete_on=ON - timedelta(20), due_on=due, at=timezone.now(),
        **details,
    )  # fmt: skip


class TestAges:
    @pytest.mark.parametrize("role", ["registrar", "dinas_verifier"])
    def test_are_told_by_stage_with_the_late_ones(self, role):
        run("desk_check", due=ON)
        run("desk_check", due=ON - timedelta(1))
        run("draft", due=None)
        run("desk_check", due=ON, region="21.71")
        (age,) = office.ages(user_with(role, region="21.02"), ON)
        assert (age.number, age.late, age.since) == (2, 1, ON - timedelta(30))

    def test_count_as_late_what_used_up_its_days_before_it_was_returned(self):
        run("submitted", due=ON, working_days_used=14, told={"working_days": 14})
        officer = user_with("dinas_officer", region="21.02")
        (age,) = office.ages(officer, ON)
        assert age.late == registration.overdue(officer, ON).count() == 1


class TestAreasOf:
    def test_are_those_of_the_grants(self):
        user = user_with("dinas_officer", region="21.02")
        give(user, "registrar", region="93")
        assert office.areas_of(user) == ("21.02", "93")

    @pytest.mark.parametrize("where", [{}, {"organisation": ORGANISATION}], ids=["everywhere", "at one body"])
    def test_are_everything_without_an_area(self, where):
        assert office.areas_of(user_with("registrar", **where)) == ("",)
