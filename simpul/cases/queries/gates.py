"""The gates between the stages: what has to be there, in words, and what the database says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, JSONField, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.prepared import Prepared
from simpul.cases.models import (
    Assessment,
    Case,
    CaseMember,
    ContactKind,
    Ending,
    FollowUp,
    Goal,
    GoalScore,
    GoalState,
    Moment,
    Note,
    Occasion,
    Plan,
    PlanState,
    PlanStep,
    RightsGiven,
    StepState,
    SupportReview,
    Task,
    TaskKind,
    TaskState,
)
from simpul.cases.queries.office import laid_over, model_of, offices_of
from simpul.cases.stages import SIDE, WAY, Stage
from simpul.catalogue import casework
from simpul.catalogue.casework import WorkingModel
from simpul.places.models import REGENCY_SIGNS
from simpul.screening.queries import has_basis


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing that has to be there before a stage, and the page where it is made.

    `place` names that page in words; `address` is the name of its address.
    """

    code: str
    words: str
    is_met: bool
    address: str
    address_args: tuple[UUID, ...]
    place: str


# --- what stands: asked of the database at once ---

_AGREED = (PlanState.AGREED, PlanState.WAITING, PlanState.APPROVED)
_ARRANGED = (StepState.ARRANGED, StepState.RUNNING, StepState.DONE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gates look at: the case, what is written in it, and how its office works."""

    case: Case
    on: date
    found: dict[str, Any]
    norms: dict[str, Any]
    model: WorkingModel | None

    def has(self, name: str) -> bool:
        return bool(self.found[f"has_{name}"])


def standing_of(case: Case, on: date) -> Standing:
    """One question to the database for everything that gates look at but the legal basis."""
    return standing_in(case, on, _STANDING.rows(bool(case.organisation), **asked_of(case))[0])


def standing_in(case: Case, on: date, found: dict[str, Any]) -> Standing:
    """The same from the row of a larger question that holds `questions`."""
    norms, model = laid_over(found["own_norms"] or {}), model_of(case, found["own_models"] or {})
    return Standing(case, on, found, norms, model)


def asked_of(case: Case) -> dict[str, Any]:
    """By which values of the case it is asked how it stands; `office` is whose norms it follows."""
    return {"key": case.pk, "office": case.organisation or case.region[:REGENCY_SIGNS]}


def _standing(of_organisation: bool, *, key: UUID, office: UUID | str) -> QuerySet[Any, Any]:
    rows = Case.objects.filter(pk=key).order_by()
    return rows.values(**questions(of_organisation, key=key, office=office))


_STANDING = Prepared(_standing)


def questions(of_organisation: bool, *, key: UUID, office: UUID | str) -> dict[str, Any]:
    """Everything that gates look at, as expressions by name."""
    of_office = Case(organisation=office) if of_organisation else Case(region=str(office))
    completed = Assessment.objects.filter(case=key, completed_at__isnull=False)
    baselines = completed.filter(occasion=Occasion.BASELINE)
    active = Goal.objects.filter(case=key, state=GoalState.ACTIVE)
    plans = Plan.objects.filter(case=key)
    ending = Ending.objects.filter(case=key)
    reviews = SupportReview.objects.filter(case=key)
    final = GoalScore.objects.filter(moment=Moment.FINAL)
    asked = {
        "prescreened": Note.objects.filter(case=key, kind=ContactKind.PRESCREENING),
        "rights": RightsGiven.objects.filter(case=key),
        "baseline": baselines,
        "reassessed": completed.filter(
            occasion=Occasion.REASSESSMENT, instrument__in=baselines.order_by().values("instrument")
        ),
        "functional": completed.filter(_by_function()),
        "strengths": completed.filter(strengths_sealed__isnull=False),
        "goal": active.filter(criterion_sealed__isnull=False, target_on__isnull=False),
        "agreed": plans.filter(state__in=_AGREED),
        "approved": plans.filter(state=PlanState.APPROVED),
        "support": reviews,
        "support_again": reviews.filter(moment=Moment.FINAL),
        "arranged": PlanStep.objects.filter(case=key, state__in=_ARRANGED),
        "unscored": active.filter(~Exists(final.filter(goal=OuterRef("pk")))),
        "scored": final.filter(case=key),
        "process": ending.filter(process_sealed__isnull=False),
        "lasting": ending.filter(process_sealed__isnull=False, is_lasting_need=True),
        "ended": ending.filter(completed_at__isnull=False),
        "visits": FollowUp.objects.filter(case=key).filter(_still_to_come()),
    }
    return {f"has_{name}": Exists(rows) for name, rows in asked.items()} | {
        "professions": Subquery(_professions(key), output_field=IntegerField()),
        "own_norms": Subquery(offices_of(of_office).values("norms")[:1], output_field=JSONField()),
        "own_models": Subquery(offices_of(of_office).values("models")[:1], output_field=JSONField()),
    }


def _by_function() -> Q:
    """By an instrument that asks what somebody can do."""
    wanted = Q(pk__in=[])
    for beginning in casework.functional_instruments():
        wanted |= Q(instrument__startswith=beginning)
    return wanted


def _still_to_come() -> Q:
    """Follow-ups that nobody made, and whose reminder was not dropped."""
    dropped = Task.objects.filter(
        case=OuterRef("case"), kind=TaskKind.FOLLOW_UP, about=OuterRef("pk"), state=TaskState.DROPPED
    )
    return Q(~Exists(dropped), done_on=None)


def _professions(key: UUID) -> QuerySet[Any]:
    members = CaseMember.objects.filter(case=key, ended_on=None).exclude(profession="")
    by_case = members.order_by().values("case")
    kinds: QuerySet[Any] = by_case.annotate(kinds=Count("profession", distinct=True)).values("kinds")
    return kinds


# --- the gates, in words ---

Part = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class _Rule:
    words: str | Promise
    place: str | Promise
    address: str
    is_met: Part


def _is_planned(now: Standing) -> bool:
    return now.has("approved") if now.norms["plan_needs_approval"] else now.has("agreed")


def _is_evaluated(now: Standing) -> bool:
    """Every goal has its final level; where the process counts, what came of the services is enough."""
    model = now.model
    by_process = now.has("lasting") or (
        model is not None and model.evaluation == "process" and now.has("process")
    )
    return by_process or (now.has("scored") and not now.has("unscored"))


_ASSESSMENTS = (_("halaman Asesmen"), "cases:assessments")
_SUPPORT = (_("halaman Jejaring dan penyedia"), "cases:support")
_RULES: dict[str, _Rule] = {
    "prescreened": _Rule(
        _("Penyaringan awal sudah dicatat: apakah layanan lain perlu didahulukan"),
        _("halaman Penyaringan awal"),
        "cases:prescreening",
        lambda now: now.has("prescreened"),
    ),
    "legal_basis": _Rule(
        _("Persetujuan atau dasar hukum lain masih berlaku"),
        _("halaman Hak klien"),
        "cases:rights",
        lambda now: has_basis(now.case.person, now.on),
    ),
    "rights_given": _Rule(
        _("Lembar hak klien sudah diberikan dan dijelaskan"),
        _("halaman Hak klien"),
        "cases:rights",
        lambda now: now.has("rights"),
    ),
    "baseline": _Rule(_("Asesmen awal sudah selesai"), *_ASSESSMENTS, lambda now: now.has("baseline")),
    "functional_assessment": _Rule(
        _("Asesmen fungsi sudah selesai, sesuai model kerja kasus ini"),
        *_ASSESSMENTS,
        lambda now: now.has("functional"),
    ),
    "strengths_inventory": _Rule(
        _("Kekuatan dan sumber klien sudah dicatat dalam asesmen, sesuai model kerja kasus ini"),
        *_ASSESSMENTS,
        lambda now: now.has("strengths"),
    ),
    "support": _Rule(
        _("Jejaring klien dan kemampuan penyedia sudah dinilai; “belum diketahui” juga jawaban"),
        *_SUPPORT,
        lambda now: now.has("support"),
    ),
    "goal": _Rule(
        _("Ada tujuan dengan ukuran keberhasilan dan tanggal"),
        _("halaman Tujuan"),
        "cases:goals",
        lambda now: now.has("goal"),
    ),
    "plan": _Rule(_("Rencana sudah disepakati"), _("halaman Rencana"), "cases:plan", _is_planned),
    "professional_team": _Rule(
        _("Tim terdiri dari lebih dari satu profesi, sesuai model kerja kasus ini"),
        _("halaman Tim"),
        "cases:team",
        lambda now: (now.found["professions"] or 0) > 1,
    ),
    "arranged": _Rule(
        _("Ada layanan yang sudah diatur dengan penyedianya"),
        _("halaman Rencana"),
        "cases:plan",
        lambda now: now.has("arranged"),
    ),
    "reassessed": _Rule(
        _("Asesmen ulang dengan instrumen yang sama sudah selesai"),
        *_ASSESSMENTS,
        lambda now: now.has("reassessed"),
    ),
    "evaluated": _Rule(
        _("Hasil akhir setiap tujuan sudah dinilai, atau evaluasi proses untuk kebutuhan yang menetap"),
        _("halaman Pengakhiran"),
        "cases:ending",
        _is_evaluated,
    ),
    "support_again": _Rule(
        _("Jejaring klien dan kemampuan penyedia sudah dinilai lagi saat evaluasi"),
        *_SUPPORT,
        lambda now: now.has("support_again"),
    ),
    "ending": _Rule(
        _("Pengakhiran sudah diselesaikan bersama klien"),
        _("halaman Pengakhiran"),
        "cases:ending",
        lambda now: now.has("ended"),
    ),
    "follow_ups": _Rule(
        _("Semua kunjungan bimbingan lanjut sudah dilakukan atau dibatalkan"),
        _("halaman Pengakhiran"),
        "cases:ending",
        lambda now: not now.has("visits"),
    ),
}
_APPROVED = _("Rencana sudah disepakati dan disetujui supervisor")

# What is needed to enter a stage. Whoever passes several stages at once passes the gates of all of them.
ENTRY: dict[Stage, tuple[str, ...]] = {
    Stage.INTAKE: ("prescreened",),
    Stage.ASSESSMENT: ("legal_basis", "rights_given"),
    Stage.GOALS: ("baseline", "support", "functional_assessment", "strengths_inventory"),
    Stage.PLANNING: ("goal",),
    Stage.LINKING: ("plan", "professional_team"),
    Stage.MONITORING: ("arranged",),
    Stage.EVALUATION: ("reassessed",),
    Stage.TRANSITION: ("evaluated", "support_again"),
    Stage.FOLLOW_UP: ("ending",),
    Stage.CLOSED: ("follow_ups",),
}


def codes_between(model: WorkingModel | None, now: Stage, to: Stage) -> tuple[str, ...]:
    """The gates from one stage to another; parts that only another working model requires are left out."""
    if now in SIDE or to in SIDE:
        return ()
    passed = WAY[WAY.index(now) + 1 : WAY.index(to) + 1]
    required = model.required_parts if model else ()
    codes = (code for stage in passed for code in ENTRY.get(stage, ()))
    return tuple(code for code in codes if code not in casework.REQUIRED_PARTS or code in required)


def gates(codes: tuple[str, ...], now: Standing) -> tuple[Gate, ...]:
    """These gates as they stand."""
    return tuple(_gate(code, now) for code in codes)


def _gate(code: str, now: Standing) -> Gate:
    rule = _RULES[code]
    words = _APPROVED if code == "plan" and now.norms["plan_needs_approval"] else rule.words
    return Gate(code, str(words), rule.is_met(now), rule.address, (now.case.pk,), str(rule.place))


def gate_words(code: str) -> str:
    """A gate by itself, as a page tells of it; the code of one that is no longer known."""
    return str(_RULES[code].words) if code in _RULES else code
