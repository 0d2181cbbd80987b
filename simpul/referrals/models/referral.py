"""A referral: what goes to whom with whose consent, what came of it, and every step on the way."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    Q,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.access.secrets import Sealed
from simpul.cases.models import Case
from simpul.cases.models.case import OfCase
from simpul.cases.models.plans import PlanStep
from simpul.organisations.models import Organisation
from simpul.people.models import Basis, Capacity, Consent, Mode, Person
from simpul.referrals.stages import RECEIVED, Came, Decline, Side, Stage, Told
from simpul.services.models import Service

# Held by the side that receives; everything else is reached as the case is.
RECEIVES = frozenset({Permission.REFERRAL_RECEIVE, Permission.REFERRAL_ANSWER})
# Nobody's wish stands against these, nor a limit on the use of the data.
WITHOUT_ASKING = frozenset({Basis.VITAL_INTEREST, Basis.LEGAL_DUTY})


class ReferralQuerySet(Reachable):
    """The sender's side reaches a referral as its case; the receiver's by its body, while consent stands."""

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        if permission in RECEIVES:
            return self.filter(self.received_by(user, permission))
        return self.filter(case__in=Case.objects.reachable(user, permission).order_by().values("pk"))

    def received_by(self, user: HoldsGrants, permission: Permission) -> Q:
        """Sent to this person's own body and not taken back. An area gives no sight of what bodies receive.

        The machine itself, which acts for whoever holds a code, reaches only what has one.
        """
        grants = user.grants_with(permission)
        if user.pk is None:
            return self.standing() & ~Q(code_mark="") if grants else Q(pk__in=[])
        homes = [grant.organisation for grant in grants if grant.organisation]
        return self.standing() & Q(receiver__in=homes)

    def standing(self) -> Q:
        """What any receiver may still see: consent was neither taken back here nor at the person's own page.

        While the person's data are limited it is closed too, but where they are used without asking anyway.
        """
        unlimited = Q(person__limited_since=None) | Q(basis__in=sorted(WITHOUT_ASKING))
        return unlimited & Q(
            stage__in=sorted(RECEIVED),
            consent_withdrawn_on=None,
            consent__withdrawn_at=None,
            person__erased_at=None,
        )


class Referral(Model):
    """One referral of one case to one service, or to a body without an account (`outside_name`).

    `shared` holds exactly what the receiver sees, written when it is sent and never changed after; `shares` the
    codes of Share that were consented to, or are used on another `basis` with its reason. `answer_by` is until when an answer is due. `person` repeats the case's.
    `need_kind` is the service kind, so that it can be counted without opening anything.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = CharField(max_length=20)
    case = ForeignKey(Case, PROTECT, related_name="referrals")
    person = ForeignKey(Person, PROTECT, related_name="+")
    step = ForeignKey(PlanStep, PROTECT, null=True, related_name="referrals")
    # The same line of the plan through all its versions.
    line = UUIDField()
    service = ForeignKey(Service, PROTECT, null=True, related_name="+")
    receiver = ForeignKey(Organisation, PROTECT, null=True, related_name="+")
    outside_name = CharField(max_length=200, blank=True)
    outside_contact_sealed = BinaryField(null=True)
    outside_contact: Any = Sealed("outside_contact_sealed", "referral.outside_contact")
    sender = UUIDField(null=True)
    sender_name = CharField(max_length=200)
    region = CharField(max_length=13, blank=True)
    need_kind = CharField(max_length=40)
    urgency = CharField(max_length=12)
    stage = CharField(max_length=10, choices=Stage.choices, default=Stage.PROPOSED)
    stage_since = DateField()
    # Why this service, as the matching said it then: a frozen finding with its reasons.
    finding: Any = JSONField(null=True)

    shares = JSONField(default=list)
    shared_sealed = BinaryField(null=True)
    shared: Any = Sealed("shared_sealed", "referral.shared", as_json=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "referral.words")
    preparation_sealed = BinaryField(null=True)
    preparation: Any = Sealed("preparation_sealed", "referral.preparation")

    basis = CharField(max_length=16, choices=Basis.choices, blank=True)
    # The consent to share data at all, under which this one stands: when it is withdrawn, this is closed too.
    consent = ForeignKey(Consent, PROTECT, null=True, related_name="+")
    basis_because_sealed = BinaryField(null=True)
    basis_because: Any = Sealed("basis_because_sealed", "referral.basis_because")
    consent_capacity = CharField(max_length=10, choices=Capacity.choices, blank=True)
    consent_mode = CharField(max_length=14, choices=Mode.choices, blank=True)
    consent_by_sealed = BinaryField(null=True)
    consent_by: Any = Sealed("consent_by_sealed", "referral.consent_by")
    consented_on = DateField(null=True)
    consent_withdrawn_on = DateField(null=True)
    withdrawn_because_sealed = BinaryField(null=True)
    withdrawn_because: Any = Sealed("withdrawn_because_sealed", "referral.withdrawn_because")

    sent_at = DateTimeField(null=True)
    sent_by = UUIDField(null=True)
    sent_by_name = CharField(max_length=200, blank=True)
    seen_at = DateTimeField(null=True)
    answer_by = DateField(null=True)
    decline = CharField(max_length=16, choices=Decline.choices, blank=True)
    decline_words_sealed = BinaryField(null=True)
    decline_words: Any = Sealed("decline_words_sealed", "referral.decline_words")
    waiting_since = DateField(null=True)
    # The receiver's own words why somebody came in before others who waited. Not for the sender: they tell of others.
    turn_because_sealed = BinaryField(null=True)
    turn_because: Any = Sealed("turn_because_sealed", "referral.turn_because")
    appointment_at = DateTimeField(null=True)
    appointment_words_sealed = BinaryField(null=True)
    appointment_words: Any = Sealed("appointment_words_sealed", "referral.appointment_words")
    visited_on = DateField(null=True)
    came = CharField(max_length=12, choices=Came.choices, blank=True)
    is_warm = BooleanField(default=False)  # both workers met or spoke with the client present
    delivered_on = DateField(null=True)
    outcome_sealed = BinaryField(null=True)
    outcome: Any = Sealed("outcome_sealed", "referral.outcome")
    told = CharField(max_length=8, choices=Told.choices, blank=True)
    told_on = DateField(null=True)
    told_words_sealed = BinaryField(null=True)
    told_words: Any = Sealed("told_words_sealed", "referral.told_words")

    # Of a body without an account: a keyed mark of the one-time code, never the code itself.
    code_mark = CharField(max_length=64, blank=True)
    code_until = DateField(null=True)
    code_tries = PositiveIntegerField(default=0)
    # Who made it: they could answer for the body with it, so it stands beside every answer.
    code_by = UUIDField(null=True)
    code_by_name = CharField(max_length=200, blank=True)

    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["case", "at"], name="referral_of_case"),
            Index(fields=["receiver", "stage", "answer_by"], name="referral_received"),
            Index(fields=["service", "stage"], name="referral_of_service"),
            Index(fields=["stage", "answer_by"], name="referral_due"),
            Index(fields=["line"], name="referral_of_line"),
        )
        constraints = (
            UniqueConstraint(
                fields=["code_mark"],
                name="referral_code_once",
                condition=~Q(code_mark=""),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def about_person(self) -> uuid.UUID:
        """For the record of events and the trail of the person."""
        return self.person_id

    @property
    def organisation_key(self) -> uuid.UUID | None:
        """For the record of events: kept with the sending body."""
        return self.sender


class OfReferralQuerySet(Reachable):
    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        within = Referral.objects.reachable(user, permission).order_by().values("pk")
        return self.filter(referral__in=within)


class OfReferral(Model):
    """A row of one referral, reached as it is. Added, never changed."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = ForeignKey(Referral, PROTECT, related_name="+")
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)
    side = CharField(max_length=8, choices=Side.choices)
    # Of what was done with the code of a letter: who had made that code.
    code_by_name = CharField(max_length=200, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def about_person(self) -> uuid.UUID:
        return self.referral.person_id


class ReferralStep(OfReferral):
    """That a referral came to a stage."""

    referral = ForeignKey(Referral, PROTECT, related_name="steps")
    stage = CharField(max_length=10, choices=Stage.choices)
    on = DateField()

    class Meta:
        indexes = (Index(fields=["referral", "at"], name="step_of_referral"),)

    def __str__(self) -> str:
        return self.stage


class Message(OfReferral):
    """What one side wrote to the other."""

    referral = ForeignKey(Referral, PROTECT, related_name="messages")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "message.words")
    read_at = DateTimeField(null=True)

    class Meta:
        indexes = (Index(fields=["referral", "at"], name="message_of_referral"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class NeedUnmet(OfCase):
    """That a need of a plan found no service, and why. Ended when one was found after all; never removed."""

    step = ForeignKey(PlanStep, PROTECT, related_name="+")
    line = UUIDField()
    kind = CharField(max_length=40)
    reason = CharField(max_length=16)
    need_types = JSONField(default=list)
    region = CharField(max_length=13, blank=True)
    referral = ForeignKey(Referral, PROTECT, null=True, related_name="+")
    on = DateField()
    ended_on = DateField(null=True)
    # The acceptance that ended it: where nothing comes of that, the need is open again.
    ended_by = ForeignKey(Referral, PROTECT, null=True, related_name="+")
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "need_unmet.words")

    class Meta:
        indexes = (Index(fields=["kind", "region", "ended_on"], name="need_unmet_counted"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class Alternative(OfCase):
    """A service that was looked at for a line of the plan and kept, or put aside with its reason."""

    line = UUIDField()
    service = ForeignKey(Service, PROTECT, related_name="+")
    on = DateField()
    is_wished = BooleanField(default=False)  # the client's own wish
    is_put_aside = BooleanField(default=False)
    rank = PositiveIntegerField()
    finding: Any = JSONField(null=True)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "alternative.words")

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["case", "line", "service"],
                name="alternative_once",
                violation_error_message=_("Layanan ini sudah disimpan untuk kebutuhan itu."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.service_id}"
