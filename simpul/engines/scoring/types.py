"""Type A to D of a body: how far it meets the standards of the institution and of the service, with reasons.

Three answers throughout: an indicator that nobody looked at is neither met nor missing, and the type is known only
where the open ones can no longer change it. What does not apply is left out on both sides of the share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simpul.engines.reasons import Answer, Finding

SIDES = ("institution", "service")
NOT_APPLICABLE = "not_applicable"
ANSWERS = ("yes", "no", "unknown", NOT_APPLICABLE)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class IndicatorScheme:
    """One thing that a standard asks for, in its group, on its side."""

    code: str
    group: str
    side: str

    def __post_init__(self) -> None:
        if self.side not in SIDES:
            raise ValueError(f"{self.code!r} stands on one of {', '.join(SIDES)}, not {self.side!r}.")


@dataclass(frozen=True, slots=True)
class TypeStep:
    """One type: the per cent of indicators that each side must meet, and of the budget that must be own income."""

    code: str
    share: int
    own_income: int = 0


@dataclass(frozen=True, slots=True)
class TypeScheme:
    """All indicators, and the types from the best down to the one that asks for nothing."""

    indicators: tuple[IndicatorScheme, ...]
    steps: tuple[TypeStep, ...]

    def __post_init__(self) -> None:
        codes = [indicator.code for indicator in self.indicators]
        if len(codes) != len(set(codes)):
            raise ValueError("Two indicators have the same code.")
        if len(self.steps) < 2:
            raise ValueError("There are at least two types, or there is nothing to tell apart.")
        last = self.steps[-1]
        if last.share or last.own_income:
            raise ValueError("The last type asks for nothing: every body is of some type.")
        for better, worse in zip(self.steps, self.steps[1:], strict=False):
            if better.share < worse.share or better.own_income < worse.own_income:
                raise ValueError(f"{better.code} must not ask for less than {worse.code}.")


@dataclass(frozen=True, slots=True)
class _Side:
    """The codes of one side by their answers, in the order of the scheme."""

    name: str
    met: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    beside: tuple[str, ...]

    @property
    def applicable(self) -> int:
        return len(self.met) + len(self.missing) + len(self.unknown)

    def needed(self, share: int) -> int:
        """How many must be met for that share; none where nothing applies to this body."""
        return -(-share * self.applicable // _HUNDRED)

    def yes_needed(self, share: int) -> int:
        """How many more must be met."""
        return max(0, self.needed(share) - len(self.met))

    def no_needed(self, share: int) -> int:
        """How many open ones must turn out missing before the share is out of reach; 0 where it is already."""
        return max(0, len(self.met) + len(self.unknown) - self.needed(share) + 1)

    def reaches(self, share: int) -> Answer:
        if len(self.met) >= self.needed(share):
            return Answer.YES
        return Answer.NO if len(self.met) + len(self.unknown) < self.needed(share) else Answer.UNKNOWN

    def counts(self) -> dict[str, int]:
        told = {"met": len(self.met), "missing": len(self.missing), "unknown": len(self.unknown)}
        told |= {"not_applicable": len(self.beside), "applicable": self.applicable}
        if self.applicable:
            told["lowest"] = len(self.met) * _HUNDRED // self.applicable
            told["highest"] = (len(self.met) + len(self.unknown)) * _HUNDRED // self.applicable
        return told


@dataclass(frozen=True, slots=True)
class _Money:
    """Budget and own income of the last full year in whole rupiah; None where not known."""

    budget: int | None
    own_income: int | None

    @property
    def is_known(self) -> bool:
        return bool(self.budget) and self.own_income is not None

    def reaches(self, share: int) -> Answer:
        if not share:
            return Answer.YES
        if not self.budget or self.own_income is None:
            return Answer.UNKNOWN
        return Answer.of(self.own_income * _HUNDRED >= share * self.budget)

    def finding(self) -> Finding:
        told: dict[str, Any] = {"budget": self.budget, "own_income": self.own_income}
        if self.budget and self.own_income is not None:
            told["share"] = self.own_income * _HUNDRED // self.budget
        return Finding(Answer.of(True if self.is_known else None), "money", values=told)


def suggest(
    scheme: TypeScheme,
    answers: Mapping[str, str],
    *,
    budget: int | None = None,
    own_income: int | None = None,
) -> Finding:
    """The type that the answers speak for, or not known where open indicators could still move it.

    `answers` maps codes to one of ANSWERS; what is not there is unknown. Values: `lowest` and `highest` type
    still possible. Parts: the kinds "side" (with groups and indicators), "money", "type_step" for every type but the
    last, "settle" where it is not known, and "lift" to the next better type. Raises ValueError for an indicator or
    an answer that does not exist, and for an income below nothing.
    """
    _check(scheme, answers, budget, own_income)
    sides = [_side(scheme, name, answers) for name in SIDES]
    money = _Money(budget, own_income)
    reached = [_reached(step, sides, money) for step in scheme.steps]
    parts: list[Finding] = [_side_finding(scheme, side, answers) for side in sides]
    parts.append(money.finding())
    parts += [_step_finding(step, sides, money) for step in scheme.steps[:-1]]
    if not any(side.applicable for side in sides):
        # Nothing applies, so nothing was judged: no share can be told, and no type.
        return Finding(
            Answer.UNKNOWN,
            "organisation_type",
            values=_range(scheme, len(reached) - 1, 0),
            parts=tuple(parts),
        )
    lowest = next(place for place, answer in enumerate(reached) if answer is Answer.YES)
    highest = next(place for place, answer in enumerate(reached) if answer is not Answer.NO)
    if lowest != highest:
        parts.append(_settle(scheme, sides, money, lowest, highest))
    if lowest > 0:
        parts.append(_lift(scheme.steps[lowest - 1], sides, money))
    answer: Any = scheme.steps[lowest].code if lowest == highest else Answer.UNKNOWN
    return Finding(answer, "organisation_type", values=_range(scheme, lowest, highest), parts=tuple(parts))


def _check(
    scheme: TypeScheme, answers: Mapping[str, str], budget: int | None, own_income: int | None
) -> None:
    known = {indicator.code for indicator in scheme.indicators}
    for code, answer in answers.items():
        if code not in known:
            raise ValueError(f"There is no indicator {code!r}.")
        if answer not in ANSWERS:
            raise ValueError(f"{code!r} is answered by one of {', '.join(ANSWERS)}, not {answer!r}.")
    if (budget or 0) < 0 or (own_income or 0) < 0:
        raise ValueError("A budget and an income are not below nothing.")


def _side(scheme: TypeScheme, name: str, answers: Mapping[str, str]) -> _Side:
    told = [(one.code, answers.get(one.code, "unknown")) for one in scheme.indicators if one.side == name]

    def having(answer: str) -> tuple[str, ...]:
        return tuple(code for code, given in told if given == answer)

    return _Side(name, having("yes"), having("no"), having("unknown"), having(NOT_APPLICABLE))


def _reached(step: TypeStep, sides: list[_Side], money: _Money) -> Answer:
    return min(*(side.reaches(step.share) for side in sides), money.reaches(step.own_income))


def _range(scheme: TypeScheme, lowest: int, highest: int) -> dict[str, str]:
    return {"lowest": scheme.steps[lowest].code, "highest": scheme.steps[highest].code}


# --- what is met, missing and unknown ---


def _side_finding(scheme: TypeScheme, side: _Side, answers: Mapping[str, str]) -> Finding:
    groups: dict[str, list[Finding]] = {}
    for one in scheme.indicators:
        if one.side == side.name:
            given = answers.get(one.code, "unknown")
            groups.setdefault(one.group, []).append(Finding(_answer(given), "indicator", one.code))
    parts = tuple(_group_finding(code, tuple(found)) for code, found in groups.items())
    return Finding(Answer.of(True if not side.unknown else None), "side", side.name, side.counts(), parts)


def _group_finding(code: str, parts: tuple[Finding, ...]) -> Finding:
    """A group is met where all that applies is met, missing where something is missing, otherwise open."""
    answers = [part.answer for part in parts if isinstance(part.answer, Answer)]
    counted = {"met": answers.count(Answer.YES), "applicable": len(answers)}
    return Finding(min(answers) if answers else NOT_APPLICABLE, "group", code, counted, parts)


def _answer(given: str) -> Any:
    if given == NOT_APPLICABLE:
        return given
    return Answer.of({"yes": True, "no": False}.get(given))


def _step_finding(step: TypeStep, sides: list[_Side], money: _Money) -> Finding:
    parts = [
        Finding(
            side.reaches(step.share),
            "step_side",
            side.name,
            {"share": step.share, "needed": side.needed(step.share), **side.counts()},
        )
        for side in sides
    ]
    if step.own_income:
        told = {**money.finding().values, "needed": step.own_income}
        parts.append(Finding(money.reaches(step.own_income), "step_money", values=told))
    values = {"share": step.share, "own_income": step.own_income}
    return Finding(_reached(step, sides, money), "type_step", step.code, values, tuple(parts))


# --- what would settle it, and what would lift it ---


def _settle(scheme: TypeScheme, sides: list[_Side], money: _Money, lowest: int, highest: int) -> Finding:
    """The fewest open answers after which the type could be certain, whichever type that is."""
    ways = [
        way
        for place in range(highest, lowest + 1)
        for way in _ways(scheme, sides, money, place, is_highest=place == highest)
    ]
    # Of equal ways the one to the better type: its answers are the ones worth looking for.
    fewest, asks_money, place = min(ways, key=lambda way: (sum(way[0]) + way[1], way[2]))
    parts = [
        Finding(Answer.UNKNOWN, "settle_side", side.name, {"number": number, "codes": side.unknown})
        for side, number in zip(sides, fewest, strict=True)
        if number
    ]
    if asks_money:
        parts.append(Finding(Answer.UNKNOWN, "settle_money"))
    values = {"to": scheme.steps[place].code, "fewest": sum(fewest) + asks_money}
    return Finding(Answer.UNKNOWN, "settle", values=values, parts=tuple(parts))


def _ways(
    scheme: TypeScheme, sides: list[_Side], money: _Money, place: int, *, is_highest: bool
) -> list[tuple[tuple[int, ...], int, int]]:
    """Ways to be certain of the type at that place: open answers asked per side, whether money is, and the place.

    It must be reached on every side, and the next better one be out of reach on one side or by money.
    """
    step = scheme.steps[place]
    yes = [side.yes_needed(step.share) for side in sides]
    if any(number > len(side.unknown) for side, number in zip(sides, yes, strict=True)):
        return []
    money_answer = money.reaches(step.own_income)
    if money_answer is Answer.NO:
        return []
    asks_money = int(money_answer is Answer.UNKNOWN)
    if is_highest:
        return [(tuple(yes), asks_money, place)]
    better = scheme.steps[place - 1]
    ways: list[tuple[tuple[int, ...], int, int]] = []
    for blocking, side in enumerate(sides):
        no = side.no_needed(better.share)
        if side.needed(better.share) > 0 and yes[blocking] + no <= len(side.unknown):
            asked = tuple(count + (no if number == blocking else 0) for number, count in enumerate(yes))
            ways.append((asked, asks_money, place))
    is_more = not asks_money or better.own_income > step.own_income
    if is_more and money.reaches(better.own_income) is Answer.UNKNOWN:
        ways.append((tuple(yes), 1, place))
    return ways


def _lift(step: TypeStep, sides: list[_Side], money: _Money) -> Finding:
    """What must be met beside what is met now, at the least, to be certain of the next better type."""
    parts = [
        Finding(
            Answer.NO,
            "lift_side",
            side.name,
            {"number": number, "missing": side.missing, "unknown": side.unknown},
        )
        for side in sides
        if (number := side.yes_needed(step.share))
    ]
    money_answer = money.reaches(step.own_income)
    if money_answer is not Answer.YES:
        told: dict[str, Any] = {**money.finding().values, "needed": step.own_income}
        if money.budget and money.own_income is not None:
            told["more"] = -(-step.own_income * money.budget // _HUNDRED) - money.own_income
        parts.append(Finding(money_answer, "lift_money", values=told))
    values = {"number": sum(side.yes_needed(step.share) for side in sides)}
    return Finding(Answer.NO, "lift", step.code, values, tuple(parts))
