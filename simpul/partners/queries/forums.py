"""What pages ask about forums, their meetings and what those decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.partners.models import Decision, Forum, ForumMember, Meeting
from simpul.partners.stages import FollowUpState


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting with how many members came, of how many there were that day."""

    row: Meeting
    came: int
    members: int


@dataclass(frozen=True, slots=True)
class Whole:
    """One forum with all that its page shows."""

    forum: Forum
    members: tuple[ForumMember, ...]
    left: tuple[ForumMember, ...]
    meetings: tuple[Held, ...]
    open_decisions: tuple[Decision, ...]
    may_edit: bool


def forums_within_reach(user: User) -> QuerySet[Forum]:
    """With the number of their meetings; those that ended below."""
    rows = Forum.objects.reachable(user, Permission.PARTNER_VIEW).annotate(met=Count("meetings"))
    found: QuerySet[Forum] = rows.order_by(F("ended_on").desc(nulls_first=True), "name", "pk")
    return found


def whole(forum: Forum, user: User) -> Whole:
    """The forum as its page shows it."""
    members = tuple(forum.members.order_by("name", "pk"))
    meetings = tuple(forum.meetings.order_by("-on", "-at"))
    waiting = Decision.objects.filter(meeting__forum=forum, state=FollowUpState.OPEN)
    return Whole(
        forum=forum,
        members=tuple(member for member in members if member.left_on is None),
        left=tuple(member for member in members if member.left_on is not None),
        meetings=tuple(Held(row, len(row.came), _on_the_day(members, row.on)) for row in meetings),
        open_decisions=tuple(waiting.select_related("meeting").order_by("due_on", "at")),
        may_edit=is_within_reach(forum, user, Permission.PARTNER_EDIT),
    )


def _on_the_day(members: tuple[ForumMember, ...], on: date) -> int:
    return sum(one.since <= on and (one.left_on is None or one.left_on > on) for one in members)


def came_to(meeting: Meeting) -> list[str]:
    """The names of the members who came."""
    rows = ForumMember.objects.filter(pk__in=meeting.came)
    return list(rows.order_by("name", "pk").values_list("name", flat=True))


def founding_place(user: User, region: str) -> Where:
    """Where a new forum would stand: of the area of an office, or kept by the body for which somebody works."""
    grants = user.grants_with(Permission.PARTNER_EDIT)
    homes = [grant.organisation for grant in grants if grant.organisation]
    return Where(organisation=homes[0] if homes else None, region=region)


def decisions_due(user: User, on: date) -> QuerySet[Decision]:
    """Decisions of forums that this person keeps, that still meet, and that should have been done by now."""
    running = Forum.objects.reachable(user, Permission.PARTNER_EDIT).filter(ended_on=None)
    within = running.order_by().values("pk")
    found: QuerySet[Decision] = Decision.objects.filter(
        meeting__forum__in=within, state=FollowUpState.OPEN, due_on__lte=on
    )
    return found
