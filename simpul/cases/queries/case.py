"""The questions that pages ask about cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.models import Event, User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import Case
from simpul.cases.stages import NEXT, STEPS, WAY, Stage, skipped, step_of
from simpul.catalogue import editions
from simpul.catalogue.editions import NeedType
from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Fact, Person
from simpul.places.queries import FoundRegion, names_of
from simpul.screening.facts import HIGHLY_RESTRICTED
from simpul.screening.models import Decision, Screening
from simpul.screening.queries import (
    newest_decisions,
    urgency_rank,
    visible_decisions,
)


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


def cases_within_reach(viewer: User, *, stage: str = "", mine: bool = False) -> Any:
    """The cases this person may see, newest first; a queryset, so that a page can cut it."""
    rows = Case.objects.reachable(viewer, Permission.CASE_VIEW).select_related("person")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    if mine:
        rows = rows.filter(worker=viewer.pk)
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


def case_of(screening: Screening) -> Case | None:
    """The case that was opened from a screening."""
    return Case.objects.filter(screening=screening).first()


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
    Stage.INTERVENTION: gettext_lazy("Jalankan rencana dan catat setiap pertemuan."),
    Stage.REASSESSMENT: gettext_lazy("Lihat lagi bersama {name} apa yang berubah."),
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


def onward_of(case: Case) -> tuple[Onward, ...]:
    """What may follow on the main way, the next in line first. A suspended case goes on where it stood."""
    now = Stage(case.stage)
    following = [stage for stage in WAY if stage in NEXT[now]]
    if now is Stage.SUSPENDED:
        stood = stood_before(case)
        following = [stood if stood in following else Stage.INTAKE]  # a candidate was not yet on the way
    else:
        following.sort(key=lambda stage: (WAY.index(stage) < WAY.index(now), WAY.index(stage)))
    return tuple(Onward(stage, _onward_words(now, stage), _names(skipped(now, stage))) for stage in following)


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


def others_around(case: Case) -> tuple[str, ...]:
    """Workers beside the one in charge who took part, by name."""
    screening = case.screening
    names = [screening.started_by_name, screening.decided_by_name] if screening else []
    return tuple(name for name in dict.fromkeys(names) if name and name != case.worker_name)


@dataclass(frozen=True, slots=True)
class Need:
    """A confirmed type of need."""

    need: NeedType
    is_override: bool


def needs_of(case: Case, *, all_seen: bool) -> tuple[Need, ...]:
    """The types that the worker confirmed; those that are kept from a viewer are not even counted."""
    if case.screening is None:
        return ()
    edition = editions.get(case.screening.edition)
    newest = newest_decisions(case.screening)
    needs = [edition.type(code) for code in case.need_types]
    return tuple(
        Need(need, need.code in newest and newest[need.code].is_override)
        for need in needs
        if all_seen or need.sensitivity != HIGHLY_RESTRICTED
    )


# --- the timeline: every step of the thread, from the tables ---


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, who, in plain words."""

    at: datetime
    who: str
    words: str
    kind: str = ""
    screening: UUID | None = None


def timeline_of(case: Case, *, all_seen: bool) -> tuple[Entry, ...]:
    """From the registration to the newest move of the case, newest first, as this person may see it."""
    person = case.person
    consents = list(Consent.objects.filter(person=person).order_by("given_at"))
    entries = [_registered(person)]
    for consent in consents:
        entries += _consent_entries(consent)
    if case.screening is not None:
        entries += _screening_entries(case.screening, all_seen)
        entries += _print_entries(case.screening)
    entries += _fact_entries(person)
    entries += _stage_entries(case, with_reasons=all_seen)
    # Gathered in the order of the steps, so that of two things at one moment the later step stands above.
    entries.reverse()
    return tuple(sorted(entries, key=attrgetter("at"), reverse=True))


def _registered(person: Person) -> Entry:
    registrar = User.objects.filter(pk=person.registered_by).first()
    return Entry(person.registered_at, str(registrar or ""), _("Orang ini didata."))


def _consent_entries(consent: Consent) -> list[Entry]:
    words = (
        _("Persetujuan dicatat.")
        if consent.basis == "consent"
        else _("Dasar hukum lain untuk mengolah data dicatat.")
    )
    entries = [Entry(consent.given_at, consent.recorded_by_name, words)]
    if consent.withdrawn_at:
        entries.append(Entry(consent.withdrawn_at, "", _("Persetujuan dicabut."), "act"))
    return entries


def _screening_entries(screening: Screening, all_seen: bool) -> list[Entry]:
    entries = [
        Entry(
            screening.started_at, screening.started_by_name, _("Penapisan dimulai."), screening=screening.pk
        )
    ]
    if screening.finished_at:
        entries.append(
            Entry(
                screening.finished_at,
                screening.finished_by_name,
                _("Semua jawaban disimpan dan dinilai."),
                screening=screening.pk,
            )
        )
    if screening.decided_at:
        entries.append(
            Entry(
                screening.decided_at,
                screening.decided_by_name,
                _decided_words(visible_decisions(screening, all_seen=all_seen)),
                screening=screening.pk,
            )
        )
    return entries


def _print_entries(screening: Screening) -> list[Entry]:
    """Each time that the result was printed: paper goes where no gate stands."""
    events = Event.objects.about(screening).filter(permission=Permission.SCREENING_PRINT)
    return [
        Entry(at, who, _("Hasil dicetak untuk keluarga."), "system")
        for at, who in events.values_list("at", "actor_name")
    ]


def _decided_words(decisions: tuple[Decision, ...]) -> str:
    yes = sum(1 for row in decisions if row.decided == "yes")
    changed = sum(1 for row in decisions if row.is_override)
    words = ngettext(
        "Hasil diputuskan: %(count)s jenis sesuai.", "Hasil diputuskan: %(count)s jenis sesuai.", yes
    ) % {"count": yes}
    if changed:
        words += " " + ngettext(
            "%(count)s berbeda dari saran aturan, dengan alasan.",
            "%(count)s berbeda dari saran aturan, dengan alasan.",
            changed,
        ) % {"count": changed}
    return words


def _fact_entries(person: Person) -> list[Entry]:
    """Answers noted by one worker on one day are one line, or they would bury everything else."""
    rows = Fact.objects.filter(person=person).values_list("noted_at", "noted_by_name")
    groups: dict[tuple[date, str], list[datetime]] = {}
    for noted_at, name in rows:
        groups.setdefault((noted_at.date(), name), []).append(noted_at)
    return [
        Entry(
            max(moments),
            name,
            ngettext("%(count)s jawaban dicatat.", "%(count)s jawaban dicatat.", len(moments))
            % {"count": len(moments)},
            "system",
        )
        for (_day, name), moments in groups.items()
    ]


def _stage_entries(case: Case, *, with_reasons: bool) -> list[Entry]:
    entries = []
    for move in case.moves.order_by("at"):
        if not move.stage_from:
            words = _("Kasus %(number)s dibuka.") % {"number": case.number}
        else:
            words = _("Tahap menjadi %(stage)s.") % {"stage": move.get_stage_to_display()}
        if left_out := skipped(move.stage_from, move.stage_to):
            words += " " + _("Dilewati: %(stages)s.") % {"stages": _names(left_out)}
        because = (move.because or "") if with_reasons else ""
        entries.append(Entry(move.at, move.by_name, f"{words} {because}".strip(), "act"))
    return entries
