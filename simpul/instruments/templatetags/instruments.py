"""Texts of instruments in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template import Library
from django.utils.translation import get_language

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.instruments import Item
from simpul.catalogue.text import Text
from simpul.engines.scoring import REASONS
from simpul.instruments.queries import level_words, purpose_title, shown, wave_title

register = Library()


@register.filter
def said(text: Text | None) -> str:
    """A text of the catalogue in the language of this page."""
    return text.in_language(get_language() or "id") if text else ""


@register.filter
def sureness(mark: str) -> str:
    """How sure a text is, in words."""
    return said(catalogue_facts.verified_label(mark)) if mark else ""


@register.filter
def answered(answers: Mapping[str, Any], item: Item) -> str:
    """The answer to one item in words; empty where nothing was answered."""
    return level_words(item, answers[item.code]) if item.code in answers else ""


@register.filter
def why(answers: Mapping[str, Any], item: Item) -> str:
    """The reason that was given for an answer."""
    return str(answers.get(REASONS, {}).get(item.code, ""))


@register.filter
def purpose_words(purpose: str) -> str:
    """What an instrument is made for, in words."""
    return purpose_title(purpose)


@register.filter
def wave_words(wave: str) -> str:
    """How a wave is called."""
    return wave_title(wave)


@register.filter
def score(value: float) -> str:
    """A score as it is written, with a comma in Indonesian."""
    return shown(value)
