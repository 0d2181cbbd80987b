"""What pages ask about changes to the record of a body: what waits, what was accepted, what fits no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Change, Organisation
from simpul.organisations.queries.belonging import belongs_to
from simpul.organisations.queries.bodies import AT_HOME, is_place_secret, knows_secret_place
from simpul.organisations.queries.part_words import Compared, Names, Tells, compared
from simpul.organisations.queries.parts import PARTS, Values, values_of
from simpul.organisations.queries.secret_words import telling
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import ChangeState


@dataclass(frozen=True, slots=True)
class Sight:
    """What one user may do with the record of one body."""

    inside: bool
    edits: bool
    verifies: bool
    knows_place: bool

    @property
    def changes(self) -> bool:
        return self.edits or self.verifies


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: what differs, and whether the record has moved on since it was proposed.

    `because` and `answer` are empty where they would give a secret place away to who may not know it.
    """

    change: Change
    part: str
    compared: tuple[Compared, ...]
    because: str = ""
    answer: str = ""
    is_stale: bool = False
    since: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form of a part begins with: the values that wait, where they still fit, or what is recorded."""

    values: Values
    waiting: Change | None
    is_stale: bool


def sight_of(organisation: Organisation, user: User) -> Sight:
    """What this user may do and see here. Nobody checks the record of their own body: there they only propose."""
    inside, edits, verifies = (
        is_within_reach(organisation, user, permission)
        for permission in (
            Permission.ORGANISATION_INSIDE,
            Permission.ORGANISATION_EDIT,
            Permission.ORGANISATION_VERIFY,
        )
    )
    checks = verifies and not belongs_to([organisation.pk], user)
    return Sight(inside, edits, checks, knows_secret_place(organisation, user))


def locked(organisation: Organisation) -> Organisation:
    """The body as it stands now, kept for this action: of two who decide at once the second finds what the first did."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True)
    found: Organisation = rows.get(pk=organisation.pk)
    return found


def waiting_of(organisation: Organisation) -> QuerySet[Change]:
    """What waits for an officer, the oldest first."""
    rows: QuerySet[Change] = Change.objects.filter(organisation=organisation, state=ChangeState.WAITING)
    return rows.order_by("at", "pk")


def draft_of(organisation: Organisation, code: str, *, proposes: bool) -> Draft:
    """What the form of a part begins with. Who changes directly begins with what is recorded."""
    current = values_of(organisation, code)
    waiting = waiting_of(organisation).filter(part=code).last()
    if waiting is None:
        return Draft(current, None, False)
    is_stale = waiting.before != current
    return Draft(waiting.after if proposes and not is_stale else current, waiting, is_stale)


def told_of(
    change: Change,
    *,
    knows_place: bool,
    names: Names | None = None,
    tells_of: Callable[[Organisation], Tells] | None = None,
) -> Told:
    """A change side by side; for one that waits also what was recorded meanwhile by others.

    `tells_of` gives the secret words of a body, where those of many changes are asked for once.
    """
    before, after = change.before, change.after
    hides = not knows_place and _is_about_a_secret_place(change.organisation, before, after)
    tells = (tells_of or _telling_ever)(change.organisation) if hides else _nothing_told
    differences = compared(change.part, before, after, hides_place=hides, names=names, tells=tells)
    because, answer = ("" if tells(text) else text for text in (change.because, change.answer))
    told = Told(change, title_of(change), differences, because, answer)
    if change.state != ChangeState.WAITING:
        return told
    current = values_of(change.organisation, change.part)
    if current == before:
        return told
    since = compared(change.part, before, current, hides_place=hides, tells=tells)
    return replace(told, is_stale=True, since=since)


def _nothing_told(text: str) -> bool:
    """Where no place is secret, no words give it away."""
    return False


def _telling_ever(organisation: Organisation) -> Tells:
    """Whether words name a place where this body is, was, or is to be by something that was proposed."""
    rows = Change.objects.filter(organisation=organisation, part="identity")
    states = [state for row in rows for state in (row.before, row.after)]
    return telling(organisation, {(state["region"], state["address"]) for state in states})


def title_of(change: Change) -> str:
    """Which part it is about, in words."""
    return str(PARTS[change.part].title) if change.part in PARTS else change.part


def _is_about_a_secret_place(organisation: Organisation, *states: Values) -> bool:
    """Where the address is secret now, or was on either side of a change, no address of it is told."""
    return is_place_secret(organisation) or any(
        state.get("is_address_secret") or state.get("kind") in AT_HOME for state in states
    )


def history_of(organisation: Organisation, code: str = "") -> QuerySet[Change]:
    """All that was accepted, the newest first; of one part where `code` names it."""
    rows: QuerySet[Change] = Change.objects.filter(organisation=organisation, state=ChangeState.ACCEPTED)
    rows = rows.select_related("organisation").order_by("-decided_at", "-pk")
    return rows.filter(part=code) if code else rows


def not_taken(organisation: Organisation) -> QuerySet[Change]:
    """What was refused or withdrawn, the newest first."""
    ended = (ChangeState.REFUSED, ChangeState.WITHDRAWN)
    rows: QuerySet[Change] = Change.objects.filter(organisation=organisation, state__in=ended)
    return rows.select_related("organisation").order_by("-decided_at", "-pk")


def told_all(changes: Iterable[Change], *, knows_place: bool) -> tuple[Told, ...]:
    """Many changes in words, in their order; the names in all of them asked for at once."""
    rows = list(changes)
    names = Names(*((row.part, state) for row in rows for state in (row.before, row.after)))
    known: dict[UUID, Tells] = {}

    def tells_of(body: Organisation) -> Tells:
        if body.pk not in known:
            known[body.pk] = _telling_ever(body)
        return known[body.pk]

    return tuple(told_of(row, knows_place=knows_place, names=names, tells_of=tells_of) for row in rows)


def queue(user: User) -> QuerySet[Change]:
    """What waits for this officer, of all bodies within reach, the oldest first."""
    rows: QuerySet[Change] = Change.objects.reachable(user, Permission.ORGANISATION_VERIFY)
    return rows.filter(state=ChangeState.WAITING).select_related("organisation").order_by("at", "pk")


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """How many changes wait for this officer."""
    number = queue(user).count() if user.can(Permission.ORGANISATION_VERIFY) else 0
    if not number:
        return ()
    words = ngettext(
        "%(number)s perubahan data lembaga menunggu pemeriksaan",
        "%(number)s perubahan data lembaga menunggu pemeriksaan",
        number,
    ) % {"number": number}
    return (Waiting(words, number, reverse("organisations:changes")),)
