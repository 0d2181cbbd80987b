"""What is stored about a case, and what must always hold."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.cases.stages import ENDED, Stage
from simpul.people.models import Person
from simpul.screening.models import Screening
from simpul.screening.stages import Urgency


class CaseQuerySet(Reachable):
    # By where the person lives now, as in screenings.
    to_region = "person__region"

    def open(self) -> CaseQuerySet:
        return self.exclude(stage__in=ENDED)


class Case(Model):
    """One person's need, accompanied. `number` is 2026-014: the year and a count of the organisation."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = CharField(max_length=12)
    person = ForeignKey(Person, PROTECT, related_name="cases")
    screening = ForeignKey(Screening, PROTECT, null=True, related_name="cases")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    province = CharField(max_length=2, blank=True)
    # Whose series of numbers it is from: the organisation, or the regency for an office without one.
    series = CharField(max_length=36)
    stage = CharField(max_length=20, choices=Stage.choices, default=Stage.INTAKE)
    urgency = CharField(max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    need_types_sealed = BinaryField(null=True)
    need_types: Any = Sealed("need_types_sealed", "case.need_types", as_json=True)
    opened_at = DateTimeField()
    opened_on = DateField()
    worker = UUIDField()
    worker_name = CharField(max_length=200)
    summary_sealed = BinaryField(null=True)
    summary: Any = Sealed("summary_sealed", "case.summary")
    version = PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="case_number_once_per_series",
                fields=["series", "number"],
                violation_error_message=gettext_lazy("Nomor kasus itu sudah dipakai."),
            ),
            UniqueConstraint(
                name="one_case_per_screening",
                fields=["screening"],
                violation_error_message=gettext_lazy("Dari penapisan ini sudah dibuka satu kasus."),
            ),
            CheckConstraint(
                name="case_stage_is_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message=gettext_lazy("Tahap itu tidak dikenal."),
            ),
        )
        indexes = (
            Index(fields=["organisation", "stage", "opened_at"], name="case_of_organisation"),
            Index(fields=["region", "stage"], name="case_of_region"),
            Index(fields=["worker", "stage"], name="case_of_worker"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED


class StageMoveQuerySet(Reachable):
    to_organisation = "case__organisation"
    to_region = "case__person__region"


class StageMove(Model):
    """One step of a case through its stages. Added, never changed."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = ForeignKey(Case, PROTECT, related_name="moves")
    stage_from = CharField(max_length=20, choices=Stage.choices, blank=True)
    stage_to = CharField(max_length=20, choices=Stage.choices)
    at = DateTimeField()
    by_name = CharField(max_length=200)
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "stage_move.because")

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["case", "at"], name="stage_move_of_case"),)

    def __str__(self) -> str:
        return f"{self.stage_from} -> {self.stage_to}"

    @property
    def about_person(self) -> uuid.UUID:
        return self.case.person_id


class NumberSeries(Model):
    """The last case number given in a year: locked while one is given, so none is given twice."""

    series = CharField(max_length=36)
    year = PositiveSmallIntegerField()
    last = PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_series_per_keeper_and_year",
                fields=["series", "year"],
                violation_error_message=gettext_lazy("Nomor tahun ini sudah dimulai."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.year}-{self.last:03}"
