"""The words by which offices head their columns and fill their cells, as `words.toml` holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simpul.catalogue import editions, words
from simpul.catalogue import sources as catalogue_sources
from simpul.catalogue.tables import Table, read

_FILE = Path(__file__).parent.parent / "words.toml"
_SIGNS = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most, and the numbers of practice; ours, see the file."""

    rows: int
    columns: int
    unpacked_mb: int
    title_rows: int
    keep_days: int
    age_margin: int


@cache
def limits() -> Limits:
    """The limits as the file sets them."""
    table = _table().table("limits")
    return Limits(*(table.whole(name) for name in Limits.__slots__))


def plain(text: str) -> str:
    """Small letters and digits with single spaces: how headings and words are compared."""
    return " ".join(_SIGNS.sub(" ", text.casefold()).split())


def plain_heading(text: str) -> str:
    """The same of a heading, without what stands in brackets where something else is left."""
    return plain(_IN_BRACKETS.sub(" ", text)) or plain(text)


@cache
def heading_words(kind: str) -> Mapping[str, str]:
    """Every known way to head a column of such a file, and the field that is meant."""
    found: dict[str, str] = {}
    for table in _table().tables("field"):
        if table.string("kind") == kind:
            for word in table.strings("words"):
                found.setdefault(plain(word), table.string("code"))
    return found


@cache
def all_heading_words() -> frozenset[str]:
    """Every word of every kind: by these the row of headings is found."""
    return frozenset(plain(word) for table in _table().tables("field") for word in table.strings("words"))


@cache
def value_words(group: str) -> Mapping[str, str]:
    """Every way to write a value of that group, and its code."""
    return _codes(_table().table("values").table(group))


@cache
def choice_words(fact: str) -> Mapping[str, str]:
    """How lists write the choices of a fact, beside the catalogue's own words."""
    known = _table().table("values").table("choices")
    if fact not in known.data:
        return {}
    held = known.data[fact]
    return {plain(word): code for code, said in held.items() for word in said}


def _codes(table: Table) -> dict[str, str]:
    # A sign alone, as a tick, has no letters: it is compared as it is.
    return {plain(word) or word: code for code in table.data for word in table.strings(code)}


@cache
def _table() -> Table:
    return read(_FILE)


# --- names of types, also old ones ---


@cache
def need_words(edition: str) -> Mapping[str, str]:
    """Every name of a type of need in any list, and its code in that edition; hurtful ones are understood."""
    target = editions.get(edition)
    found: dict[str, str] = {}
    for need in target.types:
        for name in (need.code, need.display.id, need.official):
            found.setdefault(plain_heading(name), need.code)
    known = {need.code for need in target.types}
    for word, code in value_words("need_type").items():
        if code in known:
            found.setdefault(word, code)
    for way in editions.crosswalks():
        if way.target == edition:
            older = {need.code: need for need in editions.get(way.source).types}
            for step in way.steps:
                if step.how == "one_to_one" and step.source in older:
                    for name in (older[step.source].official, older[step.source].display.id):
                        found.setdefault(plain_heading(name), step.targets[0])
    return found


def without_former(word: str) -> str:
    """A name without the word that says that it is past: lists write both of the same people."""
    first, _, rest = word.partition(" ")
    return rest if first in value_words("former") else word


@cache
def source_words() -> Mapping[str, str]:
    """Every name of a type of source of help, and its code; those of older lists too."""
    found: dict[str, str] = {}
    for known in catalogue_sources.source_types().values():
        for name in (known.code, known.official, known.display.id):
            found.setdefault(plain_heading(name), known.code)
            found.setdefault(plain(name), known.code)
    for older in catalogue_sources.older_editions():
        for one in older.types:
            if len(one.to) == 1:
                found.setdefault(plain_heading(one.official), one.to[0])
    return found


# --- what is shown of what others wrote ---


def softened(text: str) -> str:
    """A text of somebody's file as it may be shown: a word that hurts gives way to the one used today."""
    shown = text
    known = words.synonyms()
    for old in sorted(set(words.hurtful_in(text)), key=len, reverse=True):
        shown = shown.replace(old, known.get(old.lower(), "…"))
    return shown
