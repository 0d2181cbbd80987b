"""Names found by words that may be typed wrongly: "yayasn kasih ibuu" finds Yayasan Kasih Ibu.

An index in memory over some ten thousand names. Each word that was typed is brought to the words that occur, by the
groups of three letters they share (Angell, Freund and Willett 1983); only then the names that hold them are looked at.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from math import log
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

MOST_WORDS = 6
# How near another word must be, from 0 to 1; two words of five letters that differ in one share half of their threes.
NEAR = 0.5
# A word begun is nearly as good as one typed whole.
_BEGUN = 0.9
_FEWEST_BEGUN = 2
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """The keys that fit best, and how many fit in all."""

    keys: tuple[K, ...]
    count: int


class Letters(Generic[K]):
    """Names by their words. Made once and never changed, so that threads may share it."""

    def __init__(self, named: Iterable[tuple[K, str]]) -> None:
        self._keys: list[K] = []
        self._texts: list[str] = []
        self._places: dict[str, array[int]] = {}
        for place, (key, text) in enumerate(named):
            self._keys.append(key)
            self._texts.append(text)
            for word in set(words_of(text)):
                self._places.setdefault(word, array("I")).append(place)
        self._by_three: dict[str, list[str]] = {}
        for word in self._places:
            for three in threes(word):
                self._by_three.setdefault(three, []).append(word)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, text: str, limit: int = 20) -> Found[K]:
        """The names that hold every word of the text, the best first; with slips only where nothing else is found."""
        asked = words_of(text)[:MOST_WORDS]
        points = self._points(asked, with_slips=False) or self._points(asked, with_slips=True)
        best = nsmallest(limit, points, key=lambda place: (-points[place], self._texts[place], place))
        return Found(tuple(self._keys[place] for place in best), len(points))

    def _points(self, asked: list[str], *, with_slips: bool) -> dict[int, float]:
        """How well each name fits that has all the words. A rare word says more than a common one."""
        sums: dict[int, float] | None = None
        for word in asked:
            near = self._near(word, with_slips=with_slips)
            held: dict[int, float] = {}
            for other, nearness in near.items():
                places = self._places[other]
                worth = nearness * log(1 + len(self._keys) / len(places))
                for place in places:
                    if held.get(place, 0.0) < worth:
                        held[place] = worth
            if sums is None:
                sums = held
            else:
                sums = {place: sums[place] + worth for place, worth in held.items() if place in sums}
            if not sums:
                return {}
        return sums or {}

    def _near(self, word: str, *, with_slips: bool) -> dict[str, float]:
        """The words that occur and may be meant, with how near each is. Slips are sought only where none is begun."""
        found = {word: 1.0} if word in self._places else {}
        begins = f" {word[:2]}"
        if len(word) >= _FEWEST_BEGUN:
            found |= {
                other: _BEGUN
                for other in self._by_three.get(begins, ())
                if other != word and other.startswith(word)
            }
        if found and not with_slips:
            return found
        return self._slipped(word) | found

    def _slipped(self, word: str) -> dict[str, float]:
        asked = threes(word)
        shared: dict[str, int] = {}
        for three in asked:
            for other in self._by_three.get(three, ()):
                shared[other] = shared.get(other, 0) + 1
        nearness = {
            other: max(2 * count / (len(asked) + len(threes(other))), _one_slip(word, other))
            for other, count in shared.items()
            if abs(len(other) - len(word)) <= max(2, len(word) // 3)
        }
        return {other: near for other, near in nearness.items() if near >= NEAR}


def words_of(text: str) -> list[str]:
    """Small letters and digits without marks, in the order written, each once."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return list(dict.fromkeys(_NOT_WORDS.sub(" ", plain).split()))


@lru_cache(maxsize=65_536)
def threes(word: str) -> frozenset[str]:
    """The groups of three letters in a word, with its beginning told twice: a first letter is rarely wrong."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _one_slip(one: str, other: str) -> float:
    """How near two words are that differ in one letter, or in two neighbours changed over; 0.0 for any others."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return 0.0
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    is_one = rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
    is_swap = rest[:2] == others[1::-1] and rest[2:] == others[2:] and len(rest) >= 2
    return 1 - 1 / max(len(one), len(other)) if is_one or is_swap else 0.0


# What a sound is made of: consonants in their common form, and vowels where a word begins with one.
_OF_SOUNDS = "abcdefgiklmnorstuw"
_MOST_SOUNDS = 5


def slips_of(sound: str) -> list[str]:
    """Every sound of a name (`names.name_sound`) that differs from this one in one letter of one word.

    One letter more, less or another, or two neighbours changed over: some hundred, to be asked for at once.
    """
    words = sound.split()[:_MOST_SOUNDS]
    found: dict[str, None] = {}
    for place, word in enumerate(words):
        for other in _slips_of_word(word):
            found[" ".join(sorted([*words[:place], other, *words[place + 1 :]]))] = None
    found.pop(sound, None)
    return list(found)


def _slips_of_word(word: str) -> Iterable[str]:
    for place in range(len(word)):
        before, rest = word[:place], word[place + 1 :]
        if len(word) > 1:
            yield before + rest
        if rest:
            yield before + rest[0] + word[place] + rest[1:]
        for letter in _OF_SOUNDS:
            yield before + letter + rest
            yield before + word[place] + letter + rest
