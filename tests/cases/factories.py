"""Cases at each stage, made the way workers make them."""

from __future__ import annotations

import uuid
from typing import Any

from simpul.access.models import User
from simpul.cases.actions.opening import open_case
from simpul.cases.actions.stages import move
from simpul.cases.models import Case
from simpul.cases.stages import NEXT, SIDE, Stage
from simpul.people.models import Person
from simpul.screening.models import Screening
from tests.screening.factories import consented, decided, when

SENTENCE = "Ibu Siti ingin kembali berjualan kue dan tidak makan sendirian lagi."
AGREED = "Disepakati bersama keluarga"


def a_case(by: User, *, summary: str = SENTENCE, **facts: Any) -> Case:
    """A case at intake. With `facts` it was opened from a decided screening; a screening costs time."""
    if facts:
        return open_case(decided(by, **facts), by=by, key=uuid.uuid4(), summary=summary, **when(60))
    return open_case(consented(by), by=by, key=uuid.uuid4(), summary=summary, urgency="normal", **when(60))


def opened(subject: Screening | Person, by: User, *, key: uuid.UUID | None = None, **details: Any) -> Case:
    """A case of this very subject."""
    details.setdefault("summary", SENTENCE)
    return open_case(subject, by=by, key=key or uuid.uuid4(), **when(60), **details)


def moved(
    case: Case,
    by: User,
    to: str,
    *,
    because: str = AGREED,
    version: int | None = None,
    minutes: int = 90,
    **details: Any,
) -> Case:
    """One step on. The reason lets it pass whatever gate is not met."""
    version = case.version if version is None else version
    if to in (Stage.NOT_ELIGIBLE, Stage.REFERRED_OUT):
        details.setdefault("referred_to", "Puskesmas Tanjung Balai")
    return move(case, by=by, to=to, because=because, version=version, **details, **when(minutes))


def way_to(stage: Stage, start: Stage = Stage.INTAKE) -> list[Stage]:
    """The shortest way to a stage that the table allows, along the main way where that is possible."""
    ways: dict[Stage, list[Stage]] = {start: []}
    waiting = [start]
    for now in waiting:
        for then in sorted(NEXT[now], key=lambda to: (to in SIDE, list(Stage).index(to))):
            if then not in ways:
                ways[then] = [*ways[now], then]
                waiting.append(then)
    return ways[stage]


def brought_to(stage: Stage, by: User, case: Case | None = None) -> Case:
    """A case that stands at this stage, brought there past unmet gates with a reason."""
    case = case or a_case(by)
    for number, to in enumerate(way_to(stage, Stage(case.stage))):
        case = moved(case, by, to, minutes=70 + number)
    return case
