"""Whatever is tried, by whom, in whichever order: who scores never validates, votes or decides about the same body."""

from __future__ import annotations

import random
import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest

from simpul.access.models import User
from simpul.access.refusal import Refusal
from simpul.accreditation.actions.appeal import appeal, decide_appeal, name_rechecker
from simpul.accreditation.actions.assignment import declare, declare_as_validator, end, name
from simpul.accreditation.actions.plenary import decide, return_to_validation, vote
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.actions.validation import send_back_to_visit, send_to_plenary, validate
from simpul.accreditation.actions.visit import lock, score
from simpul.accreditation.models import Accreditation, Appeal, Assignment, Decision, Score, Validated, Vote
from simpul.accreditation.queries.plenary import Decided
from simpul.accreditation.queries.scores import are_all_locked
from simpul.accreditation.queries.typed import Told
from simpul.accreditation.queries.validation import Held
from simpul.accreditation.stages import Part, Round, Stage
from simpul.catalogue import accreditation as catalogue
from tests.access.factories import give, user_with
from tests.accreditation.second import SCHEME, head_of, moment
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db

ROLES = ("assessor", "accreditation_validator", "plenary_member", "accreditation_secretary")
STEPS = 110
FITTING = {
    Stage.VISIT: ("try_score", "try_lock", "try_stage"),
    Stage.VALIDATION: ("try_validate", "try_send"),
    Stage.PLENARY: ("try_vote", "try_vote", "try_decide"),
    Stage.NOT_ACCREDITED: ("try_appeal",),
    Stage.ACCREDITED: ("try_appeal",),
    Stage.APPEAL: ("try_vote", "try_decide", "try_recheck"),
}


def small_scheme():
    """Two items in one standard: quick to score."""
    words = catalogue.to_words(catalogue.scheme(SCHEME))
    standard = {**words["standards"][0], "weight": 100, "items": words["standards"][0]["items"][:2]}
    return {**words, "standards": [standard], "assessors": 1}


def everybody():
    """Twelve people who hold every role: only their part in this one body tells what they may."""
    people = [user_with(ROLES[0], region="21") for _number in range(12)]
    for person in people:
        for role in ROLES[1:]:
            give(person, role, region="21")
    return people


class Trial:
    """One body, and everything that anybody might try with it. Days pass with every try."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words = small_scheme()
        self.codes = [item["code"] for item in words["standards"][0]["items"]]
        self.run = Accreditation.objects.create(
            organisation=organisation(),
            scheme=SCHEME,
            scheme_words=words,
            stage=Stage.ASSIGNMENT,
            at=moment(),
            by_name="Ketua",
        )
        self.people, self.head = everybody(), head_of(self.run)
        self.minutes = 0

    def begin(self) -> None:
        """Some are named, have scored and locked: who, and how many, is left to chance."""
        self.chance.shuffle(self.people)
        for person in self.people[: self.chance.choice([1, 2])]:
            self.named(person, Part.ASSESSOR)
        self.named(self.people[2], Part.VALIDATOR)
        self.try_stage(self.people[0])
        for person in self.people[:2]:
            with suppress(Refusal):
                self.try_score(person)
                self.try_lock(person)
        self.try_stage(self.people[0])

    def go(self) -> None:
        """Try anything, and what fits the stage more often, or hardly anything would come about."""
        self.begin()
        tries = [one for one in dir(self) if one.startswith("try_")]
        for _step in range(STEPS):
            self.minutes += 1
            self.run.refresh_from_db()
            fitting = FITTING.get(Stage(self.run.stage), ())
            chosen = self.chance.choice([*tries, *fitting * 6])
            with suppress(Refusal):
                getattr(self, chosen)(self.chance.choice(self.people))

    @property
    def now(self) -> dict[str, object]:
        at = moment(60, self.minutes)
        return {"on": at.date(), "at": at}

    def named(self, user: User, part: Part) -> None:
        since, until = date(2020, 1, 1), date.today() + timedelta(days=900)
        told = {"user": user.pk, "part": part, "since": since, "until": until}
        made = name(self.run, by=self.chance.choice(self.people), key=uuid.uuid4(), **told, **self.now)
        declaring = declare if part == Part.ASSESSOR else declare_as_validator
        declaring(made, by=user, has_conflict=False, **self.now)

    def try_name(self, by: User) -> None:
        self.named(by, self.chance.choice([Part.ASSESSOR, Part.VALIDATOR]))

    def try_end(self, by: User) -> None:
        rows = list(Assignment.objects.filter(withdrawn_on=None).order_by("at", "pk"))
        if rows and self.often(5):
            row = self.chance.choice(rows)
            end(row, by=by, because="Ganti orang.", **self.now)

    def try_score(self, by: User) -> None:
        values = {code: Told(self.chance.choice([0, 4])) for code in self.codes}
        score(self.run, by=by, at=self.now["at"], answers=values)

    def try_lock(self, by: User) -> None:
        lock(self.run, by=by, at=self.now["at"])

    def try_stage(self, by: User) -> None:
        """What minutes and their signatures would lead to; they are tested elsewhere."""
        ready = self.run.stage == Stage.VISIT and are_all_locked(self.run)
        to = {Stage.ASSIGNMENT: Stage.VISIT, Stage.VISIT: Stage.VALIDATION if ready else None}
        if onward := to.get(Stage(self.run.stage)):
            Moving(self.run, by, **self.now).to(onward)

    def try_validate(self, by: User) -> None:
        held = {code: Held(self.chance.choice([0, 4]), "Dilihat lagi.") for code in self.codes}
        seen = Validated.objects.count()
        validate(self.run, by=by, seen=seen, held=held, at=self.now["at"])

    def try_send(self, by: User) -> None:
        send_to_plenary(self.run, by=by, version=self.run.version, **self.now)

    def try_send_back(self, by: User) -> None:
        if self.often(8):
            send_back_to_visit(self.run, by=by, version=self.run.version, words="Lagi.", **self.now)

    def try_return(self, by: User) -> None:
        if self.often(8):
            return_to_validation(self.run, by=by, version=self.run.version, words="Lagi.", **self.now)

    def try_vote(self, by: User) -> None:
        agrees = not self.often(4)
        vote(self.run, by=by, key=uuid.uuid4(), agrees=agrees, words="Begitu.", at=self.now["at"])

    def try_decide(self, by: User) -> None:
        perform = self.chance.choice([decide, decide_appeal])
        said = Decided(self.chance.choice(["A", "C", ""]), "Begitu.")
        perform(self.run, by=by, key=uuid.uuid4(), decided=said, **self.now)

    def try_appeal(self, _by: User) -> None:
        appeal(self.run, by=self.head, key=uuid.uuid4(), words="Keliru.", **self.now)

    def try_recheck(self, by: User) -> None:
        user = self.chance.choice(self.people)
        made = name_rechecker(self.run, by=by, key=uuid.uuid4(), user=user, **self.now)
        declare_as_validator(made, by=user, has_conflict=False, **self.now)

    def often(self, number: int) -> bool:
        return self.chance.randrange(number) == 0


class Hands:
    """Who did what in one run, by the keys of the people."""

    def __init__(self, run: Accreditation) -> None:
        of_run = {"accreditation": run}
        self.scored = set(Score.objects.filter(**of_run).values_list("by", flat=True))
        votes = list(Vote.objects.filter(**of_run).values_list("user", "round"))
        self.first = {user for user, round_ in votes if round_ == Round.PLENARY}
        self.second = {user for user, round_ in votes if round_ == Round.APPEAL}
        self.decided = set(Decision.objects.filter(**of_run).values_list("by", flat=True))
        appealed = Appeal.objects.filter(**of_run).values_list("at", flat=True).first()
        validated = list(Validated.objects.filter(**of_run).values_list("by", "at"))
        self.before = {by for by, at in validated if appealed is None or at < appealed}
        self.after = {by for by, at in validated if appealed is not None and at >= appealed}

    def require_apart(self) -> None:
        voted, validated = self.first | self.second, self.before | self.after
        assert not self.scored & (validated | voted | self.decided)
        assert not validated & (voted | self.decided)
        assert self.decided <= voted
        assert not self.first & self.second
        assert not self.after & (self.before | self.first)


def test_no_order_of_actions_lets_somebody_do_both():
    reached = set()
    for seed in (2, 3, 8):
        trial = Trial(seed)
        trial.go()
        Hands(trial.run).require_apart()
        reached |= set(Decision.objects.filter(accreditation=trial.run).values_list("round", flat=True))

    # Trials in which nobody ever decides would show nothing.
    assert Round.PLENARY in reached
