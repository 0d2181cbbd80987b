import pytest

from simpul.access.refusal import Refusal
from simpul.organisations.models import Organisation, Report
from simpul.organisations.queries.oversight_told import (
    differing,
    fitting_told,
    missing_parts,
    served_codes,
    served_lines,
)
from tests.organisations.oversight import TOLD


class TestFittingTold:
    def test_keeps_words_and_numbers_and_leaves_out_what_is_not_told(self):
        served = {"01": {"male": None, "female": None}, "02": {"male": 0, "female": None}}
        kept = fitting_told({**TOLD, "served": served, "extra": "x"})
        assert kept["served"] == {"02": {"male": 0, "female": None}}
        assert kept["money"]["own_income"] is None
        assert "extra" not in kept

    @pytest.mark.parametrize("number", [-1, 1.5, "3", 10**9], ids=str)
    def test_refuses_what_is_no_number_of_people(self, number):
        with pytest.raises(Refusal, match="angka bulat"):
            fitting_told({"served": {"01": {"male": number}}})

    def test_refuses_words_that_are_too_long(self):
        with pytest.raises(Refusal, match="terlalu panjang"):
            fitting_told({"plan": "x" * 4001})


class TestMissingParts:
    def test_names_the_needed_ones(self):
        assert missing_parts(None) == ["Kegiatan yang dijalankan"]
        assert missing_parts(TOLD) == []


class TestServedCodes:
    def test_ask_about_what_is_recorded_and_was_told_before(self):
        body = Organisation(need_types=["02", "01"])
        assert served_codes(body, {"served": {"09": {}, "01": {}, "other": {}}}) == [
            "02",
            "01",
            "09",
            "other",
        ]


class TestServedLines:
    @pytest.mark.parametrize(
        ("number", "is_small"), [(None, False), (0, False), (1, True), (4, True), (5, False)], ids=str
    )
    def test_say_which_numbers_do_not_go_on_paper(self, number, is_small):
        report = Report()
        report.told = {"served": {"other": {"male": number, "female": 20}}}
        (line,) = served_lines(report)
        assert (line.title, line.is_male_small, line.is_female_small) == ("Lainnya", is_small, False)


class TestDiffering:
    def test_shows_the_first_part_that_differs(self):
        mine = fitting_told({**TOLD, "plan": "Lain."})
        assert differing(fitting_told(TOLD), mine) == ("Kelas berhitung.", "Lain.")
