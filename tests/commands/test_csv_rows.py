"""Rows of a CSV file that hold, and those that do not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.commands import csv_rows
from simpul.commands.csv_rows import Broken, CsvRows, Row, in_pieces

CELL = st.text(st.characters(codec="utf-8", min_codepoint=9, exclude_characters="\r\n"), max_size=6)
FULL = st.lists(CELL, min_size=3, max_size=3).filter(any)
ASKEW = st.sampled_from(["a", "a,b", "a,b,c,d", 'a,b,"c', 'a,"b"c,d', "a,\x00,c"])


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("rows") / "warga.csv"


@pytest.fixture
def walked(path):
    def walk(text: str, width: int = 3) -> list[Row | Broken]:
        path.write_text(text, encoding="utf-8", newline="")
        return list(CsvRows(path, ",", width))

    return walk


def written(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def cells_of(row: Row | Broken) -> list[str]:
    return next(csv.reader([row.text]))


class TestCsvRows:
    @given(rows=st.lists(FULL, max_size=8), ends=st.sampled_from(["\n", "\r\n"]))
    def test_reads_what_a_spreadsheet_wrote(self, path, rows, ends):
        text = ends.join(["a,b,c", *(written(cells) for cells in rows)])
        path.write_text(text, encoding="utf-8", newline="")
        assert [cells_of(row) for row in CsvRows(path, ",", 3)] == rows

    @given(
        lines=st.lists(
            st.one_of(st.tuples(st.just(False), ASKEW), st.tuples(st.just(True), FULL.map(written)))
        )
    )
    def test_sets_aside_the_askew_rows_and_no_other(self, path, lines):
        path.write_text("\n".join(["a,b,c", *(text for _holds, text in lines)]), encoding="utf-8", newline="")
        walk = list(CsvRows(path, ",", 3))
        assert [isinstance(row, Row) for row in walk] == [holds for holds, _text in lines]
        assert [row.number for row in walk] == list(range(2, len(lines) + 2))

    def test_keeps_a_cell_with_line_breaks_whole(self, walked):
        [row, after] = walked('a,b,c\n1,"Jl. Melati\nRT 2",x\n2,y,z')
        assert row == Row(2, '1,"Jl. Melati\nRT 2",x')
        assert after.number == 3

    def test_counts_an_empty_row_as_a_spreadsheet_does(self, walked):
        assert [row.number for row in walked("a,b,c\n1,2,3\n\n4,5,6\n\n")] == [2, 4]

    def test_takes_an_empty_row_of_one_column_as_not_known(self, walked):
        assert walked("a\n1\n\n2\n", width=1) == [Row(2, "1"), Row(3, ""), Row(4, "2")]

    def test_lets_an_open_quote_swallow_nothing(self, walked, monkeypatch):
        monkeypatch.setattr(csv_rows, "MOST_LINES", 3)
        broken, *others = walked('a,b,c\n1,2,"3\n' + "4,5,6\n" * 10)
        assert isinstance(broken, Broken)
        assert [row.text for row in others] == ["4,5,6"] * 10

    def test_sets_aside_a_row_without_end(self, walked, monkeypatch):
        monkeypatch.setattr(csv_rows, "LONGEST_LINE", 20)
        broken, after = walked("a,b,c\n" + "x" * 95 + "\n4,5,6\n")
        assert isinstance(broken, Broken)
        assert after == Row(3, "4,5,6")


class TestInPieces:
    def test_gives_every_row_once(self, path):
        path.write_text("a,b\n" + "1,2\n3\n" * 5, encoding="utf-8")
        pieces = list(in_pieces(CsvRows(path, ",", 2), 4))
        assert [len(held) + len(broken) for held, broken in pieces] == [4, 4, 2]
        assert sum(len(broken) for _held, broken in pieces) == 5
