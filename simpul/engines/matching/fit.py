"""How services fit the need of one person: eligibility with three answers, distance, room, and what else orders them.

Values in, ranks with their reasons out. Nothing is hidden from who chooses: a service that does not fit stands last
with the reason, and nothing is decided. What weighs how much is data (`Order`), never code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import inf
from typing import Any, Protocol

from simpul.engines.matching.nearness import Position, kilometres, shared_depth
from simpul.engines.reasons import Answer, Finding

# What is looked at, and how each of them can turn out, from best to worst.
GRADES: Mapping[str, tuple[str, ...]] = {
    "eligibility": ("yes", "unknown", "no"),
    "wish": ("wished", "none", "put_aside"),
    "listing": ("confirmed", "unconfirmed"),
    "room": ("free", "unknown", "full"),
    "distance": ("anywhere", "village", "district", "regency", "province", "elsewhere", "unknown"),
    "access": ("not_needed", "fits", "unknown", "lacks"),
    "waiting": ("soon", "weeks", "long", "unknown"),
    "cost": ("free", "contribution", "unknown", "tariff"),
    "accreditation": ("accredited", "none"),
}
_LEVELS = {1: "province", 2: "regency", 3: "district", 4: "village"}
_REGENCY = 2

Facts = Mapping[str, Any]


class Condition(Protocol):
    """Whatever judges facts on a day with three answers: the nodes of engines.rules do."""

    def judge(self, facts: Facts, on: date) -> Finding: ...

    def verdict(self, facts: Facts, on: date) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a service is given. `is_guarded`: a contact point; never told nearer than its regency."""

    region: str = ""
    position: Position | None = None
    is_island: bool = False
    is_guarded: bool = False
    is_anywhere: bool = False  # by telephone or internet


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as it is weighed. None and empty mean that it is not known, or holds for everybody.

    `conditions` are what the facts must meet, by name: "age", "sex", "rule". `areas` are codes of regions whose people it takes, `free` the places now free, `days_waiting` what its owner
    expects, `accreditation` the words of its body's grade ("" none).
    """

    key: str
    name: str = ""
    conditions: tuple[tuple[str, Condition], ...] = ()
    areas: tuple[str, ...] = ()
    need_types: frozenset[str] = frozenset()
    spots: tuple[Spot, ...] = ()
    free: int | None = None
    days_waiting: int | None = None
    accreditation: str = ""
    is_confirmed: bool = True
    cost: str = "unknown"
    cost_amount: int | None = None
    accesses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """Whom a service is looked for. `facts` never hold what the reader may not see: `withheld` names those.

    `types` are PPKS types with what was decided; one that is not there is not known, and one of `withheld_types`
    stays so. `position` is roughly where the person lives. Of each group of `accesses` the person needs one.
    """

    on: date
    facts: Facts = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    types: Mapping[str, Answer] = field(default_factory=dict)
    withheld_types: frozenset[str] = frozenset()
    region: str = ""
    position: Position | None = None
    accesses: tuple[tuple[str, ...], ...] = ()
    wished: frozenset[str] = frozenset()
    put_aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Order:
    """What counts before what. Criteria of one tier are added up; a tier decides only where those before are equal.

    `points` says what each grade of each criterion costs; less is better. `waiting_days` are the most days that
    still are "soon" and "weeks".
    """

    tiers: tuple[tuple[str, ...], ...]
    points: Mapping[str, Mapping[str, int]]
    waiting_days: tuple[int, int]

    def __post_init__(self) -> None:
        told = [criterion for tier in self.tiers for criterion in tier]
        if sorted(told) != sorted(GRADES):
            raise ValueError(f"each of {', '.join(GRADES)} stands in exactly one tier")
        for criterion, grades in GRADES.items():
            if set(self.points.get(criterion, {})) != set(grades):
                raise ValueError(f"{criterion} needs points for exactly {', '.join(grades)}")

    def worths(self) -> tuple[int, ...]:
        """What a point of each tier is worth where all become one number: an earlier tier outweighs all later ones."""
        found, worth = [], 1
        for tier in reversed(self.tiers):
            found.append(worth)
            worth *= sum(max(self.points[name].values()) for name in tier) + 1
        return tuple(reversed(found))


Grades = Mapping[str, Any]


@dataclass(frozen=True)
class Rank:
    """One service in its place. `grades` say how each criterion turned out, of eligibility the answer.

    `key` is what the order was made by: the points of each tier, then kilometres, days of waiting, name, key.
    """

    offer: Offer
    grades: Grades
    key: tuple[Any, ...]
    need: Need = field(repr=False, compare=False)
    order: Order = field(repr=False, compare=False)

    @cached_property
    def finding(self) -> Finding:
        """The answer to "may this person come" and every reason of the place; made when it is first asked for."""
        return _explained(self.offer, self.need, self.order)

    @property
    def eligible(self) -> Answer:
        answer: Answer = self.grades["eligibility"]
        return answer

    def cost(self, worths: Sequence[int]) -> int:
        """One number that stands as the tiers do, for placing many at once; `worths` are `Order.worths`."""
        return sum(points * worth for points, worth in zip(self.key, worths, strict=False))


def rank(offers: Iterable[Offer], need: Need, order: Order) -> tuple[Rank, ...]:
    """The services for a need, the best first. The same whatever order they came in."""
    return tuple(sorted(weighed(offers, need, order), key=_by_key))


def _by_key(found: Rank) -> tuple[Any, ...]:
    return found.key


def weighed(offers: Iterable[Offer], need: Need, order: Order) -> Iterator[Rank]:
    """The services for a need, each with its grades, as they come. Raises FactError where a fact has the wrong type."""
    return map(_Scales(need, order).weigh, offers)


def ranked(offer: Offer, need: Need, order: Order) -> Rank:
    """One service for a need. Raises FactError where a fact has the wrong type."""
    return _Scales(need, order).weigh(offer)


class _Scales:
    """Weighs many services for one need without a word: what many ask alike is judged once.

    `_explained` says the same with its reasons; that both agree is tested.
    """

    def __init__(self, need: Need, order: Order) -> None:
        self.need, self.order = need, order
        self.known = _known(need)
        self.judged: dict[int, tuple[object, Answer]] = {}
        self.areas: dict[tuple[str, ...], Answer] = {}
        self.types: dict[frozenset[str], Answer] = {}
        self.lacking: dict[frozenset[str], str] = {}
        self.sums: dict[tuple[Any, ...], tuple[Grades, tuple[int, ...]]] = {}

    def weigh(self, offer: Offer) -> Rank:
        distance_grade, km = _nearest(offer, self.need)
        told = (
            self._eligibility(offer),
            _wish(offer, self.need),
            _listing(offer),
            _room(offer),
            distance_grade,
            self._access(offer),
            _waiting(offer, self.order),
            offer.cost,
            _accreditation(offer),
        )
        held = self.sums.get(told)
        if held is None:
            held = self.sums[told] = self._summed(dict(zip(GRADES, told, strict=True)))
        days = inf if offer.days_waiting is None else offer.days_waiting
        key = (*held[1], inf if km is None else km, days, offer.name, offer.key)
        return Rank(offer, held[0], key, self.need, self.order)

    def _summed(self, grades: Grades) -> tuple[Grades, tuple[int, ...]]:
        points = {name: self.order.points[name][str(grade)] for name, grade in grades.items()}
        return grades, tuple(sum(points[name] for name in tier) for tier in self.order.tiers)

    def _eligibility(self, offer: Offer) -> Answer:
        answer = self._conditions(offer.conditions) if offer.conditions else Answer.YES
        if offer.areas:
            found = self.areas.get(offer.areas)
            if found is None:
                found = self.areas[offer.areas] = _lives_in(self.need.region, offer.areas)
            answer = min(answer, found)
        if offer.need_types:
            found = self.types.get(offer.need_types)
            if found is None:
                found = self.types[offer.need_types] = max(_types_said(offer, self.need).values())
            answer = min(answer, found)
        return answer

    def _conditions(self, conditions: tuple[tuple[str, Condition], ...]) -> Answer:
        # By identity, since comparing long rules takes as long as judging them; what is kept here cannot be reused.
        held = self.judged.get(id(conditions))
        if held is None:
            answers = (condition.verdict(self.known, self.need.on) for _name, condition in conditions)
            held = self.judged[id(conditions)] = (conditions, min(answers))
        return held[1]

    def _access(self, offer: Offer) -> str:
        found = self.lacking.get(offer.accesses)
        if found is None:
            found = self.lacking[offer.accesses] = _access(offer, self.need)
        return found


# --- the same with every reason ---


def _explained(offer: Offer, need: Need, order: Order) -> Finding:
    judged = (
        eligibility(offer, need),
        _part("wish", _wish(offer, need)),
        _part("listing", _listing(offer)),
        _part("room", _room(offer), free=offer.free),
        distance(offer, need),
        _part("access", _access(offer, need), lacking=_lacking(offer, need)),
        _waiting_part(offer, order),
        _part("cost", offer.cost, amount=offer.cost_amount),
        _part("accreditation", _accreditation(offer), grade=offer.accreditation),
    )
    parts = tuple(_weighed(part, order) for part in judged)
    points = {part.about: part.values["points"] for part in parts}
    sums = tuple(sum(points[name] for name in tier) for tier in order.tiers)
    return Finding(parts[0].answer, "fit_service", offer.key, {"sums": sums}, parts)


def _part(criterion: str, answer: Any, parts: tuple[Finding, ...] = (), /, **values: Any) -> Finding:
    return Finding(answer, "fit", criterion, {name: told for name, told in values.items() if told}, parts)


def _weighed(part: Finding, order: Order) -> Finding:
    values = {**part.values, "points": order.points[part.about][str(part.answer)]}
    return Finding(part.answer, part.kind, part.about, values, part.parts)


# --- may this person come ---


def eligibility(offer: Offer, need: Need) -> Finding:
    """Whether the service is for this person: the least answer of all its conditions.

    `missing` names the facts that could still decide; `withheld` says that some of them this reader may not see.
    """
    conditions = tuple(_conditions(offer, need))
    answer = min((part.answer for part in conditions), default=Answer.YES)
    open_ones = [part for part in conditions if part.answer is Answer.UNKNOWN]
    missing = dict.fromkeys(name for part in open_ones for name in part.values.get("missing", ()))
    withheld = any(part.values.get("withheld") for part in open_ones)
    # Once something is a certain no, nothing that is missing matters any more.
    if answer is not Answer.UNKNOWN:
        missing, withheld = {}, False
    return _part("eligibility", answer, conditions, missing=tuple(missing), withheld=withheld)


def _conditions(offer: Offer, need: Need) -> Iterator[Finding]:
    for name, condition in offer.conditions:
        yield _judged(name, condition, need)
    if offer.areas:
        answer = _lives_in(need.region, offer.areas)
        missing = ("region",) if answer is Answer.UNKNOWN else ()
        yield _condition("area", answer, areas=offer.areas, missing=missing)
    if offer.need_types:
        yield _types(offer, need)


def _condition(name: str, answer: Answer, parts: tuple[Finding, ...] = (), /, **values: Any) -> Finding:
    return Finding(answer, "fit_condition", name, {key: told for key, told in values.items() if told}, parts)


def _known(need: Need) -> Facts:
    return {fact: value for fact, value in need.facts.items() if fact not in need.withheld}


def _judged(name: str, condition: Condition, need: Need) -> Finding:
    found = condition.judge(_known(need), need.on)
    missing = tuple(dict.fromkeys(missing_in(found)))
    told = tuple(fact for fact in missing if fact not in need.withheld)
    return _condition(
        name, found.answer, (_veiled(found, need.withheld),), missing=told, withheld=len(told) < len(missing)
    )


def missing_in(finding: Finding) -> Iterator[str]:
    """The facts that are not known and leave an answer open, or that are known too roughly."""
    if finding.answer is not Answer.UNKNOWN:
        return
    for part in finding.parts:
        yield from missing_in(part)
    if finding.parts:
        return
    if "value" not in finding.values or "other" not in finding.values:
        yield finding.about
    if "other" in finding.values and "bound" not in finding.values:
        yield finding.values["other"]


def _veiled(finding: Finding, withheld: Collection[str]) -> Finding:
    """Without the names of what the reader may not see, so that not even the question is told beside an answer."""
    if finding.about in withheld or finding.values.get("other") in withheld:
        return Finding(finding.answer, "fit_withheld")
    if not finding.parts:
        return finding
    parts = tuple(_veiled(part, withheld) for part in finding.parts)
    return Finding(finding.answer, finding.kind, finding.about, finding.values, parts)


def _types(offer: Offer, need: Need) -> Finding:
    answers = _types_said(offer, need)
    answer = max(answers.values())
    is_open = answer is Answer.UNKNOWN
    fitting = tuple(sorted(code for code, said in answers.items() if said is Answer.YES))
    shown = fitting or tuple(sorted(offer.need_types - need.withheld_types))
    return _condition(
        "types",
        answer,
        types=shown,
        missing=("need_types",) if is_open and offer.need_types - need.withheld_types else (),
        withheld=is_open and bool(offer.need_types & need.withheld_types),
    )


def _types_said(offer: Offer, need: Need) -> Mapping[str, Answer]:
    return {
        code: Answer.UNKNOWN if code in need.withheld_types else need.types.get(code, Answer.UNKNOWN)
        for code in offer.need_types
    }


def _lives_in(region: str, areas: Collection[str]) -> Answer:
    if not region:
        return Answer.UNKNOWN
    if any(region == code or region.startswith(f"{code}.") for code in areas):
        return Answer.YES
    # Known only roughly: a part of where the person may live is served.
    return Answer.UNKNOWN if any(code.startswith(f"{region}.") for code in areas) else Answer.NO


# --- how far ---


def distance(offer: Offer, need: Need) -> Finding:
    """How near the nearest place is, by the codes of regions; kilometres in a straight line where both are known.

    A contact point is never told nearer than its regency, and never in kilometres.
    """
    if not offer.spots:
        return _part("distance", "unknown")
    spot, grade, km = min((_to(spot, need) for spot in offer.spots), key=_nearness)
    ferry = spot.is_island and not spot.is_guarded and grade not in ("anywhere", "unknown", "village")
    found = _part("distance", grade, guarded=spot.is_guarded and grade != "anywhere", ferry=ferry)
    return found if km is None else Finding(grade, found.kind, found.about, {**found.values, "km": km})


_Way = tuple[Spot, str, float | None]


def _nearest(offer: Offer, need: Need) -> tuple[str, float | None]:
    if not offer.spots:
        return "unknown", None
    if len(offer.spots) == 1:
        return _to(offer.spots[0], need)[1:]
    return min((_to(spot, need) for spot in offer.spots), key=_nearness)[1:]


def _nearness(way: _Way) -> tuple[int, float]:
    return GRADES["distance"].index(way[1]), inf if way[2] is None else way[2]


def _to(spot: Spot, need: Need) -> _Way:
    if spot.is_anywhere:
        return spot, "anywhere", None
    if not spot.region or not need.region:
        return spot, "unknown", None
    depth = shared_depth(spot.region, need.region)
    if spot.is_guarded:
        return spot, _LEVELS.get(min(depth, _REGENCY), "elsewhere"), None
    grade = _LEVELS.get(depth, "elsewhere")
    if not spot.position or not need.position:
        return spot, grade, None
    return spot, grade, round(kilometres(spot.position, need.position), 1)


# --- what else counts ---


def _wish(offer: Offer, need: Need) -> str:
    if offer.key in need.put_aside:
        return "put_aside"
    return "wished" if offer.key in need.wished else "none"


def _listing(offer: Offer) -> str:
    return "confirmed" if offer.is_confirmed else "unconfirmed"


def _room(offer: Offer) -> str:
    if offer.free is None:
        return "unknown"
    return "free" if offer.free else "full"


def _access(offer: Offer, need: Need) -> str:
    if not need.accesses:
        return "not_needed"
    if not _lacking(offer, need):
        return "fits"
    # A listing that says nothing of access may still have it.
    return "lacks" if offer.accesses else "unknown"


def _lacking(offer: Offer, need: Need) -> tuple[str, ...]:
    return tuple("|".join(group) for group in need.accesses if not offer.accesses.intersection(group))


def _waiting(offer: Offer, order: Order) -> str:
    days, (soon, weeks) = offer.days_waiting, order.waiting_days
    if days is None:
        return "unknown"
    return "soon" if days <= soon else "weeks" if days <= weeks else "long"


def _waiting_part(offer: Offer, order: Order) -> Finding:
    days = offer.days_waiting
    # No day at all is a number of days too.
    return Finding(_waiting(offer, order), "fit", "waiting", {} if days is None else {"days": days})


def _accreditation(offer: Offer) -> str:
    return "accredited" if offer.accreditation else "none"


def kept(finding: Finding) -> Finding:
    """What may be stored of a rank in plain text: how the service stood, without anything about the person.

    Of eligibility the answer alone stays, without conditions, and access not at all: beside a name they would
    tell of types, disability or illness.
    """
    if finding.kind != "fit_service":
        raise ValueError("only the finding of a whole rank is kept")
    parts = tuple(_bare(part) for part in finding.parts if part.about != "access")
    return Finding(finding.answer, finding.kind, finding.about, {}, parts)


_SAFE_VALUES = frozenset({"points", "free", "days", "grade", "amount", "guarded", "ferry"})


def _bare(part: Finding) -> Finding:
    values = {name: told for name, told in part.values.items() if name in _SAFE_VALUES}
    return Finding(part.answer, part.kind, part.about, values)
