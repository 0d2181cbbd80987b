"""Contacts with the client and around them, and what there is to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextChoices,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase, OfCaseQuerySet


class ContactKind(TextChoices):
    VISIT = "visit", _("Kunjungan")
    OFFICE = "office", _("Datang ke kantor")
    CALL = "call", _("Telepon")
    MESSAGE = "message", _("Pesan")
    ACCOMPANIED = "accompanied", _("Mendampingi ke layanan")
    MEETING = "meeting", _("Pertemuan dengan pihak lain")
    ATTEMPT = "attempt", _("Mencoba, tidak bertemu")
    NOTE = "note", _("Catatan tanpa pertemuan")
    # Written by `prescreen` only, so that its gate can find it.
    PRESCREENING = "prescreening", _("Penyaringan awal")


class Note(OfCase):
    """A progress note: what happened, where, with whom. Added, never changed; corrected by addition.

    `third_party` holds what others said, which is left out when the client reads the own file. `goals` are the
    keys of the goals that it hangs on, as text. `minutes` is how long it took, never required.
    """

    on = DateField()
    kind = CharField(max_length=12, choices=ContactKind.choices)
    place_sealed = BinaryField(null=True)
    place: Any = Sealed("place_sealed", "note.place")
    with_whom_sealed = BinaryField(null=True)
    with_whom: Any = Sealed("with_whom_sealed", "note.with_whom")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "note.words")
    third_party_sealed = BinaryField(null=True)
    third_party: Any = Sealed("third_party_sealed", "note.third_party")
    next_step_sealed = BinaryField(null=True)
    next_step: Any = Sealed("next_step_sealed", "note.next_step")
    goals = JSONField(default=list)
    minutes = PositiveSmallIntegerField(null=True)
    corrects = ForeignKey("self", PROTECT, null=True, related_name="corrections")

    class Meta:
        indexes = (Index(fields=["case", "on", "at"], name="note_of_case"),)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.kind}"


class TaskKind(TextChoices):
    """What a task is about. All but `own` are derived from other rows and follow them when those change."""

    OWN = "own", _("Tugas")
    VISIT = "visit", _("Kunjungan")
    REASSESSMENT = "reassessment", _("Asesmen ulang")
    GOAL = "goal", _("Tujuan")
    PLAN_STEP = "plan_step", _("Langkah rencana")
    ADVOCATE = "advocate", _("Meminta atas nama klien")
    CONFERENCE = "conference", _("Keputusan rapat kasus")
    FOLLOW_UP = "follow_up", _("Bimbingan lanjut")
    HANDOVER = "handover", _("Serah terima")
    APPROVAL = "approval", _("Persetujuan rencana")
    GLASS = "glass", _("Pembukaan darurat")


class TaskState(TextChoices):
    OPEN = "open", _("Belum dikerjakan")
    DONE = "done", _("Sudah dikerjakan")
    DROPPED = "dropped", _("Tidak jadi")


class TaskQuerySet(OfCaseQuerySet):
    def waiting(self) -> TaskQuerySet:
        return self.filter(state=TaskState.OPEN)

    def overdue(self, on: date) -> TaskQuerySet:
        """The one definition of overdue: open, and its last day is over."""
        return self.waiting().filter(due_on__lt=on)

    def due(self, on: date) -> TaskQuerySet:
        """Open, and to be done by that day; the overdue ones among them."""
        return self.waiting().filter(due_on__lte=on)


class Task(OfCase):
    """Something to do by a day, and by whom. `about` is the key of the row that it was derived from."""

    kind = CharField(max_length=14, choices=TaskKind.choices, default=TaskKind.OWN)
    about = UUIDField(null=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "task.words")
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "task.because")
    due_on = DateField()
    first_due_on = DateField()
    worker = UUIDField(null=True)
    worker_name = CharField(max_length=200, blank=True)
    state = CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    done_at = DateTimeField(null=True)
    done_by_name = CharField(max_length=200, blank=True)
    postponed = PositiveSmallIntegerField(default=0)
    version = PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()  # type: ignore[misc] # a narrower manager than the base class has

    class Meta:
        indexes = (
            Index(fields=["worker", "state", "due_on"], name="task_of_worker"),
            Index(fields=["case", "state", "due_on"], name="task_of_case"),
            Index(fields=["about"], name="task_about"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on:%Y-%m-%d}"
