"""What people ask about their own data, and what became of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    Q,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.people.models.choices import Capacity, RequestKind, RequestState
from simpul.people.models.person import Person

WAITING = (RequestState.OPEN, RequestState.CHECKED)


class DataRequestQuerySet(Reachable):
    # By who keeps the record and where the person lives now, as in screenings.
    to_organisation = "person__organisation"
    to_region = "person__region"

    def waiting(self) -> DataRequestQuerySet:
        """Not answered to the end, the latest first; what has no clock comes after what has one."""
        return self.filter(state__in=WAITING).order_by(F("due_at").asc(nulls_last=True), "received_at", "pk")


class DataRequest(Model):
    """One request of a person, or of somebody for them, about what is kept: received, answered, and why so.

    `due_at` is where the clock of the catalogue ends, None where the law gives no hours. `destroyed` counts
    what was erased, by table, for the minutes.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, related_name="data_requests")
    kind = CharField(max_length=10, choices=RequestKind.choices)
    capacity = CharField(max_length=10, choices=Capacity.choices)
    asked_by_sealed = BinaryField(null=True)
    words_sealed = BinaryField(null=True)
    received_at = DateTimeField()
    due_at = DateTimeField(null=True)
    recorded_at = DateTimeField()
    recorded_by = UUIDField()
    recorded_by_name = CharField(max_length=200)
    state = CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    ground = CharField(max_length=20, blank=True)
    answer_sealed = BinaryField(null=True)
    answered_at = DateTimeField(null=True)
    answered_by = UUIDField(null=True)
    answered_by_name = CharField(max_length=200, blank=True)
    approved_at = DateTimeField(null=True)
    approved_by = UUIDField(null=True)
    approved_by_name = CharField(max_length=200, blank=True)
    destroyed = JSONField(default=dict)

    # Why somebody wants their data gone may be the most private thing they ever said.
    asked_by = Sealed("asked_by_sealed", "data_request.asked_by")
    words = Sealed("words_sealed", "data_request.words")
    answer = Sealed("answer_sealed", "data_request.answer")
    objects = DataRequestQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["person", "received_at"], name="data_request_person"),
            Index(fields=["state", "due_at"], name="data_request_waiting"),
        )
        constraints = (
            CheckConstraint(
                name="data_request_kind_and_state_are_known",
                condition=Q(kind__in=RequestKind.values) & Q(state__in=RequestState.values),
                violation_error_message=_("Pilih dari daftar apa yang diminta."),
            ),
            CheckConstraint(
                name="data_request_answer_names_who_and_when",
                condition=Q(state=RequestState.OPEN, answered_at=None, answered_by=None)
                | (~Q(state=RequestState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                violation_error_message=_("Jawaban harus menyebut siapa yang memutuskan dan kapan."),
            ),
            CheckConstraint(
                name="data_request_second_person_is_another",
                condition=Q(approved_by=None) | ~Q(approved_by=F("answered_by")),
                violation_error_message=_("Penghapusan disetujui oleh dua orang yang berbeda."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def organisation(self) -> Any:
        return self.person.organisation

    @property
    def region(self) -> str:
        return str(self.person.region)

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    def is_late_at(self, at: datetime) -> bool:
        """Whether it waits although its clock has run out."""
        return self.is_waiting and self.due_at is not None and self.due_at < at
