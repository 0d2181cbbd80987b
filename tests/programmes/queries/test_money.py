from datetime import date, timedelta

import pytest

from simpul.programmes.models import Stimulus
from simpul.programmes.queries import money as queries
from tests.programmes.making import TODAY, a_member, asked, handed, spent


class TestStatement:
    def test_runs_the_balance_through_all_entries(self, stimulus, head, officer):
        handed(stimulus, officer, 1_000, on=TODAY)
        spent(stimulus, head, 400)
        spent(stimulus, head, 100)
        assert [one.balance for one in queries.statement(stimulus)] == [1_000, 600, 500]


class TestPanel:
    def test_sums_what_stands_in_its_rows(self, programme, stimulus, head, officer):
        a_member(programme)
        handed(stimulus, officer, 1_000)
        spent(stimulus, head, 400)
        panel = queries.panel(programme, officer, TODAY)
        assert (len(panel.bodies), panel.asked, panel.sum) == (2, 5_000_000, queries.Totals(1_000, 400, 0))

    def test_shows_a_body_only_itself(self, programme, stimulus, head):
        a_member(programme)
        assert [one.member.pk for one in queries.panel(programme, head, TODAY).bodies] == [stimulus.member_id]

    def test_is_nothing_for_who_reaches_nothing(self, programme, stimulus, stranger):
        assert queries.panel(programme, stranger, TODAY) is None


class TestWaits:
    def test_a_request_waits_for_who_decides(self, member, head, decider, plan):
        asked(member, head)
        assert [one.number for one in queries.waits(decider, TODAY)] == [1]

    @pytest.mark.parametrize(
        ("days", "expected"), [(-1, [True]), (1, [False]), (60, [])], ids=["late", "soon", "later"]
    )
    def test_the_account_of_the_money_is_asked_for_in_time(self, stimulus, head, officer, days, expected):
        handed(stimulus, officer, 1_000)
        Stimulus.objects.update(account_due_on=TODAY + timedelta(days=days), agreed_on=date(2026, 1, 1))
        assert [one.is_late for one in queries.waits(head, TODAY)] == expected
