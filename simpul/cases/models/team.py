"""How a team works on a case: conferences, and handing it over."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    Index,
    Q,
    TextChoices,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase


class Conference(OfCase):
    """A meeting of the team about one case. Added, never changed.

    `participants` are entries {"name": …, "profession": code, "organisation": …}.
    """

    on = DateField()
    place_sealed = BinaryField(null=True)
    place: Any = Sealed("place_sealed", "conference.place")
    discussed_sealed = BinaryField(null=True)
    discussed: Any = Sealed("discussed_sealed", "conference.discussed")
    decided_sealed = BinaryField(null=True)
    decided: Any = Sealed("decided_sealed", "conference.decided")
    client_view_sealed = BinaryField(null=True)
    client_view: Any = Sealed("client_view_sealed", "conference.client_view")
    participants_sealed = BinaryField(null=True)
    participants: Any = Sealed("participants_sealed", "conference.participants", as_json=True)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class Handing(TextChoices):
    HANDOVER = "handover", _("Serah terima kasus")
    COVER = "cover", _("Pengganti selama cuti")


class HandoverState(TextChoices):
    PROPOSED = "proposed", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Diterima")
    DECLINED = "declined", _("Tidak diterima")
    WITHDRAWN = "withdrawn", _("Ditarik kembali")


class Handover(OfCase):
    """One worker asks another to take a case over, for good or during leave. Whoever is asked answers."""

    kind = CharField(max_length=10, choices=Handing.choices, default=Handing.HANDOVER)
    to_user = UUIDField()
    to_name = CharField(max_length=200)
    state = CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.PROPOSED)
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "handover.because")
    open_promises_sealed = BinaryField(null=True)
    open_promises: Any = Sealed("open_promises_sealed", "handover.open_promises")
    answer_sealed = BinaryField(null=True)
    answer: Any = Sealed("answer_sealed", "handover.answer")
    starts_on = DateField()
    until = DateField(null=True)
    answered_at = DateTimeField(null=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_handover_waits_per_case",
                fields=["case", "kind"],
                condition=Q(state="proposed"),
                violation_error_message=_("Serah terima kasus ini sudah diajukan dan menunggu jawaban."),
            ),
        )
        indexes = (Index(fields=["to_user", "state"], name="handover_to_user"),)

    def __str__(self) -> str:
        return f"{self.by_name} -> {self.to_name}"
