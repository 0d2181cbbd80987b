"""What one page of the interview shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact
from simpul.screening.facts import (
    Answered,
    Asking,
    asking,
    highly_restricted,
)
from simpul.screening.models import Screening
from simpul.screening.queries.judging import held_now


@dataclass(frozen=True, slots=True)
class Given:
    """One answer in the list beside the question."""

    fact: Fact
    answer: Answered


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands, and the fact that is asked on this page (None: nothing is left to ask)."""

    asking: Asking
    fact: Fact | None
    answer: Answered | None
    given: tuple[Given, ...]
    put_off: tuple[Fact, ...]
    back: str
    step: int

    @property
    def seen(self) -> str:
        return self.answer.seen if self.answer else ""

    @property
    def total(self) -> int:
        return self.asking.settled + self.asking.unsettled

    @property
    def is_change(self) -> bool:
        return self.answer is not None


def sees_all(screening: Screening, viewer: User) -> bool:
    """Whether highly restricted facts and findings of this screening may be shown to this person."""
    return is_within_reach(screening, viewer, Permission.SENSITIVE_VIEW)


def interview(
    screening: Screening, *, on: date, viewer: User, name: str = "", later: Collection[str] = ()
) -> Interview:
    """The page for one named fact, or for the next one that matters and was not put off.

    Raises KeyError for a fact that is not in the catalogue or not for this person to see.
    """
    all_seen, held = sees_all(screening, viewer), held_now(screening, on)
    standing = asking(editions.get(screening.edition), on, held, may_ask_all=all_seen, later=later)
    asked = name or standing.next
    if name and not _may_be_asked(name, all_seen):
        raise KeyError(name)
    facts = catalogue_facts.all_facts()
    visible = [answer for answer in held.values() if all_seen or answer.name not in highly_restricted()]
    visible.sort(key=lambda answer: (answer.noted_at, answer.name))
    given = tuple(Given(facts[answer.name], answer) for answer in visible)
    return Interview(
        asking=standing,
        fact=facts[asked] if asked else None,
        answer=held.get(asked) if asked else None,
        given=given,
        put_off=tuple(
            facts[postponed] for postponed in dict.fromkeys(later) if _still_open(postponed, facts, held)
        ),
        back=_before(given, asked or ""),
        step=len(given) + 1,
    )


def _still_open(name: str, facts: Mapping[str, Fact], held: Mapping[str, Answered]) -> bool:
    return name in facts and name not in held


def _may_be_asked(name: str, all_seen: bool) -> bool:
    fact = catalogue_facts.all_facts().get(name)
    return fact is not None and not fact.derived and (all_seen or name not in highly_restricted())


def _before(given: tuple[Given, ...], name: str) -> str:
    """The answer given before this one, to go back to; empty at the beginning."""
    names = [entry.fact.name for entry in given]
    if name in names:
        names = names[: names.index(name)]
    return names[-1] if names else ""
