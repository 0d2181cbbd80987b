"""Which office registers a body, judged from where it really serves; and the office's clock of working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from simpul.catalogue import holidays
from simpul.engines.reasons import Finding
from simpul.organisations.models import Organisation, Registration
from simpul.organisations.queries.standing import Judged, authority_of
from simpul.organisations.stages import WITH_THE_OFFICE, Authority, Kind, RunStage

# Formed by the community: what these are is not registered as an LKS.
NOT_REGISTERED = frozenset({Kind.DINAS, Kind.GOVERNMENT, Kind.PERSON, Kind.FAMILY, Kind.BUSINESS})


@dataclass(frozen=True, slots=True)
class JudgedOffice:
    """The office that registers, or none where that is not known; with the judgement it rests on."""

    authority: str
    region: str
    judged: Judged

    @property
    def is_known(self) -> bool:
        """Whether an application can be sent: a foreign body goes to the ministry, but must serve somewhere too."""
        return bool(self.authority and self.areas)

    @property
    def areas(self) -> tuple[str, ...]:
        """The codes of the areas served."""
        return self.judged.area.codes

    @property
    def finding(self) -> Finding:
        return self.judged.finding


def judged_office(organisation: Organisation, on: date) -> JudgedOffice:
    """The office for the areas served on that day. Not known as long as no area is filled in."""
    judged = authority_of(organisation, on)
    answer = str(judged.finding.answer)
    known = answer if answer in Authority.values else ""
    return JudgedOffice(known, judged.region if known else "", judged)


# --- the clock ---


@dataclass(frozen=True, slots=True)
class Clock:
    """How the office's working days stand. It runs only while the file is with the office."""

    limit: int
    used: int
    due_on: date | None
    is_running: bool
    is_late: bool
    unknown_years: tuple[int, ...]

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)


def clock_of(run: Registration, on: date) -> Clock:
    """The clock of one run on that day. `unknown_years` are those of which only weekends were counted."""
    limit = int(run.told.get("working_days", 0))
    is_running = run.stage in WITH_THE_OFFICE and run.complete_on is not None
    is_used_up = 0 < limit <= run.working_days_used
    used = run.working_days_used
    if is_running and run.complete_on is not None:
        used += holidays.working_days_between(run.complete_on, on)
    first, last = run.complete_on or on, max(run.due_on or on, on)
    return Clock(
        limit=limit,
        used=used,
        due_on=run.due_on if is_running else None,
        is_running=is_running,
        is_late=is_running and (is_used_up or (run.due_on is not None and run.due_on < on)),
        unknown_years=holidays.unknown_years(first, last) if is_running else (),
    )


def late_on(on: date) -> Q:
    """Of runs whose clock runs: those whose last day is over, or whose days were used up before a return."""
    limit = Cast(KT("told__working_days"), IntegerField())
    return Q(due_on__lt=on) | Q(working_days_used__gt=0, working_days_used__gte=limit)


def due_after(on: date, limit: int, used: int) -> date:
    """The last working day, when the clock starts on that day with so many already used; one day at least."""
    return holidays.add_working_days(on, max(limit - used, 1))


# The applicant may change what it brings.
APPLICANTS_TURN = (RunStage.DRAFT, RunStage.RETURNED)


def is_applicants_turn(stage: str) -> bool:
    """Whether the applicant may change what it brings."""
    return stage in APPLICANTS_TURN
