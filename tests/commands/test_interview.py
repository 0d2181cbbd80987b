"""The interview in a terminal."""

from __future__ import annotations

import io
import tomllib

import pytest

from simpul.commands import main


@pytest.fixture
def interview(monkeypatch, capsys):
    """Give the interview these lines to read; returns the exit code, what was shown and what was asked."""

    def run(lines, *options):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        code = main(["interview", "--on", "2026-11-21", *options])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.fixture
def answered(tmp_path):
    """A file with answers."""

    def write(text):
        path = tmp_path / "jawaban.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def questions(asked):
    """The questions in the order they were put."""
    return [block.splitlines()[1] for block in asked.split("jenis sudah pasti")[1:]]


OLD_AND_HUNGRY = 'born = 1954-03-01\nsex = "P"\nbasic_needs_met = false\nleft_alone = true\n'


class TestInterview:
    def test_shows_the_findings_with_reasons_and_source(self, interview, answered):
        code, shown, _asked = interview(["selesai"], "--facts", answered(OLD_AND_HUNGRY))
        assert code == 0
        fits = shown.partition("Belum pasti")[0]
        assert "Lanjut usia telantar" in fits
        assert "Sumber: Permensos 8/2012" in fits

    def test_ends_when_the_lines_end(self, interview):
        code, shown, asked = interview(["tidak tahu"])
        assert code == 0
        assert "Belum pasti" in shown
        assert asked.count("> ") == 2

    def test_asks_again_after_what_is_no_answer(self, interview):
        _code, _shown, asked = interview(["zzz"])
        assert asked.count("jenis sudah pasti") == 2

    def test_goes_back_to_the_question_before(self, interview):
        _code, _shown, asked = interview(["tidak tahu", "kembali"])
        first, second, third = questions(asked)[:3]
        assert first == third != second

    def test_keeps_not_knowing_and_not_saying_apart(self, interview, tmp_path):
        saved = tmp_path / "simpan.toml"
        interview(["tidak tahu", "tidak mau"], "--save", str(saved))
        assert list(tomllib.loads(saved.read_text()).values()) == ["unknown", "refused"]

    def test_goes_on_from_what_was_saved(self, interview, tmp_path):
        saved = tmp_path / "simpan.toml"
        _code, _shown, first = interview(["tidak tahu"], "--save", str(saved))
        _code, _shown, again = interview(["selesai"], "--facts", str(saved))
        assert questions(first)[1] == questions(again)[0]

    def test_saves_for_its_owner_alone(self, interview, tmp_path):
        saved = tmp_path / "simpan.toml"
        interview(["ya"], "--save", str(saved))
        assert saved.stat().st_mode & 0o077 == 0

    def test_shows_which_answers_do_not_fit_together_after_the_findings(self, interview, answered):
        clashing = answered("has_livelihood = false\nincome = 500000\n")
        _code, shown, _asked = interview(["selesai"], "--facts", clashing)
        _findings, said, clashes = shown.partition("Jawaban yang tidak cocok satu sama lain")
        assert said
        assert "tidak ada sumber penghasilan" in clashes

    def test_says_nothing_of_answers_that_fit_together(self, interview, answered):
        _code, shown, _asked = interview(["selesai"], "--facts", answered(OLD_AND_HUNGRY))
        assert "tidak cocok" not in shown

    def test_never_puts_forward_what_only_the_person_brings_up(self, interview, answered):
        _code, _shown, asked = interview(["selesai", ""], "--facts", answered(OLD_AND_HUNGRY))
        assert "Hal lain yang ingin disampaikan?" in asked
        assert "HIV" not in asked

    def test_takes_what_the_person_brings_up(self, interview, answered, tmp_path):
        saved = tmp_path / "simpan.toml"
        lines = ["selesai", "lain", "1", "ya", ""]
        _code, _shown, asked = interview(lines, "--facts", answered(OLD_AND_HUNGRY), "--save", str(saved))
        assert "HIV" in asked.partition("Hal lain")[2]
        assert tomllib.loads(saved.read_text())["hiv_confirmed"] is True

    @pytest.mark.parametrize("number", ["0", "99", "ya", ""])
    def test_offers_again_after_what_is_no_number_of_the_list(self, interview, answered, number):
        _code, _shown, asked = interview(["selesai", "lain", number], "--facts", answered(OLD_AND_HUNGRY))
        assert asked.count("Hal lain yang ingin disampaikan?") == 2

    def test_does_not_offer_to_a_child_what_is_never_asked_of_one(self, interview, answered):
        child = answered("born = 2015-03-01\n")
        _code, _shown, asked = interview(["selesai", "lain"], "--facts", child)
        assert "layanan seksual" not in asked

    def test_speaks_english(self, interview, answered):
        _code, shown, _asked = interview(["done"], "--facts", answered(OLD_AND_HUNGRY), "--language", "en")
        assert "Neglected older person" in shown or "older person" in shown.lower()

    @pytest.mark.parametrize("text", ["umur = 72\n", "poor = 1\n", "poor = \n"])
    def test_names_what_is_wrong_in_a_file_of_answers(self, interview, answered, text):
        path = answered(text)
        code, _shown, said = interview([], "--facts", path)
        assert code == 1
        assert path in said

    def test_names_the_lists_there_are(self, interview):
        code, _shown, said = interview([], "--list", "permensos-9")
        assert code == 2
        assert "permensos-8-2012" in said
