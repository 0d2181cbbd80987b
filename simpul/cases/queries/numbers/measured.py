"""Numbers worked out from scores: change by goals and by instruments, and what clients think. And complaints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any
from uuid import UUID

from django.utils import timezone

from simpul.access.permissions import Permission
from simpul.cases.models import Complaint, Occasion, Satisfaction
from simpul.cases.queries.comparisons import SEALED_WORDS, Comparison, DomainRow, compared
from simpul.cases.queries.goals import attainments
from simpul.cases.queries.numbers.counted import assessments, ended
from simpul.cases.queries.numbers.lines import Found
from simpul.cases.queries.numbers.scope import Scope
from simpul.catalogue import casework
from simpul.engines.scoring import DomainScore
from simpul.engines.statistics import Verdict

# SQLite takes no more than some thousand values in one question.
_AT_ONCE = 5000

BETTER, SAME, WORSE, UNSAID = "better", "same", "worse", "unsaid"


def fewest_for_a_mean(of: str) -> int:
    """Below how many "goals" or "opinions" no mean is told."""
    return int(casework.common_norms()["fewest_for_a_mean"][of])


# --- goals together ---


@dataclass(frozen=True, slots=True)
class Growth:
    """Goal attainment of the cases that ended: in which direction, and the mean change of the T-score.

    `mean` is None below fewest_for_a_mean("goals") compared cases; `number` is how many were compared.
    """

    source: Found
    number: int
    mean: float | None


def growth(scope: Scope) -> Growth:
    """The last T-score of each case that ended in the period against its first, over the goals that have both."""
    keys = list(ended(scope).values_list("pk", flat=True))
    groups: dict[str, list[UUID]] = {BETTER: [], SAME: [], WORSE: [], UNSAID: []}
    changes = []
    for some in _lots(keys):
        known = attainments(some, scope.until)
        for key in some:
            change = known[key].change if key in known else None
            groups[_direction(change)].append(key)
            if change is not None:
                changes.append(change)
    mean = fmean(changes) if len(changes) >= fewest_for_a_mean("goals") else None
    return Growth(Found(groups), len(changes), mean)


def _direction(change: float | None) -> str:
    if change is None:
        return UNSAID
    return SAME if change == 0 else BETTER if change > 0 else WORSE


def _lots(keys: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


# --- an instrument, domain by domain ---

_VERDICTS = {Verdict.BETTER: BETTER, Verdict.WORSE: WORSE, Verdict.NOT_RELIABLE: SAME}


@dataclass(slots=True)
class DomainChange:
    """What became of one domain in all cases that were assessed again.

    `by_figure` counts the bare directions, whatever the error of measurement: better, same, worse.
    """

    code: str
    title: str
    by_figure: Counter[str] = field(default_factory=Counter)
    groups: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))


def change(scope: Scope, instrument: str) -> dict[str, DomainChange]:
    """By domain: whose newest assessment of the period differs from the baseline by more than error."""
    domains: dict[str, DomainChange] = {}
    for made in _comparisons(scope, instrument):
        for row in made.rows:
            domain = domains.setdefault(row.code, DomainChange(row.code, row.title))
            domain.groups[_verdict(row)].append(made.case)
            if row.direction:
                domain.by_figure[row.direction] += 1
    return domains


def _comparisons(scope: Scope, instrument: str) -> tuple[Comparison, ...]:
    held = assessments(scope).filter(instrument=instrument)
    again = held.filter(scope.in_period("on"), occasion=Occasion.REASSESSMENT).order_by().values("case")
    made = compared(held.filter(case__in=again).defer(*SEALED_WORDS))
    # Without a baseline there is nothing to compare with, and the case is told of no domain.
    return tuple(one for one in made if one.now is not None)


def _verdict(row: DomainRow) -> str:
    return _VERDICTS.get(row.change.verdict, UNSAID) if row.change else UNSAID


def change_source(scope: Scope, instrument: str) -> Found:
    """The same as groups "domain~verdict"."""
    return Found(
        {
            f"{domain.code}~{verdict}": keys
            for domain in change(scope, instrument).values()
            for verdict, keys in domain.groups.items()
        }
    )


# --- what clients think ---


@dataclass(slots=True)
class Opinions:
    """What was thought in one domain of a form: whose opinion is known, and the mean, None of too few."""

    instrument: str
    version: str
    code: str
    least: float
    most: float
    scores: list[float] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)

    @property
    def mean(self) -> float | None:
        return fmean(self.scores) if len(self.scores) >= fewest_for_a_mean("opinions") else None


def opinions(scope: Scope) -> dict[str, Opinions]:
    """The newest opinion of each case in the period; whoever said too little for a score is not counted."""
    rows = Satisfaction.objects.filter(scope.in_period("on"), case__in=scope.keys())
    newest: dict[UUID, Satisfaction] = {}
    for row in rows.order_by("on", "at").defer("words_sealed", "answers_sealed"):
        newest[row.case_id] = row
    found: dict[str, Opinions] = {}
    for row in newest.values():
        for kept in row.scores or ():
            _add(found, row, DomainScore.from_json(kept))
    return found


def _add(found: dict[str, Opinions], row: Satisfaction, score: DomainScore) -> None:
    if score.score is None:
        return
    # Versions are not mixed: their items may differ.
    group = f"{row.instrument}~{row.instrument_version}~{score.code}"
    held = found.setdefault(
        group, Opinions(row.instrument, row.instrument_version, score.code, score.minimum, score.maximum)
    )
    held.scores.append(score.score)
    held.cases.append(row.case_id)


# --- complaints ---


def complaints(scope: Scope) -> dict[str, int]:
    """Complaints received in the period, by whether the day they were due was kept. They belong to no case."""
    received = Complaint.objects.reachable(scope.viewer, Permission.COMPLAINT_RECEIVE)
    received = received.filter(scope.within("region"), scope.in_period("received_at__date"))
    counted: Counter[str] = Counter()
    for due_on, answered_at in received.order_by().values_list("due_on", "answered_at"):
        counted[_in_time(scope, due_on, answered_at)] += 1
    return dict(counted)


def _in_time(scope: Scope, due_on: Any, answered_at: Any) -> str:
    if answered_at is None:
        return "waiting" if due_on >= scope.on else "waiting_late"
    return "in_time" if timezone.localtime(answered_at).date() <= due_on else "late"
