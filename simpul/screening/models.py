"""What is stored about a screening, and what must always hold."""

from __future__ import annotations

import uuid
from functools import cached_property
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
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.people.models import Person
from simpul.screening.stages import Ending, State, Urgency


class ScreeningQuerySet(Reachable):
    # By where the person lives now: whoever looks after them there must find what was asked elsewhere.
    to_region = "person__region"

    def in_state(self, state: str) -> ScreeningQuerySet:
        """The same four states as `Screening.state`, for lists."""
        return self.filter(
            {
                State.ASKING: Q(ending="", finished_at=None),
                State.FINISHED: Q(ending="", finished_at__isnull=False, decided_at=None),
                State.DECIDED: Q(ending="", decided_at__isnull=False),
                State.ENDED: ~Q(ending=""),
            }[State(state)]
        )

    def running(self) -> ScreeningQuerySet:
        return self.filter(ending="")


class Screening(Model):
    """One conversation about what one person may need, judged by one edition of the catalogue.

    While it is asked, its facts are the person's own; `facts` and `findings` are frozen when it is
    finished. `on` is the day asked about: the day it was started, then the day it was finished.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, related_name="screenings")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    province = CharField(max_length=2, blank=True)
    edition = CharField(max_length=60)
    edition_digest = CharField(max_length=64)
    on = DateField()
    started_at = DateTimeField()
    started_by = UUIDField()
    started_by_name = CharField(max_length=200)
    finished_at = DateTimeField(null=True)
    finished_by_name = CharField(max_length=200, blank=True)
    facts_sealed = BinaryField(null=True)
    facts: Any = Sealed("facts_sealed", "screening.facts", as_json=True)
    findings_sealed = BinaryField(null=True)
    findings: Any = Sealed("findings_sealed", "screening.findings", as_json=True)
    urgency = CharField(max_length=12, choices=Urgency.choices, blank=True)
    decided_at = DateTimeField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    ending = CharField(max_length=20, choices=Ending.choices, blank=True)
    ending_because_sealed = BinaryField(null=True)
    ending_because: Any = Sealed("ending_because_sealed", "screening.ending_because")
    ended_at = DateTimeField(null=True)
    ended_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_running_screening_per_person",
                fields=["person"],
                condition=Q(ending=""),
                violation_error_message=gettext_lazy(
                    "Penapisan orang ini masih berjalan. Lanjutkan yang itu."
                ),
            ),
            CheckConstraint(
                name="screening_ends_as_known",
                condition=Q(ending__in=["", *Ending.values]) & Q(urgency__in=["", *Urgency.values]),
                violation_error_message=gettext_lazy(
                    "Pilih dari daftar: bagaimana penapisan berakhir, dan seberapa mendesak."
                ),
            ),
            CheckConstraint(
                name="screening_case_only_after_decision",
                condition=~Q(ending=Ending.CASE) | Q(decided_at__isnull=False),
                violation_error_message=gettext_lazy("Kasus dibuka setelah hasil penapisan diputuskan."),
            ),
            CheckConstraint(
                name="screening_finished_keeps_its_findings",
                condition=Q(finished_at=None)
                | (Q(facts_sealed__isnull=False) & Q(findings_sealed__isnull=False)),
                violation_error_message=gettext_lazy(
                    "Penapisan yang selesai menyimpan jawaban dan hasilnya."
                ),
            ),
        )
        indexes = (
            Index(fields=["organisation", "ending", "started_at"], name="screening_of_organisation"),
            Index(fields=["region", "ending"], name="screening_of_region"),
        )

    def __str__(self) -> str:
        return f"{self.edition} {self.on}"

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def state(self) -> State:
        if self.ending:
            return State.ENDED
        if self.decided_at:
            return State.DECIDED
        return State.FINISHED if self.finished_at else State.ASKING

    @property
    def is_running(self) -> bool:
        return not self.ending


class DecisionQuerySet(Reachable):
    to_organisation = "screening__organisation"
    to_region = "screening__person__region"


class Decision(Model):
    """What a worker made of one finding. Added, never changed: the newest of a type holds.

    Which type, what the rule suggested, what was decided and why are one sealed value: a plain list of
    who was confirmed as what would be the most dangerous table of all.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = ForeignKey(Screening, PROTECT, related_name="decisions")
    verdict_sealed = BinaryField()
    verdict: Any = Sealed("verdict_sealed", "decision.verdict", as_json=True)
    decided_by = UUIDField()
    decided_by_name = CharField(max_length=200)
    decided_at = DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["screening", "decided_at"], name="decision_of_screening"),)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def about_person(self) -> uuid.UUID:
        return self.screening.person_id

    @cached_property
    def said(self) -> dict[str, str]:
        """The verdict, opened once: "type", "suggested", "decided" and "because"."""
        return dict(self.verdict)

    @property
    def type_code(self) -> str:
        return self.said["type"]

    @property
    def suggested(self) -> str:
        return self.said["suggested"]

    @property
    def decided(self) -> str:
        return self.said["decided"]

    @property
    def because(self) -> str:
        return self.said["because"]

    @property
    def is_override(self) -> bool:
        return self.suggested != self.decided
