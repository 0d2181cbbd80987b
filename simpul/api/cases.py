"""Cases within reach: the list, one of them, what happened in it, and moving it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router

from simpul.access.gate import Entered, look_up, note_shown
from simpul.access.permissions import Permission
from simpul.api.answers import cut, moment, paged, read, versioned
from simpul.api.case_shapes import CaseList, CaseShape, MoveWanted, TimelineShape, words_of
from simpul.api.door import Holds
from simpul.api.shapes import Day
from simpul.cases.actions.stages import move
from simpul.cases.models import Case
from simpul.cases.queries import case as queries
from simpul.cases.queries import stages
from simpul.cases.queries.page import seen_by
from simpul.cases.queries.timeline import timeline_of
from simpul.cases.stages import NEXT, SIDE, Stage

router = Router(tags=["Cases"])


@router.get("/cases", auth=Holds(Permission.CASE_VIEW), response=read(CaseList))
def all_cases(
    request: Entered,
    stage: Stage | None = None,
    mine: bool = False,
    worker: UUID | None = None,
    page: int = Query(1, ge=1),
) -> Any:
    """The cases that this account may see, newest first, fifty on a page. That they were shown is recorded."""
    reach = queries.cases_within_reach(request.user, stage=stage or "", mine=mine, worker=worker)
    found = cut(reach, page)
    rows = queries.rows_of(found, request.user)
    note_shown(rows, by=request.user, permission=Permission.CASE_VIEW)
    return paged(found, rows)


@router.get("/cases/{uuid:pk}", auth=Holds(Permission.CASE_VIEW), response=read(CaseShape))
def one_case(request: Entered, pk: UUID) -> Any:
    """One case: who, which stage, what comes next. Reading it is recorded."""
    related = ("person", "screening")
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW, related=related)
    return as_told(found, request)


def as_told(case: Case, request: Entered) -> dict[str, Any]:
    """A case as this viewer may see it today."""
    today = timezone.localdate()
    seen, standing = seen_by(case, request.user, today)
    ahead = stages.panel(case, request.user, today, standing=standing)
    plain = {name: getattr(case, name) for name in _PLAIN}
    return (
        plain
        | words_of(case, ("group_name", "summary", "risk", "referral_words", "wishes"), is_told=seen.all)
        | {name: getattr(seen, name) for name in _SEEN}
        | {
            "id": case.pk,
            "person": case.person_id,
            "person_name": case.person.name,
            "earlier": seen.earlier,
            "stage_name": case.get_stage_display(),
            "needs": queries.needs_of(case, all_seen=seen.all) if seen.has_basis else (),
            "next_step": queries.next_step_of(case),
            "onward": queries.onward_of(case, standing.model),
            "beside": [stage for stage in Stage if stage in NEXT[Stage(case.stage)] & SIDE],
            "gates": ahead.gates,
            "due_on": ahead.due_on,
            "is_late": ahead.is_late,
            "is_told": seen.all,
        }
    )


_PLAIN = (
    "number",
    "version",
    "kind",
    "episode",
    "confidentiality",
    "working_model",
    "setting",
    "spm_service",
    "referred_by",
    "stage",
    "stage_since",
    "is_open",
    "urgency",
    "opened_on",
    "closed_on",
    "last_contact_on",
    "worker",
    "worker_name",
)
_SEEN = ("place", "district", "later", "has_basis", "may_move", "may_note")


@router.get("/cases/{uuid:pk}/timeline", auth=Holds(Permission.CASE_VIEW), response=read(TimelineShape))
def timeline(request: Entered, pk: UUID, since: Day | None = None, system: bool = False) -> Any:
    """Everything that happened, the newest first; with `system` also what Simpul notes by itself."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    is_told = queries.sees_all(found, request.user)
    return timeline_of(found, all_seen=is_told, since=since, with_system=system)


@router.post("/cases/{uuid:pk}/move", auth=Holds(Permission.CASE_MOVE), response=versioned(CaseShape))
def move_case(request: Entered, pk: UUID, wanted: MoveWanted) -> Any:
    """Let a case pass to another stage. The same move sent twice changes nothing."""
    found = look_up(Case, pk, by=request.user, permission=Permission.CASE_MOVE)
    return as_told(move(found, by=request.user, **wanted.dict(), **moment()), request)
