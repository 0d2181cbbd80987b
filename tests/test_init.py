from importlib import metadata

import pytest

import simpul

PROJECT = '[project]\nname = "{name}"\nversion = "7.8.9"\n'


@pytest.fixture(autouse=True)
def forgotten():
    simpul.version.cache_clear()
    yield
    simpul.version.cache_clear()


@pytest.fixture
def not_installed(monkeypatch, tmp_path):
    def version(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(simpul, "_PROJECT", tmp_path / "pyproject.toml")
    return tmp_path / "pyproject.toml"


class TestVersion:
    def test_is_that_of_the_installed_package(self, monkeypatch):
        monkeypatch.setattr(metadata, "version", lambda name: f"{name} 1.2.3")

        assert simpul.version() == "simpul 1.2.3"

    def test_is_that_of_the_project_where_nothing_is_installed(self, not_installed):
        not_installed.write_text(PROJECT.format(name="simpul"), encoding="utf-8")

        assert simpul.version() == "7.8.9"

    @pytest.mark.parametrize("text", [PROJECT.format(name="other"), "[tool]\n", "[project\n", None])
    def test_is_empty_where_nothing_tells(self, not_installed, text):
        if text is not None:
            not_installed.write_text(text, encoding="utf-8")

        assert simpul.version() == ""
