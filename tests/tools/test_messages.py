"""Gathering the texts for translation."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

TOOL = Path(__file__).resolve().parents[2] / "tools" / "messages.py"


@pytest.fixture
def messages(tmp_path, monkeypatch):
    """The tool, looking at a small tree of its own."""
    spec = importlib.util.spec_from_file_location("messages_tool", TOOL)
    tool = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "messages_tool", tool)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "PROJECT", tmp_path)
    monkeypatch.setattr(tool, "SOURCES", tmp_path / "simpul")
    (tmp_path / "simpul" / "templates").mkdir(parents=True)
    return tool


def write(tool, name, text):
    (tool.SOURCES / name).write_text(text, encoding="utf-8")


class TestGathered:
    def test_finds_texts_in_python(self, messages):
        write(
            messages, "a.py", 'x = _("Simpan")\ny = ngettext("%s orang", "%s orang-orang", 2)\nz = _(name)\n'
        )
        assert set(messages.gathered()) == {(None, "Simpan"), (None, ("%s orang", "%s orang-orang"))}

    def test_finds_texts_in_templates(self, messages):
        page = '<p>\n  {% translate "Orang baru" %}\n    {% blocktranslate trimmed %}\n Halo {{ name }}\n{% endblocktranslate %}</p>'
        write(messages, "templates/a.html", page)
        assert set(messages.gathered()) == {(None, "Orang baru"), (None, "Halo %(name)s")}

    def test_keeps_contexts_apart(self, messages):
        write(messages, "a.py", 'x = pgettext("bulan", "Mei")\ny = _("Mei")\n')
        assert set(messages.gathered()) == {("bulan", "Mei"), (None, "Mei")}


class TestMerged:
    def test_keeps_english_and_drops_what_is_gone(self, messages):
        write(messages, "a.py", 'x = _("Simpan")\ny = _("Baru")\n')
        kept = Catalog(locale="en")
        kept.add("Simpan", "Save")
        kept.add("Dulu", "Before")
        made = messages.merged(messages.gathered(), kept)
        assert {message.id: message.string for message in made if message.id} == {
            "Simpan": "Save",
            "Baru": "",
        }
        assert [message.id for message in messages.untranslated(made)] == ["Baru"]

    def test_writes_the_same_file_again(self, messages):
        write(messages, "a.py", 'x = _("Simpan")\ny = _("Baru")\n')
        once = messages.as_po(messages.merged(messages.gathered(), Catalog(locale="en")))
        again = messages.as_po(messages.merged(messages.gathered(), read_po(io.BytesIO(once), locale="en")))
        assert once == again
        assert b"fuzzy" not in once


class TestBroken:
    def test_names_a_translation_that_lost_a_value(self, messages):
        write(messages, "a.py", 'x = _("%(who)s sudah menjawab") % {"who": 1}\n')
        kept = Catalog(locale="en")
        kept.add("%(who)s sudah menjawab", "%(name)s has answered", flags=["python-format"])
        assert list(messages.broken(messages.merged(messages.gathered(), kept)))
