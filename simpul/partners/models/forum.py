"""A forum of organisations: who belongs to it, when it met, what it decided, and what became of that."""

from __future__ import annotations

from typing import Self

from django.db.models import (
    PROTECT,
    CharField,
    DateField,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    UniqueConstraint,
    UUIDField,
)
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import Permission
from simpul.access.reach import HoldsGrants, Reachable
from simpul.organisations.models import Organisation
from simpul.partners.models.agreement import Kept
from simpul.partners.stages import FollowUpState


class ForumQuerySet(Reachable):
    """Reached by who keeps it, by its area, and for reading by every body that belongs to it."""

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        own = self.covered(user, permission)
        if permission is not Permission.PARTNER_VIEW:
            return self.filter(own)
        homes = [grant.organisation for grant in user.grants_with(permission) if grant.organisation]
        belongs = ForumMember.objects.filter(organisation__in=homes, left_on=None).order_by().values("forum")
        return self.filter(own | Q(pk__in=belongs))


class Forum(Kept):
    """A forum (Forum Jejaring of the Karimun programme). `organisation` keeps it; None where the office of the area does."""

    name = CharField(max_length=200)
    aim = TextField(blank=True)
    organisation = UUIDField(null=True)
    region = CharField(max_length=13)
    chair = CharField(max_length=200, blank=True)
    since = DateField()
    ended_on = DateField(null=True)
    version = PositiveIntegerField(default=1)

    objects = ForumQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["region", "name"], name="forum_of_area"),)

    def __str__(self) -> str:
        return self.name


class OfForumQuerySet(Reachable):
    to_forum = "forum"

    def reachable(self, user: HoldsGrants, permission: Permission) -> Self:
        within = Forum.objects.reachable(user, permission).order_by().values("pk")
        return self.filter(**{f"{self.to_forum}__in": within})


class ForumMember(Kept):
    """A body that belongs to a forum; of the register, or by its name alone."""

    forum = ForeignKey(Forum, PROTECT, related_name="members")
    organisation = ForeignKey(Organisation, PROTECT, null=True, related_name="+")
    name = CharField(max_length=200)
    since = DateField()
    left_on = DateField(null=True)

    objects = OfForumQuerySet.as_manager()

    class Meta:
        constraints = (
            UniqueConstraint(
                fields=["forum", "name"],
                name="in_the_forum_once",
                condition=Q(left_on=None),
                violation_error_message=_("Lembaga ini sudah menjadi anggota."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Meeting(Kept):
    """A meeting of a forum. `came` are keys of its members, `guests` others in words."""

    forum = ForeignKey(Forum, PROTECT, related_name="meetings")
    on = DateField()
    place = CharField(max_length=200, blank=True)
    agenda = TextField()
    minutes = TextField(blank=True)
    came = JSONField(default=list)
    guests = CharField(max_length=500, blank=True)
    version = PositiveIntegerField(default=1)

    objects = OfForumQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["forum", "on"], name="meeting_of_forum"),)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"


class OfMeetingQuerySet(OfForumQuerySet):
    to_forum = "meeting__forum"


class Decision(Kept):
    """What a meeting decided, who does it until when, and what became of it."""

    meeting = ForeignKey(Meeting, PROTECT, related_name="decisions")
    order = PositiveSmallIntegerField()
    words = TextField()
    in_charge = CharField(max_length=200, blank=True)
    due_on = DateField(null=True)
    state = CharField(max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    state_on = DateField()
    result = TextField(blank=True)
    version = PositiveIntegerField(default=1)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        indexes = (Index(fields=["state", "due_on"], name="decision_due"),)
        constraints = (UniqueConstraint(fields=["meeting", "order"], name="decision_order_once"),)

    def __str__(self) -> str:
        return self.words[:60]
