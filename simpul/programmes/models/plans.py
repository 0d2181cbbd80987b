"""Action plans in versions, what became of each item, and the visits of mentors."""

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
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.programmes.models.programme import Member, OfMember, OfProgrammeQuerySet, Programme
from simpul.programmes.stages import Occasion, PlanState, Realised


class ActionPlan(OfMember):
    """One version of a body's action plan. What was agreed is never changed: a change is a new version."""

    member = ForeignKey(Member, PROTECT, related_name="plans")
    number = PositiveSmallIntegerField()
    state = CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    because = TextField(blank=True)
    answer = TextField(blank=True)
    agreed_on = DateField(null=True)
    agreed_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["member", "number"],
                name="action_plan_number_once",
                violation_error_message=_("Versi rencana aksi itu sudah ada."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.number}"


class ActionItem(OfMember):
    """One thing to be done. `line` stays the same through all versions. `priority` 1 comes first. Whole rupiah.

    `aspect` is a code of the programme's instrument, "" where it serves none.
    """

    plan = ForeignKey(ActionPlan, PROTECT, related_name="items")
    line = UUIDField()
    order = PositiveSmallIntegerField()
    priority = PositiveSmallIntegerField()
    words = TextField()
    measure = TextField(blank=True)
    aspect = CharField(max_length=40, blank=True)
    budget = PositiveBigIntegerField(default=0)
    due_on = DateField(null=True)
    in_charge = CharField(max_length=200, blank=True)

    class Meta:
        indexes = (Index(fields=["line"], name="action_item_line"),)

    def __str__(self) -> str:
        return self.words[:60]


class Realisation(OfMember):
    """What became of one line of the plan. Added, never changed; the newest says how it stands."""

    line = UUIDField()
    on = DateField()
    realised = CharField(max_length=8, choices=Realised.choices)
    words = TextField(blank=True)
    because = TextField(blank=True)

    class Meta:
        indexes = (Index(fields=["line", "at"], name="realisation_of_line"),)

    def __str__(self) -> str:
        return self.realised


class Proof(Filed):
    """A photograph or receipt. It proves a realisation, a movement of money, or a visit, named by `of`."""

    programme = ForeignKey(Programme, PROTECT, related_name="+")
    member = ForeignKey(Member, PROTECT, related_name="+")
    of = UUIDField()
    title = CharField(max_length=200, blank=True)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["of"], name="proof_of"),)

    def __str__(self) -> str:
        return self.title


class Visit(OfMember):
    """A mentor was there: what was found, advised, and comes next. Added; mended by a newer one.

    `lines` are the lines of the action plan that it was about.
    """

    on = DateField()
    mentor_name = CharField(max_length=200)
    found = TextField()
    advice = TextField(blank=True)
    next_step = TextField(blank=True)
    next_on = DateField(null=True)
    lines = JSONField(default=list)
    mends = ForeignKey("self", PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (Index(fields=["member", "on"], name="visit_of_member"),)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class StrengthCheck(OfMember):
    """How strong a body is in six fields, before and after, from what is recorded and from what was seen.

    `known` is what Simpul knew of itself that day, `answers` what was answered beside; `finding` what follows.
    """

    occasion = CharField(max_length=8, choices=Occasion.choices)
    on = DateField()
    edition = CharField(max_length=60)
    known: Any = JSONField(default=dict)
    answers: Any = JSONField(default=dict)
    finding: Any = JSONField(null=True)
    done_at = DateTimeField(null=True)

    class Meta:
        indexes = (Index(fields=["member", "occasion", "at"], name="strength_check_of"),)

    def __str__(self) -> str:
        return self.occasion
