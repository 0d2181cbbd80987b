from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.organisations.models import OfficeRules
from simpul.organisations.queries.oversight_reports import (
    before,
    late,
    may_receive,
    office_of,
    period_of,
    periods_of,
    to_look_at,
    to_send,
)
from tests.access.factories import user_with
from tests.organisations.factories import organisation
from tests.organisations.oversight import LAST_YEAR, TODAY, sent, started
from tests.organisations.papers import a_certificate

MONTHS = st.sampled_from([1, 2, 3, 4, 5, 6, 12, 18, 24, 60])
DAYS = st.dates(date(2005, 1, 1), date(2045, 12, 31))


class TestPeriodOf:
    @pytest.mark.parametrize(
        ("day", "months", "since", "until"),
        [
            (date(2026, 5, 4), 12, date(2026, 1, 1), date(2026, 12, 31)),
            (date(2026, 6, 30), 6, date(2026, 1, 1), date(2026, 6, 30)),
            (date(2026, 7, 1), 6, date(2026, 7, 1), date(2026, 12, 31)),
            (date(2028, 2, 29), 1, date(2028, 2, 1), date(2028, 2, 29)),
        ],
        ids=["year", "half", "other half", "leap month"],
    )
    def test_is_of_the_calendar(self, day, months, since, until):
        assert (period_of(day, months).since, period_of(day, months).until) == (since, until)

    @given(day=DAYS, months=MONTHS)
    def test_leaves_no_day_out_and_none_twice(self, day, months):
        period = period_of(day, months)
        assert period.since <= day <= period.until
        assert before(period, months).until == period.since - timedelta(days=1)
        assert period_of(period.until, months) == period

    def test_is_late_from_the_day_after_its_last(self):
        period = period_of(date(2026, 5, 4), 12)
        assert period.due_on == date(2027, 1, 31)
        assert not period.is_late(date(2027, 1, 31))
        assert period.is_late(date(2027, 2, 1))


@pytest.mark.django_db
class TestOfficeOf:
    def test_is_who_registered_it_last(self):
        body = organisation(region="21.02.01.1001")
        assert office_of(body) == "21.02"
        a_certificate(body, issuer_region="21.02", state="replaced")
        a_certificate(body, issuer_region="21", issued_on=date(2025, 1, 1))
        assert office_of(body) == "21"


@pytest.mark.django_db
class TestPeriodsOf:
    def test_begin_with_the_registration(self):
        body = organisation()
        assert periods_of(body, TODAY) == ()
        a_certificate(body, issued_on=date(2025, 11, 3), valid_to=None)
        assert [owed.period.since.year for owed in periods_of(body, TODAY)] == [2027, 2026, 2025]

    def test_end_with_what_ran_out_or_was_withdrawn(self):
        body = organisation()
        a_certificate(body, issued_on=date(2023, 1, 1), valid_to=date(2025, 6, 1))
        a_certificate(body, issued_on=date(2023, 1, 1), valid_to=None, state="withdrawn")
        assert [owed.period.since.year for owed in periods_of(body, TODAY)] == [2025, 2024, 2023]

    def test_follow_the_rules_of_the_office(self):
        body = organisation()
        OfficeRules.objects.create(region="21.02", report_months=6)
        a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
        assert [owed.period.since for owed in to_send(body, TODAY)] == [date(2026, 7, 1), LAST_YEAR]

    def test_are_settled_once_the_office_has_the_report(self):
        body = organisation()
        a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
        head = user_with("head_of_lks", organisation=body.pk)
        assert [owed.report for owed in to_send(body, TODAY)] == [None]
        sent(body, head)
        assert to_send(body, date(2027, 6, 1)) == ()

    @pytest.mark.parametrize(
        ("on", "is_late"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)], ids=str
    )
    def test_are_late_after_the_last_day_to_send(self, on, is_late):
        body = organisation()
        a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
        started(body, user_with("head_of_lks", organisation=body.pk))
        assert [owed.is_late for owed in to_send(body, on)] == [is_late]


@pytest.mark.django_db
class TestLate:
    def test_names_registered_bodies_that_did_not_report(self, officer):
        silent, told = organisation(name="LKS Diam"), organisation(name="LKS Rajin")
        closed, young = organisation(is_closed=True), organisation(name="LKS Muda")
        moved = organisation(name="LKS Pindah")
        for body in (silent, told, closed, moved):
            a_certificate(body, issued_on=date(2026, 3, 1), valid_to=None)
        a_certificate(moved, issued_on=date(2026, 9, 1), valid_to=None, issuer_region="21")
        a_certificate(young, issued_on=date(2027, 1, 5), valid_to=None)
        sent(told, user_with("head_of_lks", organisation=told.pk))
        (found,) = late(officer, date(2027, 2, 1))
        assert found.period.since == LAST_YEAR
        assert list(found.bodies) == [silent]

    def test_a_renewal_does_not_forgive_the_year_before(self, officer):
        body = organisation()
        a_certificate(body, issued_on=date(2024, 1, 1), valid_to=date(2027, 1, 10), state="replaced")
        a_certificate(body, issued_on=date(2027, 1, 10), valid_to=None)
        (found,) = late(officer, date(2027, 2, 1))
        assert list(found.bodies) == [body]

    def test_counts_nobody_before_the_last_day(self, officer):
        a_certificate(organisation(), issued_on=date(2026, 3, 1), valid_to=None)
        (found,) = late(officer, date(2027, 1, 31))
        assert not found.bodies


@pytest.mark.django_db
class TestToLookAt:
    def test_is_of_ones_own_office(self, officer):
        here, province = organisation(), organisation(name="LKS Provinsi")
        a_certificate(here, issued_on=date(2026, 3, 1), valid_to=None)
        a_certificate(province, issued_on=date(2026, 3, 1), valid_to=None, issuer_region="21")
        for body in (here, province):
            sent(body, user_with("head_of_lks", organisation=body.pk))
        above = user_with("dinas_officer", region="21")
        assert [report.organisation for report in to_look_at(officer)] == [here]
        assert [report.organisation for report in to_look_at(above)] == [province]
        assert may_receive(to_look_at(officer).get(), officer)
        assert not may_receive(to_look_at(officer).get(), above)
