"""Evaluating two files of answers without the web."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from simpul.commands import language, main
from simpul.commands.stop import DONE, STOPPED, USAGE
from tests.commands.sheets import write_xlsx

BEFORE = "kode,lembaga,LEG,MAN\n" + "".join(f"K{n:02},o{n % 3},{4 + n % 4},{20 + n % 7}\n" for n in range(12))
AFTER = "kode,lembaga,LEG,MAN\n" + "".join(f"K{n:02},o{n % 3},{7 + n % 5},{20 + n % 5}\n" for n in range(11))
ITEMS_BEFORE = "person,L1,L2\na,1,4\nb,2,5\nc,0,3\nd,3,\n"
ITEMS_AFTER = "person,L1,L2\na,3,2\nb,4,1\nc,4,3\nd,5,0\n"
CODEBOOK = (
    "butir,aspek,judul,dibalik,terendah,tertinggi,kategori\n"
    "L1,LEG,Legalitas,,0,5,kurang:0; cukup:4; baik:7\nL2,LEG,,ya,0,5,\n"
)


@pytest.fixture(autouse=True)
def _indonesian_again():
    yield
    language.use("id")


@pytest.fixture
def run(tmp_path, capsys):
    """Evaluate two files of that text; the exit code, standard output and standard error."""

    def evaluated(before, after, *options, aspects=None):
        for name, text in (("pre.csv", before), ("post.csv", after), ("codebook.csv", aspects)):
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        words = ["evaluate", str(tmp_path / "pre.csv"), str(tmp_path / "post.csv"), *options]
        if aspects is not None:
            words += ["--aspects", str(tmp_path / "codebook.csv")]
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return evaluated


@pytest.fixture
def as_json(run):
    def evaluated(*words, **options):
        _code, said, _err = run(*words, "--json", **options)
        return json.loads(said)

    return evaluated


class TestEvaluate:
    def test_shows_what_changed_how_sure_and_what_cannot_be_shown(self, run):
        code, said, _err = run(BEFORE, AFTER, "--by", "kode")
        flat = " ".join(said.split())
        assert code == DONE
        assert "LEG: pada 11 orang yang ikut kedua tes, rata-rata naik" in flat
        assert "Satu kelompok tanpa pembanding" in flat
        assert "K11" in flat

    def test_speaks_english(self, run):
        _code, said, _err = run(BEFORE, AFTER, "--language", "en")
        assert "One group without comparison" in said

    def test_gives_all_numbers_as_json(self, as_json):
        made = as_json(BEFORE, AFTER)
        assert [one["aspect"]["code"] for one in made["aspects"]] == ["LEG", "MAN"]
        assert made["flow"]["organisations"] == ["o0", "o1", "o2"]
        assert made["aspects"][0]["paired"]["pairs"] == 11

    def test_writes_a_tagged_paper_that_is_the_same_each_time(self, run, tmp_path):
        papers = []
        for name in ("one.pdf", "two.pdf"):
            run(BEFORE, AFTER, "--out", str(tmp_path / name))
            papers.append((tmp_path / name).read_bytes())
        assert papers[0] == papers[1]
        assert papers[0].startswith(b"%PDF")
        assert b"/MarkInfo" in papers[0]
        assert b"pdfuaid" in papers[0]
        assert (tmp_path / "one.pdf").stat().st_mode & 0o077 == 0

    def test_sums_items_by_the_codebook_and_turns_reversed_ones(self, as_json):
        aspect = as_json(ITEMS_BEFORE, ITEMS_AFTER, aspects=CODEBOOK)["aspects"][0]
        assert aspect["aspect"]["title"] == "Legalitas"
        # a: 1 + (5 - 4) before, 3 + (5 - 2) after; b: 2 and 8; c: 2 and 6. d left an item open and has no score.
        assert (aspect["before"]["mean"], aspect["paired"]["pairs"]) == (2, 3)
        assert aspect["after"]["mean"] == pytest.approx(20 / 3)
        assert aspect["aspect"]["highest"] == 10
        assert [one["after"] for one in aspect["shift"]["standings"]] == [0, 2, 1]
        assert aspect["items"]["complete"] == 3

    def test_sets_a_comparison_group_beside(self, as_json):
        head = "kode,grup,A\n"
        before = head + "a,p,1\nb,p,2\nc,l,1\nd,l,2\n"
        after = head + "a,p,5\nb,p,4\nc,l,1\nd,l,3\n"
        made = as_json(before, after, "--group", "grup", "--comparison", "l")
        assert made["aspects"][0]["compared"]["difference"] == 2.5
        assert made["flow"]["compared_people"] == 2

    def test_reads_semicolons_commas_and_spreadsheets_alike(self, as_json, tmp_path):
        sheet = write_xlsx(tmp_path / "pre.xlsx", [["kode", "A"], ["a", 1.5], ["b", 2], ["c", 4]])
        before, after = "kode;A\na;1,5\nb;2\nc;4\n", "kode;A\na;3,5\nb;5\nc;5\n"
        from_csv = as_json(before, after)
        assert from_csv["aspects"][0]["before"]["mean"] == 2.5
        (tmp_path / "pre.csv").write_bytes(sheet.read_bytes())
        assert as_json(None, after) == from_csv

    def test_refuses_to_test_what_does_not_vary_and_still_ends_well(self, run):
        code, said, _err = run("kode,A\na,1\nb,2\n", "kode,A\na,3\nb,4\n")
        assert code == DONE
        flat = " ".join(said.split())
        assert "berubah persis sama" in flat
        assert re.search(r"tidak dapat diuji: .*berubah persis sama", flat)
        # The table of tests shows no p beside those words.
        assert re.search(r"^A( +-){7}$", said, re.MULTILINE)

    def test_says_shortly_whether_all_tests_agree(self, run):
        _code, said, _err = run(BEFORE, AFTER, "--by", "kode")
        assert "belum dapat dikatakan: p balik tanda, Holm = 0,500" in " ".join(said.split())


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("before", "said"),
        [
            pytest.param("kode,A\na,satu\nb,2\n", "Baris 2, kolom A: 'satu' bukan bilangan", id="word"),
            pytest.param("kode,A\na,1\na,2\n", "Baris 3, kolom kode: a sudah ada", id="twice"),
            pytest.param("kode,A\n,1\nb,2\n", "Baris 2, kolom kode: orangnya tidak disebut", id="nobody"),
            pytest.param("kode,A\na,nan\n", "'nan' bukan bilangan", id="nan"),
            pytest.param("kode,A\na,1,7\n", "Baris 2: berisi 3 isian", id="askew"),
            pytest.param("kode,A\n", "tidak berisi baris orang", id="no rows"),
            pytest.param("", "kosong", id="empty"),
        ],
    )
    def test_are_named_with_row_column_and_reason(self, run, before, said):
        code, shown, err = run(before, "kode,A\na,1\nb,2\n")
        assert code == STOPPED
        assert said in err
        assert not shown

    def test_with_a_column_that_is_no_score_are_told_of_the_codebook(self, run):
        _code, _said, err = run("kode,A,catatan\na,1,baik\n", "kode,A,catatan\na,2,baik\n")
        assert "kolom catatan: 'baik' bukan bilangan" in err
        assert "--aspects" in err

    @pytest.mark.parametrize(
        ("codebook", "named_in", "has_hint"),
        [
            pytest.param(None, "pre.csv", True, id="none"),
            pytest.param("butir,aspek\nB,X\n", "codebook.csv", False, id="one"),
        ],
    )
    def test_lacking_a_column_are_told_what_named_it(self, run, codebook, named_in, has_hint):
        code, _said, err = run("kode,A,B\na,1,2\n", "kode,A\na,2\n", aspects=codebook)
        assert code == STOPPED
        assert re.search(
            rf"post\.csv tidak punya kolom B yang disebut dalam \S*{named_in}\.", err.replace("\n", "")
        )
        assert ("--aspects" in err) is has_hint

    def test_are_told_ten_at_a_time(self, run):
        rows = "".join(f"p{n},x\n" for n in range(25))
        _code, _said, err = run(f"kode,A\n{rows}", "kode,A\na,1\n")
        assert "25 hal perlu diperbaiki" in err
        assert len(re.findall("^Baris", err, re.MULTILINE)) == 10
        assert "dan 15 lagi" in err

    def test_have_answers_within_their_range(self, run):
        _code, _said, err = run(ITEMS_BEFORE, ITEMS_AFTER.replace("c,4", "c,6"), aspects=CODEBOOK)
        assert "Baris 4, kolom L1: 6 di luar 0 sampai 5" in err

    def test_share_people(self, run):
        code, _said, err = run("kode,A\na,1\nb,2\n", "kode,A\nx,1\ny,2\n")
        assert code == STOPPED
        assert "Tidak ada orang yang sama" in err

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            pytest.param("L1,,x,,0,5,", "butir dan aspek harus diisi", id="no aspect"),
            pytest.param("L1,LEG,,ya,,,", "perlu nilai terendah dan tertinggi", id="reversed without range"),
            pytest.param("L1,LEG,,,5,0,", "lebih besar daripada", id="range upside down"),
            pytest.param("L1,LEG,,kadang,0,5,", "tulis ya atau tidak", id="neither"),
            pytest.param("L1,LEG,,,0,5,baik:9; kurang:0", "dari yang terendah", id="bands upside down"),
            pytest.param("L9,LEG,,,0,5,", "tidak punya kolom L9", id="no such column"),
            pytest.param("L1,LEG,,,nol,5,", "'nol' bukan bilangan", id="no number"),
        ],
    )
    def test_of_the_codebook_are_named_too(self, run, row, said):
        head = CODEBOOK.splitlines()[0]
        code, _said, err = run(ITEMS_BEFORE, ITEMS_AFTER, aspects=f"{head}\n{row}\n")
        assert code == STOPPED
        assert said in err

    def test_of_the_codebook_say_which_way_is_better(self, run):
        codebook = "butir,aspek,rendah_lebih_baik\nL1,LEG,mungkin\n"
        code, _said, err = run(ITEMS_BEFORE, ITEMS_AFTER, aspects=codebook)
        assert (code, "tulis ya atau tidak, bukan 'mungkin'" in err) == (STOPPED, True)


class TestUsage:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            pytest.param(["--by", "nik"], "tidak punya kolom nik. Yang ada: kode, G, A", id="no such column"),
            pytest.param(["--out", "laporan.docx"], "berakhir dengan .pdf", id="not a pdf"),
            pytest.param(["--out", "/tidak/ada/laporan.pdf"], "tidak ada", id="no such folder"),
            pytest.param(["--group", "G"], "dipakai bersama", id="group alone"),
            pytest.param(["--group", "G", "--comparison", "z"], "pembanding z", id="no such group"),
        ],
    )
    def test_is_explained(self, run, options, said):
        code, _said, err = run("kode,G,A\na,g,1\nb,g,2\n", "kode,G,A\na,g,2\nb,g,4\n", *options)
        assert code in (USAGE, STOPPED)
        assert said in err

    def test_asks_who_the_people_are(self, run):
        code, _said, err = run("siapa,A\na,1\n", "siapa,A\na,1\n")
        assert code == USAGE
        assert "--by" in err


class TestAlone:
    def test_needs_neither_the_framework_nor_a_database(self, tmp_path):
        for name, text in (("pre.csv", BEFORE), ("post.csv", AFTER)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        code = (
            "import sys; from simpul.commands import main; "
            f"main(['evaluate', {str(tmp_path / 'pre.csv')!r}, {str(tmp_path / 'post.csv')!r}, '--json']); "
            "print([m for m in sys.modules if m.split('.')[0] in ('django', 'sqlite3')], file=sys.stderr)"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert found.stderr.strip() == "[]"
