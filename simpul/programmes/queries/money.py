"""What pages ask about stimulus money: totals, the running balance, what is due. Whole rupiah throughout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue.programmes import norms
from simpul.organisations.queries.waiting import Waiting
from simpul.programmes.models import ActionItem, Member, MoneyEntry, Programme, Proof, Stimulus
from simpul.programmes.queries.kept import is_helped
from simpul.programmes.queries.plans import HANDS, hand_of, members_shown, proofs_of
from simpul.programmes.stages import Entry, MoneyState


@dataclass(frozen=True, slots=True)
class Totals:
    """What was received, spent and given back, without what was reversed."""

    received: int
    spent: int
    returned: int

    @property
    def balance(self) -> int:
        """What the body still holds."""
        return self.received - self.spent - self.returned


@dataclass(frozen=True, slots=True)
class Posted:
    """One entry in the statement, with the balance after it. A reversed one and its reversal cancel out."""

    row: MoneyEntry
    balance: int
    is_reversed: bool
    line: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The stimulus money of a body as its page shows it."""

    row: Stimulus
    totals: Totals
    entries: tuple[Posted, ...]
    hand: Permission | None
    may_manage: bool
    may_decide: bool
    is_late: bool
    may_ask: bool

    @property
    def left_to_hand_over(self) -> int:
        return int(self.row.granted or 0) - self.totals.received


@dataclass(frozen=True, slots=True)
class OfBody:
    """One body in the panel of a programme."""

    member: Member
    row: Stimulus | None
    totals: Totals


@dataclass(frozen=True, slots=True)
class Panel:
    """The money of a programme, body by body, with the sum."""

    bodies: tuple[OfBody, ...]
    asked: int
    granted: int
    sum: Totals


def totals(stimulus: Stimulus) -> Totals:
    """From the entries themselves, every time: no sum is stored."""
    return totals_of([stimulus])[stimulus.pk]


def totals_of(stimuli: Iterable[Stimulus]) -> dict[UUID, Totals]:
    """The totals of many, in one question."""
    keys = [one.pk for one in stimuli]
    sums = {key: dict.fromkeys(Entry.values, 0) for key in keys}
    standing = MoneyEntry.objects.filter(stimulus__in=keys, reversals__isnull=True)
    for stimulus, kind, amount in standing.values_list("stimulus", "kind", "amount"):
        sums[stimulus][kind] += int(amount)
    return {
        key: Totals(kinds[Entry.INSTALMENT], kinds[Entry.SPENDING], kinds[Entry.RETURN])
        for key, kinds in sums.items()
    }


def first_handed_on(row: Stimulus) -> date | None:
    """The day on which the first money was handed over; None where nothing stands."""
    standing = row.entries.filter(kind=Entry.INSTALMENT, reversals__isnull=True)
    found: date | None = standing.aggregate(first=Min("on"))["first"]
    return found


def left_to_grant(programme: Programme) -> int | None:
    """What the programme's budget still has for stimulus money; None where it has no budget."""
    if programme.budget is None:
        return None
    rows = Stimulus.objects.filter(programme=programme).exclude(
        state__in=(MoneyState.REFUSED, MoneyState.WITHDRAWN)
    )
    granted = sum(int(amount) for amount in rows.values_list("granted", flat=True) if amount is not None)
    return int(programme.budget) - granted


def shown(row: Stimulus, user: User, on: date) -> Shown:
    """The whole statement."""
    return Shown(
        row=row,
        totals=totals(row),
        entries=statement(row),
        hand=hand_of(row.member, user),
        may_manage=is_within_reach(row, user, Permission.PROGRAMME_MANAGE),
        may_decide=is_within_reach(row, user, Permission.PROGRAMME_DECIDE) and row.by != user.pk,
        is_late=is_late(row, on),
        may_ask=may_ask(row.member, user),
    )


def may_ask(member: Member, user: User) -> bool:
    """Whether this person may ask for money for a body that still takes part."""
    return is_helped(member) and hand_of(member, user) is not None


def is_late(row: Stimulus, on: date) -> bool:
    """Whether the account of the money should have been there."""
    return row.state == MoneyState.RUNNING and row.account_due_on is not None and row.account_due_on < on


def statement(row: Stimulus) -> tuple[Posted, ...]:
    """Every entry in the order of its day, with the balance that it left."""
    entries = list(
        MoneyEntry.objects.filter(stimulus=row).select_related("reverses").order_by("on", "at", "pk")
    )
    undone = {entry.reverses_id for entry in entries if entry.reverses_id}
    names = dict(
        ActionItem.objects.filter(plan__member=row.member).order_by("at").values_list("line", "words")
    )
    proofs = proofs_of([entry.pk for entry in entries])
    posted, balance = [], 0
    for entry in entries:
        balance += _way(entry) * int(entry.amount)
        line = str(names.get(entry.line, "")) if entry.line else ""
        posted.append(Posted(entry, balance, entry.pk in undone, line, tuple(proofs.get(entry.pk, ()))))
    return tuple(posted)


def _way(entry: MoneyEntry) -> int:
    """Whether money came in (1) or went out (-1); a reversal goes the other way than what it reverses."""
    if entry.reverses is not None:
        return -_way(entry.reverses)
    return 1 if entry.kind == Entry.INSTALMENT else -1


def newest_of(member: Member) -> Stimulus | None:
    """The stimulus money that a body asked for last."""
    row: Stimulus | None = member.stimuli.order_by("-at", "pk").first()
    return row


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """The money of the bodies within this person's reach; None where they may read none."""
    members = members_shown(programme, user)
    if not members:
        return None
    rows = {row.member_id: row for row in Stimulus.objects.filter(member__in=members).order_by("at", "pk")}
    sums = totals_of(rows.values())
    bodies = tuple(_of_body(member, rows.get(member.pk), sums) for member in members)
    return Panel(
        bodies=bodies,
        asked=sum(int(body.row.asked) for body in bodies if body.row),
        granted=sum(int(body.row.granted or 0) for body in bodies if body.row),
        sum=Totals(
            sum(body.totals.received for body in bodies),
            sum(body.totals.spent for body in bodies),
            sum(body.totals.returned for body in bodies),
        ),
    )


def _of_body(member: Member, row: Stimulus | None, sums: dict[UUID, Totals]) -> OfBody:
    return OfBody(member, row, sums[row.pk] if row else Totals(0, 0, 0))


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Requests and accounts for who decides; accounts due for who runs the programme or is of the body."""
    found = []
    if user.can(Permission.PROGRAMME_DECIDE):
        rows = Stimulus.objects.reachable(user, Permission.PROGRAMME_DECIDE)
        states = (MoneyState.REQUESTED, MoneyState.REPORTED)
        if number := rows.filter(state__in=states).exclude(by=user.pk).count():
            words = ngettext(
                "%(number)d bantuan stimulan menunggu keputusan",
                "%(number)d bantuan stimulan menunggu keputusan",
                number,
            )
            found.append(Waiting(words % {"number": number}, number, reverse("programmes:programmes")))
    for permission in HANDS:
        if user.can(permission):
            rows = Stimulus.objects.reachable(user, permission).filter(state=MoneyState.RUNNING)
            found += _due(
                rows.filter(account_due_on__lte=on + timedelta(days=norms().account_reminder_days)), on
            )
            break
    return tuple(found)


def _due(rows: Iterable[Stimulus], on: date) -> list[Waiting]:
    due = list(rows)
    if not due:
        return []
    words = ngettext(
        "%(number)d bantuan stimulan segera dipertanggungjawabkan",
        "%(number)d bantuan stimulan segera dipertanggungjawabkan",
        len(due),
    )
    late = any(is_late(row, on) for row in due)
    return [Waiting(words % {"number": len(due)}, len(due), reverse("programmes:programmes"), is_late=late)]
