"""Registration as a process: one run from draft to certificate, with what was checked and decided on the way."""

from __future__ import annotations

import uuid
from typing import Any

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
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.reach import Reachable
from simpul.access.secrets import Sealed
from simpul.organisations.models.body import OfOrganisation, Organisation
from simpul.organisations.models.papers import Certificate, Paper
from simpul.organisations.stages import RUN_ENDED, Authority, RunKind, RunStage, SanctionStep


class RegistrationQuerySet(Reachable):
    """The applicant reaches its own; an office what was submitted to it: a kabupaten sees no province's files."""

    to_organisation = "organisation"
    to_region = "region"

    def running(self) -> RegistrationQuerySet:
        return self.exclude(stage__in=RUN_ENDED)


class Registration(Model):
    """One asking for registration. `region` is the office that decides: "21.02", "21", or empty for the ministry.

    `told` keeps what was computed when it was submitted (area level, authority with reasons, the code list's
    day). `complete_on` is the day from which the office's clock runs; it stands still while the applicant mends.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    kind = CharField(max_length=8, choices=RunKind.choices)
    scheme = CharField(max_length=60)
    stage = CharField(max_length=12, choices=RunStage.choices, default=RunStage.DRAFT)
    authority = CharField(max_length=8, choices=Authority.choices, blank=True)
    region = CharField(max_length=13, blank=True)
    told = JSONField(default=dict)
    words = TextField(blank=True)
    submitted_on = DateField(null=True, blank=True)
    complete_on = DateField(null=True, blank=True)
    # The last working day of the office's clock, and of what remained when it was stopped.
    due_on = DateField(null=True, blank=True)
    working_days_used = PositiveIntegerField(default=0)
    refusal_grounds = JSONField(default=list)
    answer = TextField(blank=True)
    certificate = ForeignKey(Certificate, PROTECT, null=True, blank=True, related_name="+")
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["region", "stage", "due_on"], name="registration_queue"),
            Index(fields=["organisation", "at"], name="registration_of_organisation"),
        )
        constraints = (
            UniqueConstraint(
                fields=["organisation"],
                name="registration_one_at_a_time",
                condition=~Q(stage__in=sorted(RUN_ENDED)),
                violation_error_message=_("Lembaga ini masih punya permohonan yang berjalan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.stage}"


class OfRegistrationQuerySet(Reachable):
    to_organisation = "registration__organisation"
    to_region = "registration__region"


class OfRegistration(Model):
    """A row that belongs to one run and is reached as it is."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = ForeignKey(Registration, PROTECT, related_name="+")

    objects = OfRegistrationQuerySet.as_manager()

    class Meta:
        abstract = True


class Requirement(OfRegistration):
    """One line of the checklist: what the applicant brought, and what the desk found.

    `answer`: "" not yet checked, "met", "missing", "wrong", or "exempt" for what the office added and does not ask of
    this body. `code` is of the scheme, or of the office's own list.
    """

    code = CharField(max_length=40)
    paper = ForeignKey(Paper, PROTECT, null=True, blank=True, related_name="+")
    words = TextField(blank=True)
    answer = CharField(max_length=8, blank=True)
    note = TextField(blank=True)
    checked_at = DateTimeField(null=True, blank=True)
    checked_by_name = CharField(max_length=200, blank=True)

    class Meta:
        constraints = (UniqueConstraint(fields=["registration", "code"], name="requirement_once"),)

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


class RegistrationStep(OfRegistration):
    """A move from one stage to another: when, by whom, why. Added, never changed."""

    left = CharField(max_length=12, choices=RunStage.choices, blank=True)
    stage = CharField(max_length=12, choices=RunStage.choices)
    words = TextField(blank=True)
    on = DateField()
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    class Meta:
        indexes = (Index(fields=["registration", "at"], name="registration_step"),)

    def __str__(self) -> str:
        return f"{self.left} → {self.stage}"


class FieldVisit(OfRegistration):
    """What an officer saw at the place. `answers` by the code of each line of the form."""

    on = DateField()
    who = CharField(max_length=300)
    met_with = CharField(max_length=300, blank=True)
    answers = JSONField(default=dict)
    words_sealed = BinaryField(null=True)
    words: Any = Sealed("words_sealed", "field_visit.words")
    is_as_told = BooleanField(null=True)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.on}"


class VisitPhotoQuerySet(Reachable):
    to_organisation = "visit__registration__organisation"
    to_region = "visit__registration__region"


class VisitPhoto(Filed):
    """A photograph of a field visit; places and times are taken out of it."""

    visit = ForeignKey(FieldVisit, PROTECT, related_name="photos")
    title = CharField(max_length=200, blank=True)

    objects = VisitPhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class Sanction(OfOrganisation):
    """One rung of the ladder of sanctions, with its ground; lifted when it was mended.

    `region` is the office that imposed it ("21.02", "21", "" for the ministry) and alone lifts it; None where that
    was not kept. `suspended` are the keys of the certificates that a stop suspended, to be restored with it.
    """

    region = CharField(max_length=13, null=True, blank=True)
    suspended = JSONField(default=list)
    step = CharField(max_length=12, choices=SanctionStep.choices)
    ground = TextField()
    on = DateField()
    until = DateField(null=True, blank=True)
    lifted_on = DateField(null=True, blank=True)
    lifted_because = TextField(blank=True)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    def __str__(self) -> str:
        return self.step


class OfficeRulesQuerySet(Reachable):
    to_organisation = None
    to_region = "region"


class OfficeRules(Model):
    """What one registering office has settled for itself, where law leaves it open or is not known to us.

    `number_pattern` with {nomor}, {tahun}, {bulan_romawi}, {wilayah}. `added` is a list of {"code", "title"} for
    requirements beyond the scheme. None means that the catalogue's default holds.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = CharField(max_length=13, blank=True, unique=True)
    called = CharField(max_length=200, blank=True)
    signs = CharField(max_length=200, blank=True)
    number_pattern = CharField(max_length=120, blank=True)
    valid_months = PositiveIntegerField(null=True, blank=True)
    working_days = PositiveIntegerField(null=True, blank=True)
    report_months = PositiveIntegerField(null=True, blank=True)
    added = JSONField(default=list)
    version = PositiveIntegerField(default=1)

    objects = OfficeRulesQuerySet.as_manager()

    def __str__(self) -> str:
        return self.region or "ministry"
