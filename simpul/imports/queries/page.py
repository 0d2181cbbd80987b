"""What the pages of imports show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.imports.models import Batch
from simpul.imports.queries.fields import FACT, Field, fact_labels, fields_of
from simpul.imports.stages import OF_PEOPLE, Fate, Kind, State
from simpul.instruments.queries import available
from simpul.organisations.models import Organisation
from simpul.places import queries as places

REASON = "alasan"


@dataclass(frozen=True, slots=True)
class Office:
    """For whom a file may be sent: a code for the form, its name, and where that is."""

    code: str
    name: str
    where: Where


def offices_of(user: User) -> list[Office]:
    """Each organisation or area for which this person imports, the oldest right first."""
    grants = sorted(user.grants_with(Permission.IMPORT_MAKE), key=lambda grant: grant.granted_at)
    wheres = dict.fromkeys(Where(grant.organisation, grant.region) for grant in grants)
    bodies = Organisation.objects.in_bulk([where.organisation for where in wheres if where.organisation])
    regions = places.names_of([where.region for where in wheres])
    found = []
    for where in wheres:
        body = bodies.get(where.organisation)
        names = [str(body)] if body else []
        if where.region:
            names.append(str(regions.get(where.region, where.region)))
        code = f"{where.organisation or ''}|{where.region}"
        found.append(Office(code, ", ".join(names) or _("Seluruh Indonesia"), where))
    return found


def kinds_for(user: User) -> list[tuple[str, str]]:
    """The kinds of files that this person may load: what each makes needs its own right."""
    needed = {
        Kind.PEOPLE: Permission.PERSON_REGISTER,
        Kind.HOUSEHOLDS: Permission.PERSON_REGISTER,
        Kind.FACTS: Permission.FACT_RECORD,
        Kind.ANSWERS_DOWN: Permission.FACT_RECORD,
        Kind.ORGANISATIONS: Permission.ORGANISATION_REGISTER,
        Kind.SOURCES: Permission.SOURCE_EDIT,
        Kind.SERVICES: Permission.SERVICE_EDIT,
        Kind.SHEETS: Permission.INSTRUMENT_FILL,
    }
    return [(kind.value, str(kind.label)) for kind in Kind if user.can(needed[kind])]


def instruments_for(user: User) -> list[tuple[str, str]]:
    """The instruments whose answers this person may load."""
    if not user.can(Permission.INSTRUMENT_FILL):
        return []
    language = get_language() or "id"
    return [(found.code, found.title.in_language(language)) for found in available(user, purpose="")]


def batches_of(user: User) -> QuerySet[Any]:
    """The imports within reach, the newest first, with how many doubtful rows wait."""
    waiting = Count("doubts", filter=Q(doubts__decided=""))
    reach = Batch.objects.reachable(user, Permission.IMPORT_MAKE).exclude(state=State.DROPPED)
    rows: QuerySet[Any] = reach.annotate(waiting=waiting).order_by("-at", "pk")
    return rows


def choices_for(kind: str) -> list[Field]:
    """What a column of such a file may be, beside questions of the catalogue."""
    return list(fields_of(kind))


def questions(kind: str) -> list[str]:
    """The questions of the catalogue that such a file may answer, in words, for choosing one."""
    return sorted(fact_labels(kind).values())


def question_named(kind: str, words: str) -> str:
    """The field for a question in words; empty where none is so called."""
    wanted = " ".join(words.split()).casefold()
    for name, label in fact_labels(kind).items():
        if wanted in (label.casefold(), name):
            return FACT + name
    return ""


@dataclass(frozen=True, slots=True)
class Fates:
    """How many rows have one fate, in words."""

    fate: str
    label: str
    count: int


def counts_of(batch: Batch) -> list[Fates]:
    """The rows of a file by what becomes of them, those that are none left out."""
    return [Fates(fate.value, str(fate.label), batch.count(fate)) for fate in Fate if batch.count(fate)]


def is_of_people(batch: Batch) -> bool:
    """Whether the rows of this file are people."""
    return batch.kind in OF_PEOPLE
