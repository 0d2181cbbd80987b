"""Tests of judging files."""

from datetime import date

import polars as pl
import pytest

from simpul.engines.rules import FactKind, FactSpec, parse
from simpul.engines.rules.stream import UnreadableFileError, judge_file

ON = date(2026, 11, 21)
FACTS = {"poor": FactSpec("poor", FactKind.BOOL), "born": FactSpec("born", FactKind.DATE)}
RULES = {"old": parse("AGE(born) >= 60", facts=FACTS), "need": parse("poor AND AGE(born) >= 60", facts=FACTS)}
CSV = "\ufeffid;poor;born\n1;ya;1950-01-01\n2;tidak;31-12-1950\n3;;2000-02-30\n4;tidak tahu;1/5/1940\n5;ya;\n"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "verdicts.parquet"


class TestJudgeFile:
    """Judging a file."""

    def test_of_texts_leaves_out_and_reports_what_cannot_be_believed(self, tmp_path, out):
        source, refused = tmp_path / "people.csv", tmp_path / "refused.csv"
        source.write_text(CSV, encoding="utf-8")
        tally = judge_file(source, out, RULES, FACTS, on=ON, keep=["id"], refused=refused)
        assert pl.read_parquet(out).rows() == [
            ("1", True, True),
            ("2", True, False),
            ("4", True, None),
            ("5", None, None),
        ]
        assert refused.read_text().splitlines() == ["row,column,value,code", "4,born,2000-02-30,not_a_date"]
        assert (tally.people, tally.refused, tally.yes["old"], tally.unknown["need"]) == (4, 1, 3, 2)

    def test_of_many_rows_keeps_their_order_and_tells_how_far_it_is(self, tmp_path, out):
        count = 300_000
        people = pl.DataFrame({"id": range(count), "poor": [True, False, None] * (count // 3)})
        people.write_parquet(tmp_path / "people.parquet", row_group_size=50_000)
        seen = []
        rules = {"poor": parse("poor", facts=FACTS)}
        tally = judge_file(
            tmp_path / "people.parquet",
            out,
            rules,
            FACTS,
            on=ON,
            keep=["id"],
            progress=lambda *now: seen.append(now),
        )
        assert pl.read_parquet(out).equals(people)
        assert (tally.yes, tally.no, tally.unknown) == ({"poor": 100_000},) * 3
        assert seen[-1] == (count, count)
        assert len(seen) > 1

    def test_into_an_arrow_file_writes_the_same(self, tmp_path, out):
        people = pl.DataFrame({"id": [1, 2, 3], "poor": [True, None, False]})
        people.write_parquet(tmp_path / "people.parquet")
        rules = {"poor": parse("poor", facts=FACTS)}
        arrow = tmp_path / "verdicts.arrow"
        for target in (out, arrow):
            judge_file(tmp_path / "people.parquet", target, rules, FACTS, on=ON, keep=["id"])
        assert pl.read_ipc(arrow).rows() == pl.read_parquet(out).rows() == people.rows()

    def test_of_texts_needs_a_place_for_what_is_refused(self, tmp_path, out):
        with pytest.raises(UnreadableFileError, match="refused rows"):
            judge_file(tmp_path / "people.csv", out, RULES, FACTS, on=ON)

    @pytest.mark.parametrize("name", ["people.pdf", "people.xlsx"])
    def test_of_another_kind_is_refused(self, tmp_path, out, name):
        with pytest.raises(UnreadableFileError, match="CSV or Parquet"):
            judge_file(tmp_path / name, out, RULES, FACTS, on=ON, refused=tmp_path / "refused.csv")
