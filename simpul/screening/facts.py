"""From what is held about a person to what the rules read, and which fact is asked next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import PAINFUL
from simpul.engines.rules import Answer, DateRange, FactKind, OpenFacts, Value

# What one more question costs, by how painful it is (0 harmless to 3 very painful): a painful one comes
# late, and only when it settles several times as much as a harmless one would.
PRICE_OF_PAIN = {0: 1.0, 1: 2.0, 2: 8.0, 3: 25.0}
KNOWN, UNKNOWN, REFUSED = "known", "unknown", "refused"
HIGHLY_RESTRICTED, RESTRICTED = "highly_restricted", "restricted"


@dataclass(frozen=True, slots=True)
class Answered:
    """A fact as a screening keeps it: its state, value, who said it, when, and how it was proved."""

    name: str
    state: str
    value: Value | None
    source: str
    noted_at: datetime
    noted_by_name: str
    proof: str = ""

    @property
    def seen(self) -> str:
        """Which answer this is: what a form carries so that a newer one is not overwritten unseen."""
        return f"{self.noted_at.isoformat()}|{self.state}"


Held = Mapping[str, Answered]


def answered(held: Mapping[str, Any]) -> dict[str, Answered]:
    """What people.queries.facts_on holds, for the facts that the catalogue knows today."""
    known = catalogue_facts.asked_facts()
    return {
        name: Answered(
            name, fact.state, fact.value, fact.source, fact.noted_at, fact.noted_by_name, fact.proof or ""
        )
        for name, fact in held.items()
        if name in known
    }


def engine_facts(held: Held) -> dict[str, Value]:
    """The values for the rules. What was asked in vain is absent: not known is never a no."""
    return {name: fact.value for name, fact in held.items() if fact.state == KNOWN and fact.value is not None}


def asked_in_vain(held: Held) -> frozenset[str]:
    """Facts to which somebody said "does not know" or "does not want to say": they are not asked again."""
    return frozenset(name for name, fact in held.items() if fact.state in {UNKNOWN, REFUSED})


@lru_cache(maxsize=1)
def highly_restricted() -> frozenset[str]:
    """Facts that only some may see, record or be shown as a reason."""
    return _of_sensitivity(HIGHLY_RESTRICTED)


@lru_cache(maxsize=1)
def restricted() -> frozenset[str]:
    """Facts that whoever asks may record, and that only those who may read results see afterwards."""
    return _of_sensitivity(RESTRICTED)


def _of_sensitivity(sensitivity: str) -> frozenset[str]:
    facts = catalogue_facts.all_facts()
    return frozenset(name for name, fact in facts.items() if fact.sensitivity == sensitivity)


@lru_cache(maxsize=1)
def prices() -> dict[str, float]:
    return {name: PRICE_OF_PAIN[fact.pain] for name, fact in catalogue_facts.asked_facts().items()}


@lru_cache(maxsize=8)
def _compiled(code: str, digest: str, on: date) -> OpenFacts:
    return OpenFacts(editions.get(code).rules(), catalogue_facts.specs(), on)


def open_facts(edition: Any, on: date) -> OpenFacts:
    """Compiled once for an edition and a day. The digest is in the key: a changed text is compiled anew."""
    return _compiled(edition.code, edition.digest, on)


def is_askable(name: str, values: Mapping[str, Value], on: date) -> bool:
    """Whether the question may be put to somebody of whom this is known, or its answer kept.

    What somebody tells before the question that leads there was asked is kept too; but nothing painful
    about somebody who may be a child, where the question is not for children.
    """
    spec = catalogue_facts.specs().get(name)
    if spec is None or spec.asked_if is None:
        # A name that is no question at all is refused in its own words where it would be kept.
        return True
    answer = catalogue_facts.may_be_put(name, values, on)
    if answer is Answer.UNKNOWN and catalogue_facts.get(name).pain >= PAINFUL:
        specs, missing = catalogue_facts.specs(), spec.asked_if.facts() - values.keys()
        led_there = {fact: True for fact in missing if specs[fact].kind is FactKind.BOOL}
        return spec.asked_if.verdict({**values, **led_there}, on) is Answer.YES
    return answer is not Answer.NO


@dataclass(frozen=True, slots=True)
class Asking:
    """Where an interview stands: the next fact, how many are left at most, and whether colleagues ask more.

    Whatever is said here to somebody who may not see a fact is worked out without that fact. `settled` and
    `unsettled` count types; those that nobody brought up, and those that are not for this asker, are in neither:
    "one more is open" beside the family would be a suspicion.
    """

    next: str | None
    left: int
    others_ask_more: bool
    settled: int
    unsettled: int


def asking(
    edition: Any,
    on: date,
    held: Held,
    *,
    may_ask_all: bool = True,
    later: Collection[str] = (),
    unseen: Collection[str] = (),
) -> Asking:
    """What to ask now. Facts that can change nothing any more are not asked, nor those put off till `later`.

    `may_ask_all` is False for people without the right to highly restricted facts: those wait for a
    colleague who has it. `unseen` are answers of colleagues that this asker may not see: they are not
    asked again, and nothing that is shown depends on them.
    """
    never = highly_restricted() if not may_ask_all else frozenset()
    shown = {name: fact for name, fact in held.items() if name not in never and name not in unseen}
    compiled, values = open_facts(edition, on), engine_facts(shown)
    skip = asked_in_vain(shown) | never | frozenset(unseen)
    steps = compiled.step(values)
    matter = frozenset().union(*(facts for _, facts in steps.values())) - values.keys()
    name = compiled.next_question(values, skip=skip | set(later), cost=prices())
    of_theirs = frozenset() if may_ask_all else _highly_restricted_types(edition)
    in_play = {code: facts for code, (_, facts) in steps.items() if code not in of_theirs}
    closed = never | frozenset(unseen)
    settled = sum(1 for facts in in_play.values() if not facts)
    unsettled = sum(1 for facts in in_play.values() if facts and _questions_for(facts, values, on) - closed)
    left = len(_questions_for(matter, values, on) - skip)
    return Asking(name, left, not may_ask_all, settled, unsettled)


def _highly_restricted_types(edition: Any) -> frozenset[str]:
    return frozenset(need.code for need in edition.types if need.sensitivity == HIGHLY_RESTRICTED)


def _questions_for(names: Iterable[str], values: Mapping[str, Value], on: date) -> frozenset[str]:
    """The questions that may have to be put to learn these facts: they, and those that they wait for."""
    specs, never = catalogue_facts.specs(), catalogue_facts.asking().volunteered
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in found or name in values or name in never:
            continue
        answer, gate = catalogue_facts.may_be_put(name, values, on), specs[name].asked_if
        before = (
            gate.facts() - values.keys() if gate is not None and answer is Answer.UNKNOWN else frozenset()
        )
        # What waits for something that is never asked is not asked either.
        if answer is Answer.NO or (before and before <= never):
            continue
        found.add(name)
        waiting.extend(before)
    return frozenset(found)


def question_that_settles(edition: Any, code: str, on: date, held: Held, *, may_ask_all: bool) -> str | None:
    """For one open type: the fact to ask now, also one that was asked in vain before.

    None where what is missing is only for the person to bring up.
    """
    values = engine_facts(held)
    _, still_open = open_facts(edition, on).step(values)[code]
    kept = frozenset() if may_ask_all else highly_restricted()
    ready = {
        name
        for name in _questions_for(still_open, values, on) - kept
        if catalogue_facts.may_be_put(name, values, on) is Answer.YES
    }
    in_vain, price = asked_in_vain(held), prices()
    return min(ready, key=lambda name: (name in in_vain, price.get(name, 1.0), name), default=None)


# --- what a finished screening keeps ---


def frozen(held: Held) -> list[dict[str, Any]]:
    """The facts as JSON, in the order of their names."""
    return [
        {
            "name": fact.name,
            "state": fact.state,
            "value": _plain(fact.value),
            "source": fact.source,
            "noted_at": fact.noted_at.isoformat(),
            "noted_by_name": fact.noted_by_name,
            "proof": fact.proof,
        }
        for _, fact in sorted(held.items())
    ]


def thawed(kept: Iterable[Mapping[str, Any]]) -> dict[str, Answered]:
    """The facts that `frozen` wrote. A fact that the catalogue has since dropped is left out."""
    known = catalogue_facts.all_facts()
    return {
        row["name"]: Answered(
            row["name"],
            row["state"],
            _value(known[row["name"]].kind, row["value"]),
            row["source"],
            datetime.fromisoformat(row["noted_at"]),
            row["noted_by_name"],
            row["proof"],
        )
        for row in kept
        if row["name"] in known
    }


def _plain(value: Value | None) -> Any:
    if isinstance(value, DateRange):
        return {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
    return value.isoformat() if isinstance(value, date) else value


def _value(kind: str, plain: Any) -> Value | None:
    if kind != FactKind.DATE or plain is None:
        return plain
    if isinstance(plain, Mapping):
        return DateRange(date.fromisoformat(plain["earliest"]), date.fromisoformat(plain["latest"]))
    return date.fromisoformat(plain)
