"""From the scores of the items of a standard to a grade: exact, monotone, and readable to the last item.

The whole is the sum over the standards of their weight times the weighted mean of their items' shares of the most
that can be reached, in percent. A grade is reached when the whole, every standard and the items it insists on reach
their minimum. An item without a score is not known, never zero: it is taken as nothing and as everything, and only
where both give the same grade is there an answer. That suffices, because more points never give less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from simpul.engines.reasons import Answer, Finding

NOT_REACHED = ""
_WHOLE = 100


class ScoreError(ValueError):
    """A score that the scheme does not know. `item` is its code."""

    def __init__(self, item: str, sentence: str) -> None:
        self.item = item
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class GradedItem:
    """One item, scored from 0 to `most`. A grade named in `required_for` needs at least `required_at` here."""

    code: str
    most: int
    weight: int = 1
    required_for: tuple[str, ...] = ()
    required_at: int = 1


@dataclass(frozen=True, slots=True)
class GradedStandard:
    """Items that count together; `weight` is its share of the whole, of whatever all weights add up to."""

    code: str
    weight: int
    items: tuple[GradedItem, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A grade and its minimum, in percent, of the whole and of every single standard."""

    code: str
    min_score: int
    min_per_standard: int = 0


@dataclass(frozen=True, slots=True)
class GradeScheme:
    """What grading needs to know: standards with their items, and grades from the best to the least."""

    standards: tuple[GradedStandard, ...]
    grades: tuple[Cut, ...]

    @property
    def items(self) -> tuple[GradedItem, ...]:
        return tuple(item for standard in self.standards for item in standard.items)


@dataclass(frozen=True, slots=True)
class _Range:
    """A share of the most that can be reached (0 to 1), at least and at most."""

    low: Fraction
    high: Fraction

    @property
    def is_known(self) -> bool:
        return self.low == self.high

    def reaches(self, bound: Fraction) -> Answer:
        if self.low >= bound:
            return Answer.YES
        return Answer.UNKNOWN if self.high >= bound else Answer.NO

    def told(self) -> dict[str, float]:
        return {"low": percent(self.low), "high": percent(self.high)}


def percent(share: Fraction) -> float:
    """A share as a percentage with two decimals, cut and not rounded, so that 85.999 never reads as 86."""
    return float(Fraction(int(share * _WHOLE * 100), 100))


def grade(scheme: GradeScheme, values: Mapping[str, int | None]) -> Finding:
    """The grade that these scores give. An item that is None or not there is not known.

    The Finding's answer is the code of the grade, "" where none is reached, or Answer.UNKNOWN where what is not
    known decides; `values` tell the whole ("low", "high", in percent, the same where all is known), the grades
    at both ends and how many items are open. Its parts, in this order: one per standard (kind "standard") with one per item
    (kind "item") and the percentage points each contributes to the whole; one per grade (kind "grade", best first),
    yes, no or not known, with each minimum (kinds "min_score", "min_per_standard", "required_item").
    Raises ScoreError for an item or a score that does not exist.
    """
    _check(scheme, values)
    ranges = {standard.code: _standard_range(standard, values) for standard in scheme.standards}
    total_weight = sum(standard.weight for standard in scheme.standards)
    whole = _Range(
        sum((s.weight * ranges[s.code].low for s in scheme.standards), Fraction()) / total_weight,
        sum((s.weight * ranges[s.code].high for s in scheme.standards), Fraction()) / total_weight,
    )
    judged = tuple(_judged(cut, scheme, values, whole, ranges) for cut in scheme.grades)
    worst, best = _first(judged, Answer.YES), _first(judged, Answer.UNKNOWN)
    open_items = sum(values.get(item.code) is None for item in scheme.items)
    told = {**whole.told(), "lowest_grade": worst, "highest_grade": best, "open": open_items}
    parts = tuple(_standard(s, values, ranges[s.code], total_weight) for s in scheme.standards)
    answer = worst if worst == best else Answer.UNKNOWN
    return Finding(answer, "accreditation", "", told, (*parts, *judged))


def plain_grade(scheme: GradeScheme, values: Mapping[str, int]) -> str:
    """The plain twin: the grade of scores that are all known, by the formula as it is written down."""
    shares = {}
    for standard in scheme.standards:
        reached = sum(Fraction(values[item.code], item.most) * item.weight for item in standard.items)
        shares[standard.code] = reached / sum(item.weight for item in standard.items)
    weights = {standard.code: standard.weight for standard in scheme.standards}
    whole = sum(shares[code] * weight for code, weight in weights.items()) / sum(weights.values())
    for cut in scheme.grades:
        if whole * _WHOLE < cut.min_score or min(shares.values()) * _WHOLE < cut.min_per_standard:
            continue
        required = [item for item in scheme.items if cut.code in item.required_for]
        if all(values[item.code] >= item.required_at for item in required):
            return cut.code
    return NOT_REACHED


def _check(scheme: GradeScheme, values: Mapping[str, int | None]) -> None:
    most = {item.code: item.most for item in scheme.items}
    for code, value in values.items():
        if code not in most:
            raise ScoreError(code, f"There is no item {code!r} in this scheme.")
        if value is not None and (type(value) is not int or not 0 <= value <= most[code]):
            raise ScoreError(code, f"{code!r} is scored from 0 to {most[code]}, not {value!r}.")


def _standard_range(standard: GradedStandard, values: Mapping[str, int | None]) -> _Range:
    low = high = Fraction()
    for item in standard.items:
        share = _share(item, values)
        low += share.low * item.weight
        high += share.high * item.weight
    weight = sum(item.weight for item in standard.items)
    return _Range(low / weight, high / weight)


def _share(item: GradedItem, values: Mapping[str, int | None]) -> _Range:
    value = values.get(item.code)
    if value is None:
        return _Range(Fraction(0), Fraction(1))
    return _Range(Fraction(value, item.most), Fraction(value, item.most))


def _standard(
    standard: GradedStandard, values: Mapping[str, int | None], reached: _Range, total_weight: int
) -> Finding:
    part = Fraction(standard.weight, total_weight)
    items_weight = sum(item.weight for item in standard.items)
    items = tuple(_item(item, values, part * Fraction(item.weight, items_weight)) for item in standard.items)
    points = _Range(reached.low * part, reached.high * part)
    told = {
        "weight": percent(part),
        **reached.told(),
        "points_low": percent(points.low),
        "points_high": percent(points.high),
    }
    answer = percent(reached.low) if reached.is_known else Answer.UNKNOWN
    return Finding(answer, "standard", standard.code, told, items)


def _item(item: GradedItem, values: Mapping[str, int | None], part: Fraction) -> Finding:
    share = _share(item, values)
    told = {
        "most": item.most,
        "weight": percent(part),
        "points_low": percent(share.low * part),
        "points_high": percent(share.high * part),
    }
    value = values.get(item.code)
    return Finding(Answer.UNKNOWN if value is None else value, "item", item.code, told)


def _judged(
    cut: Cut,
    scheme: GradeScheme,
    values: Mapping[str, int | None],
    whole: _Range,
    ranges: Mapping[str, _Range],
) -> Finding:
    parts = [_minimum("min_score", "", whole, cut.min_score)]
    if cut.min_per_standard:
        parts += [
            _minimum("min_per_standard", s.code, ranges[s.code], cut.min_per_standard)
            for s in scheme.standards
        ]
    parts += [_required(item, values) for item in scheme.items if cut.code in item.required_for]
    return Finding(min(part.answer for part in parts), "grade", cut.code, {}, tuple(parts))


def _minimum(kind: str, about: str, reached: _Range, bound: int) -> Finding:
    return Finding(reached.reaches(Fraction(bound, _WHOLE)), kind, about, {**reached.told(), "bound": bound})


def _required(item: GradedItem, values: Mapping[str, int | None]) -> Finding:
    value = values.get(item.code)
    answer = Answer.of(None if value is None else value >= item.required_at)
    return Finding(answer, "required_item", item.code, {"value": value, "bound": item.required_at})


def _first(judged: tuple[Finding, ...], least: Answer) -> str:
    """The best grade that is reached at least so surely."""
    return next((str(found.about) for found in judged if found.answer >= least), NOT_REACHED)
