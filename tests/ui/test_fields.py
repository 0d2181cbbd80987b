from datetime import date

import pytest
from django.core.exceptions import ValidationError

from simpul.ui.fields import DayField, DependentChoice, DependentText, PresetChoice, RupiahField


class TestDayField:
    @pytest.mark.parametrize("month", ["3", "03", "Maret", "mar", "MARCH"])
    def test_takes_a_month_as_number_or_name(self, month):
        assert DayField().clean(["1", month, "1959"]) == date(1959, 3, 1)

    def test_is_empty_when_all_boxes_are(self):
        assert DayField(required=False).clean(["", "", ""]) is None

    @pytest.mark.parametrize(
        ("boxes", "sentence"),
        [
            (["31", "2", "1959"], "tidak ada di kalender"),
            (["29", "2", "2023"], "tidak ada di kalender"),
            (["0", "1", "1959"], "tidak ada di kalender"),
            (["1", "13", "1959"], "Bulan ditulis"),
            (["1", "Mars", "1959"], "Bulan ditulis"),
            (["1", "3", "59"], "empat angka"),
            (["1", "3", "١٩٥٩"], "empat angka"),
            (["31", "12", "9999"], "terlalu jauh"),
            (["1", "1", "0001"], "terlalu jauh"),
            (["", "3", "1959"], "Isi tanggal, bulan dan tahun"),
            (["satu", "3", "1959"], "tidak ada di kalender"),
        ],
    )
    def test_explains_what_is_wrong(self, boxes, sentence):
        with pytest.raises(ValidationError, match=sentence):
            DayField().clean(boxes)

    def test_takes_29_february_of_a_leap_year(self):
        assert DayField().clean(["29", "Februari", "2024"]) == date(2024, 2, 29)

    def test_shows_a_stored_day_in_its_boxes(self):
        html = DayField().widget.render("born", date(1959, 3, 1), {"id": "id_born"})

        assert 'name="born_day" value="1"' in html
        assert 'name="born_year" value="1959"' in html


class TestPresetChoice:
    def test_stays_as_it_stood_where_nothing_was_chosen(self):
        field = PresetChoice(choices=[("a", "A"), ("b", "B")], initial="b")
        assert [field.clean(""), field.clean("a")] == ["b", "a"]


class TestDependentChoice:
    def test_may_stay_empty_but_takes_nothing_that_is_no_choice(self):
        field = DependentChoice(choices=[("a", "A")])
        assert [field.clean(""), field.clean("a")] == ["", "a"]
        with pytest.raises(ValidationError):
            field.clean("c")

    def test_is_not_called_optional_and_neither_is_such_a_text(self):
        assert DependentChoice.depends
        assert DependentText.depends


class TestRupiahField:
    @pytest.mark.parametrize(
        ("typed", "amount"),
        [
            ("1.250.000", 1_250_000),
            ("Rp 1.250.000,-", 1_250_000),
            ("rp1250000,00", 1_250_000),
            ("0", 0),
            ("", None),
        ],
    )
    def test_reads_an_amount_as_people_write_it(self, typed, amount):
        assert RupiahField().clean(typed) == amount

    @pytest.mark.parametrize("typed", ["satu juta", "1,5", "-5", "1" + "0" * 13, "²"])
    def test_says_what_is_wrong(self, typed):
        with pytest.raises(ValidationError):
            RupiahField().clean(typed)

    def test_shows_the_dots_of_thousands(self):
        assert RupiahField().prepare_value(1_250_000) == "Rp1.250.000"
