"""How much two cards look like the same person, and why.

The weights are logarithms of "how much more often does this agree between two cards of one person than
between two strangers", rounded; they order a list for somebody who then looks and decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from simpul.engines.matching.names import name_key, name_sound, tokens
from simpul.engines.reasons import Answer, Finding

# Above this a card is worth showing before a new person is registered.
LIKELY = 8
# Above this it is worth showing to somebody who is looking for a person.
POSSIBLE = 3

WEIGHTS = {
    "nik": {"same": 14, "different": -4},
    "name": {
        "same": 9,
        "same_sound": 7,
        "alike": 6,
        "part": 5,
        "some_words": 3,
        "faintly_alike": 2,
        "different": -6,
    },
    "born": {
        "same": 7,
        "swapped": 5,
        "one_slip": 4,
        "estimate_fits": 2,
        "same_year": 2,
        "near": 0,
        "different": -5,
    },
    "mother": {"same": 5, "alike": 3, "different": -2},
    "region": {"same_village": 3, "same_district": 2, "same_regency": 1, "elsewhere": 0},
    "sex": {"same": 0, "different": -4},
}


@dataclass(frozen=True)
class Card:
    """What is compared. Everything may be missing; what is missing says nothing.

    `nik` may be any fingerprint, since only its sameness counts; `mother` is a name key; `region` a code.
    """

    name: str = ""
    earliest: date | None = None
    latest: date | None = None
    sex: str = ""
    nik: bytes | None = None
    mother: str = ""
    region: str = ""

    @cached_property
    def key(self) -> str:
        return name_key(self.name)

    @cached_property
    def sound(self) -> str:
        return name_sound(self.name)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(tokens(self.name))


def likeness(left: Card, right: Card) -> Finding:
    """The answer is the sum of weights; each part is one thing compared, `how` it compares, its weight."""
    compared = {
        "nik": _of_nik(left, right),
        "name": _of_names(left, right),
        "born": _of_births(left, right),
        "mother": _of_mothers(left, right),
        "region": _of_regions(left, right),
        "sex": _of_sex(left, right),
    }
    parts = tuple(_part(about, how) for about, how in compared.items() if how)
    return Finding(sum(part.values["weight"] for part in parts), "likeness", "person", {}, parts)


def _part(about: str, how: str) -> Finding:
    weight = WEIGHTS[about][how]
    answer = Answer.YES if weight > 0 else Answer.NO if weight < 0 else Answer.UNKNOWN
    return Finding(answer, "agreement", about, {"how": how, "weight": weight})


def _of_nik(left: Card, right: Card) -> str:
    if not left.nik or not right.nik:
        return ""
    return "same" if left.nik == right.nik else "different"


def _of_names(left: Card, right: Card) -> str:
    if not left.key or not right.key:
        return ""
    if left.key == right.key:
        return "same"
    if left.sound == right.sound:
        return "same_sound"
    if left.words <= right.words or right.words <= left.words:
        return "part"
    nearness = _jaro_winkler(left.key, right.key)
    if nearness >= 0.94:
        return "alike"
    shared = len(left.words & right.words)
    if shared >= 2 or (shared and nearness >= 0.8):
        return "some_words"
    return "faintly_alike" if nearness >= 0.85 else "different"


def _of_births(left: Card, right: Card) -> str:
    if not (left.earliest and left.latest and right.earliest and right.latest):
        return ""
    if left.earliest == left.latest and right.earliest == right.latest:
        return _of_exact_births(left.earliest, right.earliest)
    if left.earliest <= right.latest and right.earliest <= left.latest:
        return "estimate_fits"
    gap = max(left.earliest, right.earliest).year - min(left.latest, right.latest).year
    return "near" if gap <= 2 else "different"


def _of_exact_births(one: date, other: date) -> str:
    if one == other:
        return "same"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return "swapped"
    if _is_one_slip(one.isoformat(), other.isoformat()):
        return "one_slip"
    if one.year == other.year:
        return "same_year"
    return "near" if abs(one.year - other.year) <= 2 else "different"


def _is_one_slip(one: str, other: str) -> bool:
    """One digit wrong, or two neighbours changed over."""
    wrong = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] - wrong[0] != 1:
        return False
    first, second = wrong
    return one[first] == other[second] and one[second] == other[first]


def _of_mothers(left: Card, right: Card) -> str:
    if not left.mother or not right.mother:
        return ""
    if left.mother == right.mother:
        return "same"
    return "alike" if _jaro_winkler(left.mother, right.mother) >= 0.9 else "different"


def _of_regions(left: Card, right: Card) -> str:
    if not left.region or not right.region:
        return ""
    one, other = left.region.split("."), right.region.split(".")
    for level, how in ((4, "same_village"), (3, "same_district"), (2, "same_regency")):
        if len(one) >= level and one[:level] == other[:level]:
            return how
    return "elsewhere"


def _of_sex(left: Card, right: Card) -> str:
    if not left.sex or not right.sex:
        return ""
    return "same" if left.sex == right.sex else "different"


def _jaro_winkler(one: str, other: str) -> float:
    """Nearness of two texts from 0 to 1 (Winkler 1990), in favour of a common beginning."""
    matched_one, matched_other = _matches(one, other)
    matches = len(matched_one)
    if not matches:
        return 0.0
    crossed = sum(a != b for a, b in zip(matched_one, matched_other, strict=True)) / 2
    jaro = (matches / len(one) + matches / len(other) + (matches - crossed) / matches) / 3
    common = 0
    for a, b in zip(one[:4], other[:4], strict=False):
        if a != b:
            break
        common += 1
    return jaro + common * 0.1 * (1 - jaro)


def _matches(one: str, other: str) -> tuple[list[str], list[str]]:
    """The letters of each that have a partner in the other near the same place."""
    window = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    matched_one = []
    for place, letter in enumerate(one):
        for partner in range(max(0, place - window), min(len(other), place + window + 1)):
            if not taken[partner] and other[partner] == letter:
                taken[partner] = True
                matched_one.append(letter)
                break
    return matched_one, [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
