"""What the plenary decided, and what followed: improvement, appeal, monitoring."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BooleanField,
    CharField,
    DateField,
    ForeignKey,
    JSONField,
    PositiveIntegerField,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.accreditation.models.run import OfAccreditation
from simpul.accreditation.stages import Round


class Vote(OfAccreditation):
    """What one member of the plenary holds: agrees with the grade that the scores give, or not, with a reason.

    `sitting` counts how often it came before the plenary: sent back and come again, it is voted on anew.
    """

    round = CharField(max_length=8, choices=Round.choices)
    sitting = PositiveIntegerField(default=1)
    user = UUIDField()
    agrees = BooleanField()
    words = TextField(blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["accreditation", "round", "sitting", "user"],
                name="accreditation_one_vote_each",
                violation_error_message=_("Suara Anda sudah dicatat."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.agrees}"


class Decision(OfAccreditation):
    """One decision, with the finding it rests on. `members` is a list of {"user", "name", "agrees", "words"}.

    `grade` is empty where it is not accredited. Added, never changed: an appeal adds another.
    """

    round = CharField(max_length=8, choices=Round.choices)
    on = DateField()
    suggested = CharField(max_length=20, blank=True)
    grade = CharField(max_length=20, blank=True)
    finding: Any = JSONField()
    scores: Any = JSONField(default=dict)
    members: Any = JSONField(default=list)
    because = TextField(blank=True)
    again_from = DateField(null=True, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(fields=["accreditation", "round"], name="accreditation_decided_once"),
        )

    def __str__(self) -> str:
        return self.grade or self.round


class Recommendation(OfAccreditation):
    """Something to mend, and the body's plan for it: what, by when, done on which day."""

    decision = ForeignKey(Decision, PROTECT, related_name="recommendations")
    item = CharField(max_length=40, blank=True)
    words = TextField()
    plan = TextField(blank=True)
    due_on = DateField(null=True, blank=True)
    done_on = DateField(null=True, blank=True)
    done_words = TextField(blank=True)
    version = PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.words[:60]


class Appeal(OfAccreditation):
    """The body does not agree. It is looked at again by other people, until `due_on`; there is one appeal."""

    on = DateField()
    due_on = DateField()
    words = TextField()
    answered_on = DateField(null=True, blank=True)
    answer = TextField(blank=True)
    answered_by = UUIDField(null=True)
    answered_by_name = CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["accreditation"],
                name="accreditation_appealed_once",
                violation_error_message=_("Keberatan atas keputusan ini sudah pernah diajukan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on}"


class Watch(OfAccreditation):
    """A look at an accredited body afterwards: yearly, or early because of a complaint."""

    on = DateField()
    is_early = BooleanField(default=False)
    words = TextField()
    needs_recheck = BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.on}"
