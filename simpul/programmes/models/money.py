"""Stimulus money: asked for, decided, agreed, handed over, spent, accounted for. Whole rupiah; nothing is deleted."""

from __future__ import annotations

from django.db.models import (
    PROTECT,
    CharField,
    CheckConstraint,
    DateField,
    ForeignKey,
    Index,
    PositiveBigIntegerField,
    PositiveIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.programmes.models.programme import Member, OfMember
from simpul.programmes.stages import Entry, MoneyState


class Stimulus(OfMember):
    """The stimulus money of one body, from the request to the accepted account of it."""

    member = ForeignKey(Member, PROTECT, related_name="stimuli")
    state = CharField(max_length=10, choices=MoneyState.choices, default=MoneyState.REQUESTED)
    state_since = DateField()
    asked = PositiveBigIntegerField()
    words = TextField(blank=True)
    granted = PositiveBigIntegerField(null=True)
    decided_on = DateField(null=True)
    decided_by = UUIDField(null=True)
    decided_by_name = CharField(max_length=200, blank=True)
    decided_because = TextField(blank=True)
    agreement_number = CharField(max_length=80, blank=True)
    agreed_on = DateField(null=True)
    signed_by = CharField(max_length=200, blank=True)
    account_due_on = DateField(null=True)
    account_words = TextField(blank=True)
    reported_on = DateField(null=True)
    reported_by = UUIDField(null=True)
    answer = TextField(blank=True)
    closed_by_name = CharField(max_length=200, blank=True)
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["member"],
                name="one_stimulus_at_a_time",
                condition=~Q(state__in=("closed", "refused", "withdrawn")),
                violation_error_message=_("Lembaga ini masih punya bantuan stimulan yang berjalan."),
            ),
            CheckConstraint(
                name="stimulus_asks_for_something",
                condition=Q(asked__gt=0),
                violation_error_message=_("Jumlah yang diajukan harus lebih dari nol rupiah."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.asked}"


class MoneyEntry(OfMember):
    """One movement. A wrong one is reversed by another that names it; nothing is changed or removed.

    An instalment names who received it and its witness, a spending the line of the action plan that it paid.
    """

    stimulus = ForeignKey(Stimulus, PROTECT, related_name="entries")
    kind = CharField(max_length=10, choices=Entry.choices)
    amount = PositiveBigIntegerField()
    on = DateField()
    words = TextField(blank=True)
    voucher = CharField(max_length=60, blank=True)
    line = UUIDField(null=True)
    received_by = CharField(max_length=200, blank=True)
    witness = CharField(max_length=200, blank=True)
    reverses = ForeignKey("self", PROTECT, null=True, related_name="reversals")

    class Meta:
        indexes = (Index(fields=["stimulus", "on", "at"], name="money_entry_of"),)
        constraints = (
            CheckConstraint(
                name="money_entry_is_above_nothing",
                condition=Q(amount__gt=0),
                violation_error_message=_("Jumlah uang harus lebih dari nol rupiah."),
            ),
            UniqueConstraint(
                fields=["reverses"],
                name="money_entry_reversed_once",
                condition=Q(reverses__isnull=False),
                violation_error_message=_("Catatan ini sudah dibatalkan."),
            ),
            CheckConstraint(
                name="money_reversal_names_an_entry",
                condition=Q(kind=Entry.REVERSAL, reverses__isnull=False)
                | (~Q(kind=Entry.REVERSAL) & Q(reverses=None)),
                violation_error_message=_("Pembatalan harus menyebut catatan yang dibatalkan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
