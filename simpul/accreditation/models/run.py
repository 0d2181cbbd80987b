"""One accreditation of one body, what the body says of itself, and the desk's check."""

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
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from simpul.access.files import Filed
from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.access.secrets import Sealed
from simpul.accreditation.stages import ENDED, Part, Stage
from simpul.organisations.models import Certificate, Organisation

# Who comes through being named for this one body sees only its file, and only in its time.
_BY_NAME = {
    Permission.ACCREDITATION_SCORE: (Part.ASSESSOR, Part.COMPANION),
    Permission.ACCREDITATION_VALIDATE: (Part.VALIDATOR,),
}


def named_today(user: uuid.UUID | None, parts: tuple[str, ...], path: str) -> Q:
    """The condition that this person is named today, through `path` to the accreditation ("" for itself)."""
    today = TruncDate(Now())
    if user is None:
        return Q(pk__in=[])
    standing = Assignment.objects.filter(
        Q(until=None) | Q(until__gte=today), user=user, part__in=parts, since__lte=today, withdrawn_on=None
    )
    return Q(**{f"{path}pk__in" if path else "pk__in": standing.order_by().values("accreditation")})


class OfAccreditationQuerySet(Reachable):
    """Rows of an accreditation are reached as it is: by body or area, and by being named where that is needed."""

    to_organisation = "accreditation__organisation"
    to_region = "accreditation__organisation__region"
    to_accreditation = "accreditation__"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        parts = _BY_NAME.get(permission)
        covered = self.covered(user, permission)
        if parts:
            covered &= named_today(user.pk, parts, self.to_accreditation)
        return self.filter(covered)


class AccreditationQuerySet(OfAccreditationQuerySet):
    to_organisation = "organisation"
    to_region = "organisation__region"
    to_accreditation = ""

    def running(self) -> AccreditationQuerySet:
        return self.exclude(stage__in=ENDED)


class Accreditation(Model):
    """One run through the scheme. `conditions` keeps the finding about the conditions when it was applied for.

    `scheme_words` is the scheme itself as it stood when the run began, so that it can be judged again.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = ForeignKey(Organisation, PROTECT, related_name="+")
    scheme = CharField(max_length=60)
    scheme_words: Any = JSONField(default=dict)
    stage = CharField(max_length=16, choices=Stage.choices, default=Stage.SELF_ASSESSMENT)
    earlier = ForeignKey("self", PROTECT, null=True, blank=True, related_name="later")
    conditions: Any = JSONField(null=True)
    recommendation_number = CharField(max_length=80, blank=True)
    recommendation_on = DateField(null=True, blank=True)
    recommendation_words = TextField(blank=True)
    recommended_by_name = CharField(max_length=200, blank=True)
    applied_on = DateField(null=True, blank=True)
    answer = TextField(blank=True)
    decided_on = DateField(null=True, blank=True)
    grade = CharField(max_length=20, blank=True)
    certificate = ForeignKey(Certificate, PROTECT, null=True, blank=True, related_name="+")
    version = PositiveIntegerField(default=1)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["stage", "at"], name="accreditation_queue"),
            Index(fields=["organisation", "at"], name="accreditation_of"),
        )
        constraints = (
            UniqueConstraint(
                fields=["organisation"],
                name="accreditation_one_at_a_time",
                condition=~Q(stage__in=sorted(ENDED)),
                violation_error_message=_("Lembaga ini masih punya akreditasi yang berjalan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.stage}"

    @property
    def region(self) -> str:
        """For the record of events: where the body is."""
        return str(self.organisation.region)


class OfAccreditation(Model):
    """A row that belongs to one accreditation and is reached as it is."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accreditation = ForeignKey(Accreditation, PROTECT, related_name="+")
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = OfAccreditationQuerySet.as_manager()

    class Meta:
        abstract = True


class Step(OfAccreditation):
    """A move from one stage to another. Added, never changed."""

    left = CharField(max_length=16, choices=Stage.choices, blank=True)
    stage = CharField(max_length=16, choices=Stage.choices)
    words = TextField(blank=True)
    on = DateField()

    class Meta:
        indexes = (Index(fields=["accreditation", "at"], name="step_of_accreditation"),)

    def __str__(self) -> str:
        return f"{self.left} → {self.stage}"


class SelfScore(OfAccreditation):
    """What the body gives itself on one item, with why. The newest row of an item counts."""

    item = CharField(max_length=40)
    value = PositiveIntegerField(null=True, blank=True)
    words = TextField(blank=True)

    class Meta:
        indexes = (Index(fields=["accreditation", "item", "at"], name="self_score_of_accreditation"),)

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class Evidence(Filed):
    """A file that shows what an item claims: by the body, or a photograph of the visit."""

    accreditation = ForeignKey(Accreditation, PROTECT, related_name="+")
    item = CharField(max_length=40, blank=True)
    title = CharField(max_length=200)
    is_of_visit = BooleanField(default=False)

    objects = OfAccreditationQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["accreditation", "item"], name="evidence_of_accreditation"),)

    def __str__(self) -> str:
        return self.title


class DeskLine(OfAccreditation):
    """One line of the desk's check: "met", "missing" or "wrong", and a note. The newest row of a code counts."""

    code = CharField(max_length=40)
    answer = CharField(max_length=8)
    note = TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.code}: {self.answer}"


class Assignment(OfAccreditation):
    """Somebody named for a part, from `since` to `until`, and what they declared about conflicts of interest.

    `has_conflict` is None until declared; nobody scores, accompanies or validates before it is False. What was
    declared, and why an assignment ended, is about a person: only the secretariat reads the words.
    """

    user = UUIDField()
    user_name = CharField(max_length=200)
    part = CharField(max_length=10, choices=Part.choices)
    since = DateField()
    until = DateField(null=True, blank=True)
    has_conflict = BooleanField(null=True, blank=True)
    declaration_sealed = BinaryField(null=True)
    declaration: Any = Sealed("declaration_sealed", "assignment.declaration")
    declared_at = DateTimeField(null=True, blank=True)
    withdrawn_on = DateField(null=True, blank=True)
    withdrawn_because_sealed = BinaryField(null=True)
    withdrawn_because: Any = Sealed("withdrawn_because_sealed", "assignment.withdrawn_because")

    class Meta:
        indexes = (Index(fields=["user", "withdrawn_on"], name="assigned_to_accreditation"),)
        constraints = (
            UniqueConstraint(
                fields=["accreditation", "user"],
                condition=Q(withdrawn_on=None),
                name="accreditation_one_part_each",
                violation_error_message=_("Orang ini sudah ditugaskan di sini."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_name}: {self.part}"
