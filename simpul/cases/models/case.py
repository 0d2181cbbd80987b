"""What is stored about a case, and what must always hold."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db.models import (
    PROTECT,
    Aggregate,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    Exists,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    UniqueConstraint,
    UUIDField,
)
from django.db.models.functions import Cast, Now, TruncDate
from django.utils.translation import gettext_lazy

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable, Where
from simpul.access.secrets import Sealed
from simpul.cases.stages import ENDED, Confidentiality, Kind, ReferredBy, Stage
from simpul.people.models import Household, Person
from simpul.screening.models import Screening
from simpul.screening.stages import Urgency

if TYPE_CHECKING:
    from simpul.access.models import Grant


class CaseQuerySet(Reachable):
    # By where the person lives now, as in screenings.
    to_region = "person__region"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        """By organisation, by area, and by the team of the case; the protected ones only for who may.

        Ordinary cases are reached as every other record. Restricted ones need SENSITIVE_VIEW in the same
        reach, highly restricted ones CASE_PROTECTED_VIEW; those of the team alone, nothing but the team.
        Whoever broke the glass reads that one case until the time is over.
        """
        by_place = self.covered(user, permission)
        guarded = Q(confidentiality=Confidentiality.ORDINARY)
        for level, needed in _NEEDED.items():
            guarded |= Q(confidentiality=level) & self.covered(user, needed)
        reach = by_place & guarded
        if grants := user.grants_with(permission):
            in_team = Q(pk__in=_through_the_team(user, grants))
            reach |= by_place & in_team if permission in _SECOND_PERSON else in_team
        if grants and permission in _THROUGH_GLASS:
            reach |= Q(pk__in=_glass_broken(user.pk))
        return self.filter(reach)

    def open(self) -> CaseQuerySet:
        return self.exclude(stage__in=ENDED)


# What beside the permission itself opens a case of this level to those outside its team.
_NEEDED = {
    Confidentiality.RESTRICTED: Permission.SENSITIVE_VIEW,
    Confidentiality.HIGHLY_RESTRICTED: Permission.CASE_PROTECTED_VIEW,
}


# Breaking the glass is for reading: never for staying in, and not for changing what stands there.
_THROUGH_GLASS = frozenset(
    {
        Permission.CASE_VIEW,
        Permission.SENSITIVE_VIEW,
        Permission.CASE_BREAK_GLASS,
    }
)
# What a second person of the same office looks after; sitting in the team of another's case gives it not.
_SECOND_PERSON = frozenset({Permission.CASE_APPROVE, Permission.SUPERVISION_NOTE})


def _through_the_team(user: HoldsGrants, grants: list[Grant]) -> QuerySet[Any]:
    """Cases in whose team this person stands today, as long as the grant through which they came stands."""
    homes = {grant.organisation for grant in grants if grant.organisation}
    came_through = Q(organisation__in=homes)
    if any(grant.region for grant in grants):
        came_through |= Q(organisation=None)
    return _in_team_today(user.pk).filter(came_through).values("case")


def _in_team_today(user: uuid.UUID) -> QuerySet[Any]:
    today = TruncDate(Now())
    # A leave cover begins and ends by its dates, without anybody having to remember it.
    in_time = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    return CaseMember.objects.filter(in_time, user=user, ended_on=None).order_by()


def _glass_broken(user: uuid.UUID) -> QuerySet[Any]:
    """Cases that this person opened with a reason, for a time that is not over."""
    standing = BrokenGlass.objects.filter(user=user, until__gt=Now())
    return standing.order_by().values("case")


class _Gathered(Aggregate):
    """All values as one list of JSON."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG")


class Ties(NamedTuple):
    """Where the client lives, through which bodies somebody stands in the team today, whether they broke the glass."""

    lives_in: str
    team_through: list[str | None] | None
    glass_broken: bool


def ties_of(user: uuid.UUID, case: uuid.UUID) -> dict[str, Any]:
    """`Ties` of one person and one case as expressions, to be asked within a question that is asked anyway."""
    mine = _in_team_today(user).filter(case=case).values("case")
    through = mine.annotate(through=_Gathered(Cast("organisation", CharField()))).values("through")
    return {
        "lives_in": Subquery(Case.objects.filter(pk=case).order_by().values("person__region")),
        "team_through": Subquery(through, output_field=JSONField()),
        "glass_broken": Exists(_glass_broken(user).filter(case=case)),
    }


def is_reached_by(row: Any, case: Case, user: HoldsGrants, permission: Permission) -> bool:
    """`CaseQuerySet.reachable` for one case at hand, without asking the database again.

    `row` holds the ties of this person to this case: `Ties`, or any row that was annotated with `ties_of`.
    """
    grants = user.grants_with(permission)
    level = Confidentiality(case.confidentiality)
    place = Where(organisation=case.organisation, region=row.lives_in)
    by_place = any(place.is_within(grant) for grant in grants)
    is_open = level is Confidentiality.ORDINARY or (
        level in _NEEDED and any(place.is_within(grant) for grant in user.grants_with(_NEEDED[level]))
    )
    came = {uuid.UUID(home) if home else None for home in row.team_through or ()}
    homes: set[uuid.UUID | None] = {grant.organisation for grant in grants if grant.organisation}
    if any(grant.region for grant in grants):
        homes.add(None)
    in_team = bool(came & homes) and (by_place or permission not in _SECOND_PERSON)
    through_glass = row.glass_broken and bool(grants) and permission in _THROUGH_GLASS
    return (by_place and is_open) or in_team or through_glass


class Case(Model):
    """The need of a person, family, group or community, accompanied through one episode.

    `number` is 2026-014: the year and a count of the organisation. `person` is the client or, for a family,
    group or community, the one with whom everything is arranged. `earlier` is the episode before this one.
    """

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = CharField(max_length=12)
    kind = CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    person = ForeignKey(Person, PROTECT, related_name="cases")
    household = ForeignKey(Household, PROTECT, null=True, related_name="cases")
    group_name_sealed = BinaryField(null=True)
    group_name: Any = Sealed("group_name_sealed", "case.group_name")
    episode = PositiveSmallIntegerField(default=1)
    earlier = ForeignKey("self", PROTECT, null=True, related_name="later")
    confidentiality = CharField(
        max_length=20, choices=Confidentiality.choices, default=Confidentiality.ORDINARY
    )
    # A code of catalogue.casework: expanded_broker, rehabilitation, personal_strengths, full_support.
    working_model = CharField(max_length=20, blank=True)
    # In or outside an institution, and the service of the minimum standard (PP 2/2018): for the counts.
    setting = CharField(max_length=20, blank=True)
    spm_service = CharField(max_length=40, blank=True)
    # By which way the person came to this episode, and what was dangerous then: of the first talk.
    referred_by = CharField(max_length=12, choices=ReferredBy.choices, blank=True)
    referral_words_sealed = BinaryField(null=True)
    referral_words: Any = Sealed("referral_words_sealed", "case.referral_words")
    risk_sealed = BinaryField(null=True)
    risk: Any = Sealed("risk_sealed", "case.risk")
    screening = ForeignKey(Screening, PROTECT, null=True, related_name="cases")
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    province = CharField(max_length=2, blank=True)
    # Whose series of numbers it is from: the organisation, or the regency for an office without one.
    series = CharField(max_length=36)
    stage = CharField(max_length=20, choices=Stage.choices, default=Stage.INTAKE)
    urgency = CharField(max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    need_types_sealed = BinaryField(null=True)
    need_types: Any = Sealed("need_types_sealed", "case.need_types", as_json=True)
    opened_at = DateTimeField()
    opened_on = DateField()
    worker = UUIDField()
    worker_name = CharField(max_length=200)
    summary_sealed = BinaryField(null=True)
    summary: Any = Sealed("summary_sealed", "case.summary")
    # What the client wishes about who is told.
    wishes_sealed = BinaryField(null=True)
    wishes: Any = Sealed("wishes_sealed", "case.wishes")
    # When the stage was entered and when somebody last met the client: kept here for lists and numbers.
    stage_since = DateField()
    last_contact_on = DateField(null=True)
    closed_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                name="case_number_once_per_series",
                fields=["series", "number"],
                violation_error_message=gettext_lazy("Nomor kasus itu sudah dipakai."),
            ),
            UniqueConstraint(
                name="one_case_per_screening",
                fields=["screening"],
                violation_error_message=gettext_lazy("Dari penapisan ini sudah dibuka satu kasus."),
            ),
            CheckConstraint(
                name="case_stage_is_known",
                condition=Q(stage__in=Stage.values),
                violation_error_message=gettext_lazy("Tahap itu tidak dikenal."),
            ),
        )
        indexes = (
            Index(fields=["organisation", "stage", "opened_at"], name="case_of_organisation"),
            Index(fields=["region", "stage"], name="case_of_region"),
            Index(fields=["worker", "stage"], name="case_of_worker"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def about_person(self) -> uuid.UUID:
        return self.person_id

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED


class OfCaseQuerySet(Reachable):
    """Rows that belong to a case are reached as far as their case is."""

    to_organisation = "case__organisation"
    to_region = "case__person__region"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        reached = Case.objects.reachable(user, permission)
        return self.filter(case__in=reached.order_by().values("pk"))


class OfCase(Model):
    """What every row that belongs to a case has: its case, when it was written, and by whom."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = ForeignKey(Case, PROTECT)
    at = DateTimeField()
    by = UUIDField(null=True)
    by_name = CharField(max_length=200)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def about_person(self) -> uuid.UUID:
        return self.case.person_id


class CaseMember(OfCase):
    """Somebody of the case's team. Without an account (`user` None) when they work elsewhere.

    `profession` and `roles` are codes of catalogue.casework; `organisation` is the body through which they
    take part: their sight of the case ends with their grant there. A leave cover has its last day in `until`.
    """

    user = UUIDField(null=True)
    name = CharField(max_length=200)
    organisation = UUIDField(null=True)
    profession = CharField(max_length=40, blank=True)
    roles = JSONField(default=list)
    is_manager = BooleanField(default=False)
    covers = CharField(max_length=200, blank=True)
    since = DateField()
    until = DateField(null=True)
    ended_on = DateField(null=True)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_manager_per_case",
                fields=["case"],
                condition=Q(is_manager=True, ended_on=None),
                violation_error_message=gettext_lazy("Kasus ini sudah mempunyai manajer kasus."),
            ),
        )
        indexes = (
            Index(fields=["user", "ended_on", "case"], name="case_member_of_user"),
            Index(fields=["case", "ended_on"], name="case_member_of_case"),
        )

    def __str__(self) -> str:
        return self.name


class BrokenGlass(OfCase):
    """A protected case opened by somebody outside its team: why, and until when. The supervisor is told."""

    user = UUIDField()
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "broken_glass.because")
    until = DateTimeField()
    seen_at = DateTimeField(null=True)
    seen_by_name = CharField(max_length=200, blank=True)

    class Meta:
        indexes = (Index(fields=["user", "until"], name="broken_glass_of_user"),)

    def __str__(self) -> str:
        return f"{self.by_name}: {self.case_id}"


class StageMove(OfCase):
    """One step of a case through its stages. Added, never changed.

    `lacking` are the codes of gates that were passed unmet, with the reason in `because`.
    """

    case = ForeignKey(Case, PROTECT, related_name="moves")
    stage_from = CharField(max_length=20, choices=Stage.choices, blank=True)
    stage_to = CharField(max_length=20, choices=Stage.choices)
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "stage_move.because")
    lacking = JSONField(default=list)

    class Meta:
        indexes = (Index(fields=["case", "at"], name="stage_move_of_case"),)

    def __str__(self) -> str:
        return f"{self.stage_from} -> {self.stage_to}"


class NumberSeries(Model):
    """The last case number given in a year: locked while one is given, so none is given twice."""

    series = CharField(max_length=36)
    year = PositiveSmallIntegerField()
    last = PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            UniqueConstraint(
                name="one_series_per_keeper_and_year",
                fields=["series", "year"],
                violation_error_message=gettext_lazy("Nomor tahun ini sudah dimulai."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.year}-{self.last:03}"
