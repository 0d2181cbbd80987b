"""Goals: set in the client's words, changed, scored on their five levels, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Case, Ending, Goal, GoalScore, GoalState, Moment, TaskKind, Term
from simpul.cases.queries.case import require_day_of, require_not_far, require_open, require_ready
from simpul.cases.queries.goals import (
    LEVEL_NAMES,
    LONGEST_CRITERION,
    LONGEST_LEVEL,
    LONGEST_REASON,
    LONGEST_WORDS,
    SHORTEST_REASON,
    may_be_scored,
)
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.people.queries import require_not_limited
from simpul.screening.queries import require_basis

_LABELS: dict[str, Promise] = {
    "words": gettext_lazy("Tujuan"),
    "term": gettext_lazy("Jangka"),
    "criterion": gettext_lazy("Ukuran tercapainya"),
    "target_on": gettext_lazy("Tanggal sasaran"),
    "priority": gettext_lazy("Prioritas"),
    "weight": gettext_lazy("Bobot"),
    "levels": gettext_lazy("Tingkat pencapaian"),
    "parent": gettext_lazy("Bagian dari tujuan"),
}


class GoalDetails(TypedDict, total=False):
    """What is said of a goal. `levels` describes "-2" to "2", `parent` is the key of the goal that it leads to."""

    words: Required[str]
    term: Required[str]
    criterion: str
    target_on: date | None
    priority: int
    weight: int
    levels: Mapping[str, str] | None
    parent: UUID | None


@action(Permission.CASE_PLAN)
def set_goal(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    domain: str = "",
    **typed: Unpack[GoalDetails],
) -> Goal:
    """A new goal of a case. Only its words and term must be there; what else is missing is pointed out.

    A repeated key gives the same goal. Raises ConsentNeeded without a legal basis, Refusal otherwise.
    """
    current = locked_case(case)
    if repeated := made_before(Goal, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    require_not_far(typed.get("target_on"), on)
    checked = _checked(current, None, typed)
    last = Goal.objects.filter(case=current).aggregate(last=Max("number"))["last"] or 0
    goal = Goal(pk=key, case=current, number=last + 1, domain=domain, at=at, by=by.pk, by_name=str(by))
    _fill(goal, checked)
    goal.save(force_insert=True)
    _remind(goal, by=by, at=at)
    return goal


@action(Permission.CASE_PLAN)
def edit_goal(
    goal: Goal,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    **typed: Unpack[GoalDetails],
) -> Goal:
    """Change a goal as `set_goal` would set it. Levels by which it was scored already stay as they are.

    The same change sent twice changes nothing. Raises Clash, with both values, when somebody was faster.
    """
    current = locked_row(goal)
    require_ready(current.case, on)
    require_not_far(typed.get("target_on"), on)
    mine = _checked(current.case, current, typed)
    theirs = _held(current)
    if current.version != version:
        if mine == theirs:
            return current
        raise _clash(_("Tujuan %(number)s") % {"number": current.number}, _LABELS, theirs, mine)
    _require_active(current)
    _require_same_scale(current, mine["levels"])
    _fill(current, mine)
    current.version = version + 1
    current.save()
    _remind(current, by=by, at=at)
    return current


@action(Permission.CASE_PLAN)
def end_goal(goal: Goal, /, *, by: User, to: str, version: int, reason: str, on: date, at: datetime) -> Goal:
    """Say that a goal was reached, or is not pursued any longer, and why. Its scores stay.

    The reason is told to no record of events, which cannot be erased. Sent twice it ends once. Raises Clash when somebody changed the goal meanwhile.
    """
    current = locked_row(goal)
    if to not in (GoalState.REACHED, GoalState.DROPPED):
        raise Refusal(_("Pilih apakah tujuan ini tercapai atau tidak dilanjutkan."))
    said = _told(reason)
    if current.version != version:
        if (current.state, current.ended_because) == (to, said):
            return current
        raise Clash(
            _("Tujuan %(number)s") % {"number": current.number},
            current.get_state_display(),
            str(GoalState(to).label),
        )
    require_open(current.case)
    require_not_limited(current.case.person_id)
    _require_active(current)
    current.state, current.ended_on, current.ended_because = to, on, said
    current.version = version + 1
    current.save()
    reminder = Reminder(current.case, TaskKind.GOAL, current.pk)
    reminder.done(by=by, at=at) if to == GoalState.REACHED else reminder.drop(by=by, at=at)
    return current


@action(Permission.CASE_PLAN)
def score_goal(
    goal: Goal,
    /,
    *,
    by: User,
    key: UUID,
    level: int,
    on: date,
    at: datetime,
    moment: str = Moment.PROGRESS,
    seen_on: date | None = None,
    seen: str = "",
) -> GoalScore:
    """Note on which of its five levels a goal stood on a day (`seen_on`, today without it), and what was `seen`.

    A score is added, never changed: a wrong one is put right by a newer one. A repeated key gives the same
    score. Raises Refusal before the levels are described, ConsentNeeded without a legal basis.
    """
    current, day = locked_row(goal), seen_on or on
    if repeated := made_before(GoalScore, key, goal_id=goal.pk):
        return repeated
    if not (moment == Moment.FINAL and _waits_for_its_ending(current.case)):
        require_open(current.case)
    require_basis(current.case.person, on)
    _require_scorable(current, level, moment, day, on)
    score = GoalScore(
        pk=key, case=current.case, goal=current, moment=moment, on=day, level=level, at=at, by=by.pk
    )
    score.by_name, score.because = str(by), fitting(seen, _("Yang terlihat"), LONGEST_REASON) or None
    score.save(force_insert=True)
    if moment == Moment.FINAL or (current.target_on and current.target_on <= on and day >= current.target_on):
        Reminder(current.case, TaskKind.GOAL, current.pk).done(by=by, at=at)
    return score


# --- what must hold ---


def _waits_for_its_ending(case: Case) -> bool:
    """An episode that ended beside the way is judged afterwards."""
    judged = Ending.objects.filter(case=case).exclude(completed_at=None)
    return not case.is_open and not judged.exists()


def _require_active(goal: Goal) -> None:
    if goal.state != GoalState.ACTIVE:
        raise Refusal(
            _("Tujuan ini sudah diakhiri: %(state)s. Buat tujuan baru bila masih diperlukan.")
            % {"state": goal.get_state_display()}
        )


def _require_same_scale(goal: Goal, levels: Mapping[str, str]) -> None:
    """What scores were measured by must not change behind them."""
    held = goal.levels or {}
    if all(levels.get(level) == words for level, words in held.items()):
        return
    if GoalScore.objects.filter(goal=goal).exists():
        raise Refusal(
            _(
                "Tujuan ini sudah dinilai dengan tingkat-tingkat itu, jadi uraiannya tidak diubah lagi. "
                "Bila ukurannya berubah, akhiri tujuan ini dan buat yang baru."
            )
        )


def _require_scorable(goal: Goal, level: int, moment: str, day: date, on: date) -> None:
    if goal.state == GoalState.DROPPED:
        _require_active(goal)
    if not may_be_scored(goal.levels):
        raise Refusal(
            _(
                "Uraikan dahulu tingkat pencapaiannya: paling sedikit yang diharapkan (0), satu di atasnya dan "
                "satu di bawahnya."
            )
        )
    if level not in LEVEL_NAMES or moment not in Moment.values:
        raise Refusal(_("Pilih satu dari lima tingkat."))
    require_day_of(goal.case, day, on)
    earlier = GoalScore.objects.filter(goal=goal, on__lt=day).exclude(moment=Moment.BASELINE)
    if moment == Moment.BASELINE and earlier.exists():
        raise Refusal(_("Keadaan awal tidak mungkin sesudah penilaian lain. Periksa tanggalnya."))


def _checked(case: Case, goal: Goal | None, typed: GoalDetails) -> dict[str, Any]:
    """What was typed of a goal, cleaned; a Refusal says what cannot be."""
    words = fitting(typed["words"], _("Tujuan"), LONGEST_WORDS)
    priority, weight = typed.get("priority", 2), typed.get("weight", 1)
    if not words:
        raise Refusal(_("Tulis tujuannya dengan kata-kata orang itu sendiri."))
    if typed["term"] not in Term.values:
        raise Refusal(_("Pilih jangka pendek atau jangka panjang."))
    if priority not in (1, 2, 3) or not 1 <= weight <= 10:
        raise Refusal(_("Prioritas 1 sampai 3, bobot 1 sampai 10."))
    return {
        "words": words,
        "term": typed["term"],
        "criterion": fitting(typed.get("criterion", ""), _("Ukuran tercapainya"), LONGEST_CRITERION),
        "target_on": typed.get("target_on"),
        "priority": priority,
        "weight": weight,
        "levels": _levels(typed.get("levels") or {}),
        "parent": _parent(typed.get("parent"), case, goal),
    }


def _levels(typed: Mapping[str, str]) -> dict[str, str]:
    if unknown := set(typed) - {str(level) for level in LEVEL_NAMES}:
        raise Refusal(_("Tingkat %(level)s tidak dikenal.") % {"level": min(unknown)})
    said = {level: fitting(words, _("Tingkat pencapaian"), LONGEST_LEVEL) for level, words in typed.items()}
    return {level: said[level] for level in sorted(said, key=int) if said[level]}


def _parent(key: UUID | None, case: Case, goal: Goal | None) -> UUID | None:
    if key is None:
        return None
    found = Goal.objects.filter(pk=key, case=case, parent=None).first()
    leads_on = goal is not None and (key == goal.pk or Goal.objects.filter(parent=goal).exists())
    if found is None or leads_on:
        raise Refusal(_("Pilih tujuan lain sebagai induknya: tujuan hanya tersusun dua tingkat."))
    return key


def _held(goal: Goal) -> dict[str, Any]:
    return {
        "words": goal.words or "",
        "term": goal.term,
        "criterion": goal.criterion or "",
        "target_on": goal.target_on,
        "priority": goal.priority,
        "weight": goal.weight,
        "levels": goal.levels or {},
        "parent": goal.parent_id,
    }


def _fill(goal: Goal, checked: Mapping[str, Any]) -> None:
    goal.words, goal.term = checked["words"], checked["term"]
    goal.criterion, goal.target_on = checked["criterion"] or None, checked["target_on"]
    goal.priority, goal.weight = checked["priority"], checked["weight"]
    goal.levels, goal.parent_id = checked["levels"] or None, checked["parent"]


def _remind(goal: Goal, *, by: User, at: datetime) -> None:
    reminder = Reminder(goal.case, TaskKind.GOAL, goal.pk)
    if goal.target_on is None:
        reminder.drop(by=by, at=at)
    else:
        words = _("Nilai bersama: %(goal)s") % {"goal": goal.words}
        reminder.put(by=by, at=at, due_on=goal.target_on, words=words)


# --- words, as the plan uses them too ---


def _told(reason: str) -> str:
    """A reason that must be there."""
    said = fitting(reason, _("Alasan"), LONGEST_REASON)
    if len(said) < SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    return said


def _clash(
    what: str, labels: Mapping[str, Promise], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> Clash:
    """Both values of every field that differs, in words."""
    differing = [name for name in labels if theirs[name] != mine[name]]
    return Clash(what, _in_words(labels, differing, theirs), _in_words(labels, differing, mine))


def _in_words(labels: Mapping[str, Promise], names: list[str], values: Mapping[str, Any]) -> str:
    return "; ".join(f"{labels[name]}: {_said(values[name])}" for name in names)


def _said(value: Any) -> str:
    if value in (None, "", {}, []):
        return _("(kosong)")
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, dict):
        return ", ".join(f"{name} = {words}" for name, words in value.items())
    if isinstance(value, UUID):
        return _named(value)
    if isinstance(value, list):
        return ", ".join(_said(entry) for entry in value)
    if value in Term.values:
        return str(Term(value).label)
    return str(value)


def _named(key: UUID) -> str:
    """A goal by its number and words: no key is ever shown."""
    goal = Goal.objects.filter(pk=key).first()
    return f"{goal.number}. {goal.words}" if goal else _("(lain)")
