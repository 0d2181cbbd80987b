"""A sheet: one instrument, answered by one participant at one time, apart from any case."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    Index,
    Model,
    PositiveIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.access.secrets import Sealed, blind_index

LONGEST_CODE = 40
_CODE_PART = 4


class SheetSource(TextChoices):
    TYPED = "typed", _("Diisi di Simpul")
    IMPORTED = "imported", _("Dari lembar sebar")


class SheetQuerySet(Reachable):
    """Sheets by office and area; those of a series (a programme, a session of it) only for who runs the programme there.

    Who fills in sheets of the same area would else read, under codes, what the boards of bodies answered, and who
    counts answers could tell one person's from two counts.
    """

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        runs = self.covered(user, Permission.PROGRAMME_MANAGE)
        return self.filter(self.covered(user, permission)).filter(Q(series=None) | runs)


class AnswerSheet(Model):
    """One participant's answers to one version of an instrument.

    `participant` is a key and nothing else: whose it is only the sealed `label` says, or whoever made the key (a programme).
    `purpose` says what the sheet is for (of the instrument's purposes), `series` is the key of what gathers sheets
    (a programme, a survey), `wave` the time within it ("pre", "post"). `about` is the organisation that the answers
    are about or that the participant belongs to. `answers` are as AnswersForm.cleaned_answers gives them; `digest` names the
    very text that was answered. A locked sheet is never changed.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = UUIDField(null=True, blank=True)
    region = CharField(max_length=13, blank=True)
    instrument = CharField(max_length=60)
    instrument_version = PositiveIntegerField()
    digest = CharField(max_length=64)
    purpose = CharField(max_length=20)
    series = UUIDField(null=True, blank=True)
    wave = CharField(max_length=LONGEST_CODE, blank=True)
    participant = UUIDField()
    label_sealed = BinaryField(null=True)
    label: Any = Sealed("label_sealed", "sheet.label")
    about = UUIDField(null=True, blank=True)
    on = DateField()
    answers_sealed = BinaryField(null=True)
    answers: Any = Sealed("answers_sealed", "sheet.answers", as_json=True)
    source = CharField(max_length=10, choices=SheetSource.choices, default=SheetSource.TYPED)
    by = UUIDField()
    by_name = CharField(max_length=150)
    begun_at = DateTimeField()
    locked_at = DateTimeField(null=True, blank=True)
    # Once it counted it is never thrown away, also while it is open to be mended.
    was_locked = BooleanField(default=False)
    version = PositiveIntegerField(default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["instrument", "instrument_version", "wave"], name="sheet_of_instrument"),
            Index(fields=["series", "wave"], name="sheet_of_series"),
            Index(fields=["organisation", "region"], name="sheet_of_office"),
        )
        constraints = (
            UniqueConstraint(
                name="one_sheet_per_wave_of_a_series",
                fields=["series", "participant", "instrument", "wave"],
                condition=Q(series__isnull=False),
                violation_error_message=_("Peserta ini sudah mengisi instrumen ini pada gelombang itu."),
            ),
            UniqueConstraint(
                name="one_sheet_per_wave_without_series",
                fields=["participant", "instrument", "wave"],
                condition=Q(series__isnull=True),
                violation_error_message=_("Peserta ini sudah mengisi instrumen ini pada gelombang itu."),
            ),
            CheckConstraint(
                name="sheet_version_counts_from_one",
                condition=Q(version__gte=1),
                violation_error_message=_("Versi dihitung dari 1."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version} {self.code}"

    @property
    def code(self) -> str:
        """What stands for the participant where no name may: the same in every wave, and no way back to the key."""
        return code_of(self.participant)

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


def code_of(participant: uuid.UUID) -> str:
    """The code of a participant, for example "3F0A-9C11-77B2". Keyed, so that nobody can try keys out."""
    digits = blind_index(str(participant), "sheet.participant").hex()[: 3 * _CODE_PART].upper()
    return "-".join(digits[start : start + _CODE_PART] for start in range(0, len(digits), _CODE_PART))
