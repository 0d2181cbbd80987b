"""Whatever is tried, by whom, in whichever order: nobody who had a hand in it stands among the votes that count."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from contextlib import suppress
from datetime import date, timedelta

import pytest

from simpul.access.models import User
from simpul.access.refusal import Refusal
from simpul.accreditation.actions import desk
from simpul.accreditation.actions.appeal import appeal, decide_appeal, name_rechecker
from simpul.accreditation.actions.assignment import begin_visit, declare, declare_as_validator, end, name
from simpul.accreditation.actions.plenary import decide, return_to_validation, vote
from simpul.accreditation.actions.run import Moving
from simpul.accreditation.actions.self_assessment import recommend
from simpul.accreditation.actions.validation import (
    confirm_agreed,
    send_back_to_visit,
    send_to_plenary,
    validate,
)
from simpul.accreditation.actions.visit import lock, score
from simpul.accreditation.models import Accreditation, Assignment, Decision, Validated
from simpul.accreditation.queries.desk import Checked, checklist
from simpul.accreditation.queries.plenary import Decided, voting_of
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import are_all_locked
from simpul.accreditation.queries.typed import Looked, Told
from simpul.accreditation.queries.validation import Held
from simpul.accreditation.stages import Part, Round, Stage
from simpul.catalogue import accreditation as catalogue
from tests.access.factories import give, user_with
from tests.accreditation.second import SCHEME, head_of, moment
from tests.organisations.factories import organisation

pytestmark = pytest.mark.django_db

ROLES = (
    "assessor",
    "accreditation_validator",
    "plenary_member",
    "plenary_member",
    "accreditation_secretary",
    "registrar",
)
STEPS = 130
# What brings it on from each stage. The hands that matter are tried here more often than by chance alone.
FITTING = {
    Stage.RECOMMENDATION: ("try_recommend",),
    Stage.APPLICATION: ("try_apply",),
    Stage.DESK_CHECK: ("try_check", "try_accept"),
    Stage.ASSIGNMENT: ("try_name", "try_name", "try_begin_visit"),
    Stage.VISIT: ("try_score", "try_lock", "try_name", "try_finish"),
    Stage.VALIDATION: ("try_name", "try_validate", "try_send"),
    Stage.PLENARY: ("try_vote", "try_vote", "try_decide", "try_join"),
    Stage.NOT_ACCREDITED: ("try_appeal",),
    Stage.ACCREDITED: ("try_appeal",),
    Stage.APPEAL: ("try_vote", "try_decide", "try_recheck", "try_validate"),
}


def small_scheme():
    """Two items in one standard, no conditions: quick to bring to its end."""
    words = catalogue.to_words(catalogue.scheme(SCHEME))
    standard = {**words["standards"][0], "weight": 100, "items": words["standards"][0]["items"][:2]}
    short = {"conditions": [], "documents": words["documents"][:1], "assessors": 1}
    return {**words, **short, "standards": [standard]}


class Trial:
    """One body, and everything that anybody might try with it. What came of it is noted by the trial itself.

    `hands` are the people of every deed that keeps from deciding; `bodies` are those who belong to the body.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        words = small_scheme()
        self.codes = [item["code"] for item in words["standards"][0]["items"]]
        self.run = Accreditation.objects.create(
            organisation=organisation(),
            scheme=SCHEME,
            scheme_words=words,
            stage=Stage.RECOMMENDATION,
            at=moment(),
            by_name="Ketua",
        )
        self.people = [self.somebody() for _number in range(16)]
        self.head = head_of(self.run)
        self.hands: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
        self.bodies = {self.head.pk}
        self.minutes = 0
        self.decided: list[str] = []

    def somebody(self) -> User:
        """A person with one to four roles, which one is left to chance."""
        roles = self.chance.sample(ROLES, self.chance.randint(1, 4))
        person = user_with(roles[0], region="21")
        for role in roles[1:]:
            give(person, role, region="21")
        return person

    def go(self) -> None:
        """Try anything, and what fits the stage more often, or hardly anything would come about."""
        tries = [one for one in dir(self) if one.startswith("try_")]
        for _step in range(STEPS):
            self.run.refresh_from_db()
            fitting = FITTING[Stage(self.run.stage)]
            chosen = self.chance.choice([*tries, *fitting * 8])
            for person in self.chance.sample(self.people, 4):
                # Every try has a moment of its own, so that the same seed is the same story.
                self.minutes += 1
                with suppress(Refusal):
                    getattr(self, chosen)(person)
        self.require_apart()

    # --- what must hold ---

    def require_apart(self) -> None:
        """Of the votes that count now."""
        self.run.refresh_from_db()
        if voting := voting_of(self.run):
            self.require_outside({one.user for one in voting.votes})

    def require_outside(self, voters: set[uuid.UUID]) -> None:
        for deed, people in self.hands.items():
            assert not voters & people, deed
        assert not voters & self.bodies

    def did(self, deed: str, user: User) -> None:
        self.hands[deed].add(user.pk)

    # --- what may be tried ---

    @property
    def now(self) -> dict[str, object]:
        at = moment(60, self.minutes)
        return {"on": at.date(), "at": at}

    def moved(self, perform, by: User, **details: object) -> None:
        self.run.refresh_from_db()
        perform(self.run, by=by, version=self.run.version, **self.now, **details)

    def try_recommend(self, by: User) -> None:
        self.moved(recommend, by, number="460/1", signed_on=self.now["on"])
        self.did("recommended", by)

    def try_apply(self, _by: User) -> None:
        self.moved(desk.apply, self.head)

    def try_check(self, by: User) -> None:
        lines = {line.code: line for line in checklist(self.run, scheme_of(self.run))}
        answer = self.chance.choice([Checked.MET, Checked.MET, Checked.MISSING])
        answers = {
            code: Looked(answer, "Dilihat.", line.row.pk if line.row else None)
            for code, line in lines.items()
        }
        if desk.check(self.run, by=by, at=self.now["at"], answers=answers):
            self.did("checked", by)

    def try_accept(self, by: User) -> None:
        self.moved(desk.accept, by)
        self.did("accepted", by)

    def try_begin_visit(self, by: User) -> None:
        self.moved(begin_visit, by)
        self.did("began the visit", by)

    def try_name(self, by: User) -> None:
        part = self.chance.choice([Part.ASSESSOR, Part.VALIDATOR])
        user = self.chance.choice(self.people)
        told = {"since": date(2020, 1, 1), "until": date.today() + timedelta(days=900)}
        made = name(self.run, by=by, key=uuid.uuid4(), user=user.pk, part=part, **told, **self.now)
        self.did("named", user)
        declaring = declare if part == Part.ASSESSOR else declare_as_validator
        declaring(made, by=user, has_conflict=self.often(6), words="Saudara.", **self.now)

    def try_end(self, by: User) -> None:
        rows = list(Assignment.objects.filter(accreditation=self.run, withdrawn_on=None).order_by("at", "pk"))
        if rows and self.often(8):
            end(self.chance.choice(rows), by=by, words="Ganti orang.", **self.now)

    def try_score(self, by: User) -> None:
        values = {code: Told(self.chance.choice([0, 4])) for code in self.codes}
        score(self.run, by=by, at=self.now["at"], answers=values)
        self.did("scored", by)

    def try_lock(self, by: User) -> None:
        lock(self.run, by=by, at=self.now["at"])

    def try_finish(self, _by: User) -> None:
        """What minutes and their signatures would lead to; they are tested elsewhere."""
        if self.run.stage == Stage.VISIT and are_all_locked(self.run):
            Moving(Accreditation.objects.get(pk=self.run.pk), self.head, **self.now).to(Stage.VALIDATION)

    def try_validate(self, by: User) -> None:
        held = {code: Held(self.chance.choice([0, 4]), "Dilihat lagi.") for code in self.codes}
        seen = Validated.objects.filter(accreditation=self.run).count()
        validate(self.run, by=by, seen=seen, held=held, at=self.now["at"])
        self.did("validated", by)

    def try_confirm(self, by: User) -> None:
        if confirm_agreed(self.run, by=by, at=self.now["at"]):
            self.did("validated", by)

    def try_send(self, by: User) -> None:
        self.moved(send_to_plenary, by)

    def try_send_back(self, by: User) -> None:
        if self.often(12):
            self.moved(send_back_to_visit, by, words="Lagi.")

    def try_return(self, by: User) -> None:
        if self.often(12):
            self.moved(return_to_validation, by, words="Lagi.")

    def try_join(self, by: User) -> None:
        """Somebody, who may have voted, takes a place in the body."""
        if self.often(12):
            give(by, "head_of_lks", organisation=self.run.organisation_id)
            self.bodies.add(by.pk)

    def try_vote(self, by: User) -> None:
        agrees = not self.often(4)
        vote(self.run, by=by, key=uuid.uuid4(), agrees=agrees, words="Begitu.", at=self.now["at"])

    def try_decide(self, by: User) -> None:
        self.require_apart()
        perform = self.chance.choice([decide, decide_appeal])
        said = Decided(self.chance.choice(["A", "C", ""]), "Begitu.")
        made = perform(self.run, by=by, key=uuid.uuid4(), decided=said, **self.now)
        self.require_outside({by.pk} | {uuid.UUID(one["user"]) for one in made.members})
        self.decided.append(made.round)

    def try_appeal(self, _by: User) -> None:
        appeal(self.run, by=self.head, key=uuid.uuid4(), words="Keliru.", **self.now)

    def try_recheck(self, by: User) -> None:
        user = self.chance.choice(self.people)
        made = name_rechecker(self.run, by=by, key=uuid.uuid4(), user=user, **self.now)
        self.did("named", user)
        declare_as_validator(made, by=user, has_conflict=False, **self.now)

    def often(self, number: int) -> bool:
        return self.chance.randrange(number) == 0


@pytest.mark.slow
def test_no_order_of_actions_lets_somebody_judge_and_decide():
    reached, hands = set(), set()
    for seed in (1, 8):
        trial = Trial(seed)
        trial.go()
        reached |= set(trial.decided)
        hands |= set(trial.hands)
        both = [
            {one["user"] for one in row.members}
            for row in Decision.objects.filter(accreditation=trial.run).order_by("at")
        ]
        assert len(both) < 2 or not both[0] & both[1]

    # Trials in which nobody ever decides, or nobody had a hand, would show nothing.
    assert Round.PLENARY in reached
    assert {"recommended", "checked", "accepted", "named", "scored", "validated"} <= hands
