"""Assessments with an instrument: the baseline, and those that are held beside it."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    Index,
    JSONField,
    PositiveIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase


class Occasion(TextChoices):
    BASELINE = "baseline", _("Asesmen awal")
    REASSESSMENT = "reassessment", _("Asesmen ulang")
    FURTHER = "further", _("Asesmen tambahan")


class Assessment(OfCase):
    """One instrument answered about one case on one day.

    The first with an instrument is its baseline. `answers` and `scores` are as simpul.catalogue.instruments
    and simpul.engines.scoring say; `digest` names the very text of the instrument. `sources` are codes of
    people.models.Source. A draft has no `completed_at`; what is completed is never changed.
    """

    instrument = CharField(max_length=60)
    instrument_version = CharField(max_length=20)
    digest = CharField(max_length=64)
    occasion = CharField(max_length=14, choices=Occasion.choices)
    on = DateField()
    sources = JSONField(default=list)
    client_view_sealed = BinaryField(null=True)
    client_view: Any = Sealed("client_view_sealed", "assessment.client_view")
    family_view_sealed = BinaryField(null=True)
    family_view: Any = Sealed("family_view_sealed", "assessment.family_view")
    observed_sealed = BinaryField(null=True)
    observed: Any = Sealed("observed_sealed", "assessment.observed")
    strengths_sealed = BinaryField(null=True)
    strengths: Any = Sealed("strengths_sealed", "assessment.strengths")
    conclusion_sealed = BinaryField(null=True)
    conclusion: Any = Sealed("conclusion_sealed", "assessment.conclusion")
    answers_sealed = BinaryField(null=True)
    answers: Any = Sealed("answers_sealed", "assessment.answers", as_json=True)
    scores_sealed = BinaryField(null=True)
    scores: Any = Sealed("scores_sealed", "assessment.scores", as_json=True)
    completed_at = DateTimeField(null=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        indexes = (Index(fields=["case", "instrument", "on"], name="assessment_of_case"),)
        constraints = (
            UniqueConstraint(
                name="one_baseline_per_instrument",
                fields=["case", "instrument"],
                condition=Q(occasion="baseline"),
                violation_error_message=_("Asesmen awal dengan instrumen ini sudah ada."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.on:%Y-%m-%d}"
