"""The life of a case as a table: its stages, and which may follow which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Stages of the main way come first, in their order; side states after them."""

    CANDIDATE = "candidate", _("Calon")
    INTAKE = "intake", _("Pendekatan awal")
    ASSESSMENT = "assessment", _("Asesmen")
    PLANNING = "planning", _("Rencana")
    INTERVENTION = "intervention", _("Pelaksanaan")
    REASSESSMENT = "reassessment", _("Asesmen ulang")
    EVALUATION = "evaluation", _("Evaluasi")
    TRANSITION = "transition", _("Peralihan")
    TERMINATION = "termination", _("Pengakhiran")
    FOLLOW_UP = "follow_up", _("Bimbingan lanjut")
    CLOSED = "closed", _("Ditutup")

    REFERRED_OUT = "referred_out", _("Dirujuk keluar")
    SUSPENDED = "suspended", _("Ditangguhkan")
    LEFT = "left", _("Keluar atas permintaan sendiri")
    DIED = "died", _("Meninggal")
    NOT_FOUND = "not_found", _("Tidak ditemukan")
    NOT_ELIGIBLE = "not_eligible", _("Tidak memenuhi syarat")


# What the steps on the page of a case show; a candidate has no case yet.
STEPS = (
    Stage.INTAKE,
    Stage.ASSESSMENT,
    Stage.PLANNING,
    Stage.INTERVENTION,
    Stage.EVALUATION,
    Stage.TERMINATION,
    Stage.FOLLOW_UP,
)
# Stages that are shown as part of another step.
_PART_OF = {Stage.REASSESSMENT: Stage.INTERVENTION, Stage.TRANSITION: Stage.TERMINATION}

# A case in one of these rests for good; helping the person again is a new case.
ENDED = frozenset(
    {Stage.CLOSED, Stage.REFERRED_OUT, Stage.LEFT, Stage.DIED, Stage.NOT_FOUND, Stage.NOT_ELIGIBLE}
)

_ALWAYS = ENDED - {Stage.CLOSED} | {Stage.SUSPENDED}

NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.CANDIDATE: frozenset({Stage.INTAKE}) | _ALWAYS,
    Stage.INTAKE: frozenset({Stage.ASSESSMENT}) | _ALWAYS,
    Stage.ASSESSMENT: frozenset({Stage.PLANNING}) | _ALWAYS,
    Stage.PLANNING: frozenset({Stage.INTERVENTION}) | _ALWAYS,
    Stage.INTERVENTION: frozenset({Stage.REASSESSMENT, Stage.EVALUATION}) | _ALWAYS,
    Stage.REASSESSMENT: frozenset({Stage.INTERVENTION, Stage.EVALUATION}) | _ALWAYS,
    Stage.EVALUATION: frozenset({Stage.TRANSITION, Stage.INTERVENTION}) | _ALWAYS,
    Stage.TRANSITION: frozenset({Stage.TERMINATION}) | _ALWAYS,
    Stage.TERMINATION: frozenset({Stage.FOLLOW_UP, Stage.CLOSED}) | _ALWAYS,
    Stage.FOLLOW_UP: frozenset({Stage.CLOSED}) | _ALWAYS,
    # A suspended case goes on where it stood; the move that suspended it says where that was.
    Stage.SUSPENDED: frozenset(
        {Stage.INTAKE, Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION, Stage.EVALUATION}
    )
    | (_ALWAYS - {Stage.SUSPENDED}),
    **{stage: frozenset() for stage in ENDED},
}


def step_of(stage: str) -> int:
    """Which of the STEPS a stage belongs to, counted from 1; 0 for a side state."""
    on_the_way = _PART_OF.get(Stage(stage), Stage(stage))
    if on_the_way == Stage.CLOSED:
        return len(STEPS) + 1
    return STEPS.index(on_the_way) + 1 if on_the_way in STEPS else 0
