"""Judging facts by an edition, again and by another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.refusal import Refusal
from simpul.catalogue import editions
from simpul.catalogue.editions import Crosswalk, Edition, NeedType
from simpul.catalogue.text import Text
from simpul.engines.reasons import Answer, Finding
from simpul.engines.rules import Facts
from simpul.people.models import Person
from simpul.people.queries import consent_for, facts_on, require_not_limited
from simpul.screening.facts import (
    HIGHLY_RESTRICTED,
    Answered,
    answered,
    engine_facts,
    thawed,
)
from simpul.screening.models import Screening

PURPOSE = "screening"


class ConsentNeeded(Refusal):
    """There is neither consent nor another stated legal basis for screening this person."""

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__(
            _(
                "Belum ada persetujuan untuk penapisan. Catat dahulu persetujuannya, atau dasar hukum lain "
                "bila keadaannya darurat atau menjadi tugas kantor Anda."
            )
        )


def judged(facts: Facts, edition: Edition, on: date) -> dict[str, Finding]:
    """The finding for every type of an edition that has a rule. The truth, with reasons."""
    return {need.code: need.judge(facts, on) for need in edition.types if need.node is not None}


def has_basis(person: Person, on: date) -> bool:
    """Whether consent or another stated legal basis for screening stands on that day."""
    return consent_for(person, PURPOSE, on) is not None


def require_basis(person: Person, on: date) -> None:
    """For every action that learns something about a person. Raises Limited, Erased or ConsentNeeded."""
    require_not_limited(person)
    if not has_basis(person, on):
        raise ConsentNeeded(person)


def held_now(screening: Screening, on: date) -> dict[str, Answered]:
    """What is known about the person on that day, without what was said too long ago."""
    return held_and_faded(screening, on)[0]


def held_and_faded(screening: Screening, on: date) -> tuple[dict[str, Answered], dict[str, Answered]]:
    """What is known on that day; and what was known once, which is asked again and counts as not known."""
    said = facts_on(screening.person, on)
    fresh = {name: fact for name, fact in said.items() if not fact.is_faded}
    return answered(fresh), answered({name: fact for name, fact in said.items() if fact.is_faded})


def about_person(screening: Screening) -> Q:
    """Which rows of facts are about this person or their household."""
    return Q(person=screening.person_id) | Q(household=screening.person.household_id)


def facts_of(screening: Screening, on: date) -> dict[str, Answered]:
    """The facts a screening rests on: the frozen ones when it is finished, otherwise those of the day."""
    return thawed(screening.facts) if screening.finished_at else held_now(screening, on)


def day_of(screening: Screening, on: date) -> date:
    """The day asked about: that of the finish, or the day in hand while it is still asked."""
    return screening.on if screening.finished_at else on


def findings_of(screening: Screening, on: date) -> dict[str, Finding]:
    """The findings as they were frozen, or as they stand while it is still asked."""
    if screening.finished_at:
        return {code: Finding.from_json(data) for code, data in screening.findings.items()}
    return judged(engine_facts(held_now(screening, on)), editions.get(screening.edition), on)


def judged_again(screening: Screening) -> dict[str, Finding]:
    """The findings from the frozen facts, computed anew: equal to the frozen ones while the edition is."""
    return judged(engine_facts(thawed(screening.facts)), editions.get(screening.edition), screening.on)


def is_overtaken(screening: Screening, on: date) -> bool:
    """Whether answers have changed since this screening was finished."""
    if not screening.finished_at or not screening.is_running:
        return False
    frozen, now = thawed(screening.facts), held_now(screening, on)
    # An answer that has only grown old since is no change.
    return any(
        name not in frozen or (frozen[name].state, frozen[name].value) != (fact.state, fact.value)
        for name, fact in now.items()
    )


@dataclass(frozen=True, slots=True)
class OneSide:
    """One type and what its edition says about it; no finding where the edition has only names."""

    need: NeedType
    finding: Finding | None

    @property
    def answer(self) -> Answer:
        return self.finding.answer if self.finding else Answer.NO


@dataclass(frozen=True, slots=True)
class Pair:
    """One type of this edition beside those of another edition that took its place, for the same facts."""

    mine: OneSide | None
    others: tuple[OneSide, ...]
    remark: Text | None = None

    @property
    def is_highly_restricted(self) -> bool:
        sides = (*self.others, self.mine) if self.mine else self.others
        return any(side.need.sensitivity == HIGHLY_RESTRICTED for side in sides)

    @property
    def is_discreet(self) -> bool:
        """Whether it names a highly restricted type that is only open: such a pair is folded away."""
        sides = (*self.others, self.mine) if self.mine else self.others
        answers = {side.answer for side in sides if side.need.sensitivity == HIGHLY_RESTRICTED}
        return Answer.UNKNOWN in answers and Answer.YES not in answers

    @property
    def differs(self) -> bool:
        """Whether anything would change for this person. A type that neither list finds is no difference."""
        before = self.mine.answer if self.mine else Answer.NO
        return before is not max((other.answer for other in self.others), default=Answer.NO)


def compare(screening: Screening, other: Edition, on: date) -> tuple[Pair, ...]:
    """The same facts on the same day under another edition, type by type; what differs comes first."""
    edition = editions.get(screening.edition)
    mine = findings_of(screening, on)
    theirs = judged(engine_facts(facts_of(screening, on)), other, day_of(screening, on))
    ways = _ways(edition, other)
    pairs = []
    for need in edition.types:
        codes, remark = ways[need.code]
        sides = tuple(OneSide(other.type(code), theirs.get(code)) for code in codes)
        pairs.append(Pair(OneSide(need, mine.get(need.code)), sides, remark))
    reached = {code for codes, _ in ways.values() for code in codes}
    pairs += [
        Pair(None, (OneSide(need, theirs.get(need.code)),))
        for need in other.types
        if need.code not in reached
    ]
    return tuple(sorted(pairs, key=lambda pair: not pair.differs))


def _ways(edition: Edition, other: Edition) -> dict[str, tuple[tuple[str, ...], Text | None]]:
    """Which types of the other edition stand where a type of this one stood.

    By the crosswalk between them, read backwards where it leads the other way; by equal codes without one.
    """
    held = {need.code for need in other.types}
    for walk in editions.crosswalks():
        if (walk.source, walk.target) == (edition.code, other.code):
            steps = {step.source: step for step in walk.steps}
            return {
                need.code: (
                    (steps[need.code].targets, steps[need.code].remark) if need.code in steps else ((), None)
                )
                for need in edition.types
            }
        if (walk.source, walk.target) == (other.code, edition.code):
            return {need.code: _backwards(walk, need.code) for need in edition.types}
    return {need.code: ((need.code,) if need.code in held else (), None) for need in edition.types}


def _backwards(walk: Crosswalk, code: str) -> tuple[tuple[str, ...], Text | None]:
    steps = [step for step in walk.steps if code in step.targets]
    return tuple(step.source for step in steps), steps[0].remark if len(steps) == 1 else None


def judgeable_editions() -> tuple[Edition, ...]:
    return tuple(edition for edition in editions.all_editions() if edition.is_judgeable)


def fits(findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """The codes of the types that fit."""
    return tuple(code for code, finding in findings.items() if finding.answer is Answer.YES)
