"""The plan in its versions, its steps, and whether what was agreed was given."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    PROTECT,
    BigIntegerField,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import Sealed
from simpul.cases.models.case import OfCase
from simpul.cases.models.goals import Goal
from simpul.people.models import Capacity


class PlanState(TextChoices):
    DRAFT = "draft", _("Disusun")
    AGREED = "agreed", _("Disepakati")
    WAITING = "waiting", _("Menunggu persetujuan supervisor")
    APPROVED = "approved", _("Disetujui")
    RETURNED = "returned", _("Dikembalikan untuk diperbaiki")
    REPLACED = "replaced", _("Diganti versi baru")


class Plan(OfCase):
    """One version of the plan. What was agreed is never changed: a change is a new version."""

    number = PositiveSmallIntegerField()
    state = CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    crisis_sealed = BinaryField(null=True)
    crisis: Any = Sealed("crisis_sealed", "plan.crisis")
    agreed_by_sealed = BinaryField(null=True)
    agreed_by: Any = Sealed("agreed_by_sealed", "plan.agreed_by")
    agreed_how_sealed = BinaryField(null=True)
    agreed_how: Any = Sealed("agreed_how_sealed", "plan.agreed_how")
    team_says_sealed = BinaryField(null=True)
    team_says: Any = Sealed("team_says_sealed", "plan.team_says")
    decision_because_sealed = BinaryField(null=True)
    decision_because: Any = Sealed("decision_because_sealed", "plan.decision_because")
    agreed_capacity = CharField(max_length=10, choices=Capacity.choices, blank=True)
    agreed_on = DateField(null=True)
    team_agreed_on = DateField(null=True)
    approved_at = DateTimeField(null=True)
    approved_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="plan_number_once_per_case",
                fields=["case", "number"],
                violation_error_message=_("Versi rencana itu sudah ada."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.number}"


class StepState(TextChoices):
    PLANNED = "planned", _("Direncanakan")
    ARRANGED = "arranged", _("Sudah diatur dengan penyedia")
    RUNNING = "running", _("Berjalan")
    DONE = "done", _("Selesai")
    NO_SERVICE = "no_service", _("Tidak ada layanan yang ditemukan")
    DROPPED = "dropped", _("Tidak jadi")


class PlanStep(OfCase):
    """Need, service or action, provider, person in charge, date, cost.

    `line` stays the same through all versions of the plan. `service_kind` is a code of catalogue.casework, by
    which needs that found no service are counted. `alternatives` are entries {"provider": …, "words": …}.
    Cost in whole rupiah.
    """

    plan = ForeignKey(Plan, PROTECT, related_name="steps")
    line = UUIDField()
    order = PositiveSmallIntegerField()
    goal = ForeignKey(Goal, PROTECT, null=True, related_name="plan_steps")
    service_kind = CharField(max_length=40)
    need_sealed = BinaryField(null=True)
    need: Any = Sealed("need_sealed", "plan_step.need")
    action_sealed = BinaryField(null=True)
    action: Any = Sealed("action_sealed", "plan_step.action")
    provider_sealed = BinaryField(null=True)
    provider: Any = Sealed("provider_sealed", "plan_step.provider")
    outcome_sealed = BinaryField(null=True)
    outcome: Any = Sealed("outcome_sealed", "plan_step.outcome")
    alternatives_sealed = BinaryField(null=True)
    alternatives: Any = Sealed("alternatives_sealed", "plan_step.alternatives", as_json=True)
    provider_organisation = UUIDField(null=True)
    in_charge = UUIDField(null=True)
    in_charge_name = CharField(max_length=200, blank=True)
    due_on = DateField(null=True)
    cost = BigIntegerField(null=True)
    state = CharField(max_length=12, choices=StepState.choices, default=StepState.PLANNED)
    state_since = DateField()
    version = PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            Index(fields=["plan", "order"], name="plan_step_of_plan"),
            Index(fields=["state", "service_kind"], name="plan_step_by_kind"),
        )
        constraints = (
            CheckConstraint(
                name="plan_step_cost_is_not_negative",
                condition=Q(cost=None) | Q(cost__gte=0),
                violation_error_message=_("Biaya tidak bisa kurang dari nol rupiah."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.order}"


class Delivered(TextChoices):
    YES = "yes", _("Diberikan sesuai kesepakatan")
    PARTLY = "partly", _("Diberikan sebagian")
    NO = "no", _("Tidak diberikan")
    UNKNOWN = "unknown", _("Belum diketahui")


class ServiceCheck(OfCase):
    """Whether a service was given: how much, how good, at what cost, does it fit. Added, never changed.

    `quality` is 1 (poor) to 4 (very good), None where it is not known.
    """

    step = ForeignKey(PlanStep, PROTECT, related_name="checks")
    on = DateField()
    delivered = CharField(max_length=10, choices=Delivered.choices)
    quality = PositiveSmallIntegerField(null=True)
    cost = BigIntegerField(null=True)
    fits_plan = CharField(
        max_length=10, choices=[("yes", _("Ya")), ("no", _("Tidak")), ("unknown", _("Belum diketahui"))]
    )
    quantity_sealed = BinaryField(null=True)
    quantity: Any = Sealed("quantity_sealed", "service_check.quantity")
    unmet_sealed = BinaryField(null=True)
    unmet: Any = Sealed("unmet_sealed", "service_check.unmet")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "service_check.words")

    class Meta:
        constraints = (
            CheckConstraint(
                name="service_quality_is_1_to_4",
                condition=Q(quality=None) | Q(quality__range=(1, 4)),
                violation_error_message=_("Mutu layanan 1 sampai 4."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.step_id}: {self.delivered}"
