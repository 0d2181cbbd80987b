"""An honest ending: what came of it, what goes on, and looking in afterwards."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    FloatField,
    Index,
    JSONField,
    PositiveIntegerField,
    TextChoices,
    UniqueConstraint,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.people.models import Capacity


class Ending(OfCase):
    """The evaluation and the ending of one episode.

    `reason` is a code of catalogue.casework. `outcomes` maps the key of each goal to {"level": -2 to 2 or None,
    "words": …}; without a level the words say why it cannot be said. `process` holds quantity, quality, cost, fit
    and unmet needs in words, `transition` goes_on, stands_by and when_hard; for a lasting need the process is
    enough. A `statement` without a capacity says why there is none. `follow_ups` are days as ISO text, which
    become rows of FollowUp. A draft has no `completed_at`; what is completed is never changed.
    """

    on = DateField()
    reason = CharField(max_length=30, blank=True)
    is_lasting_need = BooleanField(default=False)
    effect_sealed = BinaryField(null=True)
    effect: Any = Sealed("effect_sealed", "ending.effect")
    transition_sealed = BinaryField(null=True)
    transition: Any = Sealed("transition_sealed", "ending.transition", as_json=True)
    handed_to_sealed = BinaryField(null=True)
    handed_to: Any = Sealed("handed_to_sealed", "ending.handed_to")
    statement_sealed = BinaryField(null=True)
    statement: Any = Sealed("statement_sealed", "ending.statement")
    follow_up_words_sealed = BinaryField(null=True)
    follow_up_words: Any = Sealed("follow_up_words_sealed", "ending.follow_up_words")
    outcomes_sealed = BinaryField(null=True)
    outcomes: Any = Sealed("outcomes_sealed", "ending.outcomes", as_json=True)
    process_sealed = BinaryField(null=True)
    process: Any = Sealed("process_sealed", "ending.process", as_json=True)
    made_with_client = BooleanField(default=False)
    follow_ups = JSONField(default=list)
    statement_capacity = CharField(max_length=10, choices=Capacity.choices, blank=True)
    t_score = FloatField(null=True)
    completed_at = DateTimeField(null=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_ending_per_episode",
                fields=["case"],
                violation_error_message=_("Pengakhiran kasus ini sudah dimulai."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason}"


class Condition(TextChoices):
    BETTER = "better", _("Lebih baik")
    SAME = "same", _("Tetap")
    WORSE = "worse", _("Lebih buruk")
    NOT_MET = "not_met", _("Tidak dapat ditemui")


class Afterwards(TextChoices):
    CONTINUE = "continue", _("Lanjutkan bimbingan lanjut")
    CLOSE = "close", _("Tutup kasus")
    REOPEN = "reopen", _("Buka episode baru")


class FollowUp(OfCase):
    """One look after the ending: due on a day, done on another, what was found, what was decided."""

    due_on = DateField()
    done_on = DateField(null=True)
    done_at = DateTimeField(null=True)
    done_by_name = CharField(max_length=200, blank=True)
    condition = CharField(max_length=10, choices=Condition.choices, blank=True)
    decision = CharField(max_length=10, choices=Afterwards.choices, blank=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "follow_up.words")
    version = PositiveIntegerField(default=1)

    class Meta:
        indexes = (Index(fields=["case", "due_on"], name="follow_up_of_case"),)

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d}"
