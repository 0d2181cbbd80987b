"""The plan in versions: begun, agreed by the client and the team, approved or returned, replaced."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.access.secrets import sealed_fields
from simpul.cases.actions.goals import _told
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Case, Plan, PlanState, PlanStep, StepState, TaskKind
from simpul.cases.queries.case import require_day_of, require_open, require_ready
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.queries.office import norms_for
from simpul.cases.queries.plans import (
    IN_FORCE,
    IN_THE_MAKING,
    LONGEST_CRISIS,
    LONGEST_HOW,
    LONGEST_NAME,
    can_be_approved,
    check_due_on,
    in_force,
    in_the_making,
    made_by,
    plans_of,
)
from simpul.people.models import Capacity
from simpul.people.queries import require_not_limited


class OwnPlan(Refusal):
    """Whoever wrote a plan does not approve it."""

    def __init__(self) -> None:
        super().__init__(
            _("Rencana ini Anda susun sendiri, jadi supervisor lain yang memeriksanya. Beri tahu rekan Anda.")
        )


@action(Permission.CASE_PLAN)
def start_plan(case: Case, /, *, by: User, key: UUID, on: date, at: datetime) -> Plan:
    """Begin a version of the plan: the first, or a copy of the one in force, with every step of it.

    The one in force goes on until the new one is agreed. A repeated key gives the same version. Refuses while
    another version is being written or waits.
    """
    current = locked_case(case)
    if repeated := made_before(Plan, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    plans = plans_of(current)
    if waiting := in_the_making(plans):
        raise Refusal(
            _("Versi %(number)s belum selesai: %(state)s. Lanjutkan yang itu.")
            % {"number": waiting.number, "state": waiting.get_state_display()}
        )
    last = Plan.objects.filter(case=current).aggregate(last=Max("number"))["last"] or 0
    plan = Plan(pk=key, case=current, number=last + 1, at=at, by=by.pk, by_name=str(by))
    older = in_force(plans)
    plan.crisis = older.crisis if older else None
    plan.save(force_insert=True)
    for step in PlanStep.objects.filter(plan=older).order_by("order") if older else ():
        _copied(step, plan, by=by, at=at).save(force_insert=True)
    return plan


@action(Permission.CASE_PLAN)
def write_crisis_plan(plan: Plan, /, *, by: User, version: int, words: str, on: date, at: datetime) -> Plan:
    """What is done, and who is called, when things get worse. Raises Clash when somebody was faster."""
    current = locked_row(plan)
    require_ready(current.case, on)
    said = fitting(words, _("Rencana saat krisis"), LONGEST_CRISIS)
    theirs = current.crisis or ""
    if current.version != version:
        if theirs == said:
            return current
        raise Clash(_("Rencana saat krisis"), theirs or _("(kosong)"), said or _("(kosong)"))
    _require_in_the_making(current)
    current.crisis, current.version = said or None, version + 1
    current.save(update_fields=["crisis_sealed", "version"])
    return current


@action(Permission.CASE_PLAN)
def agree(
    plan: Plan,
    /,
    *,
    by: User,
    version: int,
    capacity: str,
    how: str,
    agreed_on: date,
    team_agreed_on: date,
    on: date,
    at: datetime,
    agreed_by: str = "",
    team_says: str = "",
) -> Plan:
    """The client or guardian, and the team, agreed to this version as it stands at `version`.

    Where the office wants approval it then waits for a supervisor; otherwise it holds at once. Sent twice it
    is agreed once. Raises Clash when a step or the crisis plan was changed after the page was opened.
    """
    current = locked_row(plan)
    require_ready(current.case, on)
    if current.version == version + 1 and current.state not in IN_THE_MAKING and current.agreed_on:
        return current
    if current.version != version:
        raise Clash(
            _("Rencana versi %(number)s") % {"number": current.number},
            _("%(state)s, dengan perubahan sesudah Anda membukanya") % {"state": current.get_state_display()},
            _("Disepakati"),
        )
    _require_in_the_making(current)
    if not PlanStep.objects.filter(plan=current).exists():
        raise Refusal(_("Rencana ini belum berisi langkah. Tambahkan dahulu paling sedikit satu langkah."))
    for day in (agreed_on, team_agreed_on):
        require_day_of(current.case, day, on)
    _fill_agreement(current, capacity, agreed_by, how, team_says, agreed_on)
    current.agreed_on, current.team_agreed_on = agreed_on, team_agreed_on
    current.version = version + 1
    Reminder(current.case, TaskKind.PLAN_STEP, current.pk).done(by=by, at=at)
    if norms_for(current.case)["plan_needs_approval"]:
        current.state = PlanState.WAITING
        current.save()
        _ask_for_approval(current, by=by, on=on, at=at)
    else:
        _put_in_force(current, PlanState.AGREED, by=by, at=at)
    return current


@action(Permission.CASE_APPROVE)
def decide(
    plan: Plan, /, *, by: User, version: int, approved: bool, on: date, at: datetime, reason: str = ""
) -> Plan:
    """A supervisor lets a plan hold, or returns it with what is to be put right. Never whoever wrote it.

    Sent twice it is decided once. Raises Clash when it was decided otherwise meanwhile, OwnPlan.
    """
    current = locked_row(plan)
    wanted = PlanState.APPROVED if approved else PlanState.RETURNED
    if current.version != version:
        if current.version == version + 1 and current.state == wanted:
            return current
        raise Clash(
            _("Rencana versi %(number)s") % {"number": current.number},
            current.get_state_display(),
            str(wanted.label),
        )
    require_open(current.case)
    require_not_limited(current.case.person_id)
    if current.state != PlanState.WAITING:
        raise Refusal(
            _("Rencana ini tidak sedang menunggu persetujuan: %(state)s.")
            % {"state": current.get_state_display()}
        )
    if made_by(current, by):
        raise OwnPlan
    said = fitting(reason, _("Catatan"), LONGEST_HOW) if approved else _told(reason)
    current.decision_because, current.version = said or None, version + 1
    for kind in (TaskKind.APPROVAL, TaskKind.OWN):
        Reminder(current.case, kind, current.pk).done(by=by, at=at)
    if approved:
        current.approved_at, current.approved_by_name = at, str(by)
        _put_in_force(current, wanted, by=by, at=at)
    else:
        current.state = wanted
        current.save()
        _ask_to_put_right(current, by=by, on=on, at=at)
    return current


# --- what must hold ---


def _require_in_the_making(plan: Plan) -> None:
    if plan.state not in IN_THE_MAKING:
        raise Refusal(
            _(
                "Rencana versi %(number)s tidak diubah lagi: %(state)s. "
                "Untuk mengubahnya, mulai versi baru; semua langkah ikut ke sana."
            )
            % {"number": plan.number, "state": plan.get_state_display()}
        )


def _fill_agreement(plan: Plan, capacity: str, agreed_by: str, how: str, team_says: str, on: date) -> None:
    if capacity not in Capacity.values:
        raise Refusal(_("Pilih siapa yang menyetujui rencana ini."))
    if capacity == Capacity.SELF and plan.case.person.is_child_on(on):
        raise Refusal(_("Untuk seorang anak, orang tua atau walinya ikut menyetujui. Catat siapa orangnya."))
    name = fitting(agreed_by, _("Nama"), LONGEST_NAME)
    if capacity != Capacity.SELF and not name:
        raise Refusal(_("Tulis nama orang tua, wali, atau pendamping yang ikut menyetujui."))
    said = fitting(how, _("Cara menyepakati"), LONGEST_HOW)
    if not said:
        raise Refusal(_("Tulis bagaimana rencana ini dijelaskan dan disepakati."))
    plan.agreed_capacity, plan.agreed_by, plan.agreed_how = capacity, name or None, said
    plan.team_says = fitting(team_says, _("Pendapat tim"), LONGEST_HOW) or None


def _copied(step: PlanStep, plan: Plan, *, by: User, at: datetime) -> PlanStep:
    """The same line in a newer version; words are sealed anew, since they are bound to their row."""
    copy = PlanStep(
        case=plan.case,
        plan=plan,
        line=step.line,
        order=step.order,
        goal_id=step.goal_id,
        service_kind=step.service_kind,
        provider_organisation=step.provider_organisation,
        in_charge=step.in_charge,
        in_charge_name=step.in_charge_name,
        due_on=step.due_on,
        cost=step.cost,
        state=step.state,
        state_since=step.state_since,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    for name in sealed_fields(PlanStep):
        setattr(copy, name, getattr(step, name))
    return copy


# --- what follows ---


def _put_in_force(plan: Plan, state: str, *, by: User, at: datetime) -> None:
    """This version holds from now on, the older one is replaced, and reminders follow its dates."""
    for older in Plan.objects.select_for_update().filter(case=plan.case, state__in=IN_FORCE):
        older.state = PlanState.REPLACED
        older.save(update_fields=["state"])
    plan.state = state
    plan.save()
    every = norms_for(plan.case)["service_check_days"]
    for step in PlanStep.objects.filter(plan=plan):
        _remind(step, plan.case, every, by=by, at=at)


def _remind(step: PlanStep, case: Case, every: int, *, by: User, at: datetime) -> None:
    """The one task behind a line of the plan: its date or, while a service runs, the next check.

    It hangs on the line, which is the same in all versions, and follows the version in force.
    """
    standing = PlanStep.objects.filter(case=case, line=step.line, plan__state__in=IN_FORCE).first() or step
    reminder = Reminder(case, TaskKind.PLAN_STEP, standing.line)
    if standing.state == StepState.RUNNING:
        due_on: date | None = check_due_on(standing, every)
        words = _("Periksa apakah layanan diberikan: %(need)s") % {"need": standing.need}
    else:
        due_on, words = standing.due_on, standing.action or standing.need
    if standing.state == StepState.DONE:
        reminder.done(by=by, at=at)
    elif standing.state in (StepState.DROPPED, StepState.NO_SERVICE) or due_on is None:
        reminder.drop(by=by, at=at)
    else:
        reminder.put(
            by=by,
            at=at,
            due_on=due_on,
            words=words,
            worker=standing.in_charge,
            worker_name=standing.in_charge_name,
        )


def _ask_for_approval(plan: Plan, *, by: User, on: date, at: datetime) -> None:
    """A task of nobody in particular: whichever supervisor reaches the case may take it."""
    days = norms_for(plan.case)["handover_answer_days"]
    words = _("Periksa rencana versi %(number)s") % {"number": plan.number}
    Reminder(plan.case, TaskKind.APPROVAL, plan.pk).put(
        by=by, at=at, due_on=on + timedelta(days=days), words=words, for_nobody=True
    )
    if not can_be_approved(plan):
        words = _("Undang seorang supervisor ke dalam tim: rencana versi %(number)s menunggu persetujuan") % {
            "number": plan.number
        }
        Reminder(plan.case, TaskKind.OWN, plan.pk).put(by=by, at=at, due_on=on, words=words)


def _ask_to_put_right(plan: Plan, *, by: User, on: date, at: datetime) -> None:
    days = norms_for(plan.case)["handover_answer_days"]
    words = _("Perbaiki rencana versi %(number)s yang dikembalikan") % {"number": plan.number}
    Reminder(plan.case, TaskKind.PLAN_STEP, plan.pk).put(
        by=by, at=at, due_on=on + timedelta(days=days), words=words
    )
