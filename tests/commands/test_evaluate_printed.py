"""Counting printed numbers again, without the web."""

import pytest

from simpul.commands import language, main
from simpul.commands.stop import DONE, STOPPED, USAGE

COUNTS = "Bangunan fisik, sesudah\nbaik; 18; 60,00\ncukup; 17\n"


@pytest.fixture(autouse=True)
def _indonesian_again():
    yield
    language.use("id")


@pytest.fixture
def run(tmp_path, capsys):
    """Recount files of that text; the exit code, standard output and standard error."""

    def recounted(*options, **texts):
        words = ["recount", *options]
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
            words += [f"--{name}", str(tmp_path / name)]
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return recounted


class TestRecount:
    def test_names_what_cannot_be(self, run):
        code, said, _err = run("--people", "30", counts=COUNTS)
        assert code == DONE
        assert "Bangunan fisik, sesudah" in said
        assert "padahal hanya 30 orang" in said

    def test_gives_sums_behind_means_and_no_significance(self, run):
        _code, said, _err = run("--people", "30", means="Legalitas; 9,300; 10,400; 1,100\n")
        assert {"279", "312"} <= set(said.split())
        assert "signifikansi tidak dihitung" in said

    def test_speaks_english(self, run):
        _code, said, _err = run("--people", "30", "--language", "en", means="Legality; 9.300; 10.400\n")
        assert "no significance is computed" in said

    @pytest.mark.parametrize(
        ("options", "texts", "code", "words"),
        [
            (["--people", "0"], {"counts": COUNTS}, USAGE, "paling sedikit 1"),
            (["--people", "30"], {}, USAGE, "--counts atau --means"),
            (["--people", "30"], {"counts": "baik 18"}, STOPPED, "Baris 1: tulis nama; jumlah orang"),
            (["--people", "30"], {"counts": "\n"}, STOPPED, "tidak berisi angka"),
            (["--people", "30"], {"means": b"\xff\xfe\x00"}, STOPPED, "bukan berkas teks"),
            (["--people", "30", "--counts", "/nowhere.txt"], {}, STOPPED, "tidak dapat dibaca"),
        ],
        ids=["nobody", "no file", "no semicolons", "empty", "no text", "not there"],
    )
    def test_explains_what_it_cannot_do(self, run, options, texts, code, words):
        found, _said, err = run(*options, **texts)
        assert (found, words in err) == (code, True)
