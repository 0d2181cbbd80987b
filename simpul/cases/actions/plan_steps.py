"""Steps of the plan: need, service, provider, who, when, at what cost; how far they are, and were they given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import KeyTaken, made_before
from simpul.cases.actions.goals import _told
from simpul.cases.actions.plans import _remind, _require_in_the_making
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import (
    CaseMember,
    Delivered,
    Goal,
    Plan,
    PlanState,
    PlanStep,
    ServiceCheck,
    StepState,
    TaskKind,
)
from simpul.cases.queries.case import require_day_of, require_not_far, require_ready
from simpul.cases.queries.goals import LONGEST_REASON
from simpul.cases.queries.locks import locked_row
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.plans import (
    IN_THE_MAKING,
    LONGEST_ACTION,
    LONGEST_ALTERNATIVE,
    LONGEST_NAME,
    LONGEST_NEED,
    LONGEST_PROVIDER,
    MOST_ALTERNATIVES,
    STEP_LABELS,
    in_words,
    kind_name,
    service_kinds,
    values_of,
)
from simpul.ui.fields import LARGEST_AMOUNT

# States in which a need is met no further, so that why must be told.
_GIVEN_UP = (StepState.NO_SERVICE, StepState.DROPPED)
# Only what was promised can be missing.
_PROMISED = (StepState.ARRANGED, StepState.RUNNING)


class StepDetails(TypedDict, total=False):
    """What is planned in a step. Cost in whole rupiah.

    `in_charge` is the account of somebody of the team; without an account there is the name alone.
    `provider_organisation` is set where the provider stands in the register.
    """

    need: Required[str]
    service_kind: Required[str]
    action: str
    goal: UUID | None
    provider: str
    provider_organisation: UUID | None
    in_charge: UUID | None
    in_charge_name: str
    due_on: date | None
    cost: int | None
    alternatives: Sequence[Mapping[str, str]]


@action(Permission.CASE_PLAN)
def add_step(
    plan: Plan,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    **typed: Unpack[StepDetails],
) -> PlanStep:
    """One more line of a version that is being written. Only the need and the kind of service must be there.

    A repeated key gives the same step.
    """
    current = locked_row(plan)
    if repeated := made_before(PlanStep, key, plan_id=plan.pk):
        return repeated
    require_ready(current.case, on)
    _require_in_the_making(current)
    require_not_far(typed.get("due_on"), on)
    checked = _checked(current, None, typed)
    last = PlanStep.objects.filter(plan=current).aggregate(last=Max("order"))["last"] or 0
    step = PlanStep(pk=key, case=current.case, plan=current, line=key, order=last + 1, state_since=on)
    step.at, step.by, step.by_name = at, by.pk, str(by)
    _fill(step, checked, typed.get("provider_organisation"))
    step.save(force_insert=True)
    _touch(current)
    _remind(step, current.case, _check_days(current), by=by, at=at)
    return step


@action(Permission.CASE_PLAN)
def edit_step(
    step: PlanStep,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    **typed: Unpack[StepDetails],
) -> PlanStep:
    """Change a line of a version that is being written; one that was agreed is changed by a new version.

    A provider that is replaced stays among the alternatives. The same change sent twice changes nothing.
    Raises Clash, with both values of every field that differs, when somebody was faster.
    """
    current = _locked_step(step)
    plan = locked_row(current.plan)
    require_ready(plan.case, on)
    require_not_far(typed.get("due_on"), on)
    mine = _checked(plan, current, typed)
    if current.version != version:
        if _is_repeated(mine, values_of(current)):
            return current
        raise _step_clash(current, mine)
    _require_in_the_making(plan)
    _keep_former_provider(current, mine)
    _fill(current, mine, typed.get("provider_organisation"))
    current.version = version + 1
    current.save()
    _touch(plan)
    _remind(current, plan.case, _check_days(plan), by=by, at=at)
    return current


@action(Permission.CASE_PLAN)
def set_step_state(
    step: PlanStep, /, *, by: User, version: int, to: str, on: date, at: datetime, reason: str = ""
) -> PlanStep:
    """How far a line of the plan is, in all versions in which it still stands.

    That there is no service, or that it will not be done, needs a reason. Sent twice it changes once.
    Raises Clash when somebody changed the step meanwhile.
    """
    current = _locked_step(step)
    require_ready(current.case, on)
    if to not in StepState.values:
        raise Refusal(_("Pilih keadaan langkah ini."))
    said = _told(reason) if to in _GIVEN_UP else fitting(reason, _("Catatan"), LONGEST_REASON)
    if current.version != version:
        if current.state == to and (current.outcome or "") == said:
            return current
        raise Clash(
            _("Langkah %(number)s") % {"number": current.order},
            current.get_state_display(),
            str(StepState(to).label),
        )
    if current.plan.state == PlanState.REPLACED:
        raise Refusal(_("Versi rencana ini sudah diganti. Buka langkahnya di versi yang berlaku."))
    for copy in _standing(current):
        copy.state_since = on if copy.state != to else copy.state_since
        copy.state, copy.outcome = to, said or None
        # Of every copy, or somebody who has the other version open would write over this unseen.
        copy.version += 1
        copy.save(update_fields=["state", "state_since", "outcome_sealed", "version"])
        if copy.plan.state in (*IN_THE_MAKING, PlanState.WAITING):
            _touch(copy.plan)
    current.refresh_from_db()
    _remind(current, current.case, _check_days(current.plan), by=by, at=at)
    if to not in _PROMISED:
        Reminder(current.case, TaskKind.ADVOCATE, current.line).drop(by=by, at=at)
    return current


@action(Permission.CASE_PLAN)
def check_service(
    step: PlanStep,
    /,
    *,
    by: User,
    key: UUID,
    delivered: str,
    on: date,
    at: datetime,
    seen_on: date | None = None,
    quantity: str = "",
    quality: int | None = None,
    cost: int | None = None,
    fits_plan: str = "unknown",
    unmet: str = "",
    words: str = "",
) -> ServiceCheck:
    """Note whether a service was given on a day (`seen_on`, today without it): added, never changed.

    What was agreed but not given, or only in part, raises a task to ask for it on the client's behalf, which
    is over once it is given. Quality is 1 (poor) to 4 (very good), None where it is not known.
    """
    current, day = _locked_step(step), seen_on or on
    repeated: ServiceCheck | None = ServiceCheck.objects.filter(pk=key).first()
    if repeated:
        if repeated.step.line != step.line:
            raise KeyTaken
        return repeated
    require_ready(current.case, on)
    _require_checkable(current, day, on)
    if delivered not in Delivered.values or fits_plan not in ("yes", "no", "unknown"):
        raise Refusal(_("Pilih apakah layanan diberikan, dan apakah sesuai rencana."))
    if quality not in (None, 1, 2, 3, 4):
        raise Refusal(_("Mutu layanan 1 sampai 4."))
    check = ServiceCheck(pk=key, case=current.case, step=current, on=day, delivered=delivered)
    check.quality, check.cost, check.fits_plan = quality, _cost(cost), fits_plan
    check.at, check.by, check.by_name = at, by.pk, str(by)
    check.quantity = fitting(quantity, _("Jumlah"), LONGEST_NEED) or None
    check.unmet = fitting(unmet, _("Yang belum terpenuhi"), LONGEST_REASON) or None
    check.words = fitting(words, _("Catatan"), LONGEST_REASON) or None
    check.save(force_insert=True)
    _remind(current, current.case, _check_days(current.plan), by=by, at=at)
    _ask_on_behalf(current, delivered, by=by, on=on, at=at)
    return check


def _ask_on_behalf(step: PlanStep, delivered: str, *, by: User, on: date, at: datetime) -> None:
    reminder = Reminder(step.case, TaskKind.ADVOCATE, step.line)
    if delivered == Delivered.YES:
        reminder.done(by=by, at=at)
    elif delivered != Delivered.UNKNOWN and step.state in _PROMISED:
        reminder.put(
            by=by,
            at=at,
            due_on=on + timedelta(days=norms_for(step.case)["advocate_days"]),
            words=_("Tanyakan atas nama klien, sudah disepakati tetapi belum diberikan: %(need)s")
            % {"need": step.need},
            worker=step.in_charge,
            worker_name=step.in_charge_name,
        )


# --- what must hold ---


def _locked_step(step: PlanStep) -> PlanStep:
    return locked_row(step, "plan")


def _standing(step: PlanStep) -> list[PlanStep]:
    """The same line in every version that was not replaced: the one in force, and the one being written."""
    rows = PlanStep.objects.select_related("plan").filter(case=step.case_id, line=step.line)
    return list(rows.exclude(plan__state=PlanState.REPLACED).order_by("pk"))


def _touch(plan: Plan) -> None:
    """Whoever wants to agree to the plan must have seen it as it stands now."""
    plan.version += 1
    plan.save(update_fields=["version"])


def _check_days(plan: Plan) -> int:
    days: int = norms_for(plan.case)["service_check_days"]
    return days


def _require_checkable(step: PlanStep, day: date, on: date) -> None:
    if step.plan.state == PlanState.REPLACED:
        raise Refusal(_("Versi rencana ini sudah diganti. Buka langkahnya di versi yang berlaku."))
    if step.state not in (*_PROMISED, StepState.DONE):
        raise Refusal(
            _("Langkah ini belum diatur dengan penyedia. Ubah dahulu keadaannya, lalu catat pemantauannya.")
        )
    require_day_of(step.case, day, on)


def _checked(plan: Plan, step: PlanStep | None, typed: StepDetails) -> dict[str, Any]:
    """What was typed of a step, cleaned, field by field as in `values_of`."""
    held = values_of(step) if step else {}
    need, kind = fitting(typed["need"], _("Kebutuhan"), LONGEST_NEED), typed["service_kind"]
    if not need:
        raise Refusal(_("Tulis kebutuhan yang dijawab langkah ini."))
    if kind not in dict(service_kinds()) and kind != held.get("service_kind"):
        raise Refusal(_("Pilih jenis layanannya."))
    who = typed.get("in_charge"), typed.get("in_charge_name", "")
    return {
        "need": need,
        "service_kind": kind,
        "action": fitting(typed.get("action", ""), _("Tindakan"), LONGEST_ACTION),
        "goal": _goal(typed.get("goal"), plan),
        "provider": fitting(typed.get("provider", ""), _("Penyedia"), LONGEST_PROVIDER),
        "in_charge": _in_charge(who, plan, held.get("in_charge")),
        "due_on": typed.get("due_on"),
        "cost": _cost(typed.get("cost")),
        "alternatives": _alternatives(typed.get("alternatives", ())),
    }


def _goal(key: UUID | None, plan: Plan) -> UUID | None:
    if key is not None and not Goal.objects.filter(pk=key, case=plan.case_id).exists():
        raise Refusal(_("Pilih tujuan dari kasus ini."))
    return key


def _in_charge(
    pair: tuple[UUID | None, str], plan: Plan, held: tuple[UUID | None, str] | None
) -> tuple[UUID | None, str]:
    """Somebody of the team; who was in charge before may stay; without an account any name."""
    user, name = pair[0], fitting(pair[1], _("Penanggung jawab"), LONGEST_NAME)
    if user is None or (user, name) == held:
        return user, name
    member = CaseMember.objects.filter(case=plan.case_id, user=user, ended_on=None).first()
    if member is None:
        raise Refusal(_("Pilih penanggung jawab dari tim kasus ini."))
    return user, member.name


def _cost(amount: int | None) -> int | None:
    if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
        raise Refusal(_("Biaya ditulis dalam rupiah penuh, tidak kurang dari nol. Periksa angkanya."))
    return amount


def _alternatives(typed: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    what = _("Pilihan lain")
    said = [
        {name: fitting(entry.get(name, ""), what, LONGEST_ALTERNATIVE) for name in ("provider", "words")}
        for entry in typed
    ]
    kept = [entry for entry in said if entry["provider"]]
    if len(kept) > MOST_ALTERNATIVES:
        raise Refusal(_("Paling banyak %(most)s pilihan lain.") % {"most": MOST_ALTERNATIVES})
    return kept


def _keep_former_provider(step: PlanStep, mine: dict[str, Any]) -> None:
    """Alternatives are kept: who was to provide and does not any more becomes one."""
    former, kept = step.provider or "", mine["alternatives"]
    known = {entry["provider"].casefold() for entry in kept} | {mine["provider"].casefold()}
    if former and former.casefold() not in known and len(kept) < MOST_ALTERNATIVES:
        mine["alternatives"] = [*kept, {"provider": former, "words": ""}]


def _is_repeated(mine: Mapping[str, Any], held: Mapping[str, Any]) -> bool:
    """Whether all of it is held already, also where the former provider was kept beside it."""
    alternatives = held["alternatives"]
    if alternatives and not alternatives[-1]["words"] and alternatives[:-1] == mine["alternatives"]:
        alternatives = alternatives[:-1]
    return mine == {**held, "alternatives": alternatives}


def _fill(step: PlanStep, checked: Mapping[str, Any], organisation: UUID | None) -> None:
    step.need, step.action = checked["need"], checked["action"] or None
    step.service_kind, step.goal_id = checked["service_kind"], checked["goal"]
    step.provider, step.provider_organisation = checked["provider"] or None, organisation
    step.in_charge, step.in_charge_name = checked["in_charge"]
    step.due_on, step.cost = checked["due_on"], checked["cost"]
    step.alternatives = checked["alternatives"] or None


def _step_clash(step: PlanStep, mine: Mapping[str, Any]) -> Clash:
    """Both values of every field that differs, in words."""
    theirs = values_of(step)
    differing = [name for name in STEP_LABELS if theirs[name] != mine[name]]
    what = _("Langkah %(number)s, %(kind)s") % {"number": step.order, "kind": kind_name(step.service_kind)}
    return Clash(
        what,
        "; ".join(f"{STEP_LABELS[name]}: {in_words(name, theirs[name])}" for name in differing),
        "; ".join(f"{STEP_LABELS[name]}: {in_words(name, mine[name])}" for name in differing),
    )
