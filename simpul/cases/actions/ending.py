"""Ending an episode honestly: a draft that is filled in together with the client, and completed once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import KeyTaken
from simpul.cases.actions.goals import score_goal
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Case, Ending, FollowUp, Goal, GoalState, Moment, Task, TaskKind, TaskState
from simpul.cases.queries.case import require_not_far
from simpul.cases.queries.ending import (
    LABELS,
    LONGEST_HANDED_TO,
    LONGEST_OUTCOME,
    LONGEST_WORDS,
    MOST_FOLLOW_UPS,
    PROCESS,
    REASON_OF,
    TRANSITION,
    WITHOUT_LOOKS,
    Told,
    default_follow_ups,
    goals_of,
    is_by_process,
)
from simpul.cases.queries.goals import LEVEL_NAMES, attainment
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.cases.stages import Stage
from simpul.catalogue import casework
from simpul.people.models import Capacity
from simpul.people.queries import require_not_limited
from simpul.screening.queries import has_basis, require_basis

# Endings in which nobody can be met any more, or who goes on has to be named.
_WITHOUT_CLIENT = ("died", "not_found")
_HANDED_OVER = ("referred_out", "lasting_need_handed_over")
# What is learnt from or about the client, which needs a legal basis; an episode can be ended without one.
_FROM_CLIENT = ("effect", "transition", "statement")
_SHORTEST = 3


@action(Permission.CASE_END)
def begin_ending(case: Case, /, *, by: User, key: UUID, on: date, at: datetime) -> Ending:
    """The draft with which an episode is ended, with the follow-ups that the office's norms foresee.

    There is one for each episode: whoever begins again gets it. It may be begun after the case has ended.
    """
    current = locked_case(case)
    begun: Ending | None = Ending.objects.filter(case=current).first()
    if begun is not None:
        return begun
    if Ending.objects.filter(pk=key).exists():
        raise KeyTaken
    require_not_limited(current.person_id)
    ending = Ending(pk=key, case=current, on=on, at=at, by=by.pk, by_name=str(by))
    ending.is_lasting_need = is_by_process(current)
    _prefill(ending, current, on)
    ending.save(force_insert=True)
    return ending


def _prefill(ending: Ending, case: Case, on: date) -> None:
    """What is known already: the day and reason of an end beside the way, and the looks afterwards."""
    ending.on = case.closed_on or on
    ending.reason = REASON_OF.get(Stage(case.stage), "")
    if case.stage == Stage.REFERRED_OUT and (last := case.moves.order_by("at").last()):
        ending.handed_to = (last.because or "")[:LONGEST_HANDED_TO] or None
    if case.stage not in WITHOUT_LOOKS:
        ending.follow_ups = [day.isoformat() for day in default_follow_ups(case, on)]


@action(Permission.CASE_END)
def save_ending(ending: Ending, /, *, by: User, version: int, on: date, at: datetime, told: Told) -> Ending:
    """Keep what was filled in so far; nothing has to be complete. A level that is new becomes the goal's final score.

    The same sent twice changes nothing. Raises Clash, with both values of all that differs, when somebody was
    faster; ConsentNeeded for what is learnt about the client without a legal basis.
    """
    current = locked_row(ending)
    _require_draft(current)
    require_not_limited(current.case.person_id)
    mine, theirs = _checked(current.case, told, on), Told.of(current)
    differing = mine.differing(theirs)
    if not differing:
        return current
    if current.version != version:
        raise Clash(_("Draf pengakhiran"), theirs.in_words(differing), mine.in_words(differing))
    _require_basis_to_learn(current.case, mine, differing, on)
    _score(current, mine, theirs, by=by, on=on, at=at)
    _fill(current, mine)
    current.version = version + 1
    current.save()
    return current


@action(Permission.CASE_END)
def complete_ending(ending: Ending, /, *, by: User, version: int, on: date, at: datetime) -> Ending:
    """Freeze an ending with the T-score of all goals, and put the follow-ups on their days.

    Sent twice it is completed once. Raises Clash when the draft was changed since it was read, Refusal with
    everything that is still missing.
    """
    current = locked_row(ending)
    if current.completed_at is not None and current.version == version + 1:
        return current
    _require_draft(current)
    require_not_limited(current.case.person_id)
    if current.version != version:
        raise Clash(_("Draf pengakhiran"), _("isian yang lebih baru"), _("isian yang tadi Anda baca"))
    if lacking := _lacking(current.case, Told.of(current), on):
        raise Refusal(
            _("Sebelum diselesaikan, ini belum ada: %(lacking)s.") % {"lacking": "; ".join(lacking)}
        )
    current.t_score = attainment(current.case, on).now_t
    current.completed_at, current.version = at, version + 1
    current.save()
    _end_goals(current)
    _let_go(current.case, by=by, at=at)
    Reminder(current.case, TaskKind.OWN, current.case_id).done(by=by, at=at)
    for day in current.follow_ups:
        Look(current.case, date.fromisoformat(day)).put(by=by, at=at)
    return current


def _end_goals(ending: Ending) -> None:
    """No goal is worked on any more; the outcome that was told says how each one ended."""
    outcomes = ending.outcomes or {}
    for goal in Goal.objects.select_for_update(of=("self",)).filter(
        case=ending.case_id, state=GoalState.ACTIVE
    ):
        goal.state, goal.ended_because = _as_ended(
            outcomes.get(str(goal.pk)), is_lasting=ending.is_lasting_need
        )
        goal.ended_on, goal.version = ending.on, goal.version + 1
        goal.save(update_fields=["state", "ended_on", "ended_because_sealed", "version"])


def _as_ended(outcome: Mapping[str, Any] | None, *, is_lasting: bool) -> tuple[GoalState, str]:
    """Reached at the expected level or above; where the level cannot be said, its own reason stands."""
    if outcome is None:
        if is_lasting:
            return GoalState.DROPPED, _("Kebutuhan yang menetap: pendampingan dinilai menurut prosesnya.")
        return GoalState.DROPPED, _("Hasilnya tidak dinilai saat pendampingan berakhir.")
    if outcome["level"] is None:
        return GoalState.DROPPED, str(outcome["words"])
    if outcome["level"] < 0:
        return GoalState.DROPPED, _("Belum tercapai saat pendampingan berakhir.")
    return GoalState.REACHED, _("Tercapai saat pendampingan berakhir.")


# What the work itself would still have asked for; it is over with the evaluation.
_OF_THE_WORK = (TaskKind.REASSESSMENT, TaskKind.GOAL, TaskKind.PLAN_STEP, TaskKind.APPROVAL)


def _let_go(case: Case, *, by: User, at: datetime) -> None:
    waiting = Task.objects.waiting().filter(case=case, kind__in=_OF_THE_WORK)
    waiting.update(state=TaskState.DROPPED, done_at=at, done_by_name=str(by))


@dataclass(frozen=True)
class Look:
    """One look after the ending, still to come. To be used inside an action only."""

    case: Case
    due_on: date

    def put(self, *, by: User, at: datetime, key: UUID | None = None) -> FollowUp:
        """The row and its reminder."""
        row = FollowUp(pk=key or uuid.uuid4(), case=self.case, due_on=self.due_on, at=at)
        row.by, row.by_name = by.pk, str(by)
        row.save(force_insert=True)
        reminder = Reminder(self.case, TaskKind.FOLLOW_UP, row.pk)
        words = _("Bimbingan lanjut sesudah pendampingan berakhir")
        reminder.put(by=by, at=at, due_on=self.due_on, words=words)
        return row


# --- what must hold ---


def _require_draft(ending: Ending) -> None:
    if ending.completed_at is not None:
        raise Refusal(
            _(
                "Pengakhiran ini sudah selesai, jadi tidak diubah lagi. Yang terjadi sesudahnya dicatat pada bimbingan lanjut."
            )
        )


def _require_basis_to_learn(case: Case, mine: Told, differing: list[str], on: date) -> None:
    learnt = any(name in differing and getattr(mine, name) for name in _FROM_CLIENT)
    if learnt:
        require_basis(case.person, on)


def _lacking(case: Case, told: Told, on: date) -> list[str]:
    """What an ending still needs, in words. For a lasting need the evaluation of the process is enough.

    After an end beside the way, which nobody could prepare with the client, only what is known is asked.
    """
    if not case.is_open:
        return _lacking_afterwards(told)
    meets = told.reason not in _WITHOUT_CLIENT and has_basis(case.person, on)
    needed = {
        _("alasan berakhir"): bool(told.reason),
        _("evaluasi proses"): bool(told.process),
        _("hasil bagi orang itu"): bool(told.effect) or told.is_lasting_need or not meets,
        _("rencana peralihan"): bool(told.transition) or not meets,
        _("kepada siapa diserahkan"): bool(told.handed_to) or told.reason not in _HANDED_OVER,
        _("pernyataan klien, atau mengapa tidak ada"): bool(told.statement),
        _("tanggal bimbingan lanjut, atau mengapa tidak ada"): bool(told.follow_ups or told.follow_up_words),
        _("keterangan untuk alasan lain"): told.reason != "other" or bool(told.effect),
    }
    open_goals = [goal.number for goal in goals_of(case) if str(goal.pk) not in told.outcomes]
    lacking = [words for words, is_there in needed.items() if not is_there]
    if open_goals and not told.is_lasting_need:
        numbers = ", ".join(map(str, open_goals))
        lacking.append(_("hasil tujuan nomor %(numbers)s") % {"numbers": numbers})
    return lacking


def _lacking_afterwards(told: Told) -> list[str]:
    needed = {
        _("alasan berakhir"): bool(told.reason),
        _("hasil bagi orang itu, atau evaluasi proses"): bool(told.effect or told.process),
        _("kepada siapa diserahkan"): bool(told.handed_to) or told.reason not in _HANDED_OVER,
        _("pernyataan klien, atau mengapa tidak ada"): bool(told.statement),
        _("keterangan untuk alasan lain"): told.reason != "other" or bool(told.effect),
    }
    return [words for words, is_there in needed.items() if not is_there]


# --- what was filled in, made clean ---


def _checked(case: Case, told: Told, on: date) -> Told:
    if told.reason and told.reason not in {entry.code for entry in casework.end_reasons()}:
        raise Refusal(_("Alasan itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi."))
    if told.statement_capacity and told.statement_capacity not in Capacity.values:
        raise Refusal(_("Pilih siapa yang menyatakan."))
    if told.held_on > on:
        raise Refusal(_("Tanggal pengakhiran belum tiba. Periksa tanggalnya."))
    if told.held_on < case.opened_on:
        raise Refusal(_("Tanggal itu sebelum kasus ini dibuka. Periksa tanggalnya."))
    return replace(
        told,
        outcomes=_outcomes(case, told.outcomes),
        effect=_text(told.effect, "effect"),
        process=_parts(told.process, PROCESS),
        transition=_parts(told.transition, TRANSITION),
        handed_to=_text(told.handed_to, "handed_to", LONGEST_HANDED_TO),
        statement=_text(told.statement, "statement"),
        follow_ups=_days(told),
        follow_up_words=_text(told.follow_up_words, "follow_up_words"),
    )


def _outcomes(case: Case, typed: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A level with or without words, or the words that say why there is none; goals of this case only."""
    known = {str(goal.pk): goal for goal in goals_of(case)}
    outcomes: dict[str, dict[str, Any]] = {}
    for key, one in typed.items():
        if key not in known:
            raise Refusal(_("Ada tujuan yang bukan dari kasus ini. Muat ulang halamannya."))
        level, words = one.get("level"), _text(str(one.get("words") or ""), "outcomes", LONGEST_OUTCOME)
        if level is not None and level not in LEVEL_NAMES:
            raise Refusal(_("Pilih satu dari lima tingkat."))
        if level is None and len(words) < _SHORTEST:
            raise Refusal(
                _("Tujuan %(number)s: tulis mengapa hasilnya tidak dapat dikatakan.")
                % {"number": known[key].number}
            )
        outcomes[key] = {"level": level, "words": words}
    return outcomes


def _days(told: Told) -> tuple[date, ...]:
    days = tuple(sorted(set(told.follow_ups)))
    if days and days[0] <= told.held_on:
        raise Refusal(_("Bimbingan lanjut dilakukan sesudah tanggal pengakhiran. Periksa tanggalnya."))
    require_not_far(max(days, default=None), told.held_on)
    if len(days) > MOST_FOLLOW_UPS:
        raise Refusal(_("Bimbingan lanjut paling banyak %(most)s kali.") % {"most": MOST_FOLLOW_UPS})
    return days


def _parts(typed: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, str]:
    said = {name: _text(str(typed.get(name) or ""), name) for name in known}
    return {name: words for name, words in said.items() if words}


def _text(text: str, name: str, longest: int = LONGEST_WORDS) -> str:
    return fitting(text, str((LABELS | PROCESS | TRANSITION)[name]), longest)


def _score(ending: Ending, mine: Told, theirs: Told, *, by: User, on: date, at: datetime) -> None:
    """Every level that is new or told otherwise stands among the scores of its goal."""
    for key, outcome in mine.outcomes.items():
        if outcome["level"] is None or outcome == theirs.outcomes.get(key):
            continue
        score_goal(
            Goal.objects.get(pk=key),
            by=by,
            key=uuid.uuid5(ending.pk, f"{key}:{ending.version}"),
            level=outcome["level"],
            on=on,
            at=at,
            moment=Moment.FINAL,
            seen_on=mine.held_on,
            seen=outcome["words"],
        )


def _fill(ending: Ending, told: Told) -> None:
    ending.on, ending.reason, ending.is_lasting_need = told.held_on, told.reason, told.is_lasting_need
    ending.outcomes, ending.process = told.outcomes or None, told.process or None
    ending.transition, ending.made_with_client = told.transition or None, told.made_with_client
    ending.effect, ending.handed_to = told.effect or None, told.handed_to or None
    ending.statement, ending.statement_capacity = told.statement or None, told.statement_capacity
    ending.follow_ups = [day.isoformat() for day in told.follow_ups]
    ending.follow_up_words = told.follow_up_words or None
