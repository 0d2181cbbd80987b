from __future__ import annotations

import re

import pytest

from simpul.catalogue import editions, words
from simpul.catalogue.facts import ROOT

TEMPLATES = sorted(ROOT.parent.rglob("templates/**/*.html"))


class TestHurtfulIn:
    def test_finds_whole_words_in_any_case(self):
        assert list(words.hurtful_in("Anak Cacat dan tuna  netra")) == ["Anak Cacat", "tuna  netra"]
        assert list(words.hurtful_in("gilang kacatan")) == []

    def test_lets_harmless_phrases_pass(self):
        assert list(words.hurtful_in("masih buta huruf")) == []
        assert list(words.hurtful_in("buta sejak lahir")) == ["buta"]

    def test_knows_that_a_word_can_hurt_in_one_language_only(self):
        assert list(words.hurtful_in("victim of trafficking", "en")) == []
        assert list(words.hurtful_in("korban trafficking", "id")) == ["trafficking"]


class TestSynonyms:
    def test_lead_from_old_papers_to_words_of_today(self):
        assert words.synonyms()["penyandang cacat"] == "penyandang disabilitas"
        assert "waria" not in words.synonyms()


@pytest.mark.parametrize("edition", editions.all_editions(), ids=lambda edition: edition.code)
def test_no_display_name_hurts(edition):
    for need in edition.types:
        assert not list(words.hurtful_in(need.display.id, "id"))
        assert not list(words.hurtful_in(need.display.en, "en"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_page_shows_a_word_that_hurts(path):
    without_comments = re.sub(
        r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL
    )
    assert not list(words.hurtful_in(without_comments, "id"))
