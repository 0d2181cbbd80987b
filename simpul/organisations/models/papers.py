"""Papers of a body, and the certificates that were given to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import (
    PROTECT,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.secrets import Sealed
from simpul.organisations.models.body import OfOrganisation, OfOrganisationQuerySet, Organisation
from simpul.organisations.stages import CertificateKind, CertificateState


class PaperQuerySet(OfOrganisationQuerySet):
    """Reached as its body is."""


class Paper(Filed):
    """A document: domicile letter, statutes, licence, report, photograph. With or without its file.

    `kind` is a code of the catalogue of papers. `valid_to` is the last day on which it holds; None where it does
    not run out or nobody knows. A newer paper of the same kind replaces an older one; neither is removed.
    """

    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    kind = CharField(max_length=40)
    title = CharField(max_length=200, blank=True)
    number = CharField(max_length=80, blank=True)
    issuer = CharField(max_length=200, blank=True)
    issued_on = DateField(null=True, blank=True)
    valid_to = DateField(null=True, blank=True)
    replaced_by = ForeignKey("self", PROTECT, null=True, blank=True, related_name="+")
    checked_on = DateField(null=True, blank=True)
    checked_by_name = CharField(max_length=200, blank=True)
    removed_because_sealed = BinaryField(null=True)
    removed_because: Any = Sealed("removed_because_sealed", "paper.removed_because")
    version = PositiveIntegerField(default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["organisation", "kind"], name="paper_of_organisation"),
            Index(
                fields=["valid_to", "organisation"],
                condition=Q(replaced_by=None, removed_at=None),
                name="paper_runs_out",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.kind


class Certificate(OfOrganisation):
    """What an office gave to a body, exactly as the paper says it: registration, licence or accreditation.

    `words` are the printed lines as {"label": …, "text": …}, in their order, in Indonesian; the check page shows
    these and nothing else. `code` is in the QR. `valid_to` is the last day on which it holds.

    `is_recorded`: not given here, but entered from a paper that was shown (`paper`, where that is kept).
    `state_by` is who set the state: who asked that one be withdrawn does not withdraw it.
    """

    kind = CharField(max_length=14, choices=CertificateKind.choices)
    number = CharField(max_length=120)
    issuer = CharField(max_length=200)
    # The region whose office gave it: "21.02", "21", or empty for the ministry.
    issuer_region = CharField(max_length=13, blank=True)
    issued_on = DateField()
    valid_to = DateField(null=True, blank=True)
    grade = CharField(max_length=20, blank=True)
    words = JSONField(default=list)
    code = CharField(max_length=16, unique=True)
    state = CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.STANDING)
    state_on = DateField(null=True, blank=True)
    state_because = TextField(blank=True)
    state_by = UUIDField(null=True)
    is_recorded = BooleanField(default=False)
    paper = ForeignKey(Paper, PROTECT, null=True, blank=True, related_name="+")
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (
            Index(fields=["organisation", "kind", "valid_to"], name="certificate_of_organisation"),
            Index(
                fields=["kind", "state", "valid_to", "issued_on", "organisation"],
                name="certificate_standing",
            ),
            Index(fields=["issuer_region", "kind", "state"], name="certificate_of_office"),
        )
        constraints = (
            UniqueConstraint(
                fields=["kind", "number"],
                name="certificate_number_once",
                # What other offices wrote on paper keeps no number of ours from being given.
                condition=Q(is_recorded=False),
                violation_error_message=_("Nomor itu sudah dipakai."),
            ),
            UniqueConstraint(
                fields=["organisation", "kind", "number"],
                name="certificate_recorded_once",
                condition=Q(is_recorded=True) & ~Q(state="struck"),
                violation_error_message=_("Surat dengan nomor itu sudah dicatat."),
            ),
            CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("issued_on")),
                violation_error_message=_("Hari berakhirnya tidak boleh sebelum hari terbitnya."),
            ),
        )

    def __str__(self) -> str:
        return self.number


class NumberSeries(Model):
    """The last number given by one office in one year, so that none is given twice and none left out."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = CharField(max_length=14, choices=CertificateKind.choices)
    region = CharField(max_length=13, blank=True)
    year = PositiveSmallIntegerField()
    last = PositiveIntegerField(default=0)

    class Meta:
        constraints = (UniqueConstraint(fields=["kind", "region", "year"], name="number_series_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.region} {self.year}: {self.last}"
