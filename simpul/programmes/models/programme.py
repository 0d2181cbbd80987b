"""A programme: what it is for, how it is measured, which bodies and people take part, and who works in it."""

from __future__ import annotations

import uuid
from typing import Any, Self

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
    PositiveBigIntegerField,
    PositiveIntegerField,
    Q,
    QuerySet,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.access.secrets import Sealed
from simpul.organisations.models import Organisation
from simpul.programmes.stages import Arm, Design, Known, MemberState, Part, Stage

# Who takes part reaches the programme through their own body; who mentors, through being named in it.
_BY_BODY = frozenset({Permission.PROGRAMME_TAKE_PART})
_BY_NAME = frozenset({Permission.PROGRAMME_MENTOR})


class ProgrammeQuerySet(Reachable):
    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        if permission in _BY_BODY:
            taking_part = _of_own_body(user, permission).order_by().values("programme")
            return self.filter(pk__in=taking_part)
        if permission in _BY_NAME:
            return self.filter(pk__in=_named(user, permission).order_by().values("programme"))
        return self.filter(self.covered(user, permission))


def _of_own_body(user: HoldsGrants, permission: Permission) -> QuerySet[Any]:
    homes = [grant.organisation for grant in user.grants_with(permission) if grant.organisation]
    return Member.objects.filter(organisation__in=homes, state=MemberState.CHOSEN)


def _named(user: HoldsGrants, permission: Permission) -> QuerySet[Any]:
    """Where this person was named mentor and was not taken out; nobody without the permission.

    Who works there in another part (an officer, a researcher) reaches by their own grants, never by being named.
    """
    if not user.grants_with(permission):
        return Worker.objects.none()
    return Worker.objects.filter(user=user.pk, part=Part.MENTOR, ended_on=None)


class Programme(Model):
    """One programme. `organisation` and `region` say which office runs it.

    `instrument` (code, version, digest) measures participants before and after; it stays the same through the
    programme. `waves` are the codes of the measurements in order ("pre", "post", or more). `criteria` are entries
    {"code", "words", "rule"} in the closed rule language over facts about a body, by which bodies are chosen.
    `is_synthetic` marks invented answers (a demonstration). Money in whole rupiah.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = CharField(max_length=200)
    aim = TextField(blank=True)
    design = CharField(max_length=16, choices=Design.choices, default=Design.ONE_GROUP)
    stage = CharField(max_length=16, choices=Stage.choices, default=Stage.PREPARATION)
    stage_since = DateField()
    organisation = UUIDField(null=True)
    region = CharField(max_length=13)
    province = CharField(max_length=2)
    # Regions in which bodies are looked for.
    area = JSONField(default=list)
    criteria: Any = JSONField(default=list)
    instrument = CharField(max_length=60, blank=True)
    instrument_version = PositiveIntegerField(null=True)
    instrument_digest = CharField(max_length=64, blank=True)
    waves = JSONField(default=list)
    starts_on = DateField()
    ends_on = DateField(null=True)
    partners = TextField(blank=True)
    budget = PositiveBigIntegerField(null=True)
    handed_over_to = CharField(max_length=200, blank=True)
    closing_words = TextField(blank=True)
    is_synthetic = BooleanField(default=False)
    source = CharField(max_length=300, blank=True)
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "starts_on"], name="programme_region"),)
        constraints = (
            CheckConstraint(
                name="programme_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("Program tidak bisa selesai sebelum dimulai."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class OfProgrammeQuerySet(Reachable):
    """Rows of a programme are reached as it is; those of one body by its own people only for itself.

    A mentor who was named for certain bodies reaches the rows of those alone.
    """

    to_member = "member"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        within = Programme.objects.reachable(user, permission).order_by().values("pk")
        reached = self.filter(programme__in=within)
        if permission in _BY_BODY and self.to_member:
            mine = _of_own_body(user, permission).order_by().values("pk")
            reached = reached.filter(**{f"{self.to_member}__in": mine})
        if permission in _BY_NAME and self.to_member:
            reached = reached.filter(self._accompanied(user, permission))
        return reached

    def _accompanied(self, user: HoldsGrants, permission: Permission) -> Q:
        found = Q(pk__in=[])
        for programme, members in _named(user, permission).values_list("programme", "members"):
            theirs = Q(programme=programme)
            found |= theirs & Q(**{f"{self.to_member}__in": members}) if members else theirs
        return found


class OfWholeProgrammeQuerySet(OfProgrammeQuerySet):
    to_member = ""


class OfProgramme(Model):
    """A row of a programme: when it was written, and by whom."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = ForeignKey(Programme, PROTECT, related_name="+")
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = OfWholeProgrammeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def organisation_key(self) -> uuid.UUID | None:
        """For the record of events: kept with the office that runs the programme."""
        return self.programme.organisation

    @property
    def region(self) -> str:
        return self.programme.region


class ProgrammeStep(OfProgramme):
    """That a programme came to a stage. Added, never changed."""

    programme = ForeignKey(Programme, PROTECT, related_name="steps")
    stage = CharField(max_length=16, choices=Stage.choices)
    on = DateField()
    words = TextField(blank=True)

    def __str__(self) -> str:
        return self.stage


class MemberQuerySet(OfProgrammeQuerySet):
    to_member = "pk"


class Member(OfProgramme):
    """A body of the cohort, or that was considered. `finding` says why it fits, as it was judged on `judged_on`.

    `type_before` is the confirmed type (A to D) when it was chosen.
    """

    programme = ForeignKey(Programme, PROTECT, related_name="members")
    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    arm = CharField(max_length=10, choices=Arm.choices, default=Arm.PROGRAMME)
    state = CharField(max_length=10, choices=MemberState.choices, default=MemberState.CANDIDATE)
    state_since = DateField()
    willing = CharField(max_length=8, choices=Known.choices, default=Known.UNKNOWN)
    finding: Any = JSONField(null=True)
    judged_on = DateField(null=True)
    because = TextField(blank=True)
    type_before = CharField(max_length=1, blank=True)

    objects = MemberQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["programme", "organisation"],
                name="body_once_in_a_programme",
                violation_error_message=_("Lembaga ini sudah ada dalam program."),
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class OfMember(OfProgramme):
    """A row of one body in a programme; that body's own people reach only their own."""

    member = ForeignKey(Member, PROTECT, related_name="+")

    objects = OfProgrammeQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        abstract = True


class Participant(OfMember):
    """Somebody of a body who takes part. `code` ("P07") stands in answers and extracts in place of the name.

    `user` is their account where they have one.
    """

    member = ForeignKey(Member, PROTECT, related_name="participants")
    code = CharField(max_length=8)
    name_sealed = BinaryField(null=True)
    name: Any = Sealed("name_sealed", "participant.name")
    phone_sealed = BinaryField(null=True)
    phone: Any = Sealed("phone_sealed", "participant.phone")
    title = CharField(max_length=120, blank=True)
    sex = CharField(max_length=1, blank=True)
    user = UUIDField(null=True)
    since = DateField()
    left_on = DateField(null=True)
    left_because_sealed = BinaryField(null=True)
    left_because: Any = Sealed("left_because_sealed", "participant.left_because")
    version = PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["programme", "code"],
                name="participant_code_once",
                violation_error_message=_("Kode peserta itu sudah dipakai."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Worker(OfProgramme):
    """Somebody who works in a programme. A mentor may be named for certain bodies (`members`, keys of Member)."""

    programme = ForeignKey(Programme, PROTECT, related_name="workers")
    part = CharField(max_length=12, choices=Part.choices)
    name = CharField(max_length=200)
    body = CharField(max_length=200, blank=True)
    user = UUIDField(null=True)
    members = JSONField(default=list)
    since = DateField()
    ended_on = DateField(null=True)

    class Meta:
        indexes = (Index(fields=["user", "ended_on"], name="worker_of_programme"),)

    def __str__(self) -> str:
        return self.name
