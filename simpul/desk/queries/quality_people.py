"""People and homes whose record is incomplete, unlikely or old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.catalogue.quality import norms
from simpul.desk.queries.quality_seen import Line, Seen
from simpul.engines.days import months_later
from simpul.people.models import Fact, Household, Person, Relation
from simpul.people.queries import nik_warnings
from simpul.people.queries.facts import faded_on
from simpul.places.models import Region
from simpul.places.queries import names_of

YEAR = 12
# Codes that are not in force come from one decree: more at once than this are mended in several rounds.
_MOST_CODES = 400


def everybody(seen: Seen) -> Any:
    """Whoever can be mended: nobody erased, and nobody whose record may only be read."""
    rows = Person.objects.filter(erased_at=None, limited_since=None)
    return seen.within(rows, also=Permission.PERSON_VIEW, region="region", organisation="organisation")


def _years_before(on: date, years: int) -> date:
    return months_later(on, -YEAR * years)


# --- what is missing ---


def unborn(seen: Seen) -> Any:
    """People without a birth date, not even a rough one."""
    return everybody(seen).filter(born_earliest=None).order_by("region", "pk")


def placeless(seen: Seen) -> Any:
    """People whose village is not known: their body alone reaches them, no office of any area."""
    return everybody(seen).filter(region="").order_by("organisation", "pk")


def out_of_reach() -> Any:
    """People with neither region nor organisation: no role near people reaches them, so only their number is told."""
    return Person.objects.filter(region="", organisation=None, erased_at=None)


# --- what is unlikely ---


def very_old(seen: Seen) -> Any:
    """People who are surely older than anybody is likely to be."""
    latest = _years_before(seen.on, norms()["oldest_age"].value)
    # Whoever was surely born by then has also the first possible day by then, which is indexed.
    return (
        everybody(seen)
        .filter(born_earliest__lt=latest, born_latest__lt=latest)
        .order_by("born_earliest", "pk")
    )


def child_heads(seen: Seen) -> Any:
    """Heads of a household who are surely children."""
    earliest = _years_before(seen.on, norms()["head_from_age"].value)
    rows = everybody(seen).filter(relation_to_head=Relation.HEAD, born_earliest__gt=earliest)
    return rows.order_by("-born_earliest", "pk")


def born_after(seen: Seen) -> Any:
    """People who were surely born after they were registered, among those born of late."""
    since = months_later(seen.on, -norms()["birth_months"].value)
    rows = everybody(seen).filter(born_earliest__gte=since, born_earliest__gt=TruncDate("registered_at"))
    return rows.order_by("-born_earliest", "pk")


def with_unseen_nik(seen: Seen) -> Any:
    """Everybody with a NIK that nobody looked at twice. Whether it is odd only the number itself tells."""
    return everybody(seen).filter(nik_confirmed=False, nik_index__isnull=False).order_by("pk")


# --- where ---


def in_old_places(seen: Seen) -> Any:
    """People whose region is not in force any more, or never was a code."""
    told = everybody(seen).exclude(region="").order_by().values_list("region", flat=True).distinct()
    codes = set(told)
    if not codes:
        return everybody(seen).none()
    known = set(Region.objects.filter(valid_to=None).values_list("code", flat=True))
    old = sorted(codes - known)[:_MOST_CODES]
    rows = everybody(seen)
    # Before the list of codes is loaded every code would be unknown.
    return (rows.filter(region__in=old) if known and old else rows.none()).order_by("region", "pk")


# --- homes ---


def every_home(seen: Seen) -> Any:
    """The homes within reach."""
    rows = Household.objects.all()
    return seen.within(rows, also=Permission.PERSON_VIEW, region="region", organisation="organisation")


def _heads() -> Any:
    return Person.objects.filter(relation_to_head=Relation.HEAD)


def many_headed(seen: Seen) -> Any:
    """Homes with more than one head."""
    several = _heads().order_by().values("household").annotate(heads=Count("pk")).filter(heads__gt=1)
    return every_home(seen).filter(pk__in=several.values("household")).order_by("region", "pk")


def headless(seen: Seen) -> Any:
    """Homes in which somebody is told to be wife, child or relative, but nobody to be the head."""
    here = Person.objects.filter(household=OuterRef("pk"))
    family = here.exclude(relation_to_head__in=("", Relation.HEAD))
    rows = every_home(seen).filter(~Exists(_heads().filter(household=OuterRef("pk"))), Exists(family))
    return rows.order_by("region", "pk")


# --- what is old ---


def accompanied(seen: Seen) -> Any:
    """People of running cases within reach. Which of their facts are old only opening them tells."""
    reached = Case.objects.reachable(seen.viewer, Permission.CASE_VIEW).open()
    return everybody(seen).filter(pk__in=reached.order_by().values("person")).order_by("pk")


def faded(rows: Sequence[Person], seen: Seen) -> list[Line]:
    """Those of these people of whom something was said too long ago, and how much; not what."""
    homes = {row.household_id for row in rows}
    about = Q(person__in=[row.pk for row in rows]) | Q(household__in=homes)
    newest: dict[tuple[UUID, bytes], Fact] = {}
    for fact in Fact.objects.filter(about).valid_on(seen.on).order_by("noted_at", "pk"):
        newest[fact.person_id or fact.household_id, bytes(fact.name_index)] = fact
    old: dict[UUID, int] = {}
    for (key, _name), fact in newest.items():
        if faded_on(fact, seen.on) is not None:
            old[key] = old.get(key, 0) + 1
    numbers = {row.pk: old.get(row.pk, 0) + old.get(row.household_id, 0) for row in rows}
    return [_line(row, _old_words(number), "people:person") for row in rows if (number := numbers[row.pk])]


def _old_words(number: int) -> str:
    words = ngettext("%(number)s keterangan sudah lama", "%(number)s keterangan sudah lama", number)
    return words % {"number": number}


# --- lines ---


def lines(rows: Sequence[Person], seen: Seen) -> list[Line]:
    """People with what the register says of their birth."""
    return [_line(row, _birth_words(row), _mended(seen)) for row in rows]


def lines_of_home(rows: Sequence[Person], seen: Seen) -> list[Line]:
    """People whose home is to be looked at."""
    return [_line(row, _birth_words(row), _home_address(seen)) for row in rows]


def _home_address(seen: Seen) -> str:
    return "people:household" if seen.viewer.can(Permission.PERSON_EDIT) else "people:person"


def _mended(seen: Seen) -> str:
    """The form, for who may write in it; else the page, from where somebody else can be told."""
    return "people:edit" if seen.viewer.can(Permission.PERSON_EDIT) else "people:person"


def _line(row: Person, said: str, address: str) -> Line:
    return Line(row.name, said, reverse(address, args=[row.pk]), row.region, (row.pk,))


def _birth_words(row: Person) -> str:
    if row.born_earliest is None or row.born_latest is None:
        return ""
    first = date_format(row.born_earliest, "j F Y")
    if row.born_earliest == row.born_latest:
        return _("lahir %(day)s") % {"day": first}
    last = date_format(row.born_latest, "j F Y")
    return _("lahir antara %(first)s dan %(last)s") % {"first": first, "last": last}


def odd_niks(rows: Sequence[Person], seen: Seen) -> list[Line]:
    """Those of these people whose NIK is odd, with why."""
    told = ((row, nik_warnings(row.nik, born=row.born, sex=row.sex)) for row in rows)
    return [_line(row, " ".join(words for _code, words in odd), _mended(seen)) for row, odd in told if odd]


def lines_with_successor(rows: Sequence[Person], seen: Seen) -> list[Line]:
    """People in places that are not in force, with the place that came after."""
    successors = names_of({row.region for row in rows})
    address = _home_address(seen)
    return [
        Line(
            row.name,
            _successor_words(row.region, successors),
            reverse(address, args=[row.pk]),
            people=(row.pk,),
        )
        for row in rows
    ]


def _successor_words(code: str, successors: Any) -> str:
    found = successors.get(code)
    if found is None or found.code == code:
        return _("Kode %(code)s tidak dikenal.") % {"code": code}
    return _("Kode %(code)s sekarang %(place)s.") % {"code": code, "place": f"{found} ({found.code})"}


def home_lines(rows: Sequence[Household], seen: Seen) -> list[Line]:
    """Homes by the names of those who live there and whom this person may see."""
    members: dict[UUID, list[Person]] = {}
    shown = Person.objects.reachable(seen.viewer, Permission.PERSON_VIEW).filter(household__in=rows)
    for member in shown.order_by(F("born_earliest").asc(nulls_last=True), "name", "pk"):
        members.setdefault(member.household_id, []).append(member)
    return [_home(row, members[row.pk], _home_address(seen)) for row in rows if row.pk in members]


def _home(row: Household, members: Iterable[Person], address: str) -> Line:
    people = list(members)
    names = ", ".join(_as_member(one) for one in people)
    first = reverse(address, args=[people[0].pk])
    return Line(people[0].name, names, first, row.region, tuple(one.pk for one in people))


def _as_member(person: Person) -> str:
    told = person.get_relation_to_head_display().lower()
    return f"{person.name} ({told})" if told else person.name
