import pytest

from simpul.catalogue import instruments as shipped
from simpul.instruments.queries import AnswerRecord, home_work_figures, net_hourly_pay, summaries

SURVEY = shipped.get("home-based-work")
ORDER = {"gross": 300_000, "costs": 40_000, "deductions": 10_000, "hours": 50}


def record(number, **answers):
    states = {"indebted": "refused"} if number == 0 else {}
    return AnswerRecord(f"P{number}", "", "", "2026-11-22", SURVEY.code, 1, answers, states, {})


def figures(records):
    return {line.title: line.figure for line in home_work_figures(records)}


class TestNetHourlyPay:
    def test_takes_costs_and_deductions_off(self):
        assert net_hourly_pay(ORDER) == 5000

    @pytest.mark.parametrize("missing", list(ORDER))
    def test_is_not_known_where_a_part_is_missing(self, missing):
        assert net_hourly_pay(ORDER | {missing: None}) is None

    def test_is_not_known_for_no_hours_and_may_be_a_loss(self):
        assert net_hourly_pay(ORDER | {"hours": 0}) is None
        assert net_hourly_pay(ORDER | {"costs": 400_000}) == -2200


class TestHomeWorkFigures:
    def test_counts_over_those_who_answered(self):
        records = [record(n, **ORDER, sex=1 if n < 3 else 2, written=2, accidents=n % 2) for n in range(5)]
        told = figures(records)
        assert told["Upah bersih satu jam, nilai tengah (rupiah)"] == "5000"
        assert told["Perempuan"] == "3 dari 5 (60 %)"
        assert told["Luka karena pekerjaan, setiap 100 orang setahun"] == "40"
        assert told["Punya BPJS Ketenagakerjaan"] == "0"

    def test_shows_nothing_of_too_few(self):
        assert home_work_figures([record(n, **ORDER) for n in range(4)]) == []


class TestSummaries:
    def test_count_every_level_and_every_reason_for_none(self):
        records = [record(n, indebted=None if n == 0 else 1 + n % 2) for n in range(6)]
        [found] = [one for one in summaries(SURVEY, records) if one.question.startswith("Berutang")]
        assert [line.figure for line in found.lines] == ["2 dari 5 (40 %)", "3 dari 5 (60 %)", "1"]

    def test_show_the_middle_half_of_numbers_never_the_ends(self):
        records = [record(n, dependants=value) for n, value in enumerate([1, 2, 3, 4, 29])]
        [found] = [one for one in summaries(SURVEY, records) if one.question.startswith("Berapa orang")]
        assert [line.figure for line in found.lines] == ["5", "3", "2 – 4"]

    def test_show_nothing_of_too_few_and_no_words(self):
        assert summaries(SURVEY, [record(1), record(1)]) == []
        asked = [one.question for one in summaries(SURVEY, [record(n) for n in range(5)])]
        assert "Apa yang paling perlu berubah?" not in asked
