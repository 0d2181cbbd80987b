"""Tests of judging files."""

from datetime import date
from zipfile import ZipFile

import polars as pl
import pytest

from simpul.engines.rules import FactKind, FactSpec, parse
from simpul.engines.rules.stream import UnreadableFileError, judge_file

ON = date(2026, 11, 21)
FACTS = {"poor": FactSpec("poor", FactKind.BOOL), "born": FactSpec("born", FactKind.DATE)}
RULES = {"old": parse("AGE(born) >= 60", facts=FACTS), "need": parse("poor AND AGE(born) >= 60", facts=FACTS)}
CSV = "\ufeffid;poor;born\n1;ya;1950-01-01\n2;tidak;31-12-1950\n3;;2000-02-30\n4;tidak tahu;1/5/1940\n5;ya;\n"


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_spreadsheet(path, rows):
    """The least that a spreadsheet program takes for a workbook: one sheet of texts."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="people" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


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

    def test_of_a_spreadsheet_reads_its_cells(self, tmp_path, out):
        source = tmp_path / "people.xlsx"
        write_spreadsheet(source, [["id", "poor", "born"], ["a", "ya", "1950-01-01"], ["b", "", "1/2/2000"]])
        judge_file(source, out, RULES, FACTS, on=ON, keep=["id"], refused=tmp_path / "refused.csv")
        assert pl.read_parquet(out).rows() == [("a", True, True), ("b", False, False)]

    def test_of_what_only_looks_like_a_spreadsheet_is_refused(self, tmp_path, out):
        source = tmp_path / "people.xlsx"
        source.write_text("no spreadsheet")
        with pytest.raises(UnreadableFileError, match="not a spreadsheet"):
            judge_file(source, out, RULES, FACTS, on=ON, refused=tmp_path / "refused.csv")

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

    def test_of_another_kind_is_refused(self, tmp_path, out):
        with pytest.raises(UnreadableFileError, match="CSV, XLSX or Parquet"):
            judge_file(tmp_path / "people.pdf", out, RULES, FACTS, on=ON, refused=tmp_path / "refused.csv")
