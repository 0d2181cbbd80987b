"""How able the people around a client are to help, and how able the providers are to serve."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    Index,
    PositiveSmallIntegerField,
    Q,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.cases.models.goals import Moment


class SupportReview(OfCase):
    """Network and providers judged together on one day. Added, never changed.

    `network` and `providers` are levels of casework.support_aspects(), from 1; None says that it was asked and
    is not known. Of several at one moment the newest counts.
    """

    on = DateField()
    moment = CharField(max_length=10, choices=Moment.choices)
    network = PositiveSmallIntegerField(null=True)
    network_words_sealed = BinaryField(null=True)
    network_words: Any = Sealed("network_words_sealed", "support_review.network_words")
    providers = PositiveSmallIntegerField(null=True)
    providers_words_sealed = BinaryField(null=True)
    providers_words: Any = Sealed("providers_words_sealed", "support_review.providers_words")

    class Meta:
        indexes = (Index(fields=["case", "moment", "on"], name="support_review_of_case"),)
        constraints = (
            CheckConstraint(
                name="support_levels_are_1_to_4",
                condition=(Q(network=None) | Q(network__range=(1, 4)))
                & (Q(providers=None) | Q(providers__range=(1, 4))),
                violation_error_message=_("Tingkatnya 1 sampai 4, atau belum diketahui."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.moment} {self.on:%Y-%m-%d}"
