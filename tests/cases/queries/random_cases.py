"""Many invented cases at random, written straight into the tables: what numbers are counted from."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from simpul.access.models import User
from simpul.cases.models import Case, Ending, Goal, GoalScore, Plan, PlanStep, Satisfaction, Task
from simpul.cases.stages import ENDED, Stage
from tests.access.factories import OTHER_ORGANISATION
from tests.screening.factories import NOW, TODAY, person

MODELS = ("", "expanded_broker", "full_support")
REASONS = ("", "goals_reached", "own_wish", "moved_away")
LEVELS = ("restricted", "team_only", *("ordinary",) * 5)
KINDS = ("own", "visit", "follow_up")
SERVICES = ("food", "therapy")


class Chance:
    """Cases of two workers and one stranger, each with what chance gives it."""

    def __init__(self, seed: int, workers: list[User]) -> None:
        self.random, self.workers, self.person = random.Random(seed), workers, person(workers[0])

    def days_ago(self, most: int = 500):
        return TODAY - timedelta(days=self.random.randrange(most))

    def cases(self, number: int) -> list[Case]:
        return [self.case(count) for count in range(number)]

    def case(self, count: int) -> Case:
        draw, worker = self.random.choice, self.random.choice(self.workers)
        stage, opened_on = draw(list(Stage)), self.days_ago()
        elsewhere = draw((True, False, False, False, False))
        made = Case.objects.create(
            number=f"2026-{count:03}",
            series="chance",
            person=self.person,
            organisation=OTHER_ORGANISATION if elsewhere else self.person.organisation,
            region=self.person.region,
            stage=stage,
            confidentiality=draw(LEVELS),
            working_model=draw(MODELS),
            episode=draw((1, 1, 2)),
            opened_at=NOW,
            opened_on=opened_on,
            stage_since=self.between(opened_on),
            closed_on=self.between(opened_on) if stage in ENDED else None,
            worker=worker.pk,
            worker_name=str(worker),
        )
        for fill in (self.tasks, self.goals, self.steps, self.ending, self.opinion):
            fill(made)
        return made

    def between(self, first):
        return first + timedelta(days=self.random.randrange((TODAY - first).days + 1))

    def of(self, case: Case, **details):
        return {"case": case, "at": NOW, "by": case.worker, "by_name": case.worker_name, **details}

    def tasks(self, case: Case) -> None:
        for _ in range(self.random.randrange(3)):
            due_on = TODAY + timedelta(days=self.random.randrange(-9, 9))
            days = {"due_on": due_on, "first_due_on": due_on}
            state = self.random.choice(("open", "done"))
            Task.objects.create(**self.of(case, kind=self.random.choice(KINDS), state=state, **days))

    def goals(self, case: Case) -> None:
        for number in range(self.random.randrange(4)):
            state = self.random.choice(("active", "reached", "dropped"))
            ended_on = None if state == "active" else self.days_ago()
            goal = Goal.objects.create(
                **self.of(case, number=number, term="short", state=state, ended_on=ended_on)
            )
            for moment in self.random.sample(("baseline", "progress", "final"), 2):
                on, level = self.days_ago(), self.random.randrange(-2, 3)
                GoalScore.objects.create(**self.of(case, goal=goal, moment=moment, on=on, level=level))

    def steps(self, case: Case) -> None:
        line = uuid.uuid4()
        for number, state in enumerate(self.random.choice(((), ("agreed",), ("agreed", "draft")))):
            plan = Plan.objects.create(**self.of(case, number=number, state=state))
            found = self.random.choice(("no_service", "running"))
            kept = {"order": 1, "state": found, "state_since": self.days_ago()}
            kind = self.random.choice(SERVICES)
            PlanStep.objects.create(**self.of(case, plan=plan, line=line, service_kind=kind, **kept))

    def ending(self, case: Case) -> None:
        completed_at = self.random.choice((NOW, None))
        if case.stage in ENDED and self.random.random() < 0.7:
            reason = self.random.choice(REASONS)
            Ending.objects.create(**self.of(case, on=TODAY, reason=reason, completed_at=completed_at))

    def opinion(self, case: Case) -> None:
        if self.random.random() < 0.4:
            self.said(case, self.random.choice((None, 2.0, 3.5)), self.days_ago())

    def said(self, case: Case, score: float | None, on) -> None:
        """What the client of a case thinks of the help, as one score."""
        row = Satisfaction(**self.of(case, instrument="satisfaction", instrument_version="1", on=on))
        row.scores = [service(score)]
        row.save()


def service(score: float | None) -> dict[str, object]:
    """The score of the domain of the form for what clients think."""
    kept = {"code": "service", "score": score, "answered": 5, "of": 7, "fewest": 4, "answer": None}
    return {**kept, "minimum": 1.0, "maximum": 4.0, "reasons": []}
