from __future__ import annotations

import shutil

import pytest

from simpul.catalogue import casework, rights, words
from simpul.catalogue.tables import CatalogueError


def lines_of(sheet, part):
    return [line for found in sheet.parts if found.code == part for line in found.lines]


class TestNewest:
    def test_holds_the_seven_principles_and_the_six_traits(self):
        sheet = rights.newest()
        principles = [entry.code for entry in casework.service_principles()]
        assert [line.code for line in lines_of(sheet, "principles")] == principles
        assert len(lines_of(sheet, "traits")) == 6

    def test_holds_no_word_that_hurts(self):
        sheet = rights.newest()
        texts = [sheet.title, sheet.intro, *(line.text for part in sheet.parts for line in part.lines)]
        for text in texts:
            assert not list(words.hurtful_in(text.id, "id"))
            assert not list(words.hurtful_in(text.en, "en"))


class TestGet:
    def test_knows_every_version_that_was_given(self):
        assert rights.get("1").version == "1"
        with pytest.raises(KeyError):
            rights.get("99")


class TestAllSheets:
    @pytest.fixture
    def folder(self, tmp_path):
        shutil.copy(rights.FOLDER / "1.toml", tmp_path / "1.toml")
        return tmp_path

    def test_come_in_the_order_of_their_numbers(self, folder):
        for number in ("2", "10"):
            text = (folder / "1.toml").read_text().replace('version = "1"', f'version = "{number}"')
            (folder / f"{number}.toml").write_text(text)
        assert [sheet.version for sheet in rights.all_sheets(folder)] == ["1", "2", "10"]

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ('version = "1"', 'version = "2"', "the name of the file"),
            ('verified = "seed"', 'verified = "sure"', "must be one of"),
            ('code = "traits"', 'kode = "traits"', "not a known word"),
        ],
        ids=["version", "verified", "key"],
    )
    def test_name_the_line_of_a_fault(self, folder, old, new, words):
        text = (folder / "1.toml").read_text()
        (folder / "1.toml").write_text(text.replace(old, new, 1))
        with pytest.raises(CatalogueError, match=rf"1\.toml:\d+: .*{words}"):
            rights.all_sheets(folder)
