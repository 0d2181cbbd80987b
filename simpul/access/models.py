"""What is stored about people who work here, what they may do, and what they did."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db.models import (
    PROTECT,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    CheckConstraint,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Model,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    TextChoices,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import Reachable
from simpul.access.roles import NEAR_PEOPLE, ROLES, Role
from simpul.access.secrets import Sealed


class User(AbstractUser):
    """Somebody who signs in. Django's own staff and superuser flags give no right here; grants do."""

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = CharField(max_length=200)
    # One name, as people write it: many Indonesians have no family name.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = (
            UniqueConstraint(
                Lower("username"),
                name="username_once_in_any_case",
                violation_error_message=_("Nama pengguna itu sudah dipakai."),
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.username)

    def get_full_name(self) -> str:
        return str(self)

    @cached_property
    def standing_grants(self) -> list[Grant]:
        return list(self.grants.filter(withdrawn_at=None))

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        self.forget_grants()

    def forget_grants(self) -> None:
        """Ask again which grants stand. They are read once, because a page asks many times."""
        self.__dict__.pop("standing_grants", None)

    def grants_with(self, permission: Permission) -> list[Grant]:
        if not self.is_active:
            return []
        return [grant for grant in self.standing_grants if permission in grant.permissions]

    def can(self, permission: Permission) -> bool:
        """Whether it is granted anywhere at all; how far it reaches is for the rows to say."""
        return bool(self.grants_with(permission))


class Grant(Model):
    """A role somewhere. *Where* is a plain key, so that the gate need not know what an organisation is."""

    user = ForeignKey(User, PROTECT, related_name="grants")
    role = CharField(max_length=40, choices=[(name, role.display) for name, role in ROLES.items()])
    organisation = UUIDField(null=True, blank=True)
    region = CharField(max_length=13, blank=True)
    granted_at = DateTimeField(default=timezone.now)
    withdrawn_at = DateTimeField(null=True, blank=True)

    objects = Reachable.as_manager()

    class Meta:
        constraints = (
            CheckConstraint(
                name="grant_names_a_known_role",
                condition=Q(role__in=sorted(ROLES)),
                violation_error_message=_("Peran itu tidak dikenal."),
            ),
            # Who sees people sees those of one organisation or one area, never all of Indonesia's.
            CheckConstraint(
                name="grant_near_people_has_a_place",
                condition=~Q(role__in=sorted(NEAR_PEOPLE)) | Q(organisation__isnull=False) | ~Q(region=""),
                violation_error_message=_("Peran ini memerlukan lembaga atau wilayah kerja."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"

    @property
    def permissions(self) -> frozenset[Permission]:
        role: Role | None = ROLES.get(self.role)
        return role.permissions if role else frozenset()

    @property
    def is_everywhere(self) -> bool:
        return self.organisation is None and not self.region


class EventQuerySet(QuerySet["Event"]):
    def about(self, subject: Model) -> EventQuerySet:
        return self.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk))

    def about_person(
        self, person: uuid.UUID, *others: uuid.UUID, also: QuerySet[Event] | None = None
    ) -> EventQuerySet:
        """Events about this person alone, and those that name them among others.

        `others` are keys that the same person had; `also` are events that concern them in another way.
        """
        keys = [person, *others]
        parts: list[Any] = [Mention.objects.filter(person__in=keys).values("event")]
        if also is not None:
            parts.append(also.order_by().values("number"))
        # A union, because PostgreSQL answers an OR of these by reading the whole record.
        alone = Event.objects.filter(person__in=keys).values("number")
        return self.filter(number__in=alone.union(*parts, all=True))

    def in_order(self) -> EventQuerySet:
        return self.order_by("number")


class Event(Model):
    """Something was done or read. May be added, never changed or removed: the database refuses it.

    `mac` is a keyed hash over this event and the one before it, so that a changed, removed, inserted
    or reordered event breaks the chain.
    """

    number = BigIntegerField(primary_key=True)
    at = DateTimeField()
    actor = UUIDField(null=True)
    actor_name = CharField(max_length=200)
    permission = CharField(max_length=60)
    subject_kind = CharField(max_length=60)
    subject_key = CharField(max_length=60)
    person = UUIDField(null=True)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13, blank=True)
    is_reading = BooleanField(default=False)
    details = JSONField(default=dict)
    because_sealed = BinaryField(null=True)
    because: Any = Sealed("because_sealed", "event.because")
    mac = BinaryField(max_length=32)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            Index(fields=["subject_kind", "subject_key", "number"], name="event_subject"),
            Index(fields=["person", "number"], name="event_person"),
            Index(fields=["actor", "number"], name="event_actor"),
        )

    def __str__(self) -> str:
        return f"{self.actor_name} did {self.permission}"

    def as_chained(self) -> dict[str, Any]:
        """What the keyed hash covers: everything but itself."""
        return {
            "number": self.number,
            # One way of writing a moment, whichever zone or precision it came in.
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": str(self.actor),
            "actor_name": self.actor_name,
            "permission": self.permission,
            "subject": [self.subject_kind, self.subject_key],
            "person": str(self.person),
            "organisation": str(self.organisation),
            "region": self.region,
            "is_reading": self.is_reading,
            "details": self.details,
            "because": bytes(self.because_sealed or b"").hex(),
        }


class JobState(TextChoices):
    WAITING = "waiting", _("menunggu giliran")
    RUNNING = "running", _("sedang berjalan")
    DONE = "done", _("selesai")
    FAILED = "failed", _("tidak jadi")


class Job(Model):
    """Long work that somebody wants, or that is done each night (`jobs.py`). `told` is a sentence without facts.

    `about` is the plain key of the row that the work is for; `wanted_by` is empty for the machine itself.
    """

    OPEN: ClassVar[tuple[str, ...]] = (JobState.WAITING, JobState.RUNNING)

    id = UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = CharField(max_length=60)
    about = UUIDField(null=True)
    state = CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    language = CharField(max_length=8, default="id")
    wanted_at = DateTimeField()
    wanted_by = UUIDField(null=True)
    wanted_by_name = CharField(max_length=200)
    started_at = DateTimeField(null=True)
    ended_at = DateTimeField(null=True)
    told = TextField(blank=True)
    tries = PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            Index(fields=["state", "wanted_at"], name="job_waiting"),
            Index(fields=["task", "about", "wanted_at"], name="job_about"),
        )
        constraints = (
            CheckConstraint(
                name="job_state_is_known",
                condition=Q(state__in=JobState.values),
                violation_error_message=_("Keadaan pekerjaan itu tidak dikenal."),
            ),
            UniqueConstraint(
                name="job_waits_once_about_the_same",
                fields=["task", "about"],
                condition=Q(state__in=["waiting", "running"]),
                violation_error_message=_("Pekerjaan yang sama sudah menunggu atau berjalan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def wanted_by_user(self) -> User | None:
        """Who asked, with the rights that they have now; None for the machine, and for who has left."""
        return User.objects.filter(pk__in=[self.wanted_by], is_active=True).first()


class Mention(Model):
    """A person whom one event concerns beside others: shown in a list, living in the household.

    Only for finding; the event itself names the same people in `details`, under its keyed hash.
    """

    event = ForeignKey(Event, PROTECT, related_name="mentions")
    person = UUIDField()

    class Meta:
        indexes = (Index(fields=["person", "event"], name="mention_person"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.event_id}"


class ChainHead(Model):
    """How many events there are and the last keyed hash, so that cutting off the end shows as well.

    One row only; it changes with each event and is never removed.
    """

    id = CharField(primary_key=True, max_length=1, default="1")
    count = BigIntegerField(default=0)
    last = BinaryField(max_length=32, default=bytes)
    mac = BinaryField(max_length=32, default=bytes)

    def __str__(self) -> str:
        return f"{self.count} events"
