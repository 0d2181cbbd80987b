"""What pages ask about action plans: the version that stands, its lines, what became of them, planned against spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.models import (
    ActionItem,
    ActionPlan,
    Member,
    MoneyEntry,
    Programme,
    Proof,
    Realisation,
)
from simpul.programmes.queries.kept import is_helped
from simpul.programmes.stages import ENDED, Arm, Entry, MemberState, PlanState, Realised

# Who writes in a body's plan, in the order in which the pages look for a right.
HANDS = (Permission.PROGRAMME_TAKE_PART, Permission.PROGRAMME_MANAGE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands: planned against what was spent on it, and what became of it."""

    item: ActionItem
    spent: int
    newest: Realisation | None
    history: tuple[Realisation, ...]
    proofs: tuple[Proof, ...]
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.newest is None or self.newest.realised == Realised.PARTLY

    @property
    def left(self) -> int:
        """Whole rupiah that the plan still has for it; below nothing when more was spent."""
        return int(self.item.budget) - self.spent


@dataclass(frozen=True, slots=True)
class Shown:
    """A body's plan as its page shows it."""

    member: Member
    plan: ActionPlan | None
    lines: tuple[Line, ...]
    versions: tuple[ActionPlan, ...]
    draft: ActionPlan | None
    hand: Permission | None
    may_agree: bool

    @property
    def budget(self) -> int:
        return sum(int(line.item.budget) for line in self.lines)

    @property
    def spent(self) -> int:
        return sum(line.spent for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.newest is not None and line.newest.realised == Realised.DONE for line in self.lines)


@dataclass(frozen=True, slots=True)
class OfBody:
    """One body in the panel of a programme."""

    member: Member
    plan: ActionPlan | None
    lines: int
    done: int
    partly: int
    not_done: int
    late: int


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a programme says of its action plans."""

    bodies: tuple[OfBody, ...]


def agreed_plan(member: Member) -> ActionPlan | None:
    """The version that stands."""
    return ActionPlan.objects.filter(member=member, state=PlanState.AGREED).first()


def draft_of(member: Member) -> ActionPlan | None:
    """The version that is drawn up or waits for the office."""
    making = (PlanState.DRAFT, PlanState.RETURNED, PlanState.SUBMITTED)
    return ActionPlan.objects.filter(member=member, state__in=making).first()


def lines_of(member: Member) -> frozenset[UUID]:
    """The lines of all versions that were ever agreed: an older one may have been done before the plan changed."""
    stood = (PlanState.AGREED, PlanState.REPLACED)
    rows = ActionItem.objects.filter(plan__member=member, plan__state__in=stood)
    return frozenset(rows.values_list("line", flat=True))


def shown(member: Member, user: User, on: date, plan: ActionPlan | None = None) -> Shown:
    """A version of the plan, by itself the one that stands (or is being made) with what became of its lines."""
    draft = draft_of(member)
    chosen = plan or agreed_plan(member) or draft
    return Shown(
        member=member,
        plan=chosen,
        lines=lines(chosen, on) if chosen else (),
        versions=tuple(member.plans.order_by("-number")),
        draft=draft,
        hand=hand_of(member, user) if is_helped(member) else None,
        may_agree=is_helped(member) and is_within_reach(member, user, Permission.PROGRAMME_MANAGE),
    )


def hand_of(member: Member, user: User) -> Permission | None:
    """By which right somebody writes in this body's plan; None where they only read."""
    return next((hand for hand in HANDS if is_within_reach(member, user, hand)), None)


def lines(plan: ActionPlan, on: date) -> tuple[Line, ...]:
    """The lines by priority, each with its history. Five questions, however many lines there are."""
    items = list(plan.items.order_by("priority", "order"))
    keys = [item.line for item in items]
    spent, history = spent_on(plan.member, keys), _history(keys)
    proofs = proofs_of([row.pk for rows in history.values() for row in rows])
    return tuple(
        Line(
            item=item,
            spent=spent.get(item.line, 0),
            newest=history[item.line][0] if history[item.line] else None,
            history=tuple(history[item.line]),
            proofs=tuple(proof for row in history[item.line] for proof in proofs.get(row.pk, ())),
            is_late=_is_late(item, history[item.line], on),
        )
        for item in items
    )


def _is_late(item: ActionItem, history: list[Realisation], on: date) -> bool:
    is_done = bool(history) and history[0].realised != Realised.PARTLY
    return item.due_on is not None and item.due_on < on and not is_done


def _history(lines: Collection[UUID]) -> dict[UUID, list[Realisation]]:
    """What was noted of each line, the newest first."""
    found: dict[UUID, list[Realisation]] = defaultdict(list)
    for row in Realisation.objects.filter(line__in=lines).order_by("-at", "pk"):
        found[row.line].append(row)
    return found


def proofs_of(keys: Collection[UUID]) -> dict[UUID, list[Proof]]:
    """The photographs and receipts of many rows."""
    found: dict[UUID, list[Proof]] = defaultdict(list)
    for proof in Proof.objects.filter(of__in=keys, removed_at=None).order_by("at", "pk"):
        found[proof.of].append(proof)
    return found


def spent_on(member: Member, lines: Collection[UUID]) -> dict[UUID, int]:
    """Whole rupiah spent on each line, without what was reversed."""
    rows = MoneyEntry.objects.filter(
        member=member, kind=Entry.SPENDING, line__in=lines, reversals__isnull=True
    )
    return {
        row["line"]: int(row["sum"]) for row in rows.order_by().values("line").annotate(sum=Sum("amount"))
    }


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """How far each body within this person's reach is; None where they may read none."""
    members = members_shown(programme, user)
    if not members:
        return None
    standing = _standing(members)
    items = _items([plan.pk for plan in standing.values()])
    history = _history([item.line for rows in items.values() for item in rows])
    return Panel(tuple(_of_body(member, standing.get(member.pk), items, history, on) for member in members))


def members_shown(programme: Programme, user: User, *, with_comparison: bool = False) -> list[Member]:
    """The chosen bodies of a programme that somebody may read, by name: all, or their own.

    Those of the comparison are measured and nothing more, so they stand with nothing else.
    """
    rows = Member.objects.filter(programme=programme, state=MemberState.CHOSEN)
    if not with_comparison:
        rows = rows.filter(arm=Arm.PROGRAMME)
    for permission in (
        Permission.PROGRAMME_VIEW,
        Permission.PROGRAMME_MENTOR,
        Permission.PROGRAMME_TAKE_PART,
    ):
        reached: QuerySet[Member] = rows & Member.objects.reachable(user, permission)
        if found := list(reached.select_related("organisation").order_by("organisation__name", "pk")):
            return found
    return []


def _standing(members: Iterable[Member]) -> dict[UUID, ActionPlan]:
    rows = ActionPlan.objects.filter(member__in=list(members), state=PlanState.AGREED)
    return {row.member_id: row for row in rows}


def _items(plans: Collection[UUID]) -> dict[UUID, list[ActionItem]]:
    found: dict[UUID, list[ActionItem]] = defaultdict(list)
    for item in ActionItem.objects.filter(plan__in=plans).order_by("priority", "order"):
        found[item.plan_id].append(item)
    return found


def _of_body(
    member: Member,
    plan: ActionPlan | None,
    items: dict[UUID, list[ActionItem]],
    history: dict[UUID, list[Realisation]],
    on: date,
) -> OfBody:
    mine = items.get(plan.pk, []) if plan else []
    newest = [history[item.line][0].realised for item in mine if history[item.line]]
    return OfBody(
        member=member,
        plan=plan,
        lines=len(mine),
        done=newest.count(Realised.DONE),
        partly=newest.count(Realised.PARTLY),
        not_done=newest.count(Realised.NOT),
        late=sum(_is_late(item, history[item.line], on) for item in mine),
    )


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Action plans that wait for the office to agree, and those that the office sent back to one's own body."""
    found = []
    if user.can(Permission.PROGRAMME_MANAGE):
        rows = ActionPlan.objects.reachable(user, Permission.PROGRAMME_MANAGE)
        rows = rows.exclude(programme__stage__in=ENDED)
        if number := rows.filter(state=PlanState.SUBMITTED).count():
            words = ngettext(
                "%(number)d rencana aksi menunggu kesepakatan",
                "%(number)d rencana aksi menunggu kesepakatan",
                number,
            )
            found.append(Waiting(words % {"number": number}, number, reverse("programmes:programmes")))
    if user.can(Permission.PROGRAMME_TAKE_PART):
        rows = ActionPlan.objects.reachable(user, Permission.PROGRAMME_TAKE_PART)
        rows = rows.exclude(programme__stage__in=ENDED)
        if number := rows.filter(state=PlanState.RETURNED).count():
            words = ngettext(
                "%(number)d rencana aksi perlu diperbaiki", "%(number)d rencana aksi perlu diperbaiki", number
            )
            found.append(Waiting(words % {"number": number}, number, reverse("programmes:programmes")))
    return tuple(found)
