"""Goals in the client's words, and how far they were reached."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    ForeignKey,
    Index,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    SmallIntegerField,
    TextChoices,
    UniqueConstraint,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase


class Term(TextChoices):
    SHORT = "short", _("Jangka pendek")
    LONG = "long", _("Jangka panjang")


class GoalState(TextChoices):
    ACTIVE = "active", _("Sedang diusahakan")
    REACHED = "reached", _("Tercapai")
    DROPPED = "dropped", _("Tidak dilanjutkan")


class Goal(OfCase):
    """What the client wants to reach, and by what it will be seen.

    `levels` describes the five levels of goal attainment, "-2" to "2", the expected outcome at "0"
    (Kiresuk and Sherman 1968). `domain` is a domain of an instrument from which the goal grew.
    """

    number = PositiveSmallIntegerField()
    parent = ForeignKey("self", PROTECT, null=True, related_name="steps")
    term = CharField(max_length=6, choices=Term.choices)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "goal.words")
    criterion_sealed = BinaryField(null=True)
    criterion: Any = Sealed("criterion_sealed", "goal.criterion")
    ended_because_sealed = BinaryField(null=True)
    ended_because: Any = Sealed("ended_because_sealed", "goal.ended_because")
    levels_sealed = BinaryField(null=True)
    levels: Any = Sealed("levels_sealed", "goal.levels", as_json=True)
    target_on = DateField(null=True)
    priority = PositiveSmallIntegerField(default=2)
    weight = PositiveSmallIntegerField(default=1)
    domain = CharField(max_length=60, blank=True)
    state = CharField(max_length=10, choices=GoalState.choices, default=GoalState.ACTIVE)
    ended_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="goal_number_once_per_case",
                fields=["case", "number"],
                violation_error_message=_("Nomor tujuan itu sudah dipakai di kasus ini."),
            ),
            CheckConstraint(
                name="goal_priority_and_weight_fit",
                condition=Q(priority__range=(1, 3), weight__range=(1, 10)),
                violation_error_message=_("Prioritas 1 sampai 3, bobot 1 sampai 10."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class Moment(TextChoices):
    BASELINE = "baseline", _("Keadaan awal")
    PROGRESS = "progress", _("Perkembangan")
    FINAL = "final", _("Hasil akhir")


class GoalScore(OfCase):
    """The level of a goal on one day, with what was seen. Added, never changed."""

    goal = ForeignKey(Goal, PROTECT, related_name="scores")
    moment = CharField(max_length=10, choices=Moment.choices, default=Moment.PROGRESS)
    on = DateField()
    level = SmallIntegerField()
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "goal_score.because")

    class Meta:
        indexes = (Index(fields=["goal", "on", "at"], name="goal_score_of_goal"),)
        constraints = (
            CheckConstraint(
                name="goal_level_is_one_of_five",
                condition=Q(level__range=(-2, 2)),
                violation_error_message=_("Tingkat pencapaian adalah satu dari lima: -2 sampai 2."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.level}"
