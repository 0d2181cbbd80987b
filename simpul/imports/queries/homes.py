"""Homes by their family card: which are known, and what a list that names nobody says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.imports.models import Batch
from simpul.imports.queries.columns import Read
from simpul.imports.queries.lots import lots
from simpul.imports.queries.rows import PersonRow, home_key
from simpul.imports.queries.statements import news, statement_key, statements_of
from simpul.people.actions.bulk import Statement
from simpul.people.models import Household, Person


@dataclass(slots=True)
class Homes:
    """What a list of homes alone would do: those nobody knows, how many are known, and what is news of how many."""

    new: list[PersonRow] = field(default_factory=list)
    known: int = 0
    added: int = 0
    statements: list[Statement] = field(default_factory=list)


def homes_with_kk(rows: Iterable[PersonRow], by: User) -> dict[str, UUID]:
    """Households within reach that have the family card of a row."""
    by_mark = {row.kk_index: row.kk for row in rows if row.kk_index}
    found: dict[str, UUID] = {}
    reach = Household.objects.reachable(by, Permission.PERSON_SEARCH)
    for piece in lots(by_mark):
        asked = reach.filter(kk_index__in=piece).order_by("registered_at")
        for mark, key in asked.values_list("kk_index", "pk"):
            found.setdefault(by_mark[bytes(mark)], key)
    return found


def sorted_homes(read: Read, batch: Batch, rows: list[PersonRow], by: User, on: date) -> Homes:
    """The homes of a list, each once; one of whose members the data are limited is refused. Writes nothing."""
    found = Homes()
    rows = _once(read, rows)
    known = homes_with_kk(rows, by)
    wheres, limited = _standing(known.values())
    said: list[Statement] = []
    for row in rows:
        home = known.get(row.kk)
        if home is None:
            found.new.append(row)
            found.statements += _said(batch, row, home_key(batch, row), row.where)
        elif row.said and home in limited:
            read.refuse(
                read.table.numbers.index(row.number),
                _("data salah satu anggotanya sedang dibatasi, jadi tidak boleh ditambah"),
            )
        else:
            found.known += 1
            said += _said(batch, row, home, wheres[home])
    fresh = list(news(said, on))
    keys = {one.key for one in fresh}
    found.statements += fresh
    found.added = sum(
        any(statement_key(batch, row.number, name) in keys for name in row.said) for row in rows
    )
    return found


def _once(read: Read, rows: list[PersonRow]) -> list[PersonRow]:
    place_of = {number: place for place, number in enumerate(read.table.numbers)}
    first: dict[str, int] = {}
    for row in rows:
        if (earlier := first.setdefault(row.kk, row.number)) != row.number:
            read.refuse(place_of[row.number], _("nomor KK ini sudah ada di baris %(row)s") % {"row": earlier})
    return [row for row in rows if first[row.kk] == row.number]


def _standing(homes: Iterable[UUID]) -> tuple[dict[UUID, Where], set[UUID]]:
    """Where these homes are kept, and in which of them somebody lives whose data are limited."""
    wheres: dict[UUID, Where] = {}
    limited: set[UUID] = set()
    for piece in lots(homes):
        rows = Household.objects.filter(pk__in=piece).values_list("pk", "organisation", "region")
        wheres |= {key: Where(organisation, region) for key, organisation, region in rows}
        held = Person.objects.filter(household__in=piece).exclude(limited_since=None)
        limited.update(held.values_list("household_id", flat=True))
    return wheres, limited


def _said(batch: Batch, row: PersonRow, home: UUID, where: Where) -> list[Statement]:
    # Every question of such a list is one about the home.
    return list(statements_of(batch, row, home, home, where))
