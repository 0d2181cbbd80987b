"""Applications and accreditations by stage, as they stood on the last day."""

import uuid
from datetime import date, timedelta

import pytest

from simpul.organisations.models import Registration, RegistrationStep
from simpul.recaps.facts import Asked
from simpul.recaps.queries.applications import applications
from tests.access.factories import user_with
from tests.accreditation.factories import registered
from tests.organisations.factories import organisation
from tests.people.factories import AT

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)
ASKED = Asked(since=date(2026, 11, 1), until=ON, area="21.02")
ROLES = {"dinas_officer": {"region": "21.02"}, "dinas_verifier": {"region": "21"}, "registrar": {}}


def application(*steps, **details):
    """One that went through these stages, one each day, the last on the given day."""
    body = organisation(region="21.02.10.2003", name=f"LKS {uuid.uuid4()}")
    last = details.pop("on", ON)
    run = Registration.objects.create(
        organisation=body, kind="new", scheme="x", stage=steps[-1], region="21.02", at=AT, **details
    )
    for place, stage in enumerate(reversed(steps)):
        RegistrationStep.objects.create(
            registration=run, stage=stage, on=last - timedelta(days=place), at=AT - timedelta(days=place)
        )
    return run


def table(recap, key):
    return next(one for one in recap.tables if one.key == key)


def line(found, key):
    cells = next(one for one in found.lines if one.key == key).cells
    return dict(zip((one.key for one in found.columns), cells, strict=True))


class TestApplications:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_counts_every_running_one_in_one_stage(self, role):
        application("submitted", on=ON - timedelta(days=4))
        application("submitted", "desk_check")
        application("submitted", "withdrawn")
        found = table(applications(user_with(role, **ROLES[role]), ASKED), "registrations")
        assert found.total.cells[0] == sum(one.cells[0] for one in found.lines) == 2
        assert line(found, "submitted") == {"all": 1, "middle": 4.0, "longest": 4, "late": 0}

    def test_sees_the_stage_of_the_day_that_is_asked_about(self):
        application("submitted", "desk_check")
        asked = Asked(since=date(2026, 11, 1), until=ON - timedelta(days=1), area="21.02")
        found = table(applications(user_with("registrar"), asked), "registrations")
        assert (line(found, "submitted")["all"], line(found, "desk_check")["all"]) == (1, 0)

    def test_says_how_many_are_late(self):
        application("submitted", due_on=ON - timedelta(days=1))
        found = table(applications(user_with("registrar"), ASKED), "registrations")
        assert line(found, "submitted")["late"] == 1

    def test_counts_what_was_decided_in_the_period_alone(self):
        application("submitted", "issued")
        application("submitted", "issued", on=date(2026, 10, 9))
        found = table(applications(user_with("registrar"), ASKED), "registration-moves")
        assert line(found, "issued")["all"] == 1

    def test_counts_nothing_of_another_area(self):
        application("submitted")
        asked = Asked(since=ASKED.since, until=ON, area="14.01")
        found = table(applications(user_with("registrar"), asked), "registrations")
        assert found.total.cells[0] == 0

    def test_has_a_total_of_what_runs_out_that_is_the_sum_of_its_lines(self):
        registered(organisation(region="21.02.10.2003"))
        found = table(applications(user_with("registrar"), ASKED), "running-out")
        assert found.total.cells[0] == 1
        assert list(found.total.cells) == [
            sum(column) for column in zip(*(one.cells for one in found.lines), strict=True)
        ]
