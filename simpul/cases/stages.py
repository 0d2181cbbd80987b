"""The life of a case as a table: its stages, and which may follow which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Stages of the main way come first, in their order; side states after them."""

    OUTREACH = "outreach", _("Penjangkauan")
    PRESCREENING = "prescreening", _("Penyaringan awal")
    INTAKE = "intake", _("Pendekatan awal")
    ASSESSMENT = "assessment", _("Asesmen")
    GOALS = "goals", _("Perumusan tujuan")
    PLANNING = "planning", _("Rencana dan sumber")
    LINKING = "linking", _("Penghubungan layanan")
    MONITORING = "monitoring", _("Pemantauan dan asesmen ulang")
    EVALUATION = "evaluation", _("Evaluasi hasil")
    TRANSITION = "transition", _("Peralihan")
    TERMINATION = "termination", _("Pengakhiran")
    FOLLOW_UP = "follow_up", _("Bimbingan lanjut")
    CLOSED = "closed", _("Ditutup")

    REFERRED_OUT = "referred_out", _("Dirujuk keluar")
    SUSPENDED = "suspended", _("Ditangguhkan")
    LEFT = "left", _("Keluar atas permintaan sendiri")
    DIED = "died", _("Meninggal dunia")
    NOT_FOUND = "not_found", _("Tidak dapat ditemui")
    NOT_ELIGIBLE = "not_eligible", _("Tidak memenuhi syarat")


class Kind(TextChoices):
    """Who the client is. `person` of the case is then the one with whom everything is arranged."""

    PERSON = "person", _("Perorangan")
    FAMILY = "family", _("Keluarga")
    GROUP = "group", _("Kelompok")
    COMMUNITY = "community", _("Komunitas")


class Confidentiality(TextChoices):
    """Who beside the team sees a case."""

    ORDINARY = "ordinary", _("Biasa: siapa saja yang berwenang di lembaga atau wilayah ini")
    RESTRICTED = "restricted", _("Terbatas: hanya yang boleh membaca hal sangat peka")
    HIGHLY_RESTRICTED = "highly_restricted", _("Sangat terbatas: hanya tim kasus dan supervisor")
    TEAM_ONLY = "team_only", _("Hanya tim kasus")


class ReferredBy(TextChoices):
    """By which way somebody came."""

    SELF = "self", _("Datang sendiri")
    FAMILY = "family", _("Keluarga")
    NEIGHBOUR = "neighbour", _("Tetangga atau warga")
    VILLAGE = "village", _("Desa atau kelurahan")
    VOLUNTEER = "volunteer", _("Relawan atau kader")
    ORGANISATION = "organisation", _("Lembaga atau dinas lain")
    POLICE = "police", _("Kepolisian")
    HEALTH = "health", _("Layanan kesehatan")
    SCHOOL = "school", _("Sekolah")
    OTHER = "other", _("Jalan lain")


# What the steps on the page of a case show.
STEPS = (
    Stage.INTAKE,
    Stage.ASSESSMENT,
    Stage.PLANNING,
    Stage.LINKING,
    Stage.EVALUATION,
    Stage.TERMINATION,
    Stage.FOLLOW_UP,
)
# Stages that are shown as part of another step.
_PART_OF = {
    Stage.OUTREACH: Stage.INTAKE,
    Stage.PRESCREENING: Stage.INTAKE,
    Stage.GOALS: Stage.PLANNING,
    Stage.MONITORING: Stage.LINKING,
    Stage.TRANSITION: Stage.TERMINATION,
}

# A case in one of these rests for good; helping the person again is a new episode.
ENDED = frozenset(
    {Stage.CLOSED, Stage.REFERRED_OUT, Stage.LEFT, Stage.DIED, Stage.NOT_FOUND, Stage.NOT_ELIGIBLE}
)

# Beside the way, possible at any stage. What happened has to be told.
SIDE = ENDED - {Stage.CLOSED} | {Stage.SUSPENDED}

# The main way in its order, by which a stage is skipped or gone back to.
WAY = tuple(stage for stage in Stage if stage not in SIDE)

NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.OUTREACH: frozenset({Stage.PRESCREENING, Stage.INTAKE}) | SIDE,
    Stage.PRESCREENING: frozenset({Stage.INTAKE}) | SIDE,
    Stage.INTAKE: frozenset({Stage.ASSESSMENT}) | SIDE,
    Stage.ASSESSMENT: frozenset({Stage.GOALS, Stage.PLANNING}) | SIDE,
    Stage.GOALS: frozenset({Stage.PLANNING}) | SIDE,
    Stage.PLANNING: frozenset({Stage.LINKING, Stage.GOALS}) | SIDE,
    Stage.LINKING: frozenset({Stage.MONITORING, Stage.EVALUATION}) | SIDE,
    Stage.MONITORING: frozenset({Stage.LINKING, Stage.PLANNING, Stage.EVALUATION}) | SIDE,
    Stage.EVALUATION: frozenset({Stage.TRANSITION, Stage.TERMINATION, Stage.PLANNING, Stage.LINKING}) | SIDE,
    Stage.TRANSITION: frozenset({Stage.TERMINATION}) | SIDE,
    Stage.TERMINATION: frozenset({Stage.FOLLOW_UP, Stage.CLOSED}) | SIDE,
    Stage.FOLLOW_UP: frozenset({Stage.CLOSED}) | SIDE,
    # A suspended case goes on where it stood; the move that suspended it says where that was.
    Stage.SUSPENDED: frozenset(WAY) - {Stage.OUTREACH, Stage.CLOSED} | SIDE - {Stage.SUSPENDED},
    **{stage: frozenset() for stage in ENDED},
}


def step_of(stage: str) -> int:
    """Which of the STEPS a stage belongs to, counted from 1; 0 for a side state."""
    on_the_way = _PART_OF.get(Stage(stage), Stage(stage))
    if on_the_way == Stage.CLOSED:
        return len(STEPS) + 1
    return STEPS.index(on_the_way) + 1 if on_the_way in STEPS else 0


def skipped(stage_from: str, stage_to: str) -> tuple[Stage, ...]:
    """The stages of the main way that a step forward leaves out."""
    if stage_from not in WAY or stage_to not in WAY:
        return ()
    return WAY[WAY.index(Stage(stage_from)) + 1 : WAY.index(Stage(stage_to))]
