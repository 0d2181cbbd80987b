"""What assessors saw and scored at the body, the minutes signed by both sides, and the second person's check."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    TextField,
    UniqueConstraint,
)
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.models.run import Assignment, OfAccreditation


class Visit(OfAccreditation):
    """One visit. `signed` is a list of {"side": "body"|"assessor", "name", "title", "at", "agrees", "words"}.

    An entry of the side "refused" is an assessor's note that the body does not sign, with why. Locked when both
    sides have signed: from then on nothing about it changes.
    """

    on = DateField()
    met_with = CharField(max_length=300, blank=True)
    minutes = TextField(blank=True)
    signed: Any = JSONField(default=list)
    locked_at = DateTimeField(null=True, blank=True)
    version = PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.on}"


class Score(OfAccreditation):
    """What one assessor gives on one item, with what was seen. Added; the newest of an assessor counts until locked.

    `value` None: could not be seen, which counts as not known.
    """

    assignment = ForeignKey(Assignment, PROTECT, related_name="scores")
    item = CharField(max_length=40)
    value = PositiveIntegerField(null=True, blank=True)
    words = TextField(blank=True)

    class Meta:
        indexes = (Index(fields=["accreditation", "item", "at"], name="score_of_accreditation"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class Lock(OfAccreditation):
    """An assessor has finished: none of their scores is added any more, until it comes back to another visit.

    `round` counts the visits, so that what was sent back is scored, and locked, anew.
    """

    assignment = ForeignKey(Assignment, PROTECT, related_name="locks")
    round = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["assignment", "round"],
                name="accreditation_locked_once",
                violation_error_message=_("Nilai asesor ini sudah dikunci."),
            ),
        )

    def __str__(self) -> str:
        return str(self.assignment_id)


class Validated(OfAccreditation):
    """The value that holds for one item after a second person looked: confirmed, or corrected with a reason."""

    item = CharField(max_length=40)
    value = PositiveIntegerField(null=True, blank=True)
    because = TextField(blank=True)

    class Meta:
        indexes = (Index(fields=["accreditation", "item", "at"], name="validated_of_accreditation"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
