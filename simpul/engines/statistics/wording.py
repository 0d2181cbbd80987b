"""The findings of an evaluation as plain sentences, in Indonesian or English; all words stand in wording.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from simpul.engines.reasons import Finding

_FILE = Path(__file__).resolve().parent / "wording.toml"
# A number as somebody has printed it, taken over with all its digits.
_PRINTED = re.compile(r"-?\d+(\.\d+)?")
# The value of a finding that says who the people are.
NAMES = "people"
# A longer list of people is shown in part, with how many more there are.
MOST_NAMED = 12


def sentence(finding: Finding, language: str = "id", *, title: str = "", named: bool = True) -> str:
    """One or two sentences. `title` is the name of the aspect that the finding is about, else its code is used.

    Where not `named`, people are counted but not told, for readers outside.
    Raises KeyError for a finding that no evaluation makes.
    """
    english = language.startswith("en")
    words = _words()["finding"][finding.kind]
    text = words.get(str(finding.answer)) or words["any"]
    filled = {name: written(name, value, language) for name, value in finding.values.items()}
    if not named and NAMES in filled:
        filled[NAMES] = label("withheld", language)
    told: str = text["en" if english else "id"].format(title=title or finding.about, **filled)
    return told[:1].upper() + told[1:]


def method_notes(language: str = "id") -> tuple[tuple[str, str], ...]:
    """What was computed and how, with its source: pairs of sentence and source, for the end of a report."""
    key = "en" if language.startswith("en") else "id"
    return tuple((note[key], note["source"]) for note in _words()["method"])


def label(name: str, language: str = "id") -> str:
    """The heading of a number in a table: "Selisih", "Difference". Raises KeyError for one that has none."""
    told: str = _words()["label"][name]["en" if language.startswith("en") else "id"]
    return told


def written(name: str, value: Any, language: str = "id") -> str:
    """A value as people read it, by its name: p with three decimals, other fractions with two, lists in a row."""
    if value is None:
        return "-"
    if isinstance(value, tuple | list):
        return _listed([str(one) for one in value], language)
    if isinstance(value, str):
        return value if _PRINTED.fullmatch(value) is None else _parted(value, language)
    if isinstance(value, int):
        return _parted(f"{value:,}", language)
    if name == "p" or name.endswith("_p"):
        # With its sign, so that a tiny chance is never written as none: "= 0,012", "< 0,001".
        return _parted("< 0.001" if value < 0.001 else f"= {_rounded(value, '0.001')}", language)
    return _parted(f"{_rounded(value, '0.01'):,}", language)


def _rounded(value: float, step: str) -> Decimal:
    """A half goes upwards, as with percentages; a nought has no sign."""
    return Decimal(repr(value)).quantize(Decimal(step), ROUND_HALF_UP) + 0


def _parted(english: str, language: str) -> str:
    if language.startswith("en"):
        return english
    return english.translate(str.maketrans(",.", ".,"))


def _listed(names: list[str], language: str) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    more = "and {} more" if language.startswith("en") else "dan {} lagi"
    return f"{', '.join(names[:MOST_NAMED])}, {more.format(len(names) - MOST_NAMED)}"


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
