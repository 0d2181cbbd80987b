from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from simpul.engines.reasons import Answer
from simpul.services.models import Service
from simpul.services.queries.hours import days_in, happens_on, is_open_at, month_days_in, words_of
from tests.services.factories import hours_row

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
DAY = {"opens_at": time(8, 0), "closes_at": time(16, 0)}
NIGHT = {"opens_at": time(20, 0), "closes_at": time(6, 0)}
ALWAYS = {"opens_at": time(0, 0), "closes_at": time(0, 0), "by_day": "MO,TU,WE,TH,FR,SA,SU"}


def row(**details):
    return hours_row(Service(), **{"by_day": "MO", **details})


def moment(day, hour, minute=0):
    """In UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


class TestIsOpenAt:
    @pytest.mark.parametrize(
        ("hour", "minute", "answer"),
        [(0, 59, Answer.NO), (1, 0, Answer.YES), (8, 59, Answer.YES), (9, 0, Answer.NO)],
    )
    def test_opens_with_the_minute_and_closes_with_it_by_the_clock_of_the_place(self, hour, minute, answer):
        assert is_open_at([row(**DAY)], moment(MONDAY, hour, minute)) is answer

    @pytest.mark.parametrize(("zone", "answer"), [(7, Answer.NO), (8, Answer.NO), (9, Answer.YES)])
    def test_asks_each_row_in_its_own_zone(self, zone, answer):
        assert is_open_at([row(**DAY, zone=zone)], moment(SUNDAY, 23, 30)) is answer

    @pytest.mark.parametrize(
        ("day", "hour", "answer"),
        [
            (MONDAY, 13, Answer.YES),
            (MONDAY, 22, Answer.YES),
            (MONDAY, 23, Answer.NO),
            (SUNDAY, 22, Answer.NO),
        ],
    )
    def test_lasts_through_the_night_that_began_on_its_day(self, day, hour, answer):
        assert is_open_at([row(**NIGHT)], moment(day, hour)) is answer

    @pytest.mark.parametrize("hour", [0, 12, 23])
    def test_is_open_all_day_where_it_closes_as_it_opens(self, hour):
        assert is_open_at([row(**ALWAYS)], moment(SUNDAY, hour)) is Answer.YES

    def test_does_not_know_without_hours_or_by_appointment(self):
        assert is_open_at([], moment(MONDAY, 3)) is Answer.UNKNOWN
        assert is_open_at([row()], moment(MONDAY, 3)) is Answer.UNKNOWN

    def test_says_yes_when_one_row_does(self):
        rows = [row(**DAY, by_day="SU"), row(**DAY)]
        assert is_open_at(rows, moment(MONDAY, 3)) is Answer.YES


class TestHappensOn:
    @pytest.mark.parametrize(
        ("by_day", "day", "answer"),
        [
            ("1MO", date(2026, 12, 7), Answer.YES),
            ("1MO", date(2026, 12, 14), Answer.NO),
            ("-1FR", date(2026, 11, 27), Answer.YES),
            ("2SA,4SA", date(2026, 11, 28), Answer.YES),
        ],
    )
    def test_counts_the_weeks_of_a_month(self, by_day, day, answer):
        assert happens_on([row(frequency="MONTHLY", by_day=by_day)], day) is answer

    @pytest.mark.parametrize(
        ("day", "answer"),
        [(date(2026, 11, 15), Answer.YES), (date(2026, 11, 30), Answer.YES), (MONDAY, Answer.NO)],
    )
    def test_knows_days_of_the_month_and_its_last(self, day, answer):
        assert happens_on([row(frequency="MONTHLY", by_day="", by_month_day="15,-1")], day) is answer

    @pytest.mark.parametrize(("weeks", "answer"), [(0, Answer.YES), (1, Answer.NO), (2, Answer.YES)])
    def test_skips_weeks_from_its_beginning_on(self, weeks, answer):
        other = row(interval=2, starts_on=date(2026, 11, 9))
        assert happens_on([other], date(2026, 11, 9 + 7 * weeks)) is answer

    def test_does_not_know_which_week_without_a_beginning(self):
        assert happens_on([row(interval=2)], MONDAY) is Answer.UNKNOWN

    @pytest.mark.parametrize(
        "span", [{"valid_from": date(2026, 12, 1)}, {"valid_to": SUNDAY}, {"starts_on": date(2026, 12, 1)}],
        ids=["not yet", "not any more", "begins later"],
    )  # fmt: skip
    def test_holds_only_within_its_days(self, span):
        assert happens_on([row(**span)], MONDAY) is Answer.NO

    def test_takes_days_without_a_frequency_for_every_week(self):
        assert happens_on([row(frequency="")], MONDAY) is Answer.YES
        assert happens_on([row(frequency="", by_day="")], MONDAY) is Answer.UNKNOWN


class TestDaysIn:
    def test_reads_numbers_before_days_and_leaves_out_what_is_none(self):
        assert days_in("1MO, -1FR,TU,XX,") == [(1, "MO"), (-1, "FR"), (0, "TU")]
        assert month_days_in("1, 15,-1,40,x,0") == [1, 15, -1]


class TestWordsOf:
    @pytest.mark.parametrize(
        ("details", "words"),
        [
            ({**DAY, "by_day": "MO,TU,WE,TH,FR"}, "Senin–Jumat 08.00–16.00 WIB"),
            ({**DAY, "by_day": "MO,TU,SA", "zone": 9}, "Senin, Selasa, Sabtu 08.00–16.00 WIT"),
            (ALWAYS, "Setiap hari 24 jam"),
            ({}, "Senin dengan janji lebih dahulu"),
            ({**DAY, "frequency": "MONTHLY", "by_day": "1MO,-1FR"}, "Senin pertama, Jumat terakhir setiap bulan 08.00–16.00 WIB"),
            ({**DAY, "interval": 2}, "Senin, setiap 2 minggu 08.00–16.00 WIB"),
            ({**DAY, "frequency": "MONTHLY", "by_day": "", "by_month_day": "1,-1"}, "Tanggal 1, akhir bulan 08.00–16.00 WIB"),
            ({**DAY, "words": "Tutup waktu salat."}, "Senin 08.00–16.00 WIB. Tutup waktu salat."),
        ],
        ids=["run", "single", "always", "appointment", "monthly", "every second", "dates", "words"],
    )  # fmt: skip
    def test_says_a_row_in_one_line(self, details, words):
        assert words_of([row(**details)]) == [words]
