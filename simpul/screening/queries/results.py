"""What the result page, the decision and the family's paper show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simpul.access.models import User
from simpul.catalogue import contradictions, editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.contradictions import Contradiction
from simpul.catalogue.editions import Edition, NeedType
from simpul.catalogue.facts import Fact
from simpul.engines.reasons import Answer, Finding
from simpul.people.models import Person
from simpul.screening.facts import (
    HIGHLY_RESTRICTED,
    Answered,
    Held,
    engine_facts,
    highly_restricted,
    open_facts,
    question_that_settles,
)
from simpul.screening.models import Decision, Screening
from simpul.screening.queries.conversation import sees_all
from simpul.screening.queries.decided import newest_decisions
from simpul.screening.queries.judging import (
    Pair,
    compare,
    day_of,
    facts_of,
    findings_of,
    is_overtaken,
)
from simpul.screening.queries.reasons import decisive, named_in, nodes_of_kind, without

UNITS = ("person", "family", "community")
_REGISTER = ("born", "sex")


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
    only_if_told: bool
    decision: Decision | None
    by_register: bool

    @property
    def answer(self) -> Answer:
        return self.finding.answer  # type: ignore[no-any-return]

    @property
    def has_two_readings(self) -> bool:
        return any(nodes_of_kind(self.finding, "readings"))

    @property
    def is_worth_opening(self) -> bool:
        """What fits, and what one more answer would settle; a page with everything open is read by nobody."""
        return self.answer is Answer.YES or (
            self.answer is Answer.UNKNOWN and self.open_count <= 1 and not self.is_highly_restricted
        )

    @property
    def is_highly_restricted(self) -> bool:
        return bool(self.need.sensitivity == HIGHLY_RESTRICTED)

    @property
    def is_unraised(self) -> bool:
        """Highly restricted, open, and nobody brought it up: its name alone beside the family would be a suspicion."""
        is_told = any(used.fact.volunteered_only for used in self.used)
        is_decided = self.decision is not None and self.decision.decided == "yes"
        is_open = self.answer is Answer.UNKNOWN and self.only_if_told
        return self.is_highly_restricted and is_open and not is_told and not is_decided


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
    contradictions: tuple[Contradiction, ...]
    shows_reasons: bool

    @property
    def may_ask(self) -> bool:
        """Whether an answer can still be changed here; contradictions then lead to their questions."""
        return self.shows_reasons and self.screening.is_running

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
    def open_and_raised(self) -> tuple[TypeResult, ...]:
        """What may be counted and named while the family looks on."""
        return tuple(entry for entry in self.open if not entry.is_unraised)

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

    For viewers without the right to them highly restricted types are left out, whether they fit or not;
    `hidden` says how many the list has. What rests on a highly restricted fact is told them as another
    reason, and what workers wrote in their own words is not shown.
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
        contradictions=contradictions.found(
            engine_facts({name: held[name] for name in held.keys() - _veiled(all_seen)}), day
        ),
        shows_reasons=all_seen,
    )


def _veiled(all_seen: bool) -> frozenset[str]:
    return frozenset() if all_seen else highly_restricted()


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
    facts, veiled = catalogue_facts.all_facts(), _veiled(all_seen)
    asks, count = None, 0
    if finding.answer is Answer.UNKNOWN:
        asks = question_that_settles(edition, need.code, day, held, may_ask_all=all_seen)
        count = len(open_names(edition, need.code, day, held) - veiled)
    shown = without(finding, veiled) if veiled else finding
    names = named_in(shown) if veiled else need.node.facts()
    register = {name: value for name, value in engine_facts(held).items() if name in _REGISTER}
    return TypeResult(
        need=need,
        finding=shown,
        telling=tuple(decisive(shown)),
        used=tuple(Used(facts[name], held[name]) for name in sorted(names) if name in held),
        asks=facts[asks] if asks else None,
        asked_before=bool(asks) and asks in held,
        open_count=count,
        only_if_told=asks is None and count > 0,
        decision=decision,
        by_register=finding.answer is Answer.NO and need.node.judge(register, day).answer is Answer.NO,
    )


def open_names(edition: Edition, code: str, on: date, held: Held) -> frozenset[str]:
    """The facts that can still change the verdict on one type."""
    _, names = open_facts(edition, on).step(engine_facts(held))[code]
    return names


def _grouped(entries: list[TypeResult]) -> tuple[Group, ...]:
    def of(unit: str, answer: Answer) -> tuple[TypeResult, ...]:
        return tuple(entry for entry in entries if entry.need.unit == unit and entry.answer is answer)

    groups = (
        Group(unit, of(unit, Answer.YES), of(unit, Answer.UNKNOWN), of(unit, Answer.NO)) for unit in UNITS
    )
    return tuple(group for group in groups if group.shown or group.fits_not)


def compare_for(
    screening: Screening, other: Edition, *, on: date, viewer: User
) -> tuple[tuple[Pair, ...], int]:
    """Both editions side by side as this viewer may see them, and how many pairs were left out."""
    pairs = compare(screening, other, on)
    if sees_all(screening, viewer):
        return pairs, 0
    shown = tuple(pair for pair in pairs if not pair.is_highly_restricted)
    return shown, len(pairs) - len(shown)
