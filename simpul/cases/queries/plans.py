"""The plan of a case: its versions, its steps, whether services were given, and needs that found none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.cases.models import (
    Case,
    CaseMember,
    Delivered,
    Goal,
    Plan,
    PlanState,
    PlanStep,
    ServiceCheck,
    StepState,
)
from simpul.cases.queries.linking import prepared_in
from simpul.cases.queries.team import colleagues_of
from simpul.cases.stages import Confidentiality
from simpul.catalogue import casework
from simpul.organisations.queries import directory
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import names_of, signs_below
from simpul.ui.templatetags.ui import rupiah

LONGEST_NEED = 500
LONGEST_ACTION = 500
LONGEST_PROVIDER = 200
LONGEST_ALTERNATIVE = 300
MOST_ALTERNATIVES = 10
LONGEST_CRISIS = 4000
LONGEST_HOW = 1000
LONGEST_NAME = 200
MOST_PROVIDERS_OFFERED = 200

IN_FORCE = (PlanState.AGREED, PlanState.APPROVED)
IN_THE_MAKING = (PlanState.DRAFT, PlanState.RETURNED)
TO_BE_DONE = (StepState.PLANNED, StepState.ARRANGED, StepState.RUNNING)

STEP_LABELS: dict[str, Promise] = {
    "need": gettext_lazy("Kebutuhan"),
    "service_kind": gettext_lazy("Jenis layanan"),
    "action": gettext_lazy("Tindakan"),
    "goal": gettext_lazy("Tujuan"),
    "provider": gettext_lazy("Penyedia"),
    "in_charge": gettext_lazy("Penanggung jawab"),
    "due_on": gettext_lazy("Tanggal"),
    "cost": gettext_lazy("Biaya"),
    "alternatives": gettext_lazy("Pilihan lain"),
}


def kind_name(code: str) -> str:
    """The name of a kind of service in the language of this page; the code where it is not known any more."""
    try:
        return casework.entry("service_kinds", code).title.in_language(get_language() or "id")
    except KeyError:
        return code


def service_kinds() -> list[tuple[str, str]]:
    """Every kind of service with its name, for choosing one."""
    return [(entry.code, kind_name(entry.code)) for entry in casework.service_kinds()]


def providers() -> dict[str, UUID]:
    """The organisations of the register by name, as the field of the provider offers them."""
    return {str(row): row.pk for row in directory()[:MOST_PROVIDERS_OFFERED]}


def team_of(case: Case) -> tuple[CaseMember, ...]:
    """Who works on the case today, the manager first."""
    return tuple(CaseMember.objects.filter(case=case, ended_on=None).order_by("-is_manager", "name", "pk"))


# --- versions ---


def plans_of(case: Case) -> tuple[Plan, ...]:
    """Every version, the newest first."""
    return tuple(Plan.objects.filter(case=case).order_by("-number"))


def in_force(plans: Iterable[Plan]) -> Plan | None:
    """The version that holds."""
    return next((plan for plan in plans if plan.state in IN_FORCE), None)


def in_the_making(plans: Iterable[Plan]) -> Plan | None:
    """The version that is being written, or waits for its approval."""
    return next((plan for plan in plans if plan.state in (*IN_THE_MAKING, PlanState.WAITING)), None)


def plan_of(case: Case) -> Plan | None:
    """The plan to show or print: the version in force, or else the one being written."""
    plans = plans_of(case)
    return in_force(plans) or in_the_making(plans)


def crisis_of(case: Case) -> str:
    """What is done, and who is called, when things get worse: of the version in force, or else the one being written."""
    plan = plan_of(case)
    return (plan.crisis or "") if plan else ""


def before(plan: Plan) -> Plan | None:
    """The version before this one."""
    return Plan.objects.filter(case=plan.case_id, number__lt=plan.number).order_by("-number").first()


def made_by(plan: Plan, user: User) -> bool:
    """Whether somebody wrote this version or a step of it, and so may not approve it."""
    return plan.by == user.pk or PlanStep.objects.filter(plan=plan, by=user.pk).exists()


def can_be_approved(plan: Plan) -> bool:
    """Whether somebody who did not write this version may decide on it.

    Only of a case that is its team's alone can all supervisors be outside, without anybody noticing.
    """
    if plan.case.confidentiality != Confidentiality.TEAM_ONLY:
        return True
    authors = {plan.by, *PlanStep.objects.filter(plan=plan).values_list("by", flat=True)}
    return any(one.key not in authors for one in colleagues_of(plan.case, Permission.CASE_APPROVE))


# --- steps ---


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the plan as it is shown; words are empty for who may not read them."""

    key: UUID
    line: UUID
    number: int
    goal: int | None
    kind_name: str
    need: str
    action: str
    provider: str
    alternatives: tuple[str, ...]
    in_charge_name: str
    due_on: date | None
    cost: int | None
    state: str
    state_name: str
    state_since: date
    outcome: str
    last_checked_on: date | None
    last_delivered: str
    is_late: bool
    lacks: tuple[str, ...]
    prepared: tuple[str, ...] = ()

    @property
    def last_delivered_name(self) -> str:
        return str(Delivered(self.last_delivered).label) if self.last_delivered else ""

    @property
    def is_open(self) -> bool:
        return self.state in TO_BE_DONE


def steps_of(plan: Plan, on: date, *, is_told: bool) -> tuple[StepRow, ...]:
    """The steps of one version in their order."""
    return tuple(_row(step, on, is_told) for step in _with_checks(PlanStep.objects.filter(plan=plan)))


def with_preparations(rows: tuple[StepRow, ...], case: Case) -> tuple[StepRow, ...]:
    """The same steps with what was done to prepare the client for each, by title; one question to the database."""
    found = prepared_in(case, is_told=False) if rows else {}
    return tuple(
        replace(row, prepared=tuple(part.title for part in found[row.line].done))
        if row.line in found
        else row
        for row in rows
    )


def _with_checks(steps: Any) -> Any:
    """Steps with the day and the answer of the newest check, also one made under an earlier version."""
    checks = ServiceCheck.objects.filter(step__line=OuterRef("line"), case=OuterRef("case"))
    newest = checks.order_by("-on", "-at")
    return steps.annotate(
        checked_on=Subquery(newest.values("on")[:1]),
        delivered=Subquery(newest.values("delivered")[:1]),
        goal_number=F("goal__number"),
    ).order_by("order", "at")


def _row(step: Any, on: date, is_told: bool) -> StepRow:
    return StepRow(
        key=step.pk,
        line=step.line,
        number=step.order,
        goal=step.goal_number,
        kind_name=kind_name(step.service_kind),
        need=(step.need or "") if is_told else "",
        action=(step.action or "") if is_told else "",
        provider=(step.provider or "") if is_told else "",
        alternatives=said_alternatives(step.alternatives) if is_told else (),
        in_charge_name=step.in_charge_name,
        due_on=step.due_on,
        cost=step.cost,
        state=step.state,
        state_name=step.get_state_display(),
        state_since=step.state_since,
        outcome=(step.outcome or "") if is_told else "",
        last_checked_on=step.checked_on,
        last_delivered=step.delivered or "",
        is_late=_is_late(step, on),
        lacks=_lacks(step) if is_told else (),
    )


def _is_late(step: PlanStep, on: date) -> bool:
    waits = step.state in (StepState.PLANNED, StepState.ARRANGED)
    return waits and step.due_on is not None and step.due_on < on


def _lacks(step: PlanStep) -> tuple[str, ...]:
    """What a step that is still to be done does not say yet."""
    if step.state not in TO_BE_DONE:
        return ()
    told = {
        _("penyedia"): step.provider,
        _("penanggung jawab"): step.in_charge_name,
        _("tanggal"): step.due_on,
    }
    return tuple(name for name, value in told.items() if not value)


def said_alternatives(alternatives: list[dict[str, str]] | None) -> tuple[str, ...]:
    """One line each: the provider, and what is said of it."""
    return tuple(
        f"{entry['provider']}: {entry['words']}" if entry.get("words") else entry["provider"]
        for entry in alternatives or ()
    )


def total_cost(rows: Iterable[StepRow]) -> int | None:
    """What all steps that are not given up cost together; None where none names a cost."""
    given_up = (StepState.DROPPED, StepState.NO_SERVICE)
    known = [row.cost for row in rows if row.cost is not None and row.state not in given_up]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Panel:
    """The plan on the page of the case: the version that counts, and what is still to be done of it."""

    plan: Plan | None
    rows: tuple[StepRow, ...]
    done: int
    unmet: int
    waits: bool
    is_told: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """In two questions to the database; words only for who may read workers' own."""
    reads = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW).filter(pk=case.pk)
    plans = list(Plan.objects.filter(case=case).annotate(is_told=Exists(reads)).order_by("-number"))
    shown: Any = in_force(plans) or in_the_making(plans)
    if shown is None:
        return Panel(None, (), 0, 0, waits=False, is_told=False)
    rows = steps_of(shown, on, is_told=shown.is_told)
    return Panel(
        plan=shown,
        rows=tuple(row for row in rows if row.is_open),
        done=sum(row.state == StepState.DONE for row in rows),
        unmet=sum(row.state == StepState.NO_SERVICE for row in rows),
        waits=any(plan.state == PlanState.WAITING for plan in plans),
        is_told=shown.is_told,
    )


# --- what changed from version to version ---


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a step in two versions, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the plan in two versions: "new", "changed" or "same"."""

    kind: str
    words: str
    differences: tuple[Difference, ...] = ()


def changes(older: Plan, newer: Plan) -> tuple[Change, ...]:
    """Every step of the newer version beside what it was in the older one."""
    was = {step.line: step for step in PlanStep.objects.filter(plan=older).select_related("goal")}
    now = PlanStep.objects.filter(plan=newer).select_related("goal").order_by("order", "at")
    return tuple(_change(was.get(step.line), step) for step in now)


def _change(was: PlanStep | None, now: PlanStep) -> Change:
    words = now.need or ""
    if was is None:
        return Change("new", words)
    old, new = values_of(was), values_of(now)
    found = [
        Difference(str(label), in_words(name, old[name]), in_words(name, new[name]))
        for name, label in STEP_LABELS.items()
        if old[name] != new[name]
    ]
    if was.state != now.state:
        found.append(Difference(_("Keadaan"), was.get_state_display(), now.get_state_display()))
    return Change("changed" if found else "same", words, tuple(found))


def values_of(step: PlanStep) -> dict[str, Any]:
    """What was planned in a step, field by field, for comparing."""
    return {
        "need": step.need or "",
        "service_kind": step.service_kind,
        "action": step.action or "",
        "goal": step.goal_id,
        "provider": step.provider or "",
        "in_charge": (step.in_charge, step.in_charge_name),
        "due_on": step.due_on,
        "cost": step.cost,
        "alternatives": step.alternatives or [],
    }


def in_words(name: str, value: Any) -> str:
    """One value of a step as a person reads it."""
    words: Mapping[str, Any] = {
        "service_kind": kind_name,
        "goal": _goal_words,
        "in_charge": lambda pair: pair[1],
        "due_on": lambda day: f"{day:%d-%m-%Y}" if day else "",
        "cost": rupiah,
        "alternatives": lambda entries: "; ".join(said_alternatives(entries)),
    }
    said = words[name](value) if name in words else value
    return str(said) if said else _("(kosong)")


def _goal_words(key: UUID | None) -> str:
    goal = Goal.objects.filter(pk=key).first() if key else None
    return f"{goal.number}. {goal.words}" if goal else ""


# --- was it given? ---


def checks_of(step: PlanStep) -> tuple[ServiceCheck, ...]:
    """Every check of this line of the plan, under whichever version, the newest first."""
    return tuple(ServiceCheck.objects.filter(case=step.case_id, step__line=step.line).order_by("-on", "-at"))


def check_due_on(step: PlanStep, every: int) -> date:
    """When a running service is to be looked at next: so many days after the last check, or its beginning."""
    newest = ServiceCheck.objects.filter(case=step.case_id, step__line=step.line).aggregate(last=Max("on"))
    last: date = max(newest["last"] or step.state_since, step.state_since)
    return last + timedelta(days=every)


# --- needs that found no service ---


@dataclass(frozen=True, slots=True)
class Unmet:
    """How many needs of one kind found no service in one area, and of how many people."""

    region: str
    place: str
    service_kind: str
    kind_name: str
    steps: int
    persons: int


def unmet_needs(viewer: User, region: str, on: date) -> tuple[Unmet, ...]:
    """Needs for which no service was found by that day, in cases within reach that were still open on it.

    `region` is a code whose parts are counted; empty for the whole reach by regency. One line of a plan is
    counted once, in however many versions it stands.
    """
    steps = (
        PlanStep.objects.reachable(viewer, Permission.CASE_VIEW)
        .filter(Q(case__closed_on=None) | Q(case__closed_on__gt=on))
        .filter(state=StepState.NO_SERVICE, state_since__lte=on)
        .exclude(plan__state=PlanState.REPLACED)
    )
    if region:
        steps = steps.filter(lies_in("case__person__region", region))
    # Counted one level below the area asked about: by regency, district, village.
    length = max(signs_below(region), REGENCY_SIGNS)
    counted = list(
        steps.annotate(area=Substr("case__person__region", 1, length))
        .values("area", "service_kind")
        .annotate(steps=Count("line", distinct=True), persons=Count("case__person", distinct=True))
        .order_by("area", "-steps", "service_kind")
    )
    places = names_of({row["area"] for row in counted if row["area"]})
    return tuple(
        Unmet(
            region=row["area"],
            place=str(places.get(row["area"], row["area"])),
            service_kind=row["service_kind"],
            kind_name=kind_name(row["service_kind"]),
            steps=row["steps"],
            persons=row["persons"],
        )
        for row in counted
    )
