from datetime import date

import pytest

from simpul.organisations.models import Organisation
from simpul.organisations.queries import help_received as queries
from simpul.organisations.queries.help_received import HelpAsked
from simpul.organisations.queries.oversight_known import known_lines, known_of
from tests.access.factories import user_with
from tests.organisations.changing import ON, ROW_OF, change
from tests.organisations.factories import organisation
from tests.places.factories import few_regions

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    few_regions()
    return user_with("dinas_officer", region="21.02")


def received(body, officer, *rows):
    change(body, officer, "help", {"rows": [ROW_OF["help"](**row) for row in rows]})
    return Organisation.objects.get(pk=body.pk)


GOODS = {"form": "goods", "rupiah": 4_000_000, "quantity": "20 karung beras", "accounting": "not_asked"}
LATE = {"account_by": "2026-11-20"}
BEFORE = {
    "received_on": "2025-02-01",
    "rupiah": 7_000_000,
    "accounting": "accepted",
    "accounted_on": "2025-06-01",
}


class TestTotals:
    def test_add_money_only_and_count_what_is_owed(self, officer):
        received(organisation(region="21.02"), officer, GOODS, LATE, BEFORE)
        assert queries.totals(queries.standing(), ON) == queries.Totals(3, 22_000_000, 1, 1)

    def test_on_its_last_day_an_answer_is_not_late(self, officer):
        received(organisation(region="21.02"), officer, LATE)
        assert queries.totals(queries.standing(), date(2026, 11, 20)).late == 0

    def test_leave_out_what_left_the_list(self, officer):
        body = received(organisation(region="21.02"), officer, LATE)
        change(body, officer, "help", {"rows": []})
        assert queries.totals(queries.standing(), ON).number == 0


class TestPanel:
    def test_tells_of_this_year_and_what_is_owed_of_any(self, officer):
        body = received(organisation(region="21.02"), officer, {**BEFORE, "accounting": "returned"}, GOODS)
        panel = queries.panel(body, officer, ON)
        assert (panel.of_year.number, panel.of_year.owed, panel.ever.owed) == (1, 0, 1)

    def test_is_for_insiders_and_for_bodies_that_received_something(self, officer):
        body = organisation(region="21.02")
        assert queries.panel(body, officer, ON) is None
        body = received(body, officer, GOODS)
        assert queries.panel(body, user_with("caseworker", region="21.02"), ON) is None


class TestWithinReach:
    @pytest.mark.parametrize(
        ("asked", "number"),
        [
            (HelpAsked(), 4), (HelpAsked(year=2025), 1), (HelpAsked(state="belum"), 2),
            (HelpAsked(state="lewat"), 1), (HelpAsked(state="selesai"), 2), (HelpAsked(area="21.02.10"), 1),
        ],
        ids=["all", "year", "owed", "late", "settled", "area"],
    )  # fmt: skip
    def test_is_narrowed_to_what_was_asked(self, officer, asked, number):
        received(organisation(region="21.02"), officer, GOODS, LATE, BEFORE)
        received(organisation(region="21.02.10"), officer, {})
        received(organisation(region="31.71"), user_with("dinas_officer", region="31"), {})
        assert queries.within_reach(officer, asked, ON).count() == number


class TestLinesOf:
    def test_a_file_names_no_place_of_a_safe_house(self, officer):
        house = organisation(region="21.02.10.2003", is_address_secret=True)
        received(house, officer, {**GOODS, "what": "Beras diantar ke Pangke"})
        rows = queries.within_reach(officer, HelpAsked(), ON)
        assert queries.lines_of(rows, officer, ON)[0].what == "Beras diantar ke Pangke"
        (row,) = queries.rows_of(rows, ON)
        assert "Dirahasiakan" in row
        assert "21.02" in row


class TestWaits:
    def test_lead_an_officer_to_what_is_late(self, officer):
        received(organisation(region="21.02"), officer, LATE, LATE, GOODS)
        (waiting,) = queries.waits(officer, ON)
        assert (waiting.number, waiting.is_late) == (2, True)
        assert queries.waits(user_with("head_of_lks", region="21.02"), ON) == ()


class TestReports:
    def test_are_filled_with_the_help_of_their_period(self, officer):
        body = received(organisation(region="21.02"), officer, LATE, BEFORE)
        period = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
        # Reports are written when their period is over.
        lines = dict(known_lines(known_of(body, date(2027, 1, 20), **period)))
        told = "1 bantuan, uang Rp15.000.000, 1 belum dipertanggungjawabkan"
        assert lines["Bantuan diterima pada masa laporan"] == told

    def test_of_before_say_the_year_that_they_were_filled_with(self):
        received_then = {"year": 2026, "number": 0, "rupiah": 0, "owed": 0, "late": 0}
        assert dict(known_lines({"help": received_then}))["Bantuan diterima tahun 2026"] == "belum tercatat"
