from __future__ import annotations

import pytest

from simpul.catalogue import tables
from simpul.catalogue.tables import CatalogueError

SOURCE = """
[[type]]
code = "A"
[[type.criterion]]
code = "a"
[[type.criterion]]
code = "b"
when = "x"
[[type]]
code = "B"
[[type.criterion]]
code = "a"
"""


@pytest.fixture
def whole(tmp_path):
    path = tmp_path / "types.toml"
    path.write_text(SOURCE)
    return tables.read(path)


class TestRead:
    def test_knows_the_line_of_each_table_and_key(self, whole):
        first, second = whole.tables("type")
        assert (first.line(), second.line()) == (2, 9)
        assert [part.line("code") for part in first.tables("criterion")] == [5, 7]
        assert [part.line("when") for part in first.tables("criterion")] == [4, 8]
        assert [part.line() for part in second.tables("criterion")] == [11]

    def test_says_where_a_file_is_no_toml(self, tmp_path):
        path = tmp_path / "broken.toml"
        path.write_text('a = 1\nb = "open\n')
        with pytest.raises(CatalogueError, match="not readable") as refused:
            tables.read(path)
        assert refused.value.line == 2


class TestTable:
    def test_refuses_a_word_that_nobody_reads(self, whole):
        [first, _] = whole.tables("type")
        with pytest.raises(CatalogueError, match="'code' is not a known word") as refused:
            first.check_keys("criterion")
        assert refused.value.line == 3

    def test_names_what_is_missing(self, whole):
        [first, _] = whole.tables("type")
        with pytest.raises(CatalogueError, match="'display' is missing") as refused:
            first.text("display")
        assert refused.value.line == 2

    def test_wants_both_languages(self, tmp_path):
        path = tmp_path / "one.toml"
        path.write_text('[a]\nb = { id = "ya" }\n')
        with pytest.raises(CatalogueError, match="no translation in 'en'"):
            tables.read(path).table("a").text("b")
