"""What one page of the interview shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import contradictions, editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.contradictions import Contradiction
from simpul.catalogue.facts import Fact
from simpul.engines.rules import Answer, Value
from simpul.people.models import Fact as Said
from simpul.screening.facts import (
    KNOWN,
    Answered,
    Asking,
    asking,
    engine_facts,
    highly_restricted,
    is_askable,
    restricted,
)
from simpul.screening.models import Screening
from simpul.screening.queries.judging import about_person, held_and_faded


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the list beside the question."""

    fact: Fact
    answer: Answered


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands, and the fact that is asked on this page (None: nothing is left to ask).

    `before` is an answer too old to be taken as it stands; `to_bring_up` are facts that nobody asks about,
    for when the person tells of them.
    """

    asking: Asking
    fact: Fact | None
    answer: Answered | None
    before: Answered | None
    given: tuple[Given, ...]
    put_off: tuple[Fact, ...]
    to_bring_up: tuple[Fact, ...]
    contradictions: tuple[Contradiction, ...]
    back: str
    step: int

    @property
    def seen(self) -> str:
        return self.answer.seen if self.answer else ""

    @property
    def just_contradicted(self) -> tuple[Contradiction, ...]:
        """What the newest answer does not fit together with."""
        last = self.given[-1].fact.name if self.given else ""
        return tuple(clash for clash in self.contradictions if last in clash.facts)

    @property
    def total(self) -> int:
        return self.asking.settled + self.asking.unsettled

    @property
    def is_change(self) -> bool:
        return self.answer is not None


def sees_all(screening: Screening, viewer: User) -> bool:
    """Whether highly restricted facts and findings, and reasons in free words, may be shown to this person."""
    return is_within_reach(screening, viewer, Permission.SENSITIVE_VIEW)


def may_decide(screening: Screening, viewer: User) -> bool:
    """Whether this person may decide, and so may judge a finished screening again."""
    return is_within_reach(screening, viewer, Permission.SCREENING_DECIDE)


def may_be_asked_by(screening: Screening, name: str, viewer: User) -> bool:
    """Whether this person may put the question and keep its answer."""
    return name not in highly_restricted() or sees_all(screening, viewer)


def interview(
    screening: Screening, *, on: date, viewer: User, name: str = "", later: Collection[str] = ()
) -> Interview:
    """The page for one named fact, or for the next one that matters and was not put off.

    Raises KeyError for a fact that is not in the catalogue, not for this person to see, or not asked of
    somebody like this.
    """
    all_seen, (held, faded) = sees_all(screening, viewer), held_and_faded(screening, on)
    unseen = unseen_by(screening, {**faded, **held}, viewer)
    shown = {fact: answer for fact, answer in held.items() if fact not in unseen}
    old = {fact: answer for fact, answer in faded.items() if fact not in unseen and answer.state == KNOWN}
    standing = asking(
        editions.get(screening.edition),
        on,
        held,
        may_ask_all=all_seen,
        later=later,
        unseen=unseen & held.keys(),
    )
    asked = name or standing.next
    facts, known = catalogue_facts.all_facts(), engine_facts(shown)
    if name and not _may_be_put(name, all_seen, known, on):
        raise KeyError(name)
    given = _given(shown)
    return Interview(
        asking=standing,
        fact=facts[asked] if asked else None,
        answer=shown.get(asked) if asked else None,
        before=old.get(asked) if asked else None,
        given=given,
        put_off=tuple(
            facts[postponed]
            for postponed in dict.fromkeys(later)
            if postponed not in held and _may_be_put(postponed, all_seen, known, on)
        ),
        to_bring_up=tuple(_to_bring_up(held, all_seen, known, on)),
        contradictions=contradictions.found(known, on),
        back=_before(given, asked or ""),
        step=len(given) + 1,
    )


def unseen_by(screening: Screening, held: Mapping[str, Answered], viewer: User) -> frozenset[str]:
    """The answers that this person may not see.

    Highly restricted ones without the right to them; and restricted ones for who only asks (a volunteer),
    unless they noted the answer themselves.
    """
    hidden = frozenset() if sees_all(screening, viewer) else highly_restricted() & held.keys()
    if is_within_reach(screening, viewer, Permission.SCREENING_VIEW):
        return hidden
    others = restricted() & held.keys()
    own = Said.objects.filter(about_person(screening), noted_by=viewer.pk).named_any(others)
    mine = {(row.name, row.noted_at) for row in own}
    return hidden | {name for name in others if (name, held[name].noted_at) not in mine}


def _given(shown: Mapping[str, Answered]) -> tuple[Given, ...]:
    facts = catalogue_facts.all_facts()
    in_order = sorted(shown.values(), key=lambda answer: (answer.noted_at, answer.name))
    return tuple(Given(facts[answer.name], answer) for answer in in_order)


def _to_bring_up(
    held: Mapping[str, Answered], all_seen: bool, known: Mapping[str, Value], on: date
) -> Iterator[Fact]:
    for name, fact in catalogue_facts.asked_facts().items():
        if not fact.volunteered_only or name in held or not _may_be_put(name, all_seen, known, on):
            continue
        if catalogue_facts.may_be_put(name, known, on) is Answer.YES:
            yield fact


def _may_be_put(name: str, all_seen: bool, known: Mapping[str, Value], on: date) -> bool:
    fact = catalogue_facts.all_facts().get(name)
    if fact is None or fact.derived or (name in highly_restricted() and not all_seen):
        return False
    # An answer that was kept can still be read and corrected, whatever became known since.
    return name in known or is_askable(name, known, on)


def _before(given: tuple[Given, ...], name: str) -> str:
    """The answer given before this one, to go back to; empty at the beginning."""
    names = [entry.fact.name for entry in given]
    if name in names:
        names = names[: names.index(name)]
    return names[-1] if names else ""
