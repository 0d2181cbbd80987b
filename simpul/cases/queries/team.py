"""Who works on a case, and their meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from simpul.access.models import Grant, User
from simpul.access.permissions import Permission
from simpul.access.prepared import Prepared
from simpul.access.reach import Where, is_within_reach
from simpul.access.roles import CASEWORKER, ROLES
from simpul.cases.models import Case, CaseMember, Conference, Handover, HandoverState
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.office import model_of
from simpul.cases.stages import Confidentiality
from simpul.catalogue import casework
from simpul.organisations import queries as organisations
from simpul.places.models import CODE_SIGNS


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team. `mark` changes with what can be changed, so that two who change it clash."""

    key: UUID
    user: UUID | None
    name: str
    home: str  # the body through which they take part, where it is another than the case's
    profession: str
    roles: tuple[str, ...]
    is_manager: bool
    covers: str
    since: date
    until: date | None
    ended_on: date | None
    mark: str


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who works or worked on a case, the manager first."""

    standing: tuple[Member, ...]
    former: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of the case tells of its team. `waiting` is who was asked to take it over and did not answer."""

    members: tuple[Member, ...]
    waiting: str
    is_asked: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """The team on a day, and what waits for an answer. One question to the database."""
    members: list[Any] = _STANDING.rows(key=case.pk, on=on)
    standing = tuple(_member(row, "") for row in members)
    is_asked = any(row.asked == viewer.pk for row in members)
    return Panel(standing, next((row.asked_name or "" for row in members), ""), is_asked)


def _standing(*, key: UUID, on: date) -> QuerySet[Any]:
    asked = Handover.objects.filter(case=OuterRef("case"), state=HandoverState.PROPOSED).order_by("at")
    members: QuerySet[Any] = CaseMember.objects.filter(lasts(on), case=key)
    told: QuerySet[Any] = members.annotate(
        asked_name=Subquery(asked.values("to_name")[:1]), asked=Subquery(asked.values("to_user")[:1])
    )
    return told.order_by("-is_manager", "since", "at")


_STANDING = Prepared(_standing)


def lasts(on: date) -> Q:
    """Memberships that stand on a day: not ended, and a cover within its dates."""
    return Q(ended_on=None, since__lte=on) & (Q(until=None) | Q(until__gte=on))


def team_of(case: Case, on: date) -> Team:
    """The team, with the names of the bodies that members from elsewhere come from."""
    rows = list(CaseMember.objects.filter(case=case).order_by("-is_manager", "since", "at"))
    elsewhere = {row.organisation for row in rows if row.organisation not in (None, case.organisation)}
    homes = organisations.named(elsewhere) if elsewhere else {}
    standing: list[Member] = []
    former: list[Member] = []
    for row in rows:
        is_over = row.ended_on is not None or (row.until is not None and row.until < on)
        (former if is_over else standing).append(_member(row, homes.get(row.organisation, "")))
    return Team(tuple(standing), tuple(former))


def roles_to_give(case: Case, on: date) -> tuple[str, ...]:
    """The roles that the working model of the case expects and nobody in the team holds, by name."""
    model = model_of(case)
    if model is None:
        return ()
    held = CaseMember.objects.filter(lasts(on), case=case).values_list("roles", flat=True)
    given = {code for roles in held for code in roles}
    return tuple(title("roles", code) for code in model.expected_roles if code not in given)


def _member(row: CaseMember, home: str) -> Member:
    return Member(
        key=row.pk,
        user=row.user,
        name=row.name,
        home=home,
        profession=title("professions", row.profession),
        roles=tuple(title("roles", code) for code in row.roles),
        is_manager=row.is_manager,
        covers=row.covers,
        since=row.since,
        until=row.until,
        ended_on=row.ended_on,
        mark=mark_of(row),
    )


def mark_of(row: CaseMember) -> str:
    """What can be changed of a membership, as a form carries it."""
    return mark(row.profession, row.roles, row.until)


def mark(profession: str, roles: Iterable[str], until: date | None) -> str:
    return "|".join((profession, ",".join(sorted(roles)), until.isoformat() if until else ""))


def title(listed: str, code: str) -> str:
    """The title of a code of the catalogue in the language of the page; the code itself if it is gone."""
    if not code:
        return ""
    try:
        return casework.entry(listed, code).title.in_language(get_language() or "id")
    except KeyError:
        return code


# --- who could join ---


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with an account who can reach the case."""

    key: UUID
    name: str


def colleagues_of(case: Case, permission: Permission) -> tuple[Colleague, ...]:
    """Who holds this permission in reach of the case, by name."""
    roles = [name for name, role in ROLES.items() if permission in role.permissions]
    region = case.person.region
    prefixes = [region[:length] for length in CODE_SIGNS if len(region) >= length]
    team = CaseMember.objects.filter(case=case, ended_on=None, user__isnull=False).values("user")
    near = Q(region__in=prefixes) | Q(user__in=team)
    if case.organisation:
        near |= Q(organisation=case.organisation)
    grants = Grant.objects.filter(near, withdrawn_at=None, user__is_active=True, role__in=roles)
    found: dict[UUID, tuple[User, bool]] = {}
    where = Where(organisation=case.organisation, region=region)
    for grant in grants.select_related("user"):
        covers = found.get(grant.user_id, (None, False))[1] or where.is_within(grant)
        found[grant.user_id] = (grant.user, covers)
    is_ordinary = case.confidentiality == Confidentiality.ORDINARY
    reaching = [
        Colleague(key, str(user))
        for key, (user, covers) in found.items()
        if (covers and is_ordinary) or is_within_reach(case, user, permission)
    ]
    return tuple(sorted(reaching, key=lambda one: (one.name, str(one.key))))


def home_of(user: User, case: Case) -> UUID | None:
    """The organisation through which somebody takes part: that of the case where they belong to it."""
    homes = {grant.organisation for grant in user.grants_with(Permission.CASE_VIEW) if grant.organisation}
    return case.organisation if case.organisation in homes else min(homes, key=str, default=None)


def profession_of(user: User) -> str:
    """What somebody is known to be by their role: social worker, or empty. The team can say otherwise."""
    is_caseworker = any(grant.role == CASEWORKER.name for grant in user.standing_grants)
    return "social_worker" if is_caseworker else ""


# --- conferences ---


@dataclass(frozen=True, slots=True)
class Meeting:
    """One case conference. Its words are empty for who may not read workers' own words."""

    key: UUID
    on: date
    who: str
    participants: tuple[str, ...]
    place: str
    discussed: str
    decided: str
    client_view: str


def conferences_of(case: Case, viewer: User) -> tuple[Meeting, ...]:
    """The conferences of a case that this viewer has reached, newest first."""
    is_told = sees_all(case, viewer)
    rows = Conference.objects.filter(case=case).order_by("-on", "-at")
    return tuple(_meeting(row, is_told) for row in rows)


def _meeting(row: Conference, is_told: bool) -> Meeting:
    def told(words: str | None) -> str:
        return (words or "") if is_told else ""

    return Meeting(
        key=row.pk,
        on=row.on,
        who=row.by_name,
        participants=tuple(participant_words(entry) for entry in (is_told and row.participants) or ()),
        place=told(row.place),
        discussed=told(row.discussed),
        decided=told(row.decided),
        client_view=told(row.client_view),
    )


def participant_words(entry: dict[str, str]) -> str:
    """A name, with profession and organisation as far as they are known."""
    parts = (entry["name"], title("professions", entry.get("profession", "")), entry.get("organisation", ""))
    return ", ".join(part for part in parts if part)
