"""What the client is told, thinks, and complains of."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    Index,
    Model,
    PositiveIntegerField,
    TextChoices,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.people.models import Capacity, Mode


class RightsGiven(OfCase):
    """The page of rights and principles was given and explained. `text_version` names its text."""

    on = DateField()
    text_version = CharField(max_length=10)
    how_sealed = BinaryField(null=True)
    how: Any = Sealed("how_sealed", "rights_given.how")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Agreement(OfCase):
    """The service agreement was made: who agreed in which way, until when it holds, what was settled beside it.

    Added, never changed: a newer one takes its place, and when that was is told by its day.
    """

    on = DateField()
    capacity = CharField(max_length=12, choices=Capacity.choices)
    mode = CharField(max_length=16, choices=Mode.choices)
    review_on = DateField(null=True)
    signer_sealed = BinaryField(null=True)
    signer: Any = Sealed("signer_sealed", "agreement.signer")
    witness_sealed = BinaryField(null=True)
    witness: Any = Sealed("witness_sealed", "agreement.witness")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "agreement.words")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Entered(TextChoices):
    """How what the client thinks came here: it weighs differently when the own worker asked."""

    PAPER = "paper", _("Ditulis sendiri di kertas, lalu disalin")
    ALONE = "alone", _("Diisi sendiri di layar")
    ASKED = "asked", _("Ditanyakan, lalu dicatat petugas")
    HELPED = "helped", _("Dibantu keluarga atau pendamping lain")


class Satisfaction(OfCase):
    """What the client thinks of the help; answers of an instrument, as in an assessment.

    `by` is who entered it, `entered` how.
    """

    instrument = CharField(max_length=60)
    instrument_version = CharField(max_length=20)
    on = DateField()
    entered = CharField(max_length=8, choices=Entered.choices, default=Entered.ASKED)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "satisfaction.words")
    answers_sealed = BinaryField(null=True)
    answers: Any = Sealed("answers_sealed", "satisfaction.answers", as_json=True)
    scores_sealed = BinaryField(null=True)
    scores: Any = Sealed("scores_sealed", "satisfaction.scores", as_json=True)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class ComplaintState(TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "Diterima")
    LOOKED_INTO = "looked_into", _("Sedang diperiksa")
    ANSWERED = "answered", _("Sudah dijawab")


class ComplaintQuerySet(Reachable):
    """By the organisation it is about, or the area it came from."""


class Complaint(Model):
    """A complaint by a client or anybody, also anonymous. `code_index` finds it by the code the sender keeps.

    It belongs to no case, so that whoever it is about cannot meet it there. `about` are the names of those it
    is about, as the sender wrote them; `notes` are for the office alone.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "complaint.words")
    about_sealed = BinaryField(null=True)
    about: Any = Sealed("about_sealed", "complaint.about")
    name_sealed = BinaryField(null=True)
    name: Any = Sealed("name_sealed", "complaint.name")
    contact_sealed = BinaryField(null=True)
    contact: Any = Sealed("contact_sealed", "complaint.contact")
    answer_sealed = BinaryField(null=True)
    answer: Any = Sealed("answer_sealed", "complaint.answer")
    notes_sealed = BinaryField(null=True)
    notes: Any = Sealed("notes_sealed", "complaint.notes")
    code_index = BinaryField(max_length=16)
    received_at = DateTimeField()
    due_on = DateField()
    state = CharField(max_length=12, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    taken_by_name = CharField(max_length=200, blank=True)
    answered_at = DateTimeField(null=True)
    answered_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["state", "due_on"], name="complaint_by_state"),
            Index(fields=["code_index"], name="complaint_code"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_erased(self) -> bool:
        """Whether what was written is gone; that there was a complaint, and when it was answered, stays."""
        return self.words_sealed is None

    @property
    def about_person(self) -> None:
        """Nobody: a complaint is not part of anybody's file."""
