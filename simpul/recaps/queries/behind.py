"""The rows behind the numbers of recaps: what each kind of row is called, who may see it, and where its page is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from simpul.access.models import Event, Grant, User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.accreditation.models import Accreditation
from simpul.cases.models import Case, Goal
from simpul.organisations.models import HelpReceived, Organisation, Registration, Source, Staff
from simpul.people.models import DataRequest, Household, Person
from simpul.population.queries.numbers import PEOPLE
from simpul.programmes.models import Evaluation, Stimulus
from simpul.recaps.facts import Rows
from simpul.recaps.queries.files import shown as as_words
from simpul.recaps.queries.people import day_words
from simpul.referrals.models import Referral

Seen = Callable[[User], QuerySet[Any]]
Words = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Page:
    """Where one row can be opened: the address by that of its keys, for who holds the permission within reach."""

    name: str
    permission: Permission
    key: str = "pk"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: `needs` is what somebody must hold to be shown a list of them, `seen` gives those in reach."""

    needs: tuple[Permission, ...]
    seen: Seen
    number: Callable[[int], str]
    words: Words
    hint: Words = lambda _row: ""
    page: Page | None = None
    order: tuple[str, ...] = ("pk",)


@dataclass(frozen=True, slots=True)
class Told:
    """One row as the list shows it. `about` are the people whom the row shows: that it was seen is recorded."""

    words: str
    hint: str = ""
    href: str = ""
    adds: int | None = None
    about: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """What `note_shown` asks of a row."""

    about_person: UUID


def may_list(user: User, kind: str) -> bool:
    """Whether somebody is shown rows of a kind at all."""
    return bool(kind) and all(user.can(needed) for needed in KINDS[kind].needs)


def seen(user: User, rows: Rows) -> QuerySet[Any]:
    """Those of the rows that somebody may see, in the order of a list."""
    kind = KINDS[rows.of]
    found: QuerySet[Any] = kind.seen(user).filter(pk__in=set(rows.keys)).order_by(*kind.order)
    return found


def told(user: User, rows: Rows, some: Iterable[Any], on: date) -> list[Told]:
    """Some of the rows in words, each with a link where this person may open it; ages on that day."""
    kind, shown = KINDS[rows.of], list(some)
    adds = dict(zip(rows.keys, rows.adds, strict=True)) if rows.adds else {}
    pages = addresses(user, rows.of, shown)
    return [
        Told(
            kind.words(row),
            row.age_on(on) if isinstance(row, Person) else kind.hint(row),
            pages.get(row.pk, ""),
            adds.get(str(row.pk)),
            _about(row),
        )
        for row in shown
    ]


def addresses(user: User, of: str, shown: Collection[Any]) -> dict[Any, str]:
    """The pages of rows, by their keys: only of those that this person may open."""
    page = KINDS[of].page
    if page is None or not shown or not user.can(page.permission):
        return {}
    model = type(next(iter(shown)))
    mine = model._default_manager.all()
    if page.permission != Permission.ORGANISATION_VIEW:
        mine = mine.reachable(user, page.permission)
    open_ = set(mine.filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))
    return {row.pk: reverse(page.name, args=[getattr(row, page.key)]) for row in shown if row.pk in open_}


def pages_of(user: User, of: str, keys: Collection[str]) -> dict[str, str]:
    """The pages of the rows that are the lines of a table, by their keys."""
    if not may_list(user, of):
        return {}
    rows = list(seen(user, Rows(of, tuple(keys))))
    return {str(key): href for key, href in addresses(user, of, rows).items()}


def _about(row: Any) -> tuple[UUID, ...]:
    if isinstance(row, Household):
        return tuple(member.pk for member in row.members.all())
    about = getattr(row, "about_person", None)
    return (about,) if isinstance(about, UUID) else ()


# --- who sees which ---


def _by(model: Any, *needs: Permission, related: tuple[str, ...] = ()) -> Seen:
    """The rows within reach of every permission that is needed."""

    def seen_by(user: User) -> QuerySet[Any]:
        rows: Any = (
            model._default_manager.select_related(*related) if related else model._default_manager.all()
        )
        for needed in needs:
            rows = rows.reachable(user, needed)
        return rows  # type: ignore[no-any-return]

    return seen_by


def _clients(user: User) -> QuerySet[Any]:
    """People of whom this person may know that they have a case."""
    cases = Case.objects.reachable(user, Permission.CASE_VIEW).order_by().values("person")
    found: QuerySet[Any] = Person.objects.reachable(user, Permission.PERSON_VIEW).filter(pk__in=cases)
    return found


def _homes(user: User) -> QuerySet[Any]:
    """Households with somebody whose findings may be read; others who live there are not named."""
    members = _by(Person, *_FINDINGS)(user).order_by("name", "pk")
    held = Household.objects.filter(pk__in=members.order_by().values("household"))
    found: QuerySet[Any] = held.prefetch_related(Prefetch("members", queryset=members))
    return found


def _events(user: User) -> QuerySet[Any]:
    """What stands in the record of the own offices and areas."""
    covered = map(covered_by, user.grants_with(Permission.TRAIL_VIEW))
    return Event.objects.filter(reduce(or_, covered, Q(pk__in=[])))


def covered_by(grant: Grant) -> Q:
    """The events of the office and area of a grant."""
    covered = Q(pk__isnull=False)
    if grant.organisation is not None:
        covered &= Q(organisation=grant.organisation)
    return covered & lies_in("region", grant.region) if grant.region else covered


# --- words ---


def _name(row: Any) -> str:
    return str(row.name)


def _body(row: Any) -> str:
    return str(row.organisation.name)


def _event_words(row: Any) -> str:
    return f"{date_format(timezone.localtime(row.at), 'j F Y, H.i')} · {row.actor_name}"


def _event_hint(row: Any) -> str:
    return str(row.details.get("file") or row.permission)


def _stage(row: Any) -> str:
    return str(row.get_stage_display())


def _people(number: int) -> str:
    return ngettext("%(number)s orang", "%(number)s orang", number) % {"number": as_words(number)}


def _cases(number: int) -> str:
    return ngettext("%(number)s kasus", "%(number)s kasus", number) % {"number": as_words(number)}


def _goals(number: int) -> str:
    return ngettext("%(number)s tujuan", "%(number)s tujuan", number) % {"number": as_words(number)}


def _referrals(number: int) -> str:
    return ngettext("%(number)s rujukan", "%(number)s rujukan", number) % {"number": as_words(number)}


def _households(number: int) -> str:
    return ngettext("%(number)s rumah tangga", "%(number)s rumah tangga", number) % {
        "number": as_words(number)
    }


def _bodies(number: int) -> str:
    return ngettext("%(number)s lembaga", "%(number)s lembaga", number) % {"number": as_words(number)}


def _sources(number: int) -> str:
    return ngettext("%(number)s sumber bantuan", "%(number)s sumber bantuan", number) % {
        "number": as_words(number)
    }


def _workers(number: int) -> str:
    return ngettext("%(number)s petugas", "%(number)s petugas", number) % {"number": as_words(number)}


def _applications(number: int) -> str:
    return ngettext("%(number)s permohonan", "%(number)s permohonan", number) % {"number": as_words(number)}


def _stimuli(number: int) -> str:
    return ngettext("%(number)s bantuan", "%(number)s bantuan", number) % {"number": as_words(number)}


def _evaluations(number: int) -> str:
    return ngettext("%(number)s evaluasi", "%(number)s evaluasi", number) % {"number": as_words(number)}


def _requests(number: int) -> str:
    return ngettext("%(number)s permintaan", "%(number)s permintaan", number) % {"number": as_words(number)}


def _leavings(number: int) -> str:
    return ngettext("%(number)s kejadian", "%(number)s kejadian", number) % {"number": as_words(number)}


_FINDINGS = (Permission.PERSON_VIEW, PEOPLE)
_PERSON = Page("people:person", Permission.PERSON_VIEW)
_BODY = Page("organisations:organisation", Permission.ORGANISATION_VIEW, "organisation_id")
_IN_CASE = ("case__person",)

# What stands line by line in a recap itself needs no other right: bodies' money and help, results of groups.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "person": Kind(
            (Permission.PERSON_VIEW,),
            _by(Person, Permission.PERSON_VIEW),
            _people,
            _name,
            page=_PERSON,
            order=("name", "pk"),
        ),
        # Somebody of whom a number says what they need.
        "found": Kind(_FINDINGS, _by(Person, *_FINDINGS), _people, _name, page=_PERSON, order=("name", "pk")),
        "client": Kind(
            (Permission.PERSON_VIEW, Permission.CASE_VIEW),
            _clients,
            _people,
            _name,
            page=_PERSON,
            order=("name", "pk"),
        ),
        "household": Kind(
            _FINDINGS,
            _homes,
            _households,
            lambda row: ", ".join(member.name for member in row.members.all()),
        ),
        "case": Kind(
            (Permission.CASE_VIEW,),
            _by(Case, Permission.CASE_VIEW, related=("person",)),
            _cases,
            lambda row: f"{row.number} · {row.person.name}",
            _stage,
            Page("cases:case", Permission.CASE_VIEW),
            ("-opened_on", "number", "pk"),
        ),
        "goal": Kind(
            (Permission.CASE_VIEW,),
            _by(Goal, Permission.CASE_VIEW, related=_IN_CASE),
            _goals,
            lambda row: f"{row.case.number} · {row.case.person.name}",
            lambda row: str(row.get_state_display()),
            Page("cases:goal", Permission.CASE_VIEW),
            ("case__number", "number", "pk"),
        ),
        "referral": Kind(
            (Permission.REFERRAL_VIEW,),
            _by(Referral, Permission.REFERRAL_VIEW, related=("person",)),
            _referrals,
            lambda row: f"{row.number} · {row.person.name}",
            _stage,
            Page("referrals:referral", Permission.REFERRAL_VIEW),
            ("number", "pk"),
        ),
        "organisation": Kind(
            (Permission.ORGANISATION_INSIDE,),
            _by(Organisation, Permission.ORGANISATION_INSIDE),
            _bodies,
            _name,
            page=Page("organisations:organisation", Permission.ORGANISATION_VIEW),
            order=("name", "pk"),
        ),
        "staff": Kind(
            (Permission.ORGANISATION_INSIDE,),
            _by(Staff, Permission.ORGANISATION_INSIDE, related=("organisation",)),
            _workers,
            _name,
            lambda row: row.title,
            _BODY,
            ("name", "pk"),
        ),
        "source": Kind(
            (Permission.SOURCE_VIEW,),
            _by(Source, Permission.SOURCE_VIEW),
            _sources,
            _name,
            page=Page("organisations:source", Permission.SOURCE_VIEW),
            order=("name", "pk"),
        ),
        "registration": Kind(
            (Permission.ORGANISATION_INSIDE,),
            _by(Registration, Permission.ORGANISATION_INSIDE, related=("organisation",)),
            _applications,
            _body,
            _stage,
            Page("organisations:registration", Permission.ORGANISATION_INSIDE),
            ("organisation__name", "pk"),
        ),
        "accreditation": Kind(
            (Permission.ACCREDITATION_VIEW,),
            _by(Accreditation, Permission.ACCREDITATION_VIEW, related=("organisation",)),
            _applications,
            _body,
            _stage,
            Page("accreditation:run", Permission.ACCREDITATION_VIEW),
            ("organisation__name", "pk"),
        ),
        "stimulus": Kind(
            (Permission.RECAP_VIEW,),
            _by(Stimulus, Permission.RECAP_VIEW, related=("member__organisation", "programme")),
            _stimuli,
            lambda row: f"{row.member.organisation.name} · {row.programme.title}",
            lambda row: str(row.get_state_display()),
            Page("programmes:money", Permission.PROGRAMME_VIEW),
            ("member__organisation__name", "pk"),
        ),
        "help": Kind(
            (Permission.RECAP_VIEW,),
            _by(HelpReceived, Permission.RECAP_VIEW, related=("organisation",)),
            _stimuli,
            _body,
            lambda row: f"{day_words(row.received_on)} · {row.get_form_display()}",
            _BODY,
            ("-received_on", "pk"),
        ),
        "evaluation": Kind(
            (Permission.RECAP_VIEW,),
            _by(Evaluation, Permission.RECAP_VIEW, related=("programme",)),
            _evaluations,
            lambda row: str(row.programme.title),
            lambda row: day_words(row.on),
            Page("programmes:evaluation", Permission.PROGRAMME_EVALUATE),
            ("-on", "pk"),
        ),
        "request": Kind(
            (Permission.DATA_REQUEST_RECORD,),
            _by(DataRequest, Permission.DATA_REQUEST_RECORD, related=("person",)),
            _requests,
            lambda row: f"{row.person.name} · {row.get_kind_display()}",
            lambda row: day_words(timezone.localtime(row.received_at).date()),
            Page("people:data-request", Permission.DATA_REQUEST_RECORD),
            ("-received_at", "pk"),
        ),
        "event": Kind(
            (Permission.TRAIL_VIEW,), _events, _leavings, _event_words, _event_hint, order=("-number",)
        ),
    }
)
