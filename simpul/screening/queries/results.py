"""What the result page, the decision and the family's paper show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from simpul.access.models import User
from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.editions import Edition, NeedType
from simpul.catalogue.facts import Fact
from simpul.engines.reasons import Answer, Finding
from simpul.people.models import Person
from simpul.screening.facts import (
    HIGHLY_RESTRICTED,
    KNOWN,
    Answered,
    Held,
    engine_facts,
    highly_restricted,
    open_facts,
    question_that_settles,
)
from simpul.screening.models import Decision, Screening
from simpul.screening.queries.conversation import sees_all
from simpul.screening.queries.judging import (
    Pair,
    compare,
    day_of,
    facts_of,
    findings_of,
    is_overtaken,
)

UNITS = ("person", "family", "community")
_REGISTER = ("born", "sex")
_GATHERS = frozenset({"all", "any", "at_least"})
_LOGIC = _GATHERS | {"not", "readings"}


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that a finding rests on, with who said it and when."""

    fact: Fact
    answer: Answered | None


@dataclass(frozen=True, slots=True)
class TypeResult:
    """One type for this person: the finding, why in one line, and what would settle it."""

    need: NeedType
    finding: Finding
    telling: tuple[Finding, ...]
    used: tuple[Used, ...]
    asks: Fact | None
    asked_before: bool
    open_count: int
    decision: Decision | None
    by_register: bool

    @property
    def answer(self) -> Answer:
        return self.finding.answer  # type: ignore[no-any-return]

    @property
    def has_two_readings(self) -> bool:
        return any(_nodes_of_kind(self.finding, "readings"))

    @property
    def is_worth_opening(self) -> bool:
        """What fits, and what one more answer would settle; a page with everything open is read by nobody."""
        return self.answer is Answer.YES or (
            self.answer is Answer.UNKNOWN and self.open_count <= 1 and not self.is_highly_restricted
        )

    @property
    def is_highly_restricted(self) -> bool:
        return bool(self.need.sensitivity == HIGHLY_RESTRICTED)


@dataclass(frozen=True, slots=True)
class Group:
    """The types of one unit: about the person, the family or the community."""

    unit: str
    fits: tuple[TypeResult, ...]
    open: tuple[TypeResult, ...]
    fits_not: tuple[TypeResult, ...]

    @property
    def shown(self) -> tuple[TypeResult, ...]:
        return self.fits + self.open

    @property
    def in_sight(self) -> tuple[TypeResult, ...]:
        """What stands on the page at once: the family may be looking over the worker's shoulder."""
        return self.fits + tuple(entry for entry in self.open if not entry.is_highly_restricted)

    @property
    def discreet(self) -> tuple[TypeResult, ...]:
        """Highly restricted types that are still open: folded, so that nobody reads one as a suspicion."""
        return tuple(entry for entry in self.open if entry.is_highly_restricted)


@dataclass(frozen=True, slots=True)
class Result:
    """A whole result, as one person may see it."""

    screening: Screening
    person: Person
    edition: Edition
    on: date
    groups: tuple[Group, ...]
    hidden: int
    is_overtaken: bool
    edition_has_changed: bool

    @property
    def types(self) -> tuple[TypeResult, ...]:
        return tuple(entry for group in self.groups for entry in group.shown + group.fits_not)

    @property
    def fits(self) -> tuple[TypeResult, ...]:
        return tuple(entry for group in self.groups for entry in group.fits)

    @property
    def open(self) -> tuple[TypeResult, ...]:
        return tuple(entry for group in self.groups for entry in group.open)

    @property
    def fits_not(self) -> tuple[TypeResult, ...]:
        return tuple(entry for group in self.groups for entry in group.fits_not)

    @property
    def not_by_register(self) -> int:
        return sum(1 for entry in self.fits_not if entry.by_register)

    @property
    def not_by_facts(self) -> int:
        return len(self.fits_not) - self.not_by_register


def result(screening: Screening, *, on: date, viewer: User) -> Result:
    """The findings of a screening with everything that explains them.

    Highly restricted types, and reasons that name highly restricted facts, are left out for viewers
    without the right to them; `hidden` says how many types are.
    """
    edition = editions.get(screening.edition)
    all_seen = sees_all(screening, viewer)
    held, day = facts_of(screening, on), day_of(screening, on)
    findings, decisions = findings_of(screening, on), newest_decisions(screening)
    entries, hidden = [], 0
    for need in edition.types:
        if need.code not in findings:
            continue
        if need.sensitivity == HIGHLY_RESTRICTED and not all_seen:
            hidden += 1
            continue
        finding = findings[need.code]
        entries.append(_entry(need, finding, edition, day, held, all_seen, decisions.get(need.code)))
    return Result(
        screening=screening,
        person=screening.person,
        edition=edition,
        on=day,
        groups=_grouped(entries),
        hidden=hidden,
        is_overtaken=is_overtaken(screening, on),
        edition_has_changed=edition.digest != screening.edition_digest,
    )


def _entry(
    need: NeedType,
    finding: Finding,
    edition: Edition,
    day: date,
    held: Held,
    all_seen: bool,
    decision: Decision | None,
) -> TypeResult:
    assert need.node is not None
    names, facts = need.node.facts(), catalogue_facts.all_facts()
    veiled = frozenset() if all_seen else highly_restricted()
    asks, count = None, 0
    if finding.answer is Answer.UNKNOWN:
        asks = question_that_settles(edition, need.code, day, held, may_ask_all=all_seen)
        count = open_count(edition, need.code, day, held)
    shown = without(finding, veiled) if veiled else finding
    register = {name: value for name, value in engine_facts(held).items() if name in _REGISTER}
    return TypeResult(
        need=need,
        finding=shown,
        telling=tuple(decisive(shown)),
        used=tuple(Used(facts[name], held[name]) for name in sorted(names - veiled) if name in held),
        asks=facts[asks] if asks else None,
        asked_before=bool(asks) and asks in held,
        open_count=count,
        decision=decision,
        by_register=finding.answer is Answer.NO and need.node.judge(register, day).answer is Answer.NO,
    )


def open_count(edition: Edition, code: str, on: date, held: Held) -> int:
    """How many facts can still change the verdict on one type."""
    from_rules = open_facts(edition, on).step(engine_facts(held))[code]
    return len(from_rules[1])


def _grouped(entries: list[TypeResult]) -> tuple[Group, ...]:
    def of(unit: str, answer: Answer) -> tuple[TypeResult, ...]:
        return tuple(entry for entry in entries if entry.need.unit == unit and entry.answer is answer)

    groups = (
        Group(unit, of(unit, Answer.YES), of(unit, Answer.UNKNOWN), of(unit, Answer.NO)) for unit in UNITS
    )
    return tuple(group for group in groups if group.shown or group.fits_not)


def decisive(finding: Finding) -> Iterator[Finding]:
    """The parts that made the answer, one level at a time: what the one line under a type says.

    Of *all of* the parts that failed (or, when it holds, all of them), of *any of* those that hold.
    """
    # The parts of a type are its rule and then its supporting signs, which decide nothing.
    deciding = finding.parts[:1] if finding.kind == "type" else finding.parts
    for part in deciding:
        if part.answer is not finding.answer:
            continue
        if part.kind == "readings":
            # They agree, or the answer would be open: the first says it for all.
            yield from decisive(part.parts[0]) if finding.answer is not Answer.UNKNOWN else (part,)
        elif part.kind in _GATHERS and part.parts:
            yield from decisive(part)
        else:
            yield part


def without(finding: Finding, facts: Collection[str]) -> Finding:
    """The same finding without the reasons that name one of these facts."""
    return _pruned(finding, facts) or Finding(finding.answer, finding.kind, finding.about, finding.values)


def _pruned(finding: Finding, facts: Collection[str]) -> Finding | None:
    if finding.about in facts and finding.kind not in {"type", "criterion"}:
        return None
    parts = tuple(_pruned(part, facts) for part in finding.parts)
    kept = tuple(part for part in parts if part is not None)
    if finding.parts and (not kept or (len(kept) < len(parts) and finding.kind not in _LOGIC | {"type"})):
        return None
    return Finding(finding.answer, finding.kind, finding.about, finding.values, kept)


def _nodes_of_kind(finding: Finding, kind: str) -> Iterator[Finding]:
    if finding.kind == kind:
        yield finding
    for part in finding.parts:
        yield from _nodes_of_kind(part, kind)


def compare_for(
    screening: Screening, other: Edition, *, on: date, viewer: User
) -> tuple[tuple[Pair, ...], int]:
    """Both editions side by side as this viewer may see them, and how many pairs were left out."""
    pairs = compare(screening, other, on)
    if sees_all(screening, viewer):
        return pairs, 0
    shown = tuple(pair for pair in pairs if not pair.is_highly_restricted)
    return shown, len(pairs) - len(shown)


# --- decisions ---


def newest_decisions(screening: Screening) -> dict[str, Decision]:
    """The decision that holds for each type. Those made before the facts were judged again do not count."""
    if screening.finished_at is None:
        return {}
    rows = Decision.objects.filter(screening=screening, decided_at__gte=screening.finished_at)
    return {row.type_code: row for row in rows.order_by("decided_at")}


def confirmed_types(screening: Screening) -> tuple[str, ...]:
    """The codes of the types that a worker has decided to fit."""
    return tuple(
        code for code, decision in sorted(newest_decisions(screening).items()) if decision.decided == "yes"
    )


# --- the family's paper ---


@dataclass(frozen=True, slots=True)
class FamilyPaper:
    """What a family takes home: only what fits and what is still open, in their words."""

    name: str
    place: str
    on: date
    fits: tuple[NeedType, ...]
    open: tuple[tuple[NeedType, Fact | None], ...]
    worker_name: str
    ended: str
    asks_more: bool


def family_paper(
    found: Result, *, chosen: Collection[str] | None, place: str, worker_name: str
) -> FamilyPaper:
    """What fits stands on it; open and highly restricted types only when the worker ticks them.

    Paper lies about at home, and the name of a type that may not even fit can hurt.
    """

    def stands(entry: TypeResult) -> bool:
        if chosen is None:
            return not entry.is_highly_restricted and holds(entry) == "yes"
        return entry.need.code in chosen

    def holds(entry: TypeResult) -> str:
        return entry.decision.decided if entry.decision else str(entry.answer)

    shown = [entry for entry in found.types if stands(entry)]
    return FamilyPaper(
        name=found.person.name,
        place=place,
        on=found.on,
        fits=tuple(entry.need for entry in shown if holds(entry) == "yes"),
        open=tuple((entry.need, entry.asks) for entry in shown if holds(entry) == "unknown"),
        worker_name=worker_name,
        ended=found.screening.ending,
        asks_more=any(holds(entry) == "unknown" for entry in found.types),
    )


def last_said(held: Mapping[str, Answered]) -> datetime | None:
    """When the newest answer was noted: "tersimpan pukul …"."""
    return max(
        (fact.noted_at for fact in held.values() if fact.noted_at and fact.state == KNOWN), default=None
    )
