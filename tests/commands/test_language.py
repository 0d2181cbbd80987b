"""The language of the command line."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from simpul.commands import language, main


@pytest.fixture(autouse=True)
def _indonesian_again():
    yield
    language.use("id")


class TestChoose:
    def test_is_indonesian_on_a_machine_set_to_english(self, monkeypatch):
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        monkeypatch.delenv("SIMPUL_LANGUAGE", raising=False)
        assert language.choose(["user", "list"]) == "id"

    def test_follows_the_setting(self, monkeypatch):
        monkeypatch.setenv("SIMPUL_LANGUAGE", "en")
        assert language.choose([]) == "en"

    @pytest.mark.parametrize("words", [["--language", "en", "user"], ["user", "list", "--language=en"]])
    def test_finds_the_option_wherever_it_stands(self, words, monkeypatch):
        monkeypatch.setenv("SIMPUL_LANGUAGE", "id")
        assert language.choose(words) == "en"

    def test_takes_indonesian_for_a_language_it_does_not_speak(self):
        assert language.choose(["--language", "fr"]) == "id"


class TestHelp:
    def test_teaches_with_examples(self, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["screen", "--help"])
        assert ended.value.code == 0
        said = capsys.readouterr().out
        assert "contoh:" in said
        assert "simpul screen --template warga.csv" in said

    def test_explains_wrong_usage_in_indonesian(self, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["screen", "--on", "kemarin"])
        assert ended.value.code == 2
        assert "'kemarin' bukan tanggal" in capsys.readouterr().err

    def test_answers_at_once_without_the_heavy_libraries(self):
        code = (
            "import sys, simpul.commands as c\n"
            "try: c.main(['--help'])\n"
            "except SystemExit: pass\n"
            "print([m for m in ('django', 'polars', 'rich') if m in sys.modules], file=sys.stderr)"
        )
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stderr.strip() == "[]"
        # Generous, because the machine that tests is busy; the figure to reach is 0.3 s.
        assert time.perf_counter() - began < 3
