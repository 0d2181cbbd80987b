"""Whether two names are likely of the same body, or of the same service: written otherwise, not called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from uuid import UUID

from simpul.imports.queries.words import plain, value_words

# Beyond this share of letters in common a name is a slip of the other, as for headings.
_CLOSE = 0.88
# One word that two names share says little; two are a name.
_FEWEST_SHARED = 2
# More than these nobody looks through.
_MOST_SHOWN = 5


def alike_names(name: str, others: Mapping[UUID, str]) -> list[UUID]:
    """Those whose name may be the same, the likeliest first."""
    mine = _core(name)
    weighed = [(_likeness(mine, _core(other)), key) for key, other in others.items()]
    likely = sorted((one for one in weighed if one[0] >= _CLOSE), key=lambda one: (-one[0], str(one[1])))
    return [key for _share, key in likely[:_MOST_SHOWN]]


def _core(name: str) -> frozenset[str]:
    """The words that tell one body from another: all of them where none is left without "yayasan" and its like."""
    words = frozenset(plain(name).split())
    return words - value_words("of_any_body").keys() or words


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    if _numbers(one) != _numbers(other):
        return 0.0
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer or (len(shorter) >= _FEWEST_SHARED and shorter <= longer):
        return 1.0
    pair = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other)), autojunk=False)
    # Each of these is cheaper than the next and never less than it.
    return pair.ratio() if pair.real_quick_ratio() >= _CLOSE and pair.quick_ratio() >= _CLOSE else 0.0


def _numbers(words: Iterable[str]) -> frozenset[str]:
    """RW 01 is not RW 02."""
    return frozenset(word for word in words if any(map(str.isdigit, word)))
