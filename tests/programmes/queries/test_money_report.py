"""The account of stimulus money on paper."""

import pytest
from django.urls import reverse

from simpul.access.models import Event
from simpul.programmes.actions import money
from simpul.programmes.queries.money_report import account_of
from simpul.ui.reports import as_pdf
from tests.programmes.making import AT, TODAY, handed, spent


@pytest.fixture
def used(stimulus, head, officer, plan):
    """Some spent on a line of the plan, some outside it, and an entry that was wrong."""
    handed(stimulus, officer, 4_000_000)
    spent(stimulus, head, 300_000, line=plan.items.get().line)
    spent(stimulus, head, 50_000, words="Ongkos perahu")
    wrong = spent(stimulus, head, 999_000)
    money.reverse_spending(wrong, by=head, key=wrong.programme_id, on=TODAY, at=AT, words="Salah")
    stimulus.refresh_from_db()
    return stimulus


def table(report, number):
    return report.sections[number].blocks[0].rows


class TestAccountOf:
    def test_sets_what_was_spent_beside_the_plan(self, used):
        planned, outside = table(account_of(used), 1)
        assert (planned[2], outside) == ("Rp300.000", ("Di luar rencana yang berlaku", "–", "Rp50.000", "–"))

    def test_sums_without_what_was_struck_and_shows_it_all_the_same(self, used):
        report = account_of(used)
        assert "Sisa pada lembaga: Rp3.650.000" in report.sections[0].blocks[0].lines
        assert sum("dibatalkan" in row[0] for row in table(report, 2)) == 1
        assert table(report, 2)[-1][-1] == "Rp3.650.000"

    def test_leaves_room_to_sign_as_long_as_nobody_accepted_it(self, used):
        words = account_of(used).sections[3].blocks[0].lines
        assert "Bu Salmah" in words[0]
        assert words[1].endswith("....")

    def test_is_the_same_paper_each_time(self, used):
        assert as_pdf(account_of(used)) == as_pdf(account_of(used))


class TestMoneyReport:
    def test_is_handed_out_from_the_page_and_recorded(self, client, used, head):
        client.force_login(head)
        address = reverse("programmes:money-report", args=[used.pk])
        assert address in client.get(reverse("programmes:money", args=[used.pk])).text
        before = Event.objects.count()
        answer = client.get(address)
        assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")
        assert Event.objects.count() == before + 1

    def test_is_not_there_out_of_reach(self, client, used, stranger):
        client.force_login(stranger)
        assert client.get(reverse("programmes:money-report", args=[used.pk])).status_code == 404
