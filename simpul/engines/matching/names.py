"""Names as people write them, brought to the one form under which their spellings meet.

The rules follow Indonesian practice: the spelling before 1972 (oe, dj, tj), Arabic names written in many ways
(kh, sy, dh, th), titles that come and go, and Muhammad and Abdul in their short forms. Nothing here changes
the name that is kept: that stays as its owner writes it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TITLES = frozenset(
    [
        "h",
        "hj",
        "haji",
        "hajah",
        "ir",
        "drs",
        "dra",
        "dr",
        "sdr",
        "sdri",
        "bpk",
        "ibu",
        "bapak",
        "pak",
        "bu",
        "nenek",
        "nek",
        "kek",
        "mbah",
        "kakek",
        "alm",
        "almh",
        "kh",
        "ustadz",
        "ust",
        "raden",
        "rr",
        "r",
        "tgk",
        "sh",
        "se",
        "spd",
        "mm",
        "st",
    ]
)
_MUHAMMAD = frozenset(
    [
        "moh",
        "muh",
        "mohd",
        "mohammad",
        "mohamad",
        "muhamad",
        "muhammad",
        "mochamad",
        "mochammad",
        "moch",
        "md",
        "mhd",
        "muhamat",
        "mohamat",
    ]
)
_ABDUL = frozenset(("abd", "abdul", "abdoel"))

# Order matters: a pair must be seen before one of its letters is replaced.
_SPELLINGS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "s"),
    ("ch", "h"),
    ("kh", "h"),
    ("sy", "s"),
    ("sh", "s"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("v", "f"),
    ("p", "f"),
    ("z", "s"),
    ("j", "y"),
    ("q", "k"),
    ("ie", "i"),
    ("ee", "i"),
    ("y", "i"),
    ("x", "ks"),
    ("ck", "k"),
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_TWICE = re.compile(r"(.)\1+")
_SOFT = re.compile(r"[aiueoh]")


@lru_cache(maxsize=65_536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in their common form, in the order written, without titles.

    A name that is nothing but a title ("Ibu") keeps it: people are known by such names too.
    """
    words = _words(name)
    kept = [word for word in words if word not in _TITLES] or words
    return tuple(
        filter(None, (_one_form(word, first=place == 0 and len(kept) > 1) for place, word in enumerate(kept)))
    )


def _words(name: str) -> list[str]:
    letters = name.casefold()
    if not letters.isascii():
        apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", letters)).split()


@lru_cache(maxsize=65_536)
def _one_form(word: str, *, first: bool) -> str:
    # "M." stands for Muhammad in front of another name only; at the end it is an initial.
    if word in _MUHAMMAD or (first and word == "m"):
        word = "muhammad"
    elif word in _ABDUL:
        word = "abdul"
    for written, common in _SPELLINGS:
        word = word.replace(written, common)
    return _TWICE.sub(r"\1", word)


def name_key(name: str) -> str:
    """The words of a name sorted: the same for "Siti Aminah" and "Aminah, Siti"."""
    return " ".join(sorted(tokens(name)))


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> str:
    """The consonants of a word in its common form, and its first letter."""
    return word[:1] + _SOFT.sub("", word[1:])


def name_sound(name: str) -> str:
    """The consonants of each word, sorted: most slips of hearing and typing leave it alone."""
    return " ".join(sorted(sound_of(word) for word in tokens(name)))


def first_sound(name: str) -> str:
    """The consonants of the first word."""
    words = tokens(name)
    return sound_of(words[0]) if words else ""


def longest_sound(name: str) -> str:
    """The consonants of the longest word, which tells more than a short one."""
    words = tokens(name)
    return sound_of(max(words, key=lambda word: (len(word), word))) if words else ""
