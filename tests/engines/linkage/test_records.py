from datetime import date

import duckdb
import pytest

from simpul.engines.linkage.linking import fill
from simpul.engines.linkage.records import COLUMNS, Record


def row(**told):
    with duckdb.connect(":memory:") as connection:
        fill(connection, [Record.of("1", told.pop("name", "Siti Aminah"), **told)])
        found = connection.execute("SELECT * FROM people")
        return dict(zip([column[0] for column in found.description], found.fetchall()[0], strict=True))


class TestRecord:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("Muh. Rizki", "Mohammad Riski"), ("Hj. Siti Aminah", "Aminah, Siti"), ("Soekarno", "Sukarno")],
        ids=["short-form", "title-and-order", "old-spelling"],
    )
    def test_has_the_same_words_for_spellings_of_one_name(self, one, other):
        assert Record.of("1", one).words == Record.of("2", other).words

    def test_keeps_only_the_digits_of_a_nik(self):
        assert Record.of("1", "Budi", nik="2102 0145-4703.0001").nik == "2102014547030001"

    def test_of_a_known_day_begins_and_ends_on_it(self):
        record = Record.of("1", "Budi", earliest=date(1990, 5, 6))
        assert record.earliest == record.latest == date(1990, 5, 6)


class TestDerived:
    def test_are_those_that_are_named(self):
        assert tuple(row()) == COLUMNS

    def test_of_nothing_known_are_empty(self):
        held = row(name="")
        assert {name for name, value in held.items() if value is not None} == {"unique_id", "has_initial"}

    @pytest.mark.parametrize("day", [date(1990, 1, 1), date(1990, 7, 1), date(1990, 12, 31)])
    def test_do_not_trust_a_day_that_stands_for_the_year(self, day):
        held = row(earliest=day)
        assert (held["born"], held["born_exactly"]) == (day.isoformat(), None)

    def test_hold_an_estimate_by_its_ends_alone(self):
        held = row(earliest=date(1948, 1, 1), latest=date(1952, 12, 31))
        assert (held["born"], held["born_first"], held["born_last"]) == (None, "1948-01-01", "1952-12-31")
        assert held["born_year"] is None

    def test_hold_each_level_of_a_region_that_is_known(self):
        held = row(region="21.02.01")
        assert (held["village"], held["district"], held["regency"]) == (None, "21.02.01", "21.02")

    def test_tell_that_a_word_is_only_its_first_letter(self):
        assert row(name="Budi S.")["has_initial"] == 1
        assert row(name="Budi S.")["initials"] == row(name="Budi Santoso")["initials"]
