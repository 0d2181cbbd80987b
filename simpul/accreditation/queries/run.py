"""One run of accreditation: where it stands, what happened, and what may happen now.

One order for everybody who changes one: the accreditation first, then its rows. `locked` is asked before anything
else is looked for, so that two presses at one moment find what the first made.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Clash, Refusal
from simpul.accreditation.models import Accreditation, Assignment, Evidence, OfAccreditation, Step
from simpul.accreditation.stages import DECIDED, MAY_FOLLOW, Part, Stage
from simpul.organisations.queries.belonging import belongs_to, require_outsider

# The words of these moves are said to the body, or by it.
_TOLD_TO_THE_BODY = (Stage.SELF_ASSESSMENT, Stage.RETURNED, Stage.WITHDRAWN, *DECIDED)
R = TypeVar("R", bound=OfAccreditation | Evidence)


def locked(accreditation: Accreditation) -> Accreditation:
    """The accreditation as it stands now, kept for this action, its organisation at hand."""
    found: Accreditation = _kept(Accreditation.objects.select_related("organisation")).get(
        pk=accreditation.pk
    )
    return found


def locked_row(row: R) -> R:
    """A row of an accreditation as it stands now, the accreditation locked before it and at hand."""
    _kept(Accreditation.objects.all()).get(pk=row.accreditation_id)
    rows: QuerySet[Any] = type(row).objects.select_related("accreditation__organisation")
    found: R = _kept(rows).get(pk=row.pk)
    return found


def _kept(rows: QuerySet[Any]) -> QuerySet[Any]:
    # Without the key: rows that only point here may still be written, or two such actions would wait in a circle.
    return rows.select_for_update(of=("self",), no_key=True)


def require_stage(accreditation: Accreditation, *stages: Stage) -> None:
    """Raises Refusal, saying where it stands and when this can be done, in any other stage."""
    if accreditation.stage not in stages:
        wanted = ", ".join(str(stage.label).lower() for stage in stages)
        raise Refusal(
            _("Akreditasi ini sekarang di tahap %(now)s. Ini hanya dapat dilakukan di tahap: %(wanted)s.")
            % {"now": str(accreditation.get_stage_display()).lower(), "wanted": wanted}
        )


def require_may_follow(accreditation: Accreditation, to: Stage) -> None:
    """Raises Refusal where the table of stages does not let `to` follow."""
    following = MAY_FOLLOW[Stage(accreditation.stage)]
    if to in following:
        return
    now = str(accreditation.get_stage_display()).lower()
    if not following:
        raise Refusal(
            _("Akreditasi ini sudah berakhir: %(now)s. Untuk menilai lagi, mulai akreditasi baru.")
            % {"now": now}
        )
    onward = ", ".join(str(stage.label).lower() for stage in Stage if stage in following)
    raise Refusal(_("Dari tahap %(now)s, yang dapat menyusul: %(onward)s.") % {"now": now, "onward": onward})


def require_version(accreditation: Accreditation, version: int, to: Stage) -> None:
    """Raises Clash when the run moved since the page was opened."""
    if accreditation.version != version:
        raise Clash(_("Tahap akreditasi ini"), str(accreditation.get_stage_display()), str(to.label))


def is_repeated(accreditation: Accreditation, to: Stage, *, by: User, version: int) -> bool:
    """Whether the newest step is this very move, sent twice by the same person."""
    newest = Step.objects.filter(accreditation=accreditation).order_by("at", "pk").last()
    return (
        accreditation.version == version + 1
        and newest is not None
        and newest.stage == to == accreditation.stage
        and newest.by == by.pk
    )


def is_of_the_body(accreditation: Accreditation, user: User) -> bool:
    """Whether this person reads it as one of the body that is judged, whatever else they may."""
    if is_within_reach(accreditation, user, Permission.ACCREDITATION_APPLY):
        return True
    return bool(belongs_to([accreditation.organisation_id], user))


def steps_of(accreditation: Accreditation, *, for_the_body: bool = False) -> tuple[Step, ...]:
    """What happened, the newest first. For the body without the words that offices wrote to each other."""
    steps = tuple(Step.objects.filter(accreditation=accreditation).order_by("-at", "pk"))
    for step in steps:
        if for_the_body and step.stage not in _TOLD_TO_THE_BODY:
            step.words = ""
    return steps


def returned_to_visit(accreditation: Accreditation) -> tuple[datetime, ...]:
    """When the second person sent it back to the visit, each time; the first first."""
    steps = Step.objects.filter(accreditation=accreditation, stage=Stage.VISIT, left=Stage.VALIDATION)
    return tuple(steps.order_by("at", "pk").values_list("at", flat=True))


def visit_round(accreditation: Accreditation) -> int:
    """Which visit it is: the first, or one after it was sent back."""
    return len(returned_to_visit(accreditation)) + 1


def standing(accreditation: Accreditation, *parts: Part) -> tuple[Assignment, ...]:
    """Who is named now for these parts (all without any), whether or not their time has come."""
    rows = Assignment.objects.filter(accreditation=accreditation, withdrawn_on=None)
    if parts:
        rows = rows.filter(part__in=parts)
    return tuple(rows.order_by("part", "user_name", "pk"))


def own_assignment(accreditation: Accreditation, user: UUID, part: Part) -> Assignment | None:
    """The standing assignment of this person for this part."""
    rows = Assignment.objects.filter(accreditation=accreditation, withdrawn_on=None, user=user, part=part)
    found: Assignment | None = rows.first()
    return found


def require_declared(assignment: Assignment | None, user: User) -> Assignment:
    """An assignment whose holder has declared to be free of conflicts, and still is an outsider.

    Raises Refusal otherwise: whoever came to belong to the body since scores it no more.
    """
    if assignment is None:
        raise Refusal(_("Anda tidak ditugaskan untuk ini. Hubungi sekretariat akreditasi bila keliru."))
    require_outsider(assignment.accreditation.organisation_id, user)
    if assignment.has_conflict is not False:
        raise Refusal(
            _(
                "Isi dahulu pernyataan benturan kepentingan. Sebelum itu tidak ada yang dapat dilihat atau dinilai."
            )
        )
    return assignment
