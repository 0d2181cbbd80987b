"""The way of a case through its stages: moving on, and looking first whether another service has to come first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.cases.actions.reminders import Reminder
from simpul.cases.models import Case, ContactKind, Ending, Note, StageMove, Task, TaskKind, TaskState
from simpul.cases.queries.case import left_out_by, require_open, stood_before
from simpul.cases.queries.description import (
    LONGEST_NOTE,
    LONGEST_SERVICE,
    SHORTEST_REASON,
    SHORTEST_SERVICE,
)
from simpul.cases.queries.gates import Gate
from simpul.cases.queries.locks import locked_case
from simpul.cases.queries.office import model_of, norms_for
from simpul.cases.queries.stages import gates_of
from simpul.cases.stages import ENDED, NEXT, SIDE, Stage
from simpul.catalogue import casework
from simpul.people.queries import require_not_limited
from simpul.screening.queries import require_basis

__all__ = ("Lacking", "move", "prescreen")


class Lacking(Refusal):
    """Something has to be there before the next stage; `gates` are those that are not met."""

    def __init__(self, to: Stage, gates: tuple[Gate, ...]) -> None:
        self.gates = gates
        lacking = "; ".join(f"{gate.words} ({gate.place})" for gate in gates)
        super().__init__(
            _(
                "Sebelum ke tahap %(stage)s, ini belum ada: %(lacking)s. Lengkapi dahulu, atau tulis alasan mengapa kasus ini tetap dilanjutkan."
            )
            % {"stage": str(to.label).lower(), "lacking": lacking}
        )


@action(Permission.CASE_MOVE, tells=("to",))
def move(
    case: Case,
    /,
    *,
    by: User,
    to: str,
    version: int,
    on: date,
    at: datetime,
    because: str = "",
    referred_to: str = "",
) -> Case:
    """Let a case pass to another stage, as the table of stages allows, and keep who, when and why.

    A side state, a stage left out that the working model expects, a gate that is not met, and going on elsewhere
    than where a suspended case stood need a reason. Nobody is referred on, or told to be not eligible, without
    `referred_to`: who helps instead; whether they do is asked some days later. What waited in a case that ended
    waits no more, but for what was to be asked on the client's behalf; its evaluation may be written yet. The
    same move sent twice changes nothing. Raises Clash when somebody moved the case since the page was opened,
    Lacking for gates, Refusal otherwise.
    """
    current = locked_case(case)
    because, referred_to = " ".join(because.split()), " ".join(referred_to.split())
    if to not in Stage.values:
        raise Refusal(_("Tahap itu tidak dikenal."))
    told = _with_referral(because, referred_to)
    if current.version == version + 1 and _is_repeated(current, by, to, told):
        return current
    if current.version != version:
        raise Clash(_("Tahap kasus ini"), current.get_stage_display(), str(Stage(to).label))
    if to not in NEXT[Stage(current.stage)]:
        raise Refusal(_what_may_follow(current))
    require_not_limited(current.person_id)
    if on < current.opened_on:
        raise Refusal(_("Tanggal itu sebelum kasus ini dibuka. Periksa tanggalnya."))
    _require_told(current, Stage(to), because)
    _require_referral(Stage(to), referred_to)
    lacking = _require_gates(current, Stage(to), because, on)
    step = StageMove(case=current, stage_from=current.stage, stage_to=to, at=at, by=by.pk, by_name=str(by))
    step.because, step.lacking = told or None, lacking
    step.save(force_insert=True)
    current.stage, current.version, current.stage_since = to, version + 1, on
    current.closed_on = on if to in ENDED else None
    current.save(update_fields=["stage", "version", "stage_since", "closed_on"])
    if to in ENDED:
        _let_go(current, by=by, at=at)
        _ask_for_the_rest(current, step, referred_to, by=by, on=on, at=at)
    return current


def _ask_for_the_rest(
    case: Case, step: StageMove, referred_to: str, *, by: User, on: date, at: datetime
) -> None:
    """Remind of what an end leaves to do: whether who was referred arrived, and how the work is judged."""
    norms = norms_for(case)
    if case.stage in _REFERRING:
        due_on = on + timedelta(days=norms["advocate_days"])
        words = _("Sudah diterima di tempat rujukan? %(where)s") % {"where": referred_to}
        Reminder(case, TaskKind.ADVOCATE, step.pk).put(by=by, at=at, due_on=due_on, words=words)
    if not Ending.objects.filter(case=case).exclude(completed_at=None).exists():
        due_on = on + timedelta(days=norms["conference_task_days"])
        words = _("Tulis evaluasi dan pengakhiran")
        Reminder(case, TaskKind.OWN, case.pk).put(by=by, at=at, due_on=due_on, words=words)


def _with_referral(because: str, referred_to: str) -> str:
    if not referred_to:
        return because
    return " ".join(part for part in (because, _("Dirujuk ke: %(where)s.") % {"where": referred_to}) if part)


def _is_repeated(case: Case, by: User, to: str, because: str) -> bool:
    """The newest move is this very one, sent twice."""
    newest = case.moves.order_by("at").last()
    return (
        newest is not None
        and (newest.stage_to, newest.by_name) == (to, str(by))
        and (newest.because or "") == because
    )


def _what_may_follow(case: Case) -> str:
    now, next_ones = case.get_stage_display(), NEXT[Stage(case.stage)]
    if not next_ones:
        return _(
            "Kasus ini sudah berakhir: %(now)s. Bila orang ini perlu didampingi lagi, buka episode baru."
        ) % {"now": now}
    onward = ", ".join(str(stage.label) for stage in Stage if stage in next_ones - SIDE)
    return _(
        "Dari tahap %(now)s, yang dapat menyusul: %(onward)s. Bila ada keadaan lain, pilih dari daftarnya."
    ) % {"now": now, "onward": onward}


def _require_told(case: Case, to: Stage, because: str) -> None:
    """What must not happen silently has a reason."""
    fitting(because, _("Catatan"), LONGEST_NOTE)
    if len(because) >= SHORTEST_REASON:
        return
    if to in SIDE:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    if left_out := left_out_by(case, to, model_of(case)):
        names = ", ".join(str(stage.label) for stage in left_out)
        raise Refusal(_("Tulis alasan mengapa tahap ini dilewati: %(stages)s.") % {"stages": names})
    stood = stood_before(case) if case.stage == Stage.SUSPENDED else to
    if stood != to:
        raise Refusal(
            _(
                "Sebelum ditangguhkan, kasus ini di tahap %(stood)s. Tulis alasan bila dilanjutkan di tahap lain."
            )
            % {"stood": stood.label if stood else "-"}
        )


_REFERRING = (Stage.REFERRED_OUT, Stage.NOT_ELIGIBLE)


def _require_referral(to: Stage, referred_to: str) -> None:
    """Nobody is turned away without being told who helps."""
    fitting(referred_to, _("Nama layanan"), LONGEST_SERVICE)
    if to in _REFERRING and len(referred_to) < SHORTEST_SERVICE:
        raise Refusal(
            _("Tulis ke layanan atau lembaga mana orang ini dirujuk. Tidak ada yang ditolak begitu saja.")
        )


def _require_gates(case: Case, to: Stage, because: str, on: date) -> list[str]:
    """The codes of the gates that are passed unmet, for the reason that was given."""
    unmet = tuple(gate for gate in gates_of(case, to, on) if not gate.is_met)
    if unmet and len(because) < SHORTEST_REASON:
        raise Lacking(to, unmet)
    return [gate.code for gate in unmet]


def _let_go(case: Case, *, by: User, at: datetime) -> None:
    """Nothing waits in a case that ended, but for what others were to be asked on the client's behalf."""
    waiting = Task.objects.waiting().filter(case=case).exclude(kind=TaskKind.ADVOCATE)
    waiting.update(state=TaskState.DROPPED, done_at=at, done_by_name=str(by))


@action(Permission.CASE_ASSESS)
def prescreen(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    needs_first: Collection[str] = (),
    service: str = "",
    words: str = "",
) -> Note:
    """Note whether another service has to come first, and which: nobody is turned away by it.

    `needs_first` are codes of casework.prescreening(). With one of them the service is named, and a task to
    refer there waits. Pressed twice it is one note.
    """
    current = locked_case(case)
    if repeated := made_before(Note, key, case_id=case.pk):
        return repeated
    _require_prescreening(current, on)
    service, words = " ".join(service.split()), words.strip()
    _require_service(needs_first, service, words)
    note = Note(pk=key, case=current, on=on, kind=ContactKind.PRESCREENING, at=at, by=by.pk, by_name=str(by))
    note.words = _prescreened_words(needs_first, service, words)
    note.save(force_insert=True)
    if needs_first:
        due_on = on + timedelta(days=norms_for(current)["advocate_days"])
        told = _("Rujuk dahulu ke: %(service)s") % {"service": service}
        Reminder(current, TaskKind.ADVOCATE, note.pk).put(by=by, at=at, due_on=due_on, words=told)
    return note


def _require_prescreening(case: Case, on: date) -> None:
    require_open(case)
    if case.stage not in (Stage.OUTREACH, Stage.PRESCREENING):
        raise Refusal(
            _("Penyaringan awal sudah lewat: kasus ini di tahap %(now)s.") % {"now": case.get_stage_display()}
        )
    require_basis(case.person, on)


def _require_service(needs_first: Collection[str], service: str, words: str) -> None:
    if set(needs_first) - {entry.code for entry in casework.prescreening()}:
        raise Refusal(_("Pilihan itu tidak dikenal. Muat ulang halaman ini, lalu pilih lagi."))
    if needs_first and len(service) < SHORTEST_SERVICE:
        raise Refusal(_("Tulis layanan yang perlu lebih dahulu, misalnya puskesmas atau rumah sakit."))
    fitting(service, _("Nama layanan"), LONGEST_SERVICE)
    fitting(words, _("Catatan"), LONGEST_NOTE)


def _prescreened_words(needs_first: Collection[str], service: str, words: str) -> str:
    """The note in sentences, as it will be read on the page of the case."""
    found = [entry.title.id for entry in casework.prescreening() if entry.code in needs_first]
    if found:
        first = _("Penyaringan awal. Perlu layanan lain dahulu: %(found)s. Layanan: %(service)s.") % {
            "found": ", ".join(found),
            "service": service,
        }
    else:
        first = _("Penyaringan awal. Tidak ada layanan lain yang perlu didahulukan.")
    return f"{first} {words}".strip()
