"""What pages ask about the cohort: candidates from the register, bodies that take part, people and who works with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.catalogue.programmes import norms
from simpul.engines.rules import Facts
from simpul.organisations.models import Organisation
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import Kind
from simpul.programmes.models import Member, Participant, Programme, Worker
from simpul.programmes.queries.criteria import Judged, facts_of, in_words, judged, told
from simpul.programmes.stages import ENDED, WITH_COMPARISON, Arm, MemberState, Part

READERS = (Permission.PROGRAMME_VIEW, Permission.PROGRAMME_MENTOR, Permission.PROGRAMME_TAKE_PART)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body of the register that is not in the programme yet, held against the criteria."""

    organisation: Organisation
    judged: Judged


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for candidates gave. `is_cut`: there are more bodies than are judged at once."""

    candidates: tuple[Candidate, ...]
    is_cut: bool
    counts: dict[str, int]


def candidates(programme: Programme, user: User, on: date, *, only: str = "", text: str = "") -> Found:
    """The open bodies of the programme's area that this person may look into, those that fit first.

    A constant number of questions, however many there are.
    """
    rows = _in_area(programme, user)
    for word in text.replace("\0", "").split()[:6]:
        rows = rows.filter(name__icontains=word)
    most = norms().most_judged
    bodies = list(rows.order_by("name", "pk")[: most + 1])
    facts = facts_of(bodies[:most], on=on, apart_from=programme.pk)
    found = [Candidate(body, _judged(programme, facts[body.pk], on)) for body in bodies[:most]]
    counts = {code: sum(one.judged.code == code for one in found) for code in _ORDER}
    kept = [one for one in found if not only or one.judged.code == only]
    kept.sort(key=lambda one: _ORDER.index(one.judged.code))
    return Found(tuple(kept), len(bodies) > most, counts)


_ORDER = ("yes", "unknown", "no")


def _judged(programme: Programme, facts: Facts, on: date) -> Judged:
    return in_words(judged(programme.criteria, facts, on))


def _in_area(programme: Programme, user: User) -> QuerySet[Organisation]:
    within = Q(pk__in=[])
    for code in programme.area:
        within |= Q(region=code) | Q(region__startswith=f"{code}.")
    rows = _strengthened(user).filter(within)
    return rows.exclude(pk__in=Member.objects.filter(programme=programme).values("organisation"))


def reached_bodies(user: User, keys: Iterable[UUID]) -> list[Organisation]:
    """Those of these bodies that this person may look into."""
    return list(_strengthened(user).filter(pk__in=list(keys)).order_by("name", "pk"))


def _strengthened(user: User) -> QuerySet[Organisation]:
    """Open bodies that a programme can be for: the offices that run programmes are none."""
    rows: QuerySet[Organisation] = Organisation.objects.reachable(user, Permission.ORGANISATION_INSIDE)
    return rows.filter(is_closed=False).exclude(kind=Kind.DINAS)


# --- the bodies of a programme ---


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One body that was considered, with how many people take part."""

    member: Member
    judged: Judged | None
    participants: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The cohort of a programme: bodies, people and who works with them, as far as this person may see them."""

    members: tuple[MemberLine, ...]
    chosen: int
    participants: int
    left: int
    workers: tuple[Worker, ...]
    may_manage: bool
    is_open: bool


def panel(programme: Programme, user: User, on: date) -> Panel | None:
    """Which bodies take part; None for who may read none. Only who manages sees candidates and those not chosen."""
    may_manage = is_within_reach(programme, user, Permission.PROGRAMME_MANAGE)
    members = _members(programme, user, all_of_them=may_manage)
    if not members and not may_manage:
        return None
    people = list(Participant.objects.filter(member__in=members).order_by().values_list("member", "left_on"))
    lines = tuple(
        MemberLine(
            member,
            told(member.finding),
            sum(key == member.pk and left_on is None for key, left_on in people),
        )
        for member in members
    )
    workers = programme.workers.filter(ended_on=None).order_by("part", "name", "pk")
    return Panel(
        members=lines,
        chosen=sum(member.state == MemberState.CHOSEN for member in members),
        participants=sum(left_on is None for _key, left_on in people),
        left=sum(left_on is not None for _key, left_on in people),
        workers=tuple(workers),
        may_manage=may_manage,
        is_open=programme.stage not in ENDED,
    )


_STATE_ORDER = (MemberState.CHOSEN, MemberState.CANDIDATE, MemberState.LEFT, MemberState.NOT_CHOSEN)


def _members(programme: Programme, user: User, *, all_of_them: bool) -> list[Member]:
    rows = Member.objects.filter(programme=programme).select_related("organisation")
    if all_of_them:
        found = list(rows.order_by("organisation__name", "pk"))
        return sorted(found, key=lambda member: _STATE_ORDER.index(MemberState(member.state)))
    shown = rows.filter(state__in=(MemberState.CHOSEN, MemberState.LEFT))
    for permission in READERS:
        if user.can(permission):
            reached = shown & Member.objects.reachable(user, permission).select_related("organisation")
            if bodies := list(reached.order_by("organisation__name", "pk")):
                return bodies
    return []


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One body in a programme. Names are there for who runs the programme and for the body's own people."""

    member: Member
    judged: Judged | None
    participants: tuple[Participant, ...]
    sees_names: bool
    may_manage: bool
    has_comparison: bool


def member_page(member: Member, user: User) -> MemberPage:
    """The page of one body in a programme."""
    may_manage = is_within_reach(member, user, Permission.PROGRAMME_MANAGE)
    is_own = is_within_reach(member, user, Permission.PROGRAMME_TAKE_PART)
    return MemberPage(
        member=member,
        judged=told(member.finding),
        participants=tuple(member.participants.order_by("code")),
        sees_names=may_manage or is_own,
        may_manage=may_manage and member.programme.stage not in ENDED,
        has_comparison=member.programme.design in WITH_COMPARISON,
    )


def rejudged(member: Member, on: date) -> tuple[dict[str, object], str]:
    """The finding of today as it is kept, and its answer: yes, no or unknown."""
    body = member.organisation
    facts = facts_of([body], on=on, willing={body.pk: member.willing}, apart_from=member.programme_id)
    finding = judged(member.programme.criteria, facts[body.pk], on).to_json()
    return finding, str(finding["answer"])


# --- people ---


def taking_part(programme: Programme, *, with_comparison: bool = False) -> QuerySet[Participant]:
    """Everybody of the chosen bodies who did not leave, by code; by itself not those only measured for comparison."""
    rows: QuerySet[Participant] = Participant.objects.filter(
        programme=programme, left_on=None, member__state=MemberState.CHOSEN
    )
    if not with_comparison:
        rows = rows.filter(member__arm=Arm.PROGRAMME)
    return rows.select_related("member__organisation").order_by("code")


def next_code(programme: Programme) -> str:
    """P01, P02, …: the code of the next participant. Codes of who left are not given again."""
    codes = Participant.objects.filter(programme=programme).values_list("code", flat=True)
    numbers = [int(code[1:]) for code in codes if code[1:].isdecimal()]
    return f"P{max(numbers, default=0) + 1:02d}"


def account_called(name: str, permission: Permission) -> User | None:
    """The account of that sign-in name, who must hold the permission somewhere; None where nothing was typed.

    Raises Refusal for an unknown name, in the same words as for one without the right.
    """
    typed = name.strip()
    if not typed:
        return None
    user = User.objects.filter(username__iexact=typed, is_active=True).first()
    if user is None or not user.can(permission):
        raise Refusal(
            _("Tidak ada akun “%s” dengan peran yang cocok. Mintalah pengelola Simpul membuatnya.") % typed
        )
    return user


def username_of(key: UUID | None) -> str:
    """The sign-in name of an account; "" for none."""
    return User.objects.filter(pk=key).values_list("username", flat=True).first() or "" if key else ""


# By which permission the account of a worker works; None where an account gives nothing.
ACCOUNT_OF = {
    Part.MENTOR: Permission.PROGRAMME_MENTOR,
    Part.OFFICER: Permission.PROGRAMME_MANAGE,
    Part.RESEARCHER: Permission.PROGRAMME_EVALUATE,
}


def bodies_of(worker: Worker) -> list[str]:
    """The names of the bodies that a mentor was named for; none means all."""
    rows = Member.objects.filter(pk__in=worker.members).order_by("organisation__name")
    return list(rows.values_list("organisation__name", flat=True))


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Candidates of whom it is not said whether they take part."""
    if not user.can(Permission.PROGRAMME_MANAGE):
        return ()
    rows = Member.objects.reachable(user, Permission.PROGRAMME_MANAGE)
    rows = rows.filter(state=MemberState.CANDIDATE).exclude(programme__stage__in=ENDED)
    number = rows.count()
    if not number:
        return ()
    words = ngettext(
        "%(number)d calon lembaga peserta menunggu keputusan",
        "%(number)d calon lembaga peserta menunggu keputusan",
        number,
    )
    return (Waiting(words % {"number": number}, number, reverse("programmes:programmes")),)


def plain_participant_code(typed: str) -> str:
    """P07, however it was typed: "p 7", "P-07"."""
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    return f"P{int(digits[:6]):02d}" if digits else ""
