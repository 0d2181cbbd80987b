"""Accreditations after the visit: invented bodies, scores that are locked, and people who look again and decide."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from simpul.access.models import User
from simpul.accreditation.actions.plenary import decide, vote
from simpul.accreditation.actions.validation import confirm_agreed, send_to_plenary
from simpul.accreditation.models import (
    Accreditation,
    Assignment,
    Decision,
    Lock,
    Score,
    Step,
    Vote,
)
from simpul.accreditation.queries.plenary import Decided
from simpul.accreditation.stages import Part, Stage
from simpul.catalogue import accreditation as catalogue
from tests.access.factories import user_with
from tests.organisations.factories import organisation

SCHEME = "permensos-17-2012"
BEGUN = datetime(2026, 3, 2, 8, tzinfo=UTC)
DECIDED_ON = date(2026, 5, 4)


def moment(days: int = 0, minutes: int = 0) -> datetime:
    return BEGUN + timedelta(days=days, minutes=minutes)


def when(days: int = 30, minutes: int = 0) -> dict[str, Any]:
    """A day and a moment for an action."""
    at = moment(days, minutes)
    return {"on": at.date(), "at": at}


def items() -> list[Any]:
    return list(catalogue.scheme(SCHEME).items)


def a_run(stage: Stage = Stage.VALIDATION, body: Any = None, **details: Any) -> Accreditation:
    """A run at this stage, come there from the visit."""
    scheme = catalogue.scheme(SCHEME)
    made: Accreditation = Accreditation.objects.create(
        organisation=body or organisation(),
        scheme=scheme.code,
        scheme_words=catalogue.to_words(scheme),
        stage=stage,
        at=BEGUN,
        by_name="Ketua lembaga",
        **details,
    )
    step(made, Stage.VISIT, Stage.VALIDATION, days=10)
    return made


def step(run: Accreditation, left: Stage, to: Stage, *, days: int, by: uuid.UUID | None = None) -> Step:
    at = moment(days)
    made: Step = Step.objects.create(
        accreditation=run, left=left, stage=to, on=at.date(), at=at, by=by, by_name="Sekretariat"
    )
    return made


def named(run: Accreditation, user: User, part: Part, *, has_conflict: bool | None = False) -> Assignment:
    made: Assignment = Assignment.objects.create(
        accreditation=run,
        user=user.pk,
        user_name=str(user),
        part=part,
        since=BEGUN.date(),
        has_conflict=has_conflict,
        at=moment(5),
        by_name="Sekretariat",
    )
    return made


def an_assessor(run: Accreditation, values: dict[str, int | None] | None = None, share: float = 1.0) -> User:
    """An assessor who finished: full scores, or this share of them, but for what `values` say."""
    user = user_with("assessor", region="21.02")
    own = named(run, user, Part.ASSESSOR)
    given = {item.code: round(item.most * share) for item in items()} | (values or {})
    Score.objects.bulk_create(
        Score(
            accreditation=run,
            assignment=own,
            item=code,
            value=value,
            words="Dilihat di tempat.",
            at=moment(9),
            by=user.pk,
            by_name=str(user),
        )
        for code, value in given.items()
    )
    Lock.objects.create(accreditation=run, assignment=own, at=moment(9, 30), by=user.pk, by_name=str(user))
    return user


def a_validator(run: Accreditation) -> User:
    user = user_with("accreditation_validator", region="21.02")
    named(run, user, Part.VALIDATOR)
    return user


def members(number: int = 3) -> list[User]:
    return [user_with("plenary_member", region="21") for _number in range(number)]


def scored_run(share: float = 1.0) -> Accreditation:
    """Two assessors who agree."""
    run = a_run()
    an_assessor(run, share=share)
    an_assessor(run, share=share)
    return run


def at_the_plenary(share: float = 1.0, run: Accreditation | None = None) -> Accreditation:
    """All items confirmed and sent on."""
    run = run or scored_run(share)
    validator = a_validator(run)
    confirm_agreed(run, by=validator, at=moment(20))
    return send_to_plenary(run, by=validator, version=run.version, **when(21))


def voted(run: Accreditation, voters: list[User], *, agrees: bool = True, days: int = 40) -> list[Vote]:
    words = "" if agrees else "Catatan kegiatan tidak cocok dengan yang diceritakan anak."
    return [
        vote(run, by=user, key=uuid.uuid4(), agrees=agrees, words=words, at=moment(days, number))
        for number, user in enumerate(voters)
    ]


def decided_run(
    share: float = 1.0, *, on: date = DECIDED_ON, run: Accreditation | None = None, **told: Any
) -> Accreditation:
    """Decided by three members, as most of them voted."""
    run = at_the_plenary(share, run)
    grade = told.pop("grade", "A" if share == 1.0 else "")
    suggested = "A" if share == 1.0 else ""
    voters = members()
    voted(run, voters, agrees=grade == suggested)
    said = Decided(grade=grade, **told)
    decision(run, voters[0], said, on=on)
    run.refresh_from_db()
    return run


def decision(run: Accreditation, by: User, said: Decided, *, on: date = DECIDED_ON) -> Decision:
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    return decide(run, by=by, key=uuid.uuid4(), decided=said, on=on, at=at)


def head_of(run: Accreditation) -> User:
    return user_with("head_of_lks", organisation=run.organisation_id)
