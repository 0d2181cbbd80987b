"""What people agree to, or the other legal basis on which their data are used."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import (
    PROTECT,
    BinaryField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    Model,
    Q,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.people.models.choices import Basis, Capacity, Mode, Purpose
from simpul.people.models.person import Person

# The version of templates/people/consent_text_1.html; a changed text is a new file with a new number.
CONSENT_TEXT = "1"


class ConsentQuerySet(Reachable):
    """Reach by the organisation that keeps the record and by where the person lives."""

    def standing_on(self, on: date) -> ConsentQuerySet:
        """Given on or before that day and not withdrawn by then."""
        return self.filter(given_on__lte=on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


class Consent(Model):
    """The legal basis on which a person's data are used for one purpose: consent, or another with its reason."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = ForeignKey(Person, PROTECT, related_name="consents")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    purpose = CharField(max_length=12, choices=Purpose.choices)
    basis = CharField(max_length=16, choices=Basis.choices)
    basis_because_sealed = BinaryField(null=True)
    capacity = CharField(max_length=10, choices=Capacity.choices, blank=True)
    given_by_sealed = BinaryField(null=True)
    text_version = CharField(max_length=10, blank=True)
    mode = CharField(max_length=14, choices=Mode.choices, blank=True)
    witness_sealed = BinaryField(null=True)
    given_at = DateTimeField()
    # The days beside the moments, because a day is what pages and rules ask about.
    given_on = DateField()
    recorded_by = UUIDField()
    recorded_by_name = CharField(max_length=200)
    withdrawn_at = DateTimeField(null=True)
    withdrawn_on = DateField(null=True)
    withdrawn_because_sealed = BinaryField(null=True)

    # Reasons in a worker's own words tell of violence and illness; a witness is a person too.
    basis_because = Sealed("basis_because_sealed", "consent.basis_because")
    given_by = Sealed("given_by_sealed", "consent.given_by")
    witness = Sealed("witness_sealed", "consent.witness")
    withdrawn_because = Sealed("withdrawn_because_sealed", "consent.withdrawn_because")
    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["person", "purpose", "given_at"], name="consent_person"),)
        constraints = (
            CheckConstraint(
                name="consent_says_who_and_how",
                condition=~Q(basis=Basis.CONSENT) | (~Q(capacity="") & ~Q(mode="") & ~Q(text_version="")),
                violation_error_message=_(
                    "Persetujuan harus menyebut siapa yang memberi, caranya, dan naskahnya."
                ),
            ),
            CheckConstraint(
                name="consent_other_basis_has_a_reason",
                condition=Q(basis=Basis.CONSENT) | Q(basis_because_sealed__isnull=False),
                violation_error_message=_("Dasar selain persetujuan harus disertai alasan."),
            ),
            CheckConstraint(
                name="consent_is_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at=None, withdrawn_on=None)
                | Q(withdrawn_at__isnull=False, withdrawn_on__isnull=False, withdrawn_at__gte=F("given_at")),
                violation_error_message=_("Pencabutan tidak bisa sebelum persetujuan diberikan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} ({self.basis})"

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    def has_lapsed_on(self, on: date) -> bool:
        """Whether somebody else agreed for a child who is grown up by that day, and decides alone now."""
        if (
            self.capacity not in (Capacity.PARENT, Capacity.GUARDIAN)
            or self.person.is_child_on(on) is not False
        ):
            return False
        # A guardian of somebody who was grown up already was named by a court, not by age.
        return self.capacity == Capacity.PARENT or self.person.is_child_on(self.given_on) is not False

    @property
    def can_be_withdrawn(self) -> bool:
        return self.stands and self.basis == Basis.CONSENT
