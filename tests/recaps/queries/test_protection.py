"""Requests about one's own data and what left as a file, month by month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from simpul.access.exports import note_export
from simpul.access.models import Event
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.people.models import DataRequest
from simpul.recaps.actions import take_out
from simpul.recaps.facts import Asked
from simpul.recaps.queries.protection import protection
from tests.access.factories import ORGANISATION, user_with
from tests.people.factories import data_request, person

pytestmark = pytest.mark.django_db

ASKED = Asked(since=date(2026, 10, 1), until=date(2026, 11, 30))
DUE = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ROLES = {"dinas_officer": {"region": "21.02"}, "head_of_lks": {"organisation": ORGANISATION}, "registrar": {}}


def request(by, *, due=DUE, answered=None):
    """One that came in November, with this clock and this answer."""
    row = data_request(person(by), by)
    told = {"state": "granted", "answered_by": by.pk} if answered else {"state": "open"}
    DataRequest.objects.filter(pk=row.pk).update(
        received_at=DUE - timedelta(days=3), due_at=due, answered_at=answered, **told
    )


def table(recap, key):
    return next(one for one in recap.tables if one.key == key)


def month(found, key):
    cells = next(one for one in found.lines if one.key == key).cells
    return dict(zip((one.key for one in found.columns), cells, strict=True))


class TestRequests:
    @pytest.mark.parametrize("role", sorted(ROLES))
    def test_add_up_to_the_rows_behind_for_each_role(self, caseworker, role):
        request(caseworker, answered=DUE - timedelta(hours=1))
        request(caseworker)
        viewer = user_with(role, **ROLES[role])
        found = table(protection(viewer, ASKED), "requests")
        assert found.total.cells[0] == sum(line.cells[0] for line in found.lines) == 2

    @pytest.mark.parametrize(
        ("due", "answered", "stands"),
        [
            (DUE, DUE - timedelta(hours=1), "in_time"),
            (DUE, DUE + timedelta(hours=1), "late"),
            (DUE, None, "waiting_late"),
            (DUE, DUE + timedelta(days=30), "waiting_late"),
            (DUE + timedelta(days=90), None, "waiting"),
            (None, None, "no_clock"),
        ],
        ids=[
            "answered",
            "answered late",
            "not answered",
            "answered after the period",
            "has time",
            "has no clock",
        ],
    )
    def test_stand_as_at_the_end_of_the_period(self, caseworker, supervisor, due, answered, stands):
        request(caseworker, due=due, answered=answered)
        assert month(table(protection(supervisor, ASKED), "requests"), "2026-11-01")[stands] == 1

    def test_say_which_share_was_answered_in_time(self, caseworker, supervisor):
        request(caseworker, answered=DUE)
        request(caseworker)
        assert month(table(protection(supervisor, ASKED), "requests"), "2026-11-01")["share"] == 50.0

    def test_say_that_breaches_are_not_recorded(self, supervisor):
        assert any("kebocoran" in note for note in table(protection(supervisor, ASKED), "requests").notes)


class TestExports:
    @pytest.mark.parametrize(("role", "number"), [("dinas_officer", 1), ("head_of_lks", 0), ("registrar", 1)])
    def test_are_those_of_the_own_reach(self, role, number):
        officer = user_with("dinas_officer", region="21.02")
        take_out(Where(region="21.02"), by=officer, recap="R2", form="csv", asked="21.02")
        on = timezone.localdate(Event.objects.get(permission="recap.export").at)
        asked = Asked(since=on.replace(day=1), until=on)
        found = table(protection(user_with(role, **ROLES[role]), asked), "exports")
        assert found.total.cells[0] == sum(line.cells[0] for line in found.lines) == number

    def test_count_files_that_have_no_permission_of_their_own_too(self):
        officer = user_with("dinas_officer", region="21.02")
        note_export(by=officer, permission=Permission.UNMET_VIEW, file="unmet")
        on = timezone.localdate(Event.objects.get(permission="unmet.view").at)
        found = table(protection(officer, Asked(since=on.replace(day=1), until=on)), "exports")
        assert (found.columns[-1].key, found.total.cells[-1], found.total.cells[0]) == ("other", 1, 1)
