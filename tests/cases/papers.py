"""A case with something on every paper, written straight into the tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from simpul.access.models import User
from simpul.cases.models import (
    Assessment,
    Case,
    Concerned,
    Conference,
    Ending,
    FollowUp,
    Goal,
    GoalScore,
    Note,
    Plan,
    PlanStep,
    Preparation,
    ServiceCheck,
    SupportReview,
)
from simpul.catalogue import instruments
from simpul.engines.scoring import score
from tests.cases.factories import a_case
from tests.screening.factories import NOW, TODAY

INSTRUMENT = "living-conditions"
NEIGHBOUR = "Bu Halimah tetangga"
FROM_NEIGHBOUR = "Menurut tetangga ia sering lapar"
FAMILY_SAYS = "Anaknya ingin ia ikut pindah"


def written(model: Any, case: Case, **values: Any) -> Any:
    """A row as it stands in the table; sealed words are set on the row, which knows its key."""
    row = model(case=case, at=NOW, by_name=case.worker_name)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def full_case(by: User) -> Case:
    """Every part of the work has a row, with words that are found again on the papers."""
    case = a_case(by, basic_needs_met=False)
    written(Concerned, case, name=NEIGHBOUR, relation="tetangga yang menjaga", born_year=1970)
    for days, occasion, level in ((60, "baseline", 1), (0, "reassessment", 4)):
        _assessed(case, occasion, level, TODAY - timedelta(days=days))
    goal = written(
        Goal, case, number=1, term="short", words="Makan dua kali sehari", criterion="Buku makan", levels={}
    )
    written(GoalScore, case, goal=goal, moment="baseline", on=TODAY, level=-2, because="Makan sekali")
    _planned(case, goal)
    written(Note, case, on=TODAY, kind="visit", words="Memasak bersama di dapur", third_party=FROM_NEIGHBOUR)
    written(
        Conference,
        case,
        on=TODAY,
        discussed="Beras dan air",
        decided="Beras dikirim tiap minggu",
        participants=[{"name": "dr. Wirya", "profession": "doctor", "organisation": "Puskesmas Meral"}],
    )
    _ended(case, goal)
    return Case.objects.get(pk=case.pk)


def _assessed(case: Case, occasion: str, level: int, on: Any) -> Assessment:
    instrument = instruments.get(INSTRUMENT, 1)
    answers = {item.code: level for item in instrument.items if item.kind == "scale"}
    return written(
        Assessment,
        case,
        instrument=INSTRUMENT,
        instrument_version="1",
        digest=instrument.digest,
        occasion=occasion,
        on=on,
        sources=["observation"],
        answers=answers,
        scores=[found.to_json() for found in score(instrument.scheme(), answers)],
        family_view=FAMILY_SAYS,
        conclusion="Rumahnya bocor",
        completed_at=NOW,
    )


def whole_life(case: Case, answers: dict[str, Any], **words: str) -> Assessment:
    """A completed assessment of all parts of life, not scored."""
    instrument = instruments.get("bio-psycho-social-spiritual", 1)
    return written(
        Assessment,
        case,
        instrument=instrument.code,
        instrument_version="1",
        digest=instrument.digest,
        occasion="baseline",
        on=TODAY,
        sources=["self"],
        answers=answers,
        scores=[],
        completed_at=NOW,
        **words,
    )


def _planned(case: Case, goal: Goal) -> None:
    plan = written(Plan, case, number=1, state="agreed", crisis="Telepon posko", agreed_on=TODAY)
    step = written(
        PlanStep, case, plan=plan, line=case.pk, order=1, goal=goal, service_kind="food", need="Beras",
        action="Antar beras", provider="Dapur umum", cost=150_000, state_since=TODAY,
    )  # fmt: skip
    written(
        Preparation,
        case,
        step=step,
        on=TODAY,
        informed="Buka pukul tujuh",
        company="neighbour",
        company_words=NEIGHBOUR,
    )
    written(SupportReview, case, on=TODAY, moment="baseline", network=2, network_words=FROM_NEIGHBOUR)
    written(ServiceCheck, case, step=step, on=TODAY, delivered="yes", fits_plan="yes", quantity="Lima kilo")


def _ended(case: Case, goal: Goal) -> None:
    written(
        Ending,
        case,
        on=TODAY,
        reason="goals_reached",
        effect="Makan teratur",
        transition={"stands_by": "Dijaga kader"},
        statement="Saya sudah kuat",
        process={"quality": "Beras baik"},
        outcomes={str(goal.pk): {"level": 1, "words": "Makan tiga kali"}},
        t_score=50.0,
    )
    written(FollowUp, case, due_on=TODAY + timedelta(days=30), words="Masih memasak", condition="better")
