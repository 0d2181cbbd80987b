from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.engines.matching.nik import Oddity, cleaned, masked, oddities, read

WOMAN = "2102014107590001"  # invented: born 1 July 1959
MAN = "2102010107590001"
BORN = date(1959, 7, 1)


def made(born, sex, region="210201", serial=1):
    return f"{region}{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}{serial:04d}"


class TestRead:
    def test_tells_region_birth_and_sex(self):
        nik = read(WOMAN)
        assert (nik.region, nik.day, nik.month, nik.year, nik.sex, nik.serial) == (
            "21.02.01",
            1,
            7,
            59,
            "P",
            1,
        )

    @pytest.mark.parametrize("text", ["210201410759000", "21020141075900011", "21020141075900O1", ""])
    def test_gives_nothing_for_anything_but_sixteen_digits(self, text):
        assert read(text) is None


class TestCleaned:
    @pytest.mark.parametrize("text", ["2102 0141 0759 0001", "21.02.01.410759.0001", " 2102014107590001.0 "])
    def test_leaves_the_digits(self, text):
        assert cleaned(text) == WOMAN


class TestOddities:
    @given(st.dates(date(1910, 1, 1), date(2026, 1, 1)), st.sampled_from("LP"), st.integers(1, 9999))
    def test_finds_nothing_odd_where_all_agrees(self, born, sex, serial):
        assert oddities(made(born, sex, serial=serial), earliest=born, latest=born, sex=sex) == ()

    @given(st.text(max_size=40))
    def test_never_fails_whatever_was_typed(self, text):
        assert isinstance(oddities(text, earliest=BORN, latest=BORN, sex="P"), tuple)

    @pytest.mark.parametrize(
        ("text", "oddity"),
        [
            (WOMAN[:15], Oddity.WRONG_LENGTH),
            (WOMAN + "1", Oddity.WRONG_LENGTH),
            ("21020141075900AB", Oddity.NOT_DIGITS),
            ("2,10201E+15", Oddity.SPREADSHEET),
            ("2102013213590001", Oddity.IMPOSSIBLE_DATE),
            ("2102013102590001", Oddity.IMPOSSIBLE_DATE),
            ("2102014107590000", Oddity.SERIAL_ZERO),
        ],
    )
    def test_names_what_is_odd(self, text, oddity):
        assert oddity in oddities(text)

    def test_compares_with_the_birth_date(self):
        assert oddities(WOMAN, earliest=date(1960, 7, 1), latest=date(1960, 7, 1)) == (
            Oddity.DIFFERS_FROM_BIRTH,
        )

    def test_accepts_any_day_of_an_estimate(self):
        assert oddities(WOMAN, earliest=date(1957, 1, 1), latest=date(1961, 12, 31)) == ()

    def test_accepts_a_leap_day_only_in_its_century(self):
        assert oddities("2102012902000001", earliest=date(2000, 2, 29), latest=date(2000, 2, 29)) == ()

    def test_compares_with_the_sex(self):
        assert oddities(MAN, sex="P") == (Oddity.DIFFERS_FROM_SEX,)

    def test_asks_whether_the_region_is_known(self):
        assert oddities(WOMAN, is_known_region={"99.99.99"}.__contains__) == (Oddity.UNKNOWN_REGION,)

    def test_finds_nothing_odd_about_no_number(self):
        assert oddities("  ", sex="P") == ()


class TestMasked:
    def test_shows_the_first_six_and_the_last_two(self):
        assert masked(WOMAN) == "210201••••••••01"

    @given(st.text(max_size=8))
    def test_shows_nothing_of_a_short_text(self, text):
        assert set(masked(text)) <= {"•"}
