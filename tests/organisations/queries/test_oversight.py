from datetime import date, timedelta

import pytest

from simpul.access.permissions import Permission
from simpul.organisations.actions import oversight_reports as actions
from simpul.organisations.queries.oversight import panel, right_to, waits
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import TODAY, a_flag, sent, started
from tests.organisations.papers import a_certificate

pytestmark = pytest.mark.django_db
FEBRUARY = date(2027, 2, 1)


@pytest.fixture
def body():
    made = organisation()
    a_certificate(made, issued_on=date(2026, 3, 1), valid_to=None)
    return made


@pytest.fixture
def head(body):
    return user_with("head_of_lks", organisation=body.pk)


class TestPanel:
    def test_tells_the_body_what_stands_and_what_it_owes(self, body, head):
        a_flag(body)
        found = panel(body, head, FEBRUARY)
        assert [flag.kind for flag in found.flags] == ["warning"]
        assert found.flags_href
        assert found.reports_href

    def test_tells_the_plenary_kinds_and_days_alone(self, body):
        a_flag(body)
        found = panel(body, user_with("plenary_member"), FEBRUARY)
        assert [flag.on for flag in found.flags] == [TODAY]
        assert (found.flags_href, found.reports_href, found.owed) == ("", "", ())

    def test_hides_a_draft_from_the_office(self, body, head, officer):
        report = started(body, head)
        assert panel(body, head, TODAY).last_report == report
        assert panel(body, officer, TODAY).last_report is None

    def test_is_none_for_who_may_not_look_inside(self, body, caseworker):
        assert panel(body, caseworker, TODAY) is None


class TestRightTo:
    def test_is_the_offices_only_after_sending(self, body, head, officer, verifier):
        report = started(body, head)
        assert right_to(report, head) == Permission.REPORT_WRITE
        assert right_to(report, officer) is None
        report.state = "sent"
        assert right_to(report, officer) == Permission.REPORT_RECEIVE
        assert right_to(report, verifier) is None


class TestWaits:
    def test_tell_the_body_of_its_report_and_its_flags(self, body, head):
        a_flag(body)
        (flags, report) = waits(head, TODAY)
        assert (flags.number, report.number, report.is_late) == (1, 1, False)
        assert waits(head, FEBRUARY)[1].is_late

    def test_tell_the_office_what_was_sent_and_who_is_late(self, body, head, officer):
        assert waits(officer, TODAY) == ()
        (late,) = waits(officer, FEBRUARY)
        assert (late.number, late.is_late) == (1, True)
        report = sent(body, head)
        (waiting,) = waits(officer, FEBRUARY)
        assert (waiting.number, waiting.is_late) == (1, False)
        actions.receive_report(report, by=officer, on=FEBRUARY, version=report.version)
        assert waits(officer, FEBRUARY) == ()

    def test_tell_the_office_of_flags_that_stand_long(self, body, officer):
        a_flag(body, on=TODAY - timedelta(days=180))
        (waiting,) = waits(officer, TODAY)
        assert "perlu ditinjau" in waiting.words

    def test_tell_a_caseworker_nothing(self, body, caseworker):
        a_flag(body)
        assert waits(caseworker, FEBRUARY) == ()
