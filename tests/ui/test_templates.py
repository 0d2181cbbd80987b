"""Every template of the program, read as text: what the content policy forbids, and words nobody could translate."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "simpul"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))

FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "an inline handler": re.compile(r"""\s(on[a-z]+|hx-on[:\w-]*)\s*=\s*["'{]""", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\b(src=|type=\"application/json\"))", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "something from outside": re.compile(
        r"<(script|link|img|iframe|source)\b[^>]*=\s*[\"']?(https?:)?//", re.I
    ),
}

# Names of things and of languages in themselves, which are the same in every language.
SAME_EVERYWHERE = {"Simpul", "English", "Bahasa Indonesia", "NIK", "KK", "PDF", "QR", "XLSForm"}

SPOKEN_ATTRIBUTES = re.compile(
    r"""\s(?:aria-label|title|alt|placeholder|label|hint|caption|yes|no|button|because|unit|why|tag|change_words|data-label)="([^"]*)\""""
)


def spoken(source: str) -> Iterator[str]:
    """What is left for people to read or hear once everything that translates is taken away."""
    source = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", source, flags=re.S)
    source = re.sub(r"{% (blocktranslate|blocktrans)\b.*?{% end\1 %}", "", source, flags=re.S)
    source = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.S)
    source = re.sub(r"<(script|svg|code)\b.*?</\1>|<!doctype[^>]*>|<!--.*?-->", "", source, flags=re.S | re.I)
    for match in SPOKEN_ATTRIBUTES.finditer(source):
        yield match[1]
    yield from re.sub(r"<[^>]*>", "\n", source).splitlines()


def untranslated(source: str) -> list[str]:
    texts = (re.sub(r"&\w+;", "", text).strip(" \t·:,.()/-–") for text in spoken(source))
    return [text for text in texts if re.search(r"[^\W\d_]{2,}", text) and text not in SAME_EVERYWHERE]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
class TestEveryTemplate:
    def test_keeps_to_the_content_policy(self, path):
        source = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)

        assert [what for what, pattern in FORBIDDEN.items() if pattern.search(source)] == []

    def test_says_nothing_that_cannot_be_translated(self, path):
        assert untranslated(path.read_text(encoding="utf-8")) == []


class TestTheseChecks:
    @pytest.mark.parametrize(
        "bad",
        [
            '<p style="color:red">',
            "<style>p{}</style>",
            '<a onclick="go()">',
            '<b hx-on:click="x">',
            "<script>go()</script>",
            '<a href="javascript:go()">',
            '<link rel="stylesheet" href="https://example.org/a.css">',
            '<img src="//example.org/a.png">',
        ],
    )
    def test_see_what_is_forbidden(self, bad):
        assert any(pattern.search(bad) for pattern in FORBIDDEN.values())

    @pytest.mark.parametrize(
        "good",
        [
            '<script src="{% static "a.js" %}" defer></script>',
            '<a href="https://example.org">',
            "<p data-style>",
        ],
    )
    def test_let_the_rest_be(self, good):
        assert not any(pattern.search(good) for pattern in FORBIDDEN.values())

    @pytest.mark.parametrize(
        "bad",
        [
            "<p>Simpan</p>",
            '<nav aria-label="Utama">',
            "<p>{% if a %}ya{% endif %}</p>",
            '<c-empty title="Kosong">',
        ],
    )
    def test_hear_words_that_nobody_can_translate(self, bad):
        assert untranslated(bad)

    @pytest.mark.parametrize(
        "good",
        [
            '<p>{% translate "Simpan" %} · {{ name }}</p>',
            "{% blocktranslate trimmed with n=n %}{{ n }} orang{% endblocktranslate %}",
            "<a aria-label=\"{% translate 'Utama' %}\">Simpul</a>",
        ],
    )
    def test_let_translated_words_be(self, good):
        assert untranslated(good) == []


def names_in(path: Path, pattern: str) -> set[str]:
    source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text(encoding="utf-8"), flags=re.S)
    return {name for found in re.findall(pattern, source) for name in found.split()}


class TestTheLook:
    def test_has_every_class_that_a_template_asks_for(self):
        styled = set(
            re.findall(r"\.([a-z][\w-]*)", (PACKAGE / "ui/static/ui/simpul.css").read_text(encoding="utf-8"))
        )
        asked = {name: path for path in TEMPLATES for name in names_in(path, r'\bclass="([^"]*)"')}

        assert {name: str(path) for name, path in asked.items() if name not in styled} == {}

    def test_has_every_component_that_a_template_asks_for(self):
        made = {path.stem.replace("_", "-") for path in PACKAGE.glob("*/templates/cotton/*.html")}
        asked = {name: path for path in TEMPLATES for name in names_in(path, r"<c-([\w-]+)")}

        assert {name: str(path) for name, path in asked.items() if name not in made | {"vars", "slot"}} == {}
