"""What is kept apart, what was told to others, and what was attached."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    PositiveIntegerField,
)

from simpul.access.secrets import Sealed
from simpul.cases.models.around import Concerned
from simpul.cases.models.case import OfCase
from simpul.cases.models.contacts import Note
from simpul.people.models import Basis, Consent


class SupervisionNote(OfCase):
    """A supervisor's note about the work on a case, apart from the file of the client. Added, never changed."""

    on = DateField()
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "supervision_note.words")
    agreed_sealed = BinaryField(null=True)
    agreed: Any = Sealed("agreed_sealed", "supervision_note.agreed")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Disclosure(OfCase):
    """Something was told to somebody outside: what, to whom, why, and on which basis. Added, never changed."""

    on = DateField()
    concerned = ForeignKey(Concerned, PROTECT, null=True, related_name="disclosures")
    basis = CharField(max_length=16, choices=Basis.choices)
    consent = ForeignKey(Consent, PROTECT, null=True, related_name="disclosures")
    what_sealed = BinaryField(null=True)
    what: Any = Sealed("what_sealed", "disclosure.what")
    to_whom_sealed = BinaryField(null=True)
    to_whom: Any = Sealed("to_whom_sealed", "disclosure.to_whom")
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "disclosure.because")
    # Why another basis than consent holds here.
    basis_because_sealed = BinaryField(null=True)
    basis_because: Any = Sealed("basis_because_sealed", "disclosure.basis_because")

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Attachment(OfCase):
    """A photograph or scan, kept encrypted in a file named by its key. `media_type` was read from its bytes.

    The file is sealed with a key of its own, which is sealed here: so a change of the keys reaches it without
    the file being touched, and what is removed cannot be opened from an old copy of the folder.
    """

    note = ForeignKey(Note, PROTECT, null=True, related_name="attachments")
    media_type = CharField(max_length=60)
    size = PositiveIntegerField()
    title_sealed = BinaryField(null=True)
    title: Any = Sealed("title_sealed", "attachment.title")
    file_name_sealed = BinaryField(null=True)
    file_name: Any = Sealed("file_name_sealed", "attachment.file_name")
    file_key_sealed = BinaryField(null=True)
    file_key: Any = Sealed("file_key_sealed", "attachment.file_key")
    removed_at = DateTimeField(null=True)
    removed_by_name = CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.media_type} {self.size}"

    @property
    def is_there(self) -> bool:
        """Whether there is a file: it was neither destroyed nor erased with everything about the person."""
        return self.removed_at is None and self.file_key_sealed is not None
