"""What happened in the example office: its people, what they said, what was found and decided.

Everything goes through the same actions as a page would, by the workers of the office, so that rights, record and
refusals are those of real life.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from simpul.access.gate import THE_MACHINE
from simpul.access.models import User
from simpul.access.reach import Where
from simpul.cases.actions import open_case
from simpul.catalogue import editions
from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact
from simpul.commands.demo import (
    accompanied,
    accrediting,
    beginnings,
    contacts,
    deeds,
    endings,
    networking,
    programme,
    published,
    records,
    referring,
    registering,
    reporting,
    serving,
    sources,
    strengthening,
    surroundings,
    working,
)
from simpul.commands.demo.journal import Doer, case_key, read_lives
from simpul.commands.demo.office import key_of, make, organisation_key, read
from simpul.engines.rules import DateRange, FactKind, Value
from simpul.engines.rules.ages import latest_start
from simpul.people.actions import record_consent, register
from simpul.people.facts import born_from_age
from simpul.people.models import Household, Person
from simpul.population.reactions import screen
from simpul.screening import actions as screening_actions
from simpul.screening.actions import Verdict
from simpul.screening.facts import asking, engine_facts, is_askable
from simpul.screening.models import Screening
from simpul.screening.queries import held_now, sees_all

QUIET = read("quiet.toml")
MORNING = time(9, 0)
PROGRAMME = strengthening.By(officer="intan", mentor="fajar")
Told = Callable[[int, int], None]
DOERS: dict[str, Doer] = (
    beginnings.DOERS | surroundings.DOERS | working.DOERS | contacts.DOERS | endings.DOERS | referring.DOERS
)
OF_BODIES: dict[str, deeds.Doer] = records.DOERS | registering.DOERS | accrediting.DOERS


@transaction.atomic
def tell(today: date, *, told: Told = lambda done, total: None) -> None:
    """Make the whole office as it stands on that day, or nothing of it."""
    users = make(today)
    steps = _steps(today, users)
    for number, step in enumerate(steps, start=1):
        step()
        told(number, len(steps))


def _steps(today: date, users: dict[str, User]) -> list[Callable[[], None]]:
    """Everything that happened, each part in its own order; services stand before anybody is referred to them."""
    stories = [*read("people.toml")["household"], *accompanied.households()]
    households = [_Household(story, today, users) for story in stories]
    return [
        *(household.live for household in households),
        *serving.steps(today, users),
        *(partial(DOERS[entry.told["do"]], entry) for entry in read_lives(today, users)),
        *published.steps(today, users),
        *_of_bodies(today, users),
        *sources.steps(today, users),
        *networking.steps(today, users),
        *programme.steps(today, users, PROGRAMME.officer),
        *strengthening.steps(today, users, PROGRAMME),
        *(partial(_screen_everybody, month.until) for month in reporting.ended_months(today)),
        partial(_screen_everybody, today),
        *reporting.steps(today, users),
    ]


def _screen_everybody(on: date) -> None:
    """What the office finds in the morning: everybody judged in the night, and by the older list to compare."""
    codes = ("permensos-8-2012", "seed004-28")
    screen(Where(), by=THE_MACHINE, on=on, at=_moment(on, MORNING), codes=codes)


def _of_bodies(today: date, users: dict[str, User]) -> list[Callable[[], None]]:
    return [partial(OF_BODIES[deed.told["do"]], deed) for deed in deeds.read_deeds(today, users)]


class _Household:
    """One household's story: who they are, what they agreed to, what was asked and what came of it."""

    def __init__(self, story: dict[str, Any], today: date, users: dict[str, User]) -> None:
        self.story = story
        self.today = today
        self.by = users[story["by"]]
        self.on = today - timedelta(days=story["days_ago"])
        self.at = _moment(self.on, MORNING)
        self.household: Household | None = None

    def live(self) -> None:
        for person in self.story["person"]:
            registered = self._register(person)
            self.household = registered.household
            if "consent" in person:
                self._consent(registered, person["consent"])
            if "screening" in person:
                self._screen(registered, person)

    def _later(self, minutes: int) -> datetime:
        return self.at + timedelta(minutes=minutes)

    def _register(self, person: dict[str, Any]) -> Person:
        born = birth(person, self.today)
        return register(
            Where(organisation_key(self.story["organisation"]), self.story["region"]),
            by=self.by,
            key=self._key(person, "person"),
            name=person["name"],
            called=person.get("called", ""),
            sex=person["sex"],
            born=born,
            nik=made_up_nik(self.story["region"], born, person["sex"]) if person.get("has_nik") else "",
            nik_absent_because=person.get("nik_absent_because", ""),
            mother=person.get("mother", ""),
            relation_to_head=person["relation"],
            household=self.household,
            address=self.story["address"],
            on=self.on,
            at=self.at,
        )

    def _key(self, person: dict[str, Any], what: str) -> Any:
        return key_of("household", self.story["name"], person["name"], what)

    def _consent(self, person: Person, told: dict[str, str]) -> None:
        record_consent(
            person,
            by=self.by,
            key=key_of("consent", str(person.pk)),
            purpose="screening",
            basis="consent",
            capacity=told["capacity"],
            given_by=told.get("given_by", ""),
            mode=told["mode"],
            witness=told.get("witness", ""),
            on=self.on,
            at=self._later(5),
        )

    # --- The screening ---

    def _screen(self, person: Person, told: dict[str, Any]) -> None:
        plan = told["screening"]
        screening = screening_actions.start(
            person, by=self.by, key=self._key(told, "screening"), on=self.on, at=self._later(10)
        )
        self._ask(screening, told, most=plan.get("stop_after"))
        if plan["until"] == "asking":
            return
        if "stop_after" in plan:
            self._end(screening, plan)
            return
        screening = screening_actions.finish(screening, by=self.by, on=self.on, at=self._later(40))
        if plan["until"] == "finished":
            return
        screening = self._decide(screening, plan)
        if plan["until"] == "decided":
            return
        if plan["ending"] == "case":
            open_case(
                screening,
                by=self.by,
                key=case_key(self.story["name"], told["name"]),
                summary=plan["summary"],
                on=self.on,
                at=self._later(60),
            )
        else:
            self._end(screening, plan)

    def _ask(self, screening: Screening, told: dict[str, Any], most: int | None) -> None:
        """First what the family told by itself, as soon as it may be kept, then every question that still matters."""
        said = {**self.story["facts"], **told["facts"]}
        in_vain = told.get("in_vain", {})
        edition = editions.get(screening.edition)
        may_ask_all = sees_all(screening, self.by)
        volunteered = [name for name in [*said, *in_vain] if may_ask_all or not _is_secret(name)]
        number = 0
        while most is None or number < most:
            held = held_now(screening, self.on)
            known = engine_facts(held)
            told_now = (name for name in volunteered if name not in held and is_askable(name, known, self.on))
            name = next(told_now, None) or asking(edition, self.on, held, may_ask_all=may_ask_all).next
            if name is None:
                return
            self._answer(screening, name, said, in_vain, minute=11 + number // 3)
            number += 1

    def _answer(
        self, screening: Screening, name: str, said: dict[str, Value], in_vain: dict[str, str], *, minute: int
    ) -> None:
        state = in_vain.get(name, "known")
        value = said.get(name, quiet(catalogue_facts.get(name))) if state == "known" else None
        screening_actions.answer(
            screening, by=self.by, name=name, state=state, value=value, on=self.on, at=self._later(minute)
        )

    def _decide(self, screening: Screening, plan: dict[str, Any]) -> Screening:
        """The worker agrees with the rules, but for what the story says otherwise."""
        told = {code: Verdict(**verdict) for code, verdict in plan.get("decide", {}).items()}
        suggested = {code: Verdict(finding["answer"]) for code, finding in screening.findings.items()}
        return screening_actions.decide(
            screening,
            by=self.by,
            verdicts=suggested | told,
            urgency=plan["urgency"],
            on=self.on,
            at=self._later(55),
            version=screening.version,
        )

    def _end(self, screening: Screening, plan: dict[str, Any]) -> None:
        screening_actions.end(
            screening,
            by=self.by,
            ending=plan["ending"],
            because=plan["because"],
            on=self.on,
            at=self._later(60),
        )


# --- What is made up ---


def birth(person: dict[str, Any], today: date) -> date | DateRange | None:
    """A birth date that gives the told age on that day; a range where only an estimate is told."""
    if "age_about" in person:
        youngest, oldest = person["age_about"]
        middle, margin = (youngest + oldest) // 2, (oldest - youngest + 1) // 2
        return born_from_age(middle, margin, today)
    if "age" not in person:
        return None
    years, months = person["age"]
    return latest_start(years, today) - timedelta(days=30 * months + 3)


def made_up_nik(region: str, born: date | DateRange | None, sex: str) -> str:
    """Sixteen digits that look right and can be nobody's: serial numbers begin at 0001."""
    if not isinstance(born, date):
        return ""
    # The day of women is written with 40 added.
    day = born.day + (40 if sex == "P" else 0)
    return f"{region.replace('.', '')[:6]}{day:02}{born.month:02}{born.year % 100:02}0000"


def quiet(fact: Fact) -> Value:
    """An answer that says nothing is the matter."""
    if fact.name in QUIET["values"]:
        value: Value = QUIET["values"][fact.name]
        return value
    if fact.kind is FactKind.BOOL:
        return fact.name in QUIET["well_when_true"]
    if fact.kind is FactKind.CHOICE:
        return fact.choices[0].code
    if fact.kind is FactKind.NUMBER:
        return fact.minimum or 0
    return date(1990, 1, 1)


def _is_secret(name: str) -> bool:
    return catalogue_facts.get(name).sensitivity == "highly_restricted"


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())
