"""The questions that pages ask about cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.cases.stages import STEPS, Stage, step_of
from simpul.catalogue import editions
from simpul.catalogue.editions import NeedType
from simpul.engines.rules import DateRange
from simpul.people.models import Consent, Fact, Person
from simpul.places.queries import FoundRegion, names_of
from simpul.screening.facts import HIGHLY_RESTRICTED
from simpul.screening.models import Decision, Screening
from simpul.screening.queries import sees_all


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


def rows_of(found: Iterable[Case]) -> tuple[Row, ...]:
    """Cases as rows, the names of all their places asked for at once."""
    listed = list(found)
    places = names_of({case.person.region for case in listed if case.person.region})
    return tuple(_row(case, places.get(case.person.region)) for case in listed)


def _row(case: Case, place: FoundRegion | None) -> Row:
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
        summary=case.summary or "",
    )


def cases_within_reach(viewer: User, *, stage: str = "", mine: bool = False) -> Any:
    """The cases this person may see, newest first; a queryset, so that a page can cut it."""
    rows = Case.objects.reachable(viewer, Permission.CASE_VIEW).select_related("person")
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    if mine:
        rows = rows.filter(worker=viewer.pk)
    return rows.order_by("-opened_at", "pk")


def waiting_for(viewer: User, *, limit: int = 100) -> tuple[Row, ...]:
    """My cases in which nothing has happened since they were opened."""
    rows = cases_within_reach(viewer, stage=Stage.INTAKE, mine=True)
    return rows_of(rows[:limit])


def count_open(viewer: User) -> int:
    return Case.objects.reachable(viewer, Permission.CASE_VIEW).open().count()


def cases_of(person: UUID, viewer: User) -> tuple[Row, ...]:
    """All cases of one person that this viewer may see."""
    return rows_of(cases_within_reach(viewer).filter(person_id=person))


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
    Stage.INTAKE: lazy("Temui {name} dan sepakati bersama apa yang akan dikerjakan, lalu siapkan asesmen."),
    Stage.ASSESSMENT: lazy("Selesaikan asesmen bersama {name}."),
    Stage.PLANNING: lazy("Susun tujuan dan rencana bersama {name}."),
    Stage.INTERVENTION: lazy("Jalankan rencana dan catat setiap pertemuan."),
    Stage.REASSESSMENT: lazy("Lihat lagi bersama {name} apa yang berubah."),
    Stage.EVALUATION: lazy("Nilai bersama {name} apakah tujuannya tercapai."),
    Stage.TRANSITION: lazy("Siapkan {name} untuk melanjutkan tanpa pendamping."),
    Stage.TERMINATION: lazy("Akhiri pendampingan dengan kesepakatan {name}."),
    Stage.FOLLOW_UP: lazy("Kunjungi {name} sesuai jadwal bimbingan lanjut."),
}


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
    """A confirmed type of need, or the fact that one is kept from this viewer."""

    need: NeedType | None
    decided_by_name: str
    is_override: bool


def needs_of(case: Case, viewer: User) -> tuple[Need, ...]:
    """The types that the worker confirmed, those kept from this viewer without a name."""
    if case.screening is None:
        return ()
    edition, all_seen = editions.get(case.screening.edition), sees_all(case.screening, viewer)
    newest = {
        row.type_code: row for row in Decision.objects.filter(screening=case.screening).order_by("decided_at")
    }
    found = []
    for code in case.need_types:
        need, decision = edition.type(code), newest.get(code)
        hidden = need.sensitivity == HIGHLY_RESTRICTED and not all_seen
        name = decision.decided_by_name if decision else case.worker_name
        found.append(Need(None if hidden else need, name, bool(decision and decision.is_override)))
    return tuple(found)


# --- the timeline: every step of the thread, from the tables ---


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, who, in plain words."""

    at: datetime
    who: str
    words: str
    kind: str = ""
    screening: UUID | None = None


def timeline_of(case: Case) -> tuple[Entry, ...]:
    """From the registration to the newest move of the case, newest first."""
    person = case.person
    consents = list(Consent.objects.filter(person=person).order_by("given_at"))
    entries = [_registered(person)]
    for consent in consents:
        entries += _consent_entries(consent)
    if case.screening is not None:
        entries += _screening_entries(case.screening)
    entries += _fact_entries(person)
    entries += _stage_entries(case)
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


def _screening_entries(screening: Screening) -> list[Entry]:
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
                _decided_words(screening),
                screening=screening.pk,
            )
        )
    return entries


def _decided_words(screening: Screening) -> str:
    rows = Decision.objects.filter(screening=screening, decided_at__gte=screening.finished_at)
    newest = {row.type_code: row for row in rows.order_by("decided_at")}
    yes = sum(1 for row in newest.values() if row.decided == "yes")
    changed = sum(1 for row in newest.values() if row.is_override)
    words = ngettext(
        "Hasil diputuskan: %(count)s jenis memenuhi.", "Hasil diputuskan: %(count)s jenis memenuhi.", yes
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


def _stage_entries(case: Case) -> list[Entry]:
    entries = []
    for move in case.moves.order_by("at"):
        if not move.stage_from:
            words = _("Kasus %(number)s dibuka.") % {"number": case.number}
        else:
            words = _("Tahap menjadi %(stage)s.") % {"stage": move.get_stage_to_display()}
        entries.append(Entry(move.at, move.by_name, f"{words} {move.because}".strip(), "act"))
    return entries
