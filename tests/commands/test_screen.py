"""Screening a file of people."""

from __future__ import annotations

import csv
from datetime import date
from zipfile import ZipFile

import polars as pl
import pytest

from simpul.commands import main
from simpul.commands.screen import DONE
from simpul.commands.stop import SOME_REFUSED, STOPPED, USAGE
from tests.commands.sheets import write_xlsx

HUNGRY = "id,born,basic_needs_met,left_alone\n1,1950-03-01,tidak,ya\n2,1990-01-01,ya,tidak\n3,,,\n"


@pytest.fixture
def screen(tmp_path, capsys):
    """Screen a file of that text (or one that exists); the exit code, and what was said."""

    def run(source, *options, out="hasil.parquet"):
        path = source
        if isinstance(source, str):
            path = tmp_path / "warga.csv"
            path.write_text(source, encoding="utf-8")
        code = main(["screen", str(path), "--out", str(tmp_path / out), "--on", "2026-11-21", *options])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.fixture
def verdicts(tmp_path):
    return lambda: pl.read_parquet(tmp_path / "hasil.parquet")


@pytest.fixture
def refused(tmp_path):
    def read():
        with (tmp_path / "hasil.refused.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))[1:]

    return read


class TestScreen:
    def test_writes_one_verdict_for_each_type_and_row(self, screen, verdicts):
        code, _said = screen(HUNGRY)
        assert code == DONE
        assert verdicts().select("row", "id", "LUT").rows() == [
            (2, "1", True),
            (3, "2", False),
            (4, "3", None),
        ]

    def test_opens_no_spreadsheet_that_would_fill_the_memory(self, screen, tmp_path):
        far = write_xlsx(tmp_path / "jauh.xlsx", [["born"], ["1990-01-01"]])
        packed = tmp_path / "warga.xlsx"
        with ZipFile(far) as old, ZipFile(packed, "w") as new:
            for name in old.namelist():
                held = old.read(name).replace(b"<row><c t", b'<row><c r="XFD1048576" t', 1)
                new.writestr(name, held)
        code, said = screen(packed)
        assert code == STOPPED
        assert "menjangkau terlalu jauh" in said

    def test_shows_how_many_of_each_answer(self, screen):
        _code, said = screen(HUNGRY)
        line = next(line for line in said.splitlines() if line.startswith("LUT"))
        assert line.split()[-3:] == ["1", "1", "1"]

    def test_writes_words_into_csv(self, screen, tmp_path):
        screen(HUNGRY, out="hasil.csv")
        with (tmp_path / "hasil.csv").open(encoding="utf-8", newline="") as file:
            assert [row["LUT"] for row in csv.DictReader(file)] == ["ya", "tidak", "belum diketahui"]

    def test_reads_semicolons_and_labels_as_offices_write_them(self, screen, verdicts):
        code, _said = screen("ID;Tanggal lahir;Jenis kelamin\n7;01/03/1950;Perempuan\n")
        assert code == DONE
        assert verdicts().get_column("id").to_list() == ["7"]

    def test_judges_by_the_list_that_was_asked_for(self, screen, verdicts):
        screen(HUNGRY, "--list", "seed004-28")
        assert len(verdicts().columns) == 30

    def test_gives_the_same_from_every_kind_of_file(self, screen, verdicts, tmp_path):
        screen(HUNGRY)
        from_csv = verdicts().drop("row", "id")
        rows = [
            ["id", "born", "basic_needs_met", "left_alone"],
            ["1", "1950-03-01", "tidak", "ya"],
            ["2", "1990-01-01", "ya", "tidak"],
            ["3", "", "", ""],
        ]
        screen(write_xlsx(tmp_path / "warga.xlsx", rows))
        from_sheet = verdicts().drop("row", "id")
        frame = {
            "born": [date(1950, 3, 1), date(1990, 1, 1), None],
            "basic_needs_met": [False, True, None],
            "left_alone": [True, False, None],
        }
        pl.DataFrame(frame).write_parquet(tmp_path / "warga.parquet")
        screen(tmp_path / "warga.parquet")
        assert from_csv.equals(from_sheet)
        assert from_csv.equals(verdicts())

    def test_keeps_the_result_for_its_owner_alone(self, screen, tmp_path):
        screen(HUNGRY)
        assert (tmp_path / "hasil.parquet").stat().st_mode & 0o077 == 0


class TestRefusedRows:
    def test_are_named_with_row_column_value_and_reason(self, screen, refused, verdicts):
        code, said = screen("id,born,sex\n1,31/02/2000,L\n2,1990-01-01,X\n3,1990-01-01,P\n")
        assert code == SOME_REFUSED
        assert [row[:3] for row in refused()] == [["2", "born", "31/02/2000"], ["3", "sex", "X"]]
        assert "2 baris ditolak" in said
        assert verdicts().get_column("id").to_list() == ["3"]

    def test_run_nothing_where_a_spreadsheet_opens_them(self, screen, refused):
        screen('id,born\n1,"=HYPERLINK(""http://x"")"\n2,@sum,1,2\n-3,1990-01-01\n=4,5,6\n')
        assert [row[2][:2] for row in refused()] == ["'=", "2,", "'="]

    @pytest.mark.parametrize("born", ["2026-11-22", "1850-01-01"])
    def test_are_those_of_people_who_cannot_live(self, screen, refused, born):
        code, _said = screen(f"born\n1990-01-01\n{born}\n")
        assert code == SOME_REFUSED
        assert refused()[0][:2] == ["3", "born"]

    def test_hold_a_nik_that_a_spreadsheet_made_a_number(self, screen, refused, tmp_path):
        rows = [["nik", "born"], [2102030405060001.0, "1990-01-01"], ["2102030405060001", "1990-01-01"]]
        code, _said = screen(write_xlsx(tmp_path / "warga.xlsx", rows))
        assert code == SOME_REFUSED
        assert "tersimpan sebagai angka" in refused()[0][3]
        assert len(refused()) == 1

    def test_hold_a_nik_of_fifteen_digits(self, screen, refused):
        screen("nik,born\n210203040506000,1990-01-01\n,1990-01-01\n")
        assert refused() == [["2", "nik", "210203040506000", "NIK harus 16 angka"]]

    def test_count_once_however_many_values_are_wrong(self, screen):
        _code, said = screen("born,sex\n1850-01-01,X\n1990-01-01,L\n")
        assert "1 baris ditolak" in said

    def test_disappear_when_the_file_was_mended(self, screen, tmp_path):
        screen("born\n1850-01-01\n1990-01-01\n")
        screen("born\n1950-01-01\n1990-01-01\n")
        assert not (tmp_path / "hasil.refused.csv").exists()

    def test_alone_leave_no_result(self, screen, tmp_path):
        code, said = screen("born\n1850-01-01\n")
        assert code == STOPPED
        assert not (tmp_path / "hasil.parquet").exists()
        assert "hasil.refused.csv" in said

    @pytest.mark.parametrize(
        ("askew", "why"),
        [
            ("2,1990-01-01", "berisi 2 isian, padahal judul kolomnya 3"),
            ("2,1990-01-01,P,x", "berisi 4 isian, padahal judul kolomnya 3"),
            ('2,1990-01-01,"P', "tanda petik"),
            ('2,1990-01-01,"P"x', "tanda petik"),
            ("2,1990-01-01,\x00P", "bukan tulisan"),
            ("2,\x01,P", "bukan tulisan"),
        ],
        ids=["short", "long", "open_quote", "text_after_a_quote", "nul", "control_sign"],
    )
    @pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
    def test_that_stand_askew_are_refused_alone(self, screen, refused, verdicts, askew, why, place):
        lines = ["1,1990-01-01,P", "3,1990-01-01,L"]
        lines.insert(place, askew)
        code, _said = screen("\n".join(["id,born,sex", *lines]))
        assert code == SOME_REFUSED
        [(number, _column, _value, reason)] = refused()
        assert number == str(place + 2)
        assert why in reason
        assert verdicts().get_column("id").to_list() == ["1", "3"]

    def test_of_a_piece_stand_in_the_order_of_the_file(self, screen, refused):
        screen("born,sex\n1990-01-01,X\n1990-01-01\n1990-01-01,X\n1990-01-01,L\n")
        assert [row[0] for row in refused()] == ["2", "3", "4"]

    def test_of_typed_parquet_are_found_as_well(self, screen, tmp_path, refused):
        frame = pl.DataFrame({"born": [date(1850, 1, 1), date(1990, 1, 1)]})
        frame.write_parquet(tmp_path / "warga.parquet")
        code, _said = screen(tmp_path / "warga.parquet")
        assert code == SOME_REFUSED
        assert refused()[0][0] == "1"


class TestColumns:
    def test_that_are_unknown_are_named_with_what_may_be_meant(self, screen):
        code, said = screen("born,cared_fr,zodiak\n1990-01-01,ya,x\n")
        assert code == DONE
        assert "“cared_fr”: mungkin maksud Anda cared_for?" in said
        assert "“zodiak” tidak dikenal" in said

    def test_none_of_which_is_known_stop_everything(self, screen, tmp_path):
        code, said = screen("lahir,umur\n1,2\n")
        assert code == STOPPED
        assert "--template" in said
        assert not (tmp_path / "hasil.parquet").exists()

    def test_that_mean_the_same_stop_everything(self, screen):
        code, said = screen("born,Tanggal lahir\n1990-01-01,1990-01-01\n")
        assert code == STOPPED
        assert "berarti sama" in said


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "kosong"),
            (b"%PDF-1.7 ...", "bukan CSV"),
            (b"PK\x03\x04 broken", "Lembar sebar"),
            (b"PAR1 broken", "Berkas Parquet"),
            (b"\x01\x02\x03,\n", "bukan CSV"),
        ],
    )
    def test_of_the_wrong_kind_get_a_sentence(self, screen, tmp_path, content, words):
        path = tmp_path / "warga.csv"
        path.write_bytes(content)
        code, said = screen(path)
        assert code == STOPPED
        assert words in said

    def test_in_an_older_encoding_get_a_sentence(self, screen, tmp_path):
        path = tmp_path / "warga.csv"
        path.write_bytes("born,nama\n1990-01-01,Andr\xe9\n".encode("latin-1"))
        code, said = screen(path)
        assert code == STOPPED
        assert "rusak" in said or "UTF-8" in said

    def test_that_are_folders_get_a_sentence(self, screen, tmp_path):
        code, said = screen(tmp_path)
        assert code == STOPPED
        assert "itu folder" in said

    def test_that_are_not_there_are_named(self, screen, tmp_path):
        code, said = screen(tmp_path / "tidak-ada.csv")
        assert code == STOPPED
        assert "tidak-ada.csv" in said

    def test_in_an_older_encoding_far_down_get_a_sentence(self, screen, tmp_path):
        path = tmp_path / "warga.csv"
        path.write_bytes(
            b"born,nama\n" + b"1990-01-01,Ani\n" * 5000 + "1990-01-01,Andr\xe9\n".encode("latin-1")
        )
        code, said = screen(path)
        assert code == STOPPED
        assert "UTF-8" in said
        assert not (tmp_path / "hasil.parquet").exists()

    def test_with_headings_alone_write_nothing(self, screen, tmp_path):
        code, _said = screen("born,sex\n")
        assert code == STOPPED
        assert not (tmp_path / "hasil.parquet").exists()

    def test_are_told_apart_by_what_is_in_them(self, screen, tmp_path, verdicts):
        path = write_xlsx(tmp_path / "salah-nama.csv", [["born"], ["1990-01-01"]])
        assert screen(path)[0] == DONE
        assert verdicts().height == 1

    @pytest.mark.parametrize("out", ["hasil.pdf", "hasil"])
    def test_of_results_have_an_ending_we_write(self, screen, out):
        assert screen(HUNGRY, out=out)[0] == USAGE

    def test_of_people_are_never_written_over(self, screen, tmp_path):
        code, _said = screen(HUNGRY, out="warga.csv")
        assert code == USAGE
        assert (tmp_path / "warga.csv").read_text() == HUNGRY


class TestTemplate:
    def test_can_be_screened_once_it_is_filled(self, tmp_path, screen):
        path = tmp_path / "kolom.csv"
        assert main(["screen", "--template", str(path)]) == DONE
        heading = path.read_text(encoding="utf-8-sig").strip()
        cells = ",".join("1990-01-01" if name == "born" else "" for name in heading.split(","))
        code, said = screen(f"{heading}\n{cells}\n")
        assert code == DONE
        assert "tidak dikenal" not in said

    def test_explains_each_column(self, tmp_path):
        main(["screen", "--template", str(tmp_path / "kolom.csv")])
        explained = (tmp_path / "kolom-penjelasan.csv").read_text(encoding="utf-8-sig")
        assert "born," in explained

    def test_overwrites_nothing(self, tmp_path):
        (tmp_path / "kolom.csv").write_text("penting")
        assert main(["screen", "--template", str(tmp_path / "kolom.csv")]) == STOPPED
        assert (tmp_path / "kolom.csv").read_text() == "penting"
