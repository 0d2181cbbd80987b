"""The five tasks of a case manager, and what in the records of one case shows that each is done.

Nothing is ticked by hand: every sign is read from what was noted for its own sake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.cases.models import (
    Assessment,
    Case,
    CaseMember,
    Conference,
    ContactKind,
    Ending,
    GoalScore,
    Moment,
    Note,
    Occasion,
    Plan,
    PlanState,
    PlanStep,
    Preparation,
    ServiceCheck,
    StepState,
    SupportReview,
)
from simpul.cases.queries.support import said
from simpul.catalogue import casework

_ARRANGED = (StepState.ARRANGED, StepState.RUNNING, StepState.DONE)
_MET = (ContactKind.VISIT, ContactKind.OFFICE, ContactKind.CALL, ContactKind.ACCOMPANIED)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that shows a task is done, or says that it is not noted yet; `address` names the page where it is made."""

    words: str
    is_there: bool
    address: str


@dataclass(frozen=True, slots=True)
class ManagerTask:
    """One of the five, with its signs."""

    title: str
    about: str
    signs: tuple[Sign, ...]

    @property
    def is_shown(self) -> bool:
        """Every sign is there."""
        return all(sign.is_there for sign in self.signs)

    @property
    def is_begun(self) -> bool:
        return any(sign.is_there for sign in self.signs)


def tasks_shown(case: Case) -> tuple[ManagerTask, ...]:
    """The five tasks as the records of this case show them. Dates and counts only; one question to the database."""
    found = Case.objects.filter(pk=case.pk).values(**_asked(case)).get()
    signs = {
        "assess": _assessing(found),
        "plan": _planning(found),
        "intervene": _intervening(found),
        "monitor": _monitoring(found),
        "evaluate": _evaluating(found),
    }
    return tuple(
        ManagerTask(said(task.title), said(task.about), signs[task.code]) for task in casework.manager_tasks()
    )


# --- what is asked ---


def _asked(case: Case) -> dict[str, Any]:
    key = case.pk
    completed = Assessment.objects.filter(case=key, completed_at__isnull=False)
    reviews = SupportReview.objects.filter(case=key)
    plans = Plan.objects.filter(case=key).exclude(agreed_on=None)
    met = Note.objects.filter(case=key, kind__in=_MET, corrections=None)
    steps = PlanStep.objects.filter(case=key, state__in=_ARRANGED).exclude(plan__state=PlanState.REPLACED)
    members = CaseMember.objects.filter(case=key, ended_on=None).exclude(profession="")
    ended = Ending.objects.filter(case=key, completed_at__isnull=False)
    checks = ServiceCheck.objects.filter(case=key)
    return {
        "baseline": _newest(completed.filter(occasion=Occasion.BASELINE)),
        "reassessed": _newest(completed.filter(occasion=Occasion.REASSESSMENT)),
        "agreed": _newest(plans, "agreed_on"),
        "by_team": _newest(plans.exclude(team_agreed_on=None), "team_agreed_on"),
        "professions": _many(members, "profession"),
        "meetings": _many(Conference.objects.filter(case=key)),
        "met": _many(met),
        "met_on": _newest(met),
        "prepared": _many(Preparation.objects.filter(case=key)),
        "arranged": _many(steps, "line"),
        "checks": _many(checks),
        "checked": _newest(checks),
        "involved": _newest(reviews.exclude(moment=Moment.BASELINE)),
        "scored": _many(GoalScore.objects.filter(case=key, moment=Moment.FINAL), "goal"),
        "evaluated": _newest(ended),
        **_judged(reviews.filter(moment=Moment.BASELINE), "first"),
        **_judged(reviews.filter(moment=Moment.FINAL), "last"),
    }


def _judged(reviews: QuerySet[Any], when: str) -> dict[str, Any]:
    newest = reviews.order_by("-on", "-at")
    names = ("on", "network", "providers")
    return {f"{when}_{name}": Subquery(newest.values(name)[:1]) for name in names}


def _newest(rows: QuerySet[Any], column: str = "on") -> Subquery:
    return Subquery(rows.order_by(F(column).desc()).values(column)[:1])


def _many(rows: QuerySet[Any], column: str = "pk") -> Subquery:
    by_case = rows.order_by().values("case")
    return Subquery(by_case.annotate(many=Count(column, distinct=True)).values("many"))


# --- the signs, in words ---

Found = Mapping[str, Any]


def _assessing(found: Found) -> tuple[Sign, ...]:
    return (
        _on(found["baseline"], _("Asesmen awal selesai"), "cases:assessments"),
        *_both_sides(found, "first", _("Jejaring dinilai"), _("Penyedia dinilai")),
    )


def _both_sides(found: Found, when: str, network: str, providers: str) -> tuple[Sign, ...]:
    """Also "not known" is an answer, and says so."""
    on = found[f"{when}_on"]
    named = {"network": network, "providers": providers}
    unknown = _("belum diketahui")
    return tuple(
        _on(on, words, "cases:support", unknown if on and found[f"{when}_{code}"] is None else "")
        for code, words in named.items()
    )


def _planning(found: Found) -> tuple[Sign, ...]:
    professions = found["professions"] or 0
    words = ngettext("%(n)s profesi dalam tim", "%(n)s profesi dalam tim", professions)
    return (
        _on(found["agreed"], _("Rencana disepakati klien"), "cases:plan"),
        _on(found["by_team"], _("Rencana disepakati tim"), "cases:plan"),
        Sign(words % {"n": professions}, professions > 1, "cases:team"),
        _times(found["meetings"], _("Rapat kasus"), "cases:conference"),
    )


def _intervening(found: Found) -> tuple[Sign, ...]:
    services = found["arranged"] or 0
    words = ngettext(
        "%(n)s layanan diatur dengan penyedianya", "%(n)s layanan diatur dengan penyedianya", services
    )
    return (
        _times(found["met"], _("Bertemu atau berbicara dengan klien"), "cases:notes", found["met_on"]),
        _times(found["prepared"], _("Klien dipersiapkan untuk layanan"), "cases:plan"),
        Sign(words % {"n": services}, services > 0, "cases:plan"),
    )


def _monitoring(found: Found) -> tuple[Sign, ...]:
    return (
        _times(found["checks"], _("Layanan diperiksa"), "cases:plan", found["checked"]),
        _on(found["reassessed"], _("Asesmen ulang selesai"), "cases:assessments"),
        _on(found["involved"], _("Keterlibatan jejaring dan penyedia dinilai lagi"), "cases:support"),
    )


def _evaluating(found: Found) -> tuple[Sign, ...]:
    goals = found["scored"] or 0
    words = ngettext("Hasil akhir %(n)s tujuan dinilai", "Hasil akhir %(n)s tujuan dinilai", goals)
    sides = _both_sides(
        found, "last", _("Jejaring dinilai saat evaluasi"), _("Penyedia dinilai saat evaluasi")
    )
    return (
        Sign(words % {"n": goals}, goals > 0, "cases:goals"),
        _on(found["evaluated"], _("Evaluasi selesai"), "cases:ending"),
        *sides,
    )


def _on(day: date | None, words: str, address: str, more: str = "") -> Sign:
    told = (words, date_format(day, "j F Y") if day else "", f"({more})" if more else "")
    return Sign(" ".join(part for part in told if part), day is not None, address)


def _times(count: int | None, words: str, address: str, last: date | None = None) -> Sign:
    number = count or 0
    told = f"{words}: " + ngettext("%(n)s kali", "%(n)s kali", number) % {"n": number}
    if last:
        told += ", " + _("terakhir %(day)s") % {"day": date_format(last, "j F Y")}
    return Sign(told, number > 0, address)
