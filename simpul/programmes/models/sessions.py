"""Sessions, who came, and the certificates of those who took part."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
    TimeField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.secrets import Sealed
from simpul.programmes.models.programme import (
    OfMember,
    OfProgramme,
    OfWholeProgrammeQuerySet,
    Participant,
    Programme,
    Worker,
)
from simpul.programmes.stages import By, Came, SessionKind


class Session(OfProgramme):
    """One session. Its QR opens a page on which participants say that they are there, while `qr_until` is not over."""

    programme = ForeignKey(Programme, PROTECT, related_name="sessions")
    order = PositiveSmallIntegerField()
    title = CharField(max_length=200)
    kind = CharField(max_length=14, choices=SessionKind.choices)
    curriculum = TextField(blank=True)
    methods = TextField(blank=True)
    on = DateField()
    starts_at = TimeField(null=True)
    hours = DecimalField(max_digits=4, decimal_places=1, null=True)
    place = CharField(max_length=200, blank=True)
    trainer = ForeignKey(Worker, PROTECT, null=True, related_name="+")
    qr_mark = CharField(max_length=64, blank=True)
    qr_until = DateTimeField(null=True)
    # Who opened the QR: what comes in by it is written in their name, since participants need no account.
    qr_by = UUIDField(null=True)
    held_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["programme", "order"],
                name="session_order_once",
                violation_error_message=_("Nomor urut itu sudah dipakai pertemuan lain."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Material(Filed):
    """A paper or file that belongs to a session."""

    session = ForeignKey(Session, PROTECT, related_name="materials")
    programme = ForeignKey(Programme, PROTECT, related_name="+")
    title = CharField(max_length=200)

    objects = OfWholeProgrammeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class Attendance(OfMember):
    """Whether one participant came to one session. The newest row counts; earlier ones are its history."""

    session = ForeignKey(Session, PROTECT, related_name="attendances")
    participant = ForeignKey(Participant, PROTECT, related_name="attendances")
    came = CharField(max_length=8, choices=Came.choices)
    how = CharField(max_length=4, choices=By.choices)

    class Meta:
        indexes = (Index(fields=["session", "at"], name="attendance_of_session"),)

    def __str__(self) -> str:
        return self.came


class Diploma(OfMember):
    """A certificate of taking part. `words` is what is printed, kept as printed; checked by anybody by its code.

    It tells name, programme, hours and day, and nothing of test results.
    """

    participant = ForeignKey(Participant, PROTECT, related_name="diplomas")
    number = CharField(max_length=60)
    code = CharField(max_length=16, unique=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "diploma.words", as_json=True)
    hours = DecimalField(max_digits=5, decimal_places=1)
    sessions = JSONField(default=list)
    on = DateField()
    withdrawn_on = DateField(null=True)
    withdrawn_by_name = CharField(max_length=200, blank=True)
    withdrawn_because = TextField(blank=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["programme", "number"],
                name="diploma_number_once",
                violation_error_message=_("Nomor sertifikat itu sudah dipakai."),
            ),
        )

    def __str__(self) -> str:
        return self.number
