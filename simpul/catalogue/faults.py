"""What is wrong with a file of the catalogue, told in Indonesian too. The readers themselves know English only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simpul.catalogue.tables import read

_FILE = Path(__file__).resolve().parent / "faults.toml"
_PLACE = re.compile(r"<(\w+)>")


def in_indonesian(sentence: str) -> str:
    """The Indonesian for an English sentence of the readers; empty where there is none."""
    for pattern, indonesian in _patterns():
        if found := pattern.fullmatch(sentence):
            return _filled(indonesian, found.groupdict())
    return ""


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    def told(place: re.Match[str]) -> str:
        value = values[place[1]]
        return in_indonesian(value) or value

    return _PLACE.sub(told, sentence)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence as a pattern; the one with the most words of its own first, because another may hold it."""
    pairs = [(table.string("en"), table.string("id")) for table in read(_FILE).tables("fault")]
    pairs.sort(key=lambda pair: len(_PLACE.sub("", pair[0])), reverse=True)
    return tuple((_pattern(english), indonesian) for english, indonesian in pairs)


def _pattern(english: str) -> re.Pattern[str]:
    # Words and places by turns.
    parts = _PLACE.split(english)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)),
        re.DOTALL,
    )
