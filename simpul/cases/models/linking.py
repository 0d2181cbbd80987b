"""Getting a client ready for a service: told, warned of what may be hard, practised, accompanied."""

from __future__ import annotations

from typing import Any

from django.db.models import PROTECT, BinaryField, CharField, DateField, ForeignKey, Index, TextChoices
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.cases.models.plans import PlanStep


class Company(TextChoices):
    WORKER = "worker", _("Ditemani petugas")
    FAMILY = "family", _("Ditemani keluarga")
    NEIGHBOUR = "neighbour", _("Ditemani kader, relawan, atau tetangga")
    ALONE = "alone", _("Datang sendiri, atas keinginannya")


class Preparation(OfCase):
    """What was done on one day to prepare the client for the service of one step. Added, never changed.

    An empty part was not done that day. `company` is who came along to the first visit, empty before it. Where
    the step became a referral, the referral keeps such notes itself.
    """

    step = ForeignKey(PlanStep, PROTECT, related_name="preparations")
    on = DateField()
    informed_sealed = BinaryField(null=True)
    informed: Any = Sealed("informed_sealed", "preparation.informed")
    difficulties_sealed = BinaryField(null=True)
    difficulties: Any = Sealed("difficulties_sealed", "preparation.difficulties")
    practised_sealed = BinaryField(null=True)
    practised: Any = Sealed("practised_sealed", "preparation.practised")
    company = CharField(max_length=10, choices=Company.choices, blank=True)
    company_words_sealed = BinaryField(null=True)
    company_words: Any = Sealed("company_words_sealed", "preparation.company_words")

    class Meta:
        indexes = (Index(fields=["case", "on", "at"], name="preparation_of_case"),)

    def __str__(self) -> str:
        return f"{self.step_id}: {self.on:%Y-%m-%d}"
