"""What is evaluated: who scored what, when, in which organisation; and what each aspect is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Beyond it differences lose the digits that ties are told by.
LARGEST = 1e9
# Differences of written decimals carry noise in the sixteenth digit (0.4 - 0.1 is not 0.3); ties must be ties.
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Score:
    """What one person scored on one aspect at one time; `value` is None where it was not answered.

    `organisation` and `group` may be empty. Scores of the group that Study.comparison names are compared against.
    """

    person: str
    aspect: str
    wave: str
    value: float | None
    organisation: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A category of an aspect (kurang, cukup, baik): from this score up to where the next begins."""

    code: str
    at_least: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is measured.

    `lowest` and `highest` are what can be scored at all. `reliability` and `standard_deviation` belong to the
    instrument (of comparable people before help); None where nobody has measured them. `bands` in rising order.
    """

    code: str
    title: str = ""
    lowest: float | None = None
    highest: float | None = None
    reliability: float | None = None
    standard_deviation: float | None = None
    bands: tuple[Band, ...] = ()
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """The answers to the items of one aspect, a row for each person; reversed items are turned already.

    `lowest` and `highest` are those of each item, in the order of `codes`.
    """

    aspect: str
    codes: tuple[str, ...]
    rows: Sequence[Sequence[float | None]]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All that an evaluation is made from. `before` and `after` name the two waves that are compared.

    `scores` are read once. `comparison` names the group that had no programme; empty where there is none. `items` are
    the answers before the programme, for the item analysis and alpha.
    """

    aspects: tuple[Aspect, ...]
    scores: Iterable[Score]
    before: str = "before"
    after: str = "after"
    comparison: str = ""
    items: tuple[ItemAnswers, ...] = ()


@dataclass(slots=True)
class Column:
    """The scores of one aspect in one group, by person."""

    before: dict[str, float] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)

    def pairs(self) -> list[str]:
        """Who has both, in the order of their names: the order of the rows must not matter."""
        return sorted(self.before.keys() & self.after.keys())

    def differences(self) -> list[float]:
        return [difference(self.before[one], self.after[one]) for one in self.pairs()]


@dataclass(slots=True)
class Gathered:
    """A study sorted by aspect. `moved` are people who stand under two organisations; their first one counts.
    `between` holds the scores of the programme's people at other waves, by aspect and wave, then by person.
    """

    columns: dict[str, Column]
    compared: dict[str, Column]
    organisation: dict[str, str]
    people: set[str]
    compared_people: set[str]
    moved: tuple[str, ...]
    other_waves: tuple[str, ...]
    between: dict[tuple[str, str], dict[str, float]]


def difference(before: float, after: float) -> float:
    return round(after - before, DIGITS)


def gather(study: Study) -> Gathered:
    """Sort the scores. Raises ValueError for a second score of the same person, or one that cannot be."""
    known = {aspect.code: aspect for aspect in study.aspects}
    found = Gathered({}, {}, {}, set(), set(), (), (), defaultdict(dict))
    for code in known:
        found.columns[code], found.compared[code] = Column(), Column()
    moved, groups = set(), dict[str, str]()
    for score in study.scores:
        _check(score, known)
        if groups.setdefault(score.person, score.group) != score.group:
            raise ValueError(
                f"{score.person!r} stands in two groups, {groups[score.person]!r} and {score.group!r}."
            )
        if found.organisation.setdefault(score.person, score.organisation) != score.organisation:
            moved.add(score.person)
        _place(found, study, score)
    found.moved = tuple(sorted(moved))
    found.other_waves = tuple(sorted({wave for _aspect, wave in found.between}))
    return found


def _place(found: Gathered, study: Study, score: Score) -> None:
    is_compared = bool(study.comparison) and score.group == study.comparison
    (found.compared_people if is_compared else found.people).add(score.person)
    if score.value is None:
        return
    if score.wave not in (study.before, study.after):
        if is_compared:
            return
        scores = found.between[score.aspect, score.wave]
    else:
        column = (found.compared if is_compared else found.columns)[score.aspect]
        scores = column.before if score.wave == study.before else column.after
    if score.person in scores:
        raise ValueError(f"{score.person!r} has two scores of {score.aspect!r} at {score.wave!r}.")
    scores[score.person] = score.value


def _check(score: Score, known: Mapping[str, Aspect]) -> None:
    aspect = known.get(score.aspect)
    if aspect is None:
        raise ValueError(f"{score.aspect!r} is no aspect of this study.")
    value = score.value
    if value is None:
        return
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(f"{score.person!r} scored {value!r} on {score.aspect!r}, which is no score.")
    is_low = aspect.lowest is not None and value < aspect.lowest
    if is_low or (aspect.highest is not None and value > aspect.highest):
        raise ValueError(
            f"{score.person!r} scored {value!r} on {score.aspect!r}; it goes from {aspect.lowest!r} to {aspect.highest!r}."
        )
