"""Words that hurt: what older papers wrote, and what is shown instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue.facts import ROOT
from simpul.catalogue.tables import read


@dataclass(frozen=True, slots=True)
class Word:
    """One group of words that hurt in a language, and the word shown instead (empty where nothing is)."""

    old: tuple[str, ...]
    new: str
    allowed: tuple[str, ...]
    language: str


@cache
def hurtful(root: Path = ROOT) -> tuple[Word, ...]:
    """All groups of words that hurt. Raises CatalogueError."""
    found = []
    for table in read(root / "words.toml").tables("word"):
        table.check_keys("old", "new", "allowed", "language")
        new = str(table.data.get("new", ""))
        found.append(
            Word(table.strings("old"), new, table.strings("allowed"), table.string("language", "id"))
        )
    return tuple(found)


def synonyms() -> dict[str, str]:
    """Old words in small letters with what they are called now: for reading older files."""
    return {old.lower(): word.new for word in hurtful() for old in word.old if word.new}


def hurtful_in(text: str, language: str = "id") -> Iterator[str]:
    """The hurtful words in a text of that language, as they are written there."""
    pattern, allowed = _patterns(language)
    for found in pattern.finditer(allowed.sub(" ", text)):
        yield found[0]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = [word for word in hurtful() if word.language == language]
    return _any_of(old for word in words for old in word.old), _any_of(
        phrase for word in words for phrase in word.allowed
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    # Longest first, so that a whole phrase is reported and not one word of it.
    ordered = sorted(phrases, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)
