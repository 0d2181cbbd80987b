"""Each fault planted in a copy of an instrument is found with its file and line."""

from __future__ import annotations

import shutil

import pytest

from simpul.catalogue import instruments
from simpul.catalogue.instruments.reader import read_all
from simpul.catalogue.tables import CatalogueError


@pytest.fixture
def folder(tmp_path):
    shutil.copy(instruments.FOLDER / "living-conditions-1.toml", tmp_path)
    return tmp_path


def fault_after(folder, old, new):
    path = folder / "living-conditions-1.toml"
    source = path.read_text()
    assert old in source
    path.write_text(source.replace(old, new, 1))
    faults: list[CatalogueError] = []
    assert list(read_all(folder, faults.append)) == []
    assert faults[0].file == str(path)
    return faults[0]


class TestReadAll:
    def test_reads_what_is_sound(self, folder):
        assert [found.code for found in read_all(folder, pytest.fail)] == ["living-conditions"]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('scale = "fitness"', 'scale = "fit"', "must be one of: fitness"),
            ('code = "room"', 'code = "building"', "same code"),
            ("fewest_answered = 3", "fewest_answered = 9", "cannot rest on 9"),
            ('title = { id = "Rumah", en = "House" }', 'title = { id = "Rumah" }', "no translation in 'en'"),
            ("4 = { id = ", "5 = { id = ", "'5' is not a known word"),
            ("fewest_answered = 3", "reliability = 0.9", "'measured_in' is missing"),
            ("fewest_answered = 3", 'reliability = 1.2\nmeasured_in = "x"', "below 1"),
            ('verified = "design"', 'verified = "sure"', "must be one of"),
            ('purposes = ["assessment"]', 'purposes = ["fun"]', "not purposes"),
            ("version = 1", "version = 2", "must be called living-conditions-2.toml"),
            ('code = "hygiene"', 'code = "house"', "two domains"),
            ("value = 2", "value = 1", "each once"),
        ],
    )
    def test_names_the_fault(self, folder, old, new, said):
        assert said in fault_after(folder, old, new).sentence

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("from_score = 2", "from_score = 0", "lowest to highest"),
            ("from_score = 0", "from_score = 1", "begins at the lowest score, 0"),
            ("from_score = 4", "from_score = 7", "above the highest score, 6"),
            ("from_score = 4", 'from_score = "4"', "must be a number"),
            ('code = "good"', 'code = "fair"', "each once"),
        ],
    )
    def test_names_what_is_wrong_with_cut_offs(self, tmp_path, old, new, said):
        name = "organisation-empowerment-1.toml"
        source = (instruments.FOLDER / name).read_text()
        assert old in source
        (tmp_path / name).write_text(source.replace(old, new, 1))
        faults: list[CatalogueError] = []
        assert list(read_all(tmp_path, faults.append)) == []
        assert said in faults[0].sentence

    def test_names_the_line(self, folder):
        fault = fault_after(folder, 'scale = "fitness"', 'scale = "fit"')
        lines = (folder / "living-conditions-1.toml").read_text().splitlines()
        assert lines[fault.line - 1] == 'scale = "fit"'
