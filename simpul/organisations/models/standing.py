"""How far a body meets the standards, and which type an officer confirmed."""

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
    TextField,
    UUIDField,
)

from simpul.organisations.models.body import OfOrganisation
from simpul.organisations.models.papers import Paper


class Indicator(OfOrganisation):
    """Whether one indicator of the standards is met: "yes", "no", "unknown", or "not_applicable".

    The newest row of a code counts; earlier ones are its history. `seen` says how it was seen (own word, paper,
    visit). What Simpul already knows by itself (a deed is recorded) is derived and needs no row.
    """

    code = CharField(max_length=60)
    answer = CharField(max_length=14)
    seen = CharField(max_length=12, blank=True)
    note = TextField(blank=True)
    paper = ForeignKey(Paper, PROTECT, null=True, blank=True, related_name="+")
    on = DateField()
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["organisation", "code", "at"], name="indicator_of_organisation"),)

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


class Classification(OfOrganisation):
    """One confirmed type A to D, with the suggestion and the answers it was made from. Added, never changed."""

    on = DateField()
    edition = CharField(max_length=60)
    suggested = CharField(max_length=10)
    finding: Any = JSONField()
    answers = JSONField(default=dict)
    confirmed = CharField(max_length=1)
    because = TextField(blank=True)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["organisation", "at"], name="classification_of"),)

    def __str__(self) -> str:
        return self.confirmed
