"""Who sends and who receives, what each may do next, and what the plan should say."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import Grant
from simpul.access.permissions import Permission
from simpul.access.roles import ROLES
from simpul.cases.models import Case, PlanState, PlanStep, StepState
from simpul.organisations.queries import name_of
from simpul.organisations.queries.certificates import LETTERS
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import named
from simpul.referrals.models import Referral
from simpul.referrals.stages import BY_HAND, BY_SIDE, MAY_FOLLOW, Side, Stage

_NUMBER_LENGTH = 7


def number_of(key: UUID) -> str:
    """What both sides call a referral: from its own key, and telling nothing of the case ("R-7Q4K9MX")."""
    left, letters = key.int, []
    for _letter in range(_NUMBER_LENGTH):
        left, place = divmod(left, len(LETTERS))
        letters.append(LETTERS[place])
    return f"R-{''.join(letters)}"


def sender_of(case: Case) -> str:
    """The body that sends, as the receiver reads it."""
    if case.organisation:
        return name_of(case.organisation)
    place = named(case.region[:REGENCY_SIGNS])
    return _("Dinas Sosial %(place)s") % {"place": place.name} if place else _("Dinas Sosial")


def has_account(receiver: UUID | None, *also: Permission) -> bool:
    """Whether somebody of that body can read here what is sent to it, and may `also` do that."""
    if receiver is None:
        return False
    needed = {Permission.REFERRAL_RECEIVE, *also}
    roles = [role.name for role in ROLES.values() if needed <= role.permissions]
    standing = Grant.objects.filter(withdrawn_at=None, user__is_active=True)
    return standing.filter(organisation=receiver, role__in=roles).exists()


# --- what may be done ---


def may_say(referral: Referral, side: Side, *, by_hand: bool = False) -> tuple[Stage, ...]:
    """What this side may say next, in the order of the stages.

    `by_hand`: the receiver has no account, so the sender writes down what it answered.
    """
    allowed = BY_SIDE[side] | (BY_HAND if by_hand and side == Side.SENDER else frozenset())
    return tuple(stage for stage in Stage if stage in MAY_FOLLOW[Stage(referral.stage)] & allowed)


# In the order of the buttons, of which the first stands out.
VERBS: dict[Stage, Promise] = {
    Stage.ACCEPTED: gettext_lazy("Terima"),
    Stage.WAITING: gettext_lazy("Masukkan ke daftar tunggu"),
    Stage.DECLINED: gettext_lazy("Tolak dengan alasan"),
    Stage.APPOINTED: gettext_lazy("Buat janji temu"),
    Stage.VISITED: gettext_lazy("Catat kedatangan pertama"),
    Stage.DELIVERED: gettext_lazy("Catat layanan diberikan"),
    Stage.ANSWERED: gettext_lazy("Tulis hasilnya"),
    Stage.CONFIRMED: gettext_lazy("Catat kata penerima manfaat"),
    Stage.FAILED: gettext_lazy("Catat bahwa tidak terjadi"),
}


# Who sends only writes down what the other side answered by telephone or letter.
_WRITTEN_DOWN: dict[Stage, Promise] = {
    Stage.WAITING: gettext_lazy("Catat: masuk daftar tunggu"),
    Stage.ACCEPTED: gettext_lazy("Catat: diterima"),
    Stage.DECLINED: gettext_lazy("Catat: ditolak"),
    Stage.APPOINTED: gettext_lazy("Catat janji temu"),
    Stage.ANSWERED: gettext_lazy("Catat hasilnya"),
}


def verbs_for(stages: Collection[Stage], side: Side) -> tuple[tuple[str, str], ...]:
    """Stages as what a button of this side says."""
    verbs = VERBS | (_WRITTEN_DOWN if side == Side.SENDER else {})
    return tuple((stage.value, str(words)) for stage, words in verbs.items() if stage in stages)


# --- the plan ---


def standing_step(referral: Referral) -> PlanStep | None:
    """The line of the plan as it stands in the newest version that was not replaced."""
    rows = PlanStep.objects.select_related("plan", "case__person").filter(
        case=referral.case_id, line=referral.line
    )
    found: PlanStep | None = (
        rows.exclude(plan__state=PlanState.REPLACED).order_by("plan__number", "pk").first()
    )
    return found


_ARRANGED = frozenset({Stage.ACCEPTED, Stage.APPOINTED})
_RUNNING = frozenset({Stage.VISITED, Stage.DELIVERED, Stage.ANSWERED})
_NOTHING = frozenset({Stage.DECLINED, Stage.WITHDRAWN, Stage.FAILED})


def step_wanted(referral: Referral) -> str:
    """What the line of the plan should say by now; empty where it says so, or is further already."""
    step = standing_step(referral)
    if step is None:
        return ""
    stage, now = Stage(referral.stage), step.state
    if stage in _ARRANGED and now in (StepState.PLANNED, StepState.NO_SERVICE):
        return StepState.ARRANGED
    if stage in _RUNNING and now in (StepState.PLANNED, StepState.ARRANGED, StepState.NO_SERVICE):
        return StepState.RUNNING
    if stage in _NOTHING and now == StepState.ARRANGED and not has_another(referral):
        return StepState.PLANNED
    return ""


def has_another(referral: Referral) -> bool:
    """Whether the same line goes somewhere else already, so that it is not open again."""
    others = Referral.objects.filter(case=referral.case_id, line=referral.line).exclude(pk=referral.pk)
    taken = _ARRANGED | _RUNNING | {Stage.CONFIRMED}
    return others.filter(stage__in=sorted(taken)).exists()
