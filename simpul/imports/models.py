"""What is stored about imports: the file, what came of its rows, and how a source's columns are read."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.imports.stages import OF_PEOPLE, Decided, Fate, Kind, State, Table
from simpul.people.models import Basis, Source


class BatchQuerySet(Reachable):
    """Reach by the organisation for which the file was sent and by its area."""


class Batch(Filed):
    """One file of an office: whose list it is, on which basis it is used, how its columns are read, what came of it.

    `mapping` says for each column, by its place in the file, which field it is; `source` from whom its facts come.
    What a list is about may be an illness, so its name and its columns are sealed too, and `fingerprint` is keyed.
    `counts` holds {Fate: rows} as tried or loaded. `picture` tells how the file was understood, `refused` is a list of
    [row number, reason]: both hold what people wrote, so both are sealed. `rows_until` is the last row of the file.
    """

    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    kind = CharField(max_length=14, choices=Kind.choices)
    state = CharField(max_length=8, choices=State.choices, default=State.SENT)
    digest = BinaryField(max_length=16)
    fingerprint = CharField(max_length=64)
    list_name_sealed = BinaryField(null=True)
    list_name: Any = Sealed("list_name_sealed", "batch.list_name")
    listed_on = DateField()
    valid_until = DateField(null=True)
    basis = CharField(max_length=16, choices=Basis.choices)
    basis_because_sealed = BinaryField(null=True)
    basis_because: Any = Sealed("basis_because_sealed", "batch.basis_because")
    source = CharField(max_length=12, choices=Source.choices, default=Source.OFFICIAL)
    # Where everybody of the list lives whose row says nothing else; of answers: the instrument and its version.
    default_region = CharField(max_length=13, blank=True)
    instrument = CharField(max_length=60, blank=True)
    instrument_version = PositiveIntegerField(null=True)
    mapping_sealed = BinaryField(null=True)
    mapping: Any = Sealed("mapping_sealed", "batch.mapping", as_json=True)
    is_remembered = BooleanField(default=False)
    version = PositiveIntegerField(default=1)
    counts = JSONField(default=dict)
    rows_until = PositiveIntegerField(default=0)
    picture_sealed = BinaryField(null=True)
    picture: Any = Sealed("picture_sealed", "batch.picture", as_json=True)
    refused_sealed = BinaryField(null=True)
    refused: Any = Sealed("refused_sealed", "batch.refused", as_json=True)
    keep_until = DateField()
    run_at = DateTimeField(null=True)
    run_by = UUIDField(null=True)
    run_by_name = CharField(max_length=200, blank=True)
    ended_at = DateTimeField(null=True)
    ended_by_name = CharField(max_length=200, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["organisation", "at"], name="batch_organisation"),
            Index(fields=["digest"], name="batch_digest"),
        )
        constraints = (
            CheckConstraint(
                name="batch_kind_and_state_are_known",
                condition=Q(kind__in=Kind.values) & Q(state__in=State.values),
                violation_error_message=_("Jenis berkas itu tidak dikenal."),
            ),
            CheckConstraint(
                name="batch_that_ran_says_when_and_by_whom",
                condition=~Q(state__in=[State.DONE, State.UNDONE])
                | Q(run_at__isnull=False, run_by__isnull=False),
                violation_error_message=_("Impor harus menyebut siapa yang memuat dan kapan."),
            ),
        )

    def __str__(self) -> str:
        return str(self.list_name)

    @property
    def total(self) -> int:
        """Rows that were looked at."""
        return sum(self.counts.values())

    def count(self, fate: Fate) -> int:
        return int(self.counts.get(fate, 0))


class OfBatchQuerySet(Reachable):
    to_organisation = "batch__organisation"
    to_region = "batch__region"


class Made(Model):
    """One thing that an import made, by its own key; people and their homes stand here beside one row of the file.

    `fingerprint` finds the same row of a later file again. `said` is what the list itself called the person (a type
    of need): kept as quoted, never a verdict of this office.
    """

    key = UUIDField(primary_key=True)
    batch = ForeignKey(Batch, PROTECT, related_name="made")
    table = CharField(max_length=12, choices=Table.choices)
    number = PositiveIntegerField()
    fingerprint = BinaryField(max_length=16, null=True)
    said_sealed = BinaryField(null=True)
    said: Any = Sealed("said_sealed", "made.said")

    objects = OfBatchQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["batch", "table"], name="made_of_batch"),
            Index(fields=["fingerprint"], name="made_fingerprint", condition=Q(fingerprint__isnull=False)),
        )
        constraints = (
            CheckConstraint(
                name="made_table_is_known",
                condition=Q(table__in=Table.values),
                violation_error_message=_("Tabel itu tidak dikenal."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.number}"

    @property
    def about_person(self) -> uuid.UUID | None:
        return self.key if self.table == Table.PERSON else None


class Doubt(Model):
    """A row that may be about somebody, or something, known: what it says, who or what it may be, what was decided.

    `likes` are the keys of who it may be, the likeliest first; `person` the key of whom (in a list of bodies, sources or
    services: of what) somebody said it is about, or which came of it. `version` guards against two who decide at once.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = ForeignKey(Batch, PROTECT, related_name="doubts")
    number = PositiveIntegerField()
    row_sealed = BinaryField(null=True)
    row: Any = Sealed("row_sealed", "doubt.row", as_json=True)
    likes = JSONField(default=list)
    fingerprint = BinaryField(max_length=16)
    decided = CharField(max_length=8, choices=Decided.choices, blank=True)
    person = UUIDField(null=True)
    decided_at = DateTimeField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    objects = OfBatchQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["batch", "decided", "number"], name="doubt_of_batch"),
            Index(fields=["fingerprint"], name="doubt_fingerprint"),
            Index(fields=["person"], name="doubt_person", condition=Q(person__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def organisation(self) -> Any:
        return self.batch.organisation

    @property
    def region(self) -> str:
        return str(self.batch.region)

    @property
    def about_person(self) -> uuid.UUID | None:
        return self.person if self.batch.kind in OF_PEOPLE else None

    @property
    def is_open(self) -> bool:
        return not self.decided


class Memory(Model):
    """How the columns of a source's files were read the last time, so that nobody maps them twice."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    # Organisation and area together: a unique rule does not see that two empty organisations are the same.
    place = CharField(max_length=60)
    kind = CharField(max_length=14, choices=Kind.choices)
    fingerprint = CharField(max_length=64)
    mapping_sealed = BinaryField(null=True)
    mapping: Any = Sealed("mapping_sealed", "memory.mapping", as_json=True)
    at = DateTimeField()
    by_name = CharField(max_length=200)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="memory_once_for_a_source",
                fields=["place", "kind", "fingerprint"],
                violation_error_message=_("Susunan kolom itu sudah diingat."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
