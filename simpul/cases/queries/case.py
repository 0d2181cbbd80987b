"""The questions that pages ask about cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.cases.models import Case
from simpul.cases.stages import ENDED, NEXT, STEPS, WAY, Stage, skipped, step_of
from simpul.catalogue import editions
from simpul.catalogue.casework import WorkingModel
from simpul.catalogue.editions import NeedType
from simpul.engines.rules import DateRange
from simpul.places.queries import FoundRegion, names_of
from simpul.screening.facts import HIGHLY_RESTRICTED
from simpul.screening.models import Screening
from simpul.screening.queries import require_basis, urgency_rank

# Beside single stages, by what lists of cases are narrowed: those that run, and those that ended.
RUNNING, OVER = "running", "over"
# Ten years: what is set for later is a slip of the finger.
FARTHEST = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    key: UUID
    number: str
    person: UUID
    person_name: str
    born: date | DateRange | None
    region: str
    place: FoundRegion | None
    stage: str
    stage_name: str
    urgency: str
    urgency_name: str
    worker: UUID
    worker_name: str
    opened_on: date
    opened_at: datetime
    summary: str

    @property
    def about_person(self) -> UUID:
        return self.person


def rows_of(found: Iterable[Case], viewer: User) -> tuple[Row, ...]:
    """Cases as rows, the names of all their places asked for at once.

    The sentence about the person stands there only for those who may read what is very sensitive: it is in
    the worker's own words, and nobody knows what it tells.
    """
    listed = list(found)
    places = names_of({case.person.region for case in listed if case.person.region})
    open_to = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW)
    told = set(open_to.filter(pk__in=[case.pk for case in listed]).values_list("pk", flat=True))
    return tuple(_row(case, places.get(case.person.region), case.pk in told) for case in listed)


def _row(case: Case, place: FoundRegion | None, is_told: bool) -> Row:
    return Row(
        key=case.pk,
        number=case.number,
        person=case.person_id,
        person_name=case.person.name,
        born=case.person.born,
        region=case.person.region,
        place=place,
        stage=case.stage,
        stage_name=case.get_stage_display(),
        urgency=case.urgency,
        urgency_name=case.get_urgency_display().partition(":")[0],
        worker=case.worker,
        worker_name=case.worker_name,
        opened_on=case.opened_on,
        opened_at=case.opened_at,
        summary=(case.summary or "") if is_told else "",
    )


def sees_all(case: Case, viewer: User) -> bool:
    """Whether this person may see very sensitive types, and what workers wrote in their own words."""
    return is_within_reach(case, viewer, Permission.SENSITIVE_VIEW)


def cases_within_reach(
    viewer: User, *, stage: str = "", mine: bool = False, worker: UUID | None = None
) -> Any:
    """The cases this person may see, newest first; a queryset, so that a page can cut it.

    `stage` is one stage, or RUNNING or OVER. `worker` narrows to those that run and are managed by one worker, as
    the caseload counts them.
    """
    rows = Case.objects.reachable(viewer, Permission.CASE_VIEW).select_related("person")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    elif stage in (RUNNING, OVER):
        rows = rows.open() if stage == RUNNING else rows.filter(stage__in=ENDED)
    if mine:
        rows = rows.filter(worker=viewer.pk)
    if worker is not None:
        rows = rows.open().filter(worker=worker)
    return rows.order_by("-opened_at", "pk")


def waiting_for(viewer: User) -> Any:
    """My cases in which nothing has happened since they were opened.

    A queryset with `rank` (0 is the most urgent) and `since`, so that a page can order and cut it.
    """
    rows = cases_within_reach(viewer, stage=Stage.INTAKE, mine=True)
    return rows.annotate(rank=urgency_rank(), since=F("opened_at"))


def count_open(viewer: User) -> int:
    return Case.objects.reachable(viewer, Permission.CASE_VIEW).open().count()


def cases_of(person: UUID, viewer: User) -> tuple[Row, ...]:
    """All cases of one person that this viewer may see."""
    return rows_of(cases_within_reach(viewer).filter(person_id=person), viewer)


def case_of(screening: Screening, viewer: User) -> Case | None:
    """The case that was opened from a screening, if this person may see it."""
    found: Case | None = (
        Case.objects.reachable(viewer, Permission.CASE_VIEW).filter(screening=screening).first()
    )
    return found


def require_open(case: Case) -> None:
    """Refuse what only a case that still runs can take."""
    if not case.is_open:
        raise Refusal(
            _("Kasus %(number)s sudah berakhir: %(stage)s. Bila perlu didampingi lagi, buka episode baru.")
            % {"number": case.number, "stage": case.get_stage_display()}
        )


def require_ready(case: Case, on: date) -> None:
    """Refuse what is learnt in a case that ended, or about a person without a legal basis for it."""
    require_open(case)
    require_basis(case.person, on)


def require_day_of(case: Case, day: date, on: date) -> None:
    """Refuse a day on which nothing of this case can have happened yet: before it was opened, or still to come."""
    if day > on:
        raise Refusal(_("Tanggal itu belum tiba. Periksa tanggalnya."))
    if day < case.opened_on:
        raise Refusal(_("Tanggal itu sebelum kasus ini dibuka. Periksa tanggalnya."))


def require_not_far(day: date | None, on: date) -> None:
    """Refuse a day so far ahead that nobody can have meant it."""
    if day is not None and day - on > FARTHEST:
        raise Refusal(_("Tanggal itu terlalu jauh. Periksa tahunnya."))


@dataclass(frozen=True, slots=True)
class Step:
    """One stage in the row of steps."""

    name: str
    is_done: bool
    is_now: bool


def steps_of(case: Case) -> tuple[Step, ...]:
    now = step_of(case.stage)
    return tuple(
        Step(str(stage.label), place < now, place == now) for place, stage in enumerate(STEPS, start=1)
    )


_NEXT_STEPS = {
    Stage.INTAKE: gettext_lazy(
        "Temui {name} dan sepakati bersama apa yang akan dikerjakan, lalu siapkan asesmen."
    ),
    Stage.ASSESSMENT: gettext_lazy("Selesaikan asesmen bersama {name}."),
    Stage.PLANNING: gettext_lazy("Susun tujuan dan rencana bersama {name}."),
    Stage.LINKING: gettext_lazy("Jalankan rencana dan catat setiap pertemuan."),
    Stage.MONITORING: gettext_lazy("Lihat lagi bersama {name} apa yang berubah."),
    Stage.EVALUATION: gettext_lazy("Nilai bersama {name} apakah tujuannya tercapai."),
    Stage.TRANSITION: gettext_lazy("Siapkan {name} untuk melanjutkan tanpa pendamping."),
    Stage.TERMINATION: gettext_lazy("Akhiri pendampingan dengan kesepakatan {name}."),
    Stage.FOLLOW_UP: gettext_lazy("Kunjungi {name} sesuai jadwal bimbingan lanjut."),
}


def stood_before(case: Case) -> Stage | None:
    """Where a suspended case stood."""
    suspended = case.moves.filter(stage_to=Stage.SUSPENDED).order_by("at").last()
    return Stage(suspended.stage_from) if suspended and suspended.stage_from else None


@dataclass(frozen=True, slots=True)
class Onward:
    """One stage that may follow on the main way, and the stages that it leaves out, which needs a reason."""

    stage: str
    words: str
    left_out: str


def onward_of(case: Case, model: WorkingModel | None) -> tuple[Onward, ...]:
    """What may follow on the main way, the next in line first. A suspended case goes on where it stood."""
    now = Stage(case.stage)
    following = [stage for stage in WAY if stage in NEXT[now]]
    if now is Stage.SUSPENDED:
        stood = stood_before(case)
        following = [stood if stood in following else Stage.INTAKE]  # a candidate was not yet on the way
    else:
        following.sort(key=lambda stage: (WAY.index(stage) < WAY.index(now), WAY.index(stage)))
    return tuple(
        Onward(stage, _onward_words(now, stage), _names(left_out_by(case, stage, model)))
        for stage in following
    )


def left_out_by(case: Case, to: str, model: WorkingModel | None) -> tuple[Stage, ...]:
    """The stages that going there leaves out without the working model foreseeing it, which needs a reason.

    Of what comes before the first talk no model says anything.
    """
    left_out = skipped(case.stage, to)
    if model is None:
        return left_out
    return tuple(stage for stage in left_out if stage in model.expected_steps or stage in _BEFORE_THE_TALK)


_BEFORE_THE_TALK = (Stage.OUTREACH, Stage.PRESCREENING)


def _onward_words(now: Stage, stage: Stage) -> str:
    if stage is Stage.CLOSED:
        return _("Tutup kasus")
    name = str(stage.label).lower()
    if now in WAY and WAY.index(stage) < WAY.index(now):
        return _("Kembali ke %(stage)s") % {"stage": name}
    return _("Lanjut ke %(stage)s") % {"stage": name}


def _names(stages: Iterable[Stage]) -> str:
    return ", ".join(str(stage.label).lower() for stage in stages)


def next_step_of(case: Case) -> str:
    """The one thing to do now, by the stage."""
    words = _NEXT_STEPS.get(Stage(case.stage))
    if words is None:
        return _("Tidak ada langkah yang menunggu.")
    return str(words).format(name=case.person.name)


def needs_of(case: Case, *, all_seen: bool) -> tuple[NeedType, ...]:
    """The types that the worker confirmed; those that are kept from a viewer are not even counted."""
    if case.screening is None:
        return ()
    edition = editions.get(case.screening.edition)
    needs = [edition.type(code) for code in case.need_types or ()]
    return tuple(need for need in needs if all_seen or need.sensitivity != HIGHLY_RESTRICTED)
