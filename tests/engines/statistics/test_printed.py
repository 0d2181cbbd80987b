"""Tables of a paper, typed over: what follows from them, and which line cannot be read."""

from fractions import Fraction

import pytest

from simpul.engines.statistics import read_counts, read_means, sentence

KARIMUN = """Bangunan fisik, sesudah
baik; 18; 60,00
cukup; 17

Administrasi surat, sesudah
baik;25;83,53 %
cukup\t-
"""


class TestReadCounts:
    def test_reads_tables_with_their_titles_and_checks_each(self):
        first, second = read_counts(KARIMUN, 30).found
        assert (first.title, second.title) == ("Bangunan fisik, sesudah", "Administrasi surat, sesudah")
        assert [one.kind for one in first.found.findings] == ["sum_more_than_all"]
        assert [(one.percent, one.agrees) for one in second.found.shares] == [(83.33, False), (None, None)]

    def test_reads_one_table_without_a_title(self):
        [table] = read_counts("ya; 20\ntidak; 10", 30).found
        assert (table.title, table.found.unreported, table.found.findings) == ("", 0, ())

    def test_reads_what_a_spreadsheet_copies(self):
        [table] = read_counts("Fungsi\t\t\nbaik\t3\t10.00\nkurang\t27\t80.00\n\t\t\n", 30).found
        assert (table.title, [one.percent for one in table.found.shares]) == ("Fungsi", [10.0, 90.0])

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("baik; delapan belas", [1]),
            ("baik; 18\ncukup; 1,5", [2]),
            ("baik; 18; 60; 7", [1]),
            ("; 18", [1]),
            ("baik 18 60,00\ncukup 12 40,00", [1, 2]),
            ("Fungsi\n\nbaik; 18\nrusak", [4]),
        ],
        ids=["words", "half a person", "too much", "nobody", "without semicolons", "an end without numbers"],
    )
    def test_names_every_line_that_it_cannot_read(self, text, lines):
        read = read_counts(text, 30)
        assert (read.found, [one.values["line"] for one in read.faults]) == ((), lines)
        assert sentence(read.faults[0]).startswith(f"Baris {lines[0]}: ")

    def test_says_counts_that_cannot_be(self):
        [table] = read_counts("cukup; 35; 116,67\nbaik; -1", 30).found
        assert [one.kind for one in table.found.findings] == ["more_than_all", "negative_count"]

    def test_finds_nothing_in_nothing(self):
        assert read_counts(" \n\n", 30) == read_counts("", 30)
        assert read_counts("", 30).found == ()


class TestReadMeans:
    def test_takes_numbers_over_with_all_their_digits(self):
        [found] = read_means("Manajemen; 34,667; 45.933; 11,266", 30).found
        assert (found.before_sum, found.after_sum, found.difference) == (1040, 1378, Fraction(338, 30))
        assert [one.kind for one in found.findings] == ["difference_wrong", "means_alone"]

    @pytest.mark.parametrize("line", ["Legalitas; 9,300", "Legalitas; sembilan; 10", "Legalitas 9,3 10,4"])
    def test_names_a_line_that_it_cannot_read(self, line):
        read = read_means(f"Sarana; 9,233; 12,400\n\n{line}", 30)
        assert (read.found, [one.values["line"] for one in read.faults]) == ((), [3])
