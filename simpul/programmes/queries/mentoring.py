"""What pages ask about mentoring visits: those of one body, what comes next, and a mentor's own bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.models import ActionItem, ActionPlan, Member, Programme, Proof, Visit
from simpul.programmes.queries.kept import is_helped
from simpul.programmes.queries.plans import Line, agreed_plan, lines, members_shown, proofs_of
from simpul.programmes.stages import ENDED, Arm, MemberState, PlanState

# Who writes visits, in the order in which the pages look for a right.
HANDS = (Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_MANAGE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a mentor writes after a visit. `lines` are lines of the action plan, `mentor` is "" for who writes."""

    visited_on: date
    found: str
    advice: str = ""
    next_step: str = ""
    next_on: date | None = None
    lines: tuple[UUID, ...] = ()
    mentor: str = ""
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class ShownVisit:
    """One visit with what it was about. `earlier` are the notes that it mends, the newest first."""

    row: Visit
    lines: tuple[str, ...]
    proofs: tuple[Proof, ...]
    earlier: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The visits of one body, and what its plan still asks for."""

    member: Member
    visits: tuple[ShownVisit, ...]
    open_lines: tuple[Line, ...]
    hand: Permission | None
    next_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class OfBody:
    """One body in a list: when somebody was there, when next, and how much of its plan is open."""

    member: Member
    visits: int
    last_on: date | None
    next_on: date | None
    next_step: str
    is_late: bool
    open_lines: tuple[Line, ...] = ()

    @property
    def late_lines(self) -> int:
        return sum(line.is_late for line in self.open_lines)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a programme says of its visits."""

    bodies: tuple[OfBody, ...]
    is_mine: bool


def hand_of(member: Member, user: User) -> Permission | None:
    """By which right somebody writes visits to this body; None where they only read."""
    return next((hand for hand in HANDS if is_within_reach(member, user, hand)), None)


def standing(members: Collection[Member]) -> dict[UUID, list[Visit]]:
    """The visits of each body that no later note mended, the newest first."""
    rows = list(Visit.objects.filter(member__in=members).order_by("-on", "-at", "pk"))
    mended = {row.mends_id for row in rows if row.mends_id}
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for row in rows:
        if row.pk not in mended:
            found[row.member_id].append(row)
    return found


def is_mended(visit: Visit) -> bool:
    """Whether a later note took its place."""
    return Visit.objects.filter(mends=visit).exists()


def of_body(member: Member, user: User, on: date) -> Page:
    """The page of one body's visits."""
    shown = _shown(member)
    next_on = _next_on([one.row for one in shown])
    return Page(
        member=member,
        visits=shown,
        open_lines=_open_lines(member, on),
        hand=hand_of(member, user) if is_helped(member) else None,
        next_on=next_on,
        is_late=next_on is not None and next_on < on,
    )


def _shown(member: Member) -> tuple[ShownVisit, ...]:
    rows = {row.pk: row for row in Visit.objects.filter(member=member)}
    words = words_of(member, {line for row in rows.values() for line in row.lines})
    proofs = proofs_of(list(rows))
    found = []
    for row in standing([member])[member.pk]:
        earlier = tuple(_chain(row, rows))
        pictures = tuple(proof for one in (row, *earlier) for proof in proofs.get(one.pk, ()))
        told = tuple(words[line] for line in row.lines if line in words)
        found.append(ShownVisit(row, told, pictures, earlier))
    return tuple(found)


def _chain(row: Visit, rows: dict[UUID, Visit]) -> Iterable[Visit]:
    """The notes that this one mends, and those that they had mended."""
    while row.mends_id and row.mends_id in rows:
        row = rows[row.mends_id]
        yield row


def words_of(member: Member, keys: Collection[str]) -> dict[str, str]:
    """Lines of the plan in words, as the newest version that stood says them."""
    stood = (PlanState.AGREED, PlanState.REPLACED)
    rows = ActionItem.objects.filter(member=member, line__in=keys, plan__state__in=stood)
    return {str(item.line): item.words for item in rows.order_by("plan__number", "order")}


def _next_on(visits: list[Visit]) -> date | None:
    """The newest visit says when somebody comes again; an older promise counts no more."""
    return visits[0].next_on if visits else None


def _open_lines(member: Member, on: date) -> tuple[Line, ...]:
    plan = agreed_plan(member)
    return tuple(line for line in lines(plan, on) if line.is_open) if plan else ()


def line_choices(member: Member) -> list[tuple[str, str]]:
    """The lines of the plan that stands, for a visit to name."""
    plan = ActionPlan.objects.filter(member=member, state=PlanState.AGREED).first()
    if plan is None:
        return []
    return [(str(item.line), item.words) for item in plan.items.order_by("priority", "order")]


# --- many bodies ---


def my_bodies(user: User, on: date) -> tuple[OfBody, ...]:
    """The bodies that this person accompanies in running programmes: who waits longest comes first."""
    rows = Member.objects.reachable(user, Permission.PROGRAMME_MENTOR).filter(
        state=MemberState.CHOSEN, arm=Arm.PROGRAMME
    )
    rows = rows.exclude(programme__stage__in=ENDED).select_related("organisation", "programme")
    members = list(rows.order_by("organisation__name", "pk"))
    found = _of_bodies(members, on, with_lines=True)
    return tuple(sorted(found, key=lambda one: one.next_on or (date.max if one.visits else date.min)))


def _of_bodies(members: list[Member], on: date, *, with_lines: bool = False) -> list[OfBody]:
    visits = standing(members)
    return [
        OfBody(
            member=member,
            visits=len(visits[member.pk]),
            last_on=visits[member.pk][0].on if visits[member.pk] else None,
            next_on=_next_on(visits[member.pk]),
            next_step=visits[member.pk][0].next_step if visits[member.pk] else "",
            is_late=(due := _next_on(visits[member.pk])) is not None and due < on,
            open_lines=_open_lines(member, on) if with_lines else (),
        )
        for member in members
    ]


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """When each body was visited and when somebody comes again; None for who may read none."""
    members = members_shown(programme, user)
    if not members:
        return None
    is_mine = is_within_reach(programme, user, Permission.PROGRAMME_MENTOR)
    return Panel(tuple(_of_bodies(members, on)), is_mine)


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Visits that a mentor has promised and that are due, and those that nobody made for who runs the programme."""
    found = []
    if user.can(Permission.PROGRAMME_MENTOR):
        due = _due(user, Permission.PROGRAMME_MENTOR, on)
        if due:
            words = ngettext(
                "%(number)d kunjungan pendampingan jatuh tempo",
                "%(number)d kunjungan pendampingan jatuh tempo",
                len(due),
            )
            is_late = min(due) < on
            href = reverse("programmes:mentoring-mine")
            found.append(Waiting(words % {"number": len(due)}, len(due), href, is_late))
    if user.can(Permission.PROGRAMME_MANAGE):
        late = [day for day in _due(user, Permission.PROGRAMME_MANAGE, on) if day < on]
        if late:
            words = ngettext(
                "%(number)d kunjungan pendampingan lewat tanggal",
                "%(number)d kunjungan pendampingan lewat tanggal",
                len(late),
            )
            href = reverse("programmes:programmes")
            found.append(Waiting(words % {"number": len(late)}, len(late), href, is_late=True))
    return tuple(found)


def _due(user: User, permission: Permission, on: date) -> list[date]:
    """The days, today at the latest, on which somebody should have come again."""
    rows = Member.objects.reachable(user, permission).filter(state=MemberState.CHOSEN, arm=Arm.PROGRAMME)
    members = list(rows.exclude(programme__stage__in=ENDED))
    days = (_next_on(visits) for visits in standing(members).values())
    return [day for day in days if day is not None and day <= on]
