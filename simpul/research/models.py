"""A file for research: asked for with a purpose, measured, approved by a second person, made, taken, destroyed."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    TextField,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.research.stages import Stage


class ExtractQuerySet(Reachable):
    to_organisation = None


class Extract(Filed):
    """What a researcher asks for, and what became of it. `at` and `by` say when it was asked and by whom.

    `standing` is the table of k-anonymity, numbers of groups alone. `salt` makes the keys of people: of its own for
    each extract, so that no two can be laid beside each other, and destroyed with the file.
    """

    region = CharField(max_length=13)
    on = DateField()
    edition = CharField(max_length=60)
    purpose = CharField(max_length=600)
    for_whom = CharField(max_length=200)
    variables = JSONField(default=list)
    types = JSONField(default=list)
    stage = CharField(max_length=10, choices=Stage.choices, default=Stage.MEASURING)
    standing = JSONField(null=True)
    told = CharField(max_length=400, blank=True)
    decided_at = DateTimeField(null=True)
    decided_by = UUIDField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    answer_words = TextField(blank=True)
    salt_sealed = BinaryField(null=True)
    salt: Any = Sealed("salt_sealed", "extract.salt")
    digest = CharField(max_length=64, blank=True)
    rows = PositiveIntegerField(default=0)
    until = DateField(null=True)

    objects = ExtractQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "stage"], name="extract_of_area"),)
        constraints = (
            CheckConstraint(
                name="extract_stage_is_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message=_("Keadaan berkas penelitian itu tidak dikenal."),
            ),
            CheckConstraint(
                name="extract_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
                violation_error_message=_("Yang meminta tidak memutuskan permintaannya sendiri."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.region} {self.on}"


class Taking(Model):
    """That the file was downloaded: each time a row, beside the record of events."""

    extract = ForeignKey(Extract, PROTECT, related_name="takings")
    at = DateTimeField()
    by = UUIDField()
    by_name = CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.extract_id} {self.at}"
