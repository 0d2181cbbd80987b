"""Assessments of a case: all of them, the comparison with the first, and one of them from its draft to its scores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from ninja import Router

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.api.answers import moment, read, versioned, written
from simpul.api.assessment_shapes import (
    AssessmentShape,
    AssessmentWanted,
    ComparisonShape,
    Completed,
    DraftWanted,
    GroupShape,
)
from simpul.api.case_shapes import words_of
from simpul.api.door import Holds
from simpul.cases.actions import assessments as actions
from simpul.cases.models import Assessment, Case
from simpul.cases.queries import assessments as queries
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.comparisons import WORDS, comparison_of, scores_in
from simpul.engines.scoring import REASONS

router = Router(tags=["Assessments"])
VIEW, ASSESS = Permission.CASE_VIEW, Permission.CASE_ASSESS


@router.get("/cases/{uuid:pk}/assessments", auth=Holds(VIEW), response=read(list[GroupShape]))
def assessments(request: Entered, pk: UUID) -> Any:
    """All assessments of a case, by instrument."""
    case = look_up(Case, pk, by=request.user, permission=VIEW)
    # A list: the framework takes a tuple for a status and an answer.
    return list(queries.panel(case, request.user, timezone.localdate()).groups)


@router.get("/cases/{uuid:pk}/comparison/{slug:instrument}", auth=Holds(VIEW), response=read(ComparisonShape))
def comparison(request: Entered, pk: UUID, instrument: str) -> Any:
    """One instrument, domain by domain against the first time, and whether a change is more than chance."""
    case = look_up(Case, pk, by=request.user, permission=VIEW)
    found = comparison_of(case, instrument, is_told=sees_all(case, request.user))
    if not found.rows:
        raise Http404
    return found


@router.post("/cases/{uuid:pk}/assessments", auth=Holds(ASSESS), response=written(AssessmentShape))
def start(request: Entered, pk: UUID, wanted: AssessmentWanted) -> Any:
    """Begin a draft. The first with an instrument is its baseline, a later one a re-assessment."""
    case = look_up(Case, pk, by=request.user, permission=ASSESS)
    typed = wanted.dict()
    made = actions.start(case, by=request.user, key=typed.pop("once"), **typed, **moment())
    return as_told(made, request)


@router.get("/assessments/{uuid:pk}", auth=Holds(VIEW), response=read(AssessmentShape))
def assessment(request: Entered, pk: UUID) -> Any:
    """One assessment; a draft as it would be completed now."""
    return as_told(look_up(Assessment, pk, by=request.user, permission=VIEW), request)


@router.put("/assessments/{uuid:pk}", auth=Holds(ASSESS), response=versioned(AssessmentShape))
def save(request: Entered, pk: UUID, wanted: DraftWanted) -> Any:
    """Keep a draft as it is sent; nothing has to be complete. The same sent twice changes nothing."""
    found = look_up(Assessment, pk, by=request.user, permission=ASSESS)
    return as_told(actions.save_draft(found, by=request.user, **wanted.details(), **moment()), request)


@router.post("/assessments/{uuid:pk}/complete", auth=Holds(ASSESS), response=versioned(AssessmentShape))
def complete(request: Entered, pk: UUID, wanted: Completed) -> Any:
    """Freeze a draft with its scores. It is never changed after that."""
    found = look_up(Assessment, pk, by=request.user, permission=ASSESS)
    return as_told(actions.complete(found, by=request.user, version=wanted.version, **moment()), request)


_PLAIN = (
    "instrument",
    "instrument_version",
    "occasion",
    "on",
    "by_name",
    "version",
    "completed_at",
    "sources",
)


def as_told(assessment: Assessment, request: Entered) -> dict[str, Any]:
    """An assessment as this viewer may see it."""
    is_told = sees_all(assessment.case, request.user)
    shown = queries.shown_of(assessment, is_told=is_told)
    answers = dict(shown.answers) if is_told else {}
    plain = {name: getattr(assessment, name) for name in _PLAIN}
    return (
        plain
        | words_of(assessment, WORDS, is_told=is_told)
        | {
            "id": assessment.pk,
            "case": assessment.case_id,
            "title": shown.title,
            "occasion_name": assessment.get_occasion_display(),
            "reasons": answers.pop(REASONS, {}),
            "answers": answers,
            "lines": shown.lines,
            "scores": list(scores_in(assessment).values()),
            "required": shown.required,
            "number_open": shown.number_open,
            "is_told": is_told,
            "is_altered": shown.is_altered,
        }
    )
