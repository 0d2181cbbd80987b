"""The file as the client may read it: what is about others is left out, and it is said how much and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import ngettext

from simpul.cases import models
from simpul.cases.models import Case, Conference, Goal, Note, PlanStep, Tells
from simpul.cases.queries.attachments import Attached, attached_to
from simpul.cases.queries.own_work import Part, work_in
from simpul.cases.queries.plans import plan_of
from simpul.cases.queries.privacy import Told, told_of
from simpul.cases.queries.stages import StageNames, names_of_stage


@dataclass(frozen=True, slots=True)
class Noted:
    """A contact, without who else was there and what others said."""

    on: date
    kind: str
    who: str
    words: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of the case from one stage to the next."""

    on: date
    stage: str
    because: str


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody around the client, without how to reach them."""

    name: str
    relation: str
    tells: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The whole file, in the order in which it is read. `left_out` are sentences."""

    case: Case
    names: StageNames
    moves: tuple[Moved, ...]
    notes: tuple[Noted, ...]
    goals: tuple[Goal, ...]
    steps: tuple[PlanStep, ...]
    meetings: tuple[Conference, ...]
    around: tuple[Around, ...]
    told: tuple[Told, ...]
    attachments: tuple[Attached, ...]
    work: tuple[Part, ...]
    left_out: tuple[str, ...]


def own_file(case: Case) -> OwnFile:
    """Supervisors' notes are no part of the file; what others said, and how to reach them, is theirs."""
    notes = list(Note.objects.filter(case=case).order_by("on", "at", "pk"))
    corrected = {note.corrects_id for note in notes}
    meetings = tuple(Conference.objects.filter(case=case).order_by("on", "at"))
    around = tuple(models.Concerned.objects.filter(case=case).order_by("at", "pk"))
    plan = plan_of(case)
    steps = PlanStep.objects.filter(plan=plan).order_by("order") if plan else ()
    return OwnFile(
        case=case,
        names=names_of_stage(case.stage),
        moves=tuple(_moved(move) for move in case.moves.order_by("at", "pk")),
        notes=tuple(_noted(note) for note in notes if note.pk not in corrected),
        goals=tuple(Goal.objects.filter(case=case).order_by("number")),
        steps=tuple(steps),
        meetings=meetings,
        around=tuple(_around(row) for row in around),
        told=told_of(case, is_told=True),
        attachments=tuple(row for row in attached_to(case, is_told=True) if row.is_there),
        work=work_in(case),
        left_out=_left_out(case, notes, meetings, around),
    )


def _noted(note: Note) -> Noted:
    return Noted(note.on, note.get_kind_display(), note.by_name, note.words or "", note.next_step or "")


def _moved(move: Any) -> Moved:
    return Moved(timezone.localtime(move.at).date(), move.get_stage_to_display(), move.because or "")


def _around(row: models.Concerned) -> Around:
    told = row.told_what if row.tells == Tells.SOME and row.told_what else row.get_tells_display()
    return Around(row.name or "", row.relation or "", str(told))


def _left_out(
    case: Case, notes: list[Note], meetings: tuple[Conference, ...], around: tuple[models.Concerned, ...]
) -> tuple[str, ...]:
    """How much is not shown, by kind; nothing where all is."""
    said = sum(1 for note in notes if note.third_party_sealed is not None)
    present = sum(1 for note in notes if note.with_whom_sealed is not None)
    corrected = len({note.corrects_id for note in notes} - {None})
    discussed = sum(1 for meeting in meetings if meeting.discussed_sealed is not None)
    phones = sum(1 for row in around if row.phone_sealed is not None)
    families = models.Assessment.objects.filter(
        case=case, completed_at__isnull=False, family_view_sealed__isnull=False
    ).count()
    reviews = models.SupportReview.objects.filter(case=case)
    beside = sum(
        reviews.filter(**{f"{side}_words_sealed__isnull": False}).count() for side in ("network", "providers")
    )
    company = models.Preparation.objects.filter(case=case, company_words_sealed__isnull=False).count()
    reporters = int(case.referral_words_sealed is not None)
    counted = (
        (
            reporters,
            ngettext(
                "%(n)s keterangan tentang siapa yang merujuk",
                "%(n)s keterangan tentang siapa yang merujuk",
                reporters,
            ),
        ),
        (families, ngettext("%(n)s pandangan keluarga", "%(n)s pandangan keluarga", families)),
        (said, ngettext("%(n)s keterangan dari orang lain", "%(n)s keterangan dari orang lain", said)),
        (present, ngettext("%(n)s daftar orang yang hadir", "%(n)s daftar orang yang hadir", present)),
        (discussed, ngettext("%(n)s pembicaraan rapat", "%(n)s pembicaraan rapat", discussed)),
        (
            beside,
            ngettext(
                "%(n)s keterangan tentang jejaring dan penyedia",
                "%(n)s keterangan tentang jejaring dan penyedia",
                beside,
            ),
        ),
        (
            company,
            ngettext(
                "%(n)s keterangan tentang yang menemani", "%(n)s keterangan tentang yang menemani", company
            ),
        ),
        (phones, ngettext("%(n)s nomor telepon orang lain", "%(n)s nomor telepon orang lain", phones)),
        (corrected, ngettext("%(n)s catatan yang keliru", "%(n)s catatan yang keliru", corrected)),
    )
    return tuple(words % {"n": number} for number, words in counted if number)
