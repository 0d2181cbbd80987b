"""What a list says about people who are known: only what is news, as the catalogue asks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from simpul.access.reach import Where
from simpul.access.secrets import blind_index
from simpul.catalogue import facts as catalogue_facts
from simpul.imports.models import Batch
from simpul.imports.queries.alike import Known
from simpul.imports.queries.lots import lots
from simpul.imports.queries.rows import PersonRow
from simpul.people.actions.bulk import Statement
from simpul.people.models import Fact, State, fact_fingerprint
from simpul.people.queries import stored

_ASKED = 400


def statement_key(batch: Batch, number: int, name: str) -> UUID:
    """The key of what a row says about one question: so an import finds again what it wrote.

    Keyed, because there are few questions: a plain hash would tell which one was asked.
    """
    return UUID(bytes=blind_index(f"{batch.pk}|{number}|{name}", "import.said"))


def statements_of(
    batch: Batch, row: PersonRow, person: UUID, home: UUID, where: Where
) -> Iterator[Statement]:
    """Each answer of a row, about the person or about their home."""
    for name, said in row.said.items():
        is_of_home = catalogue_facts.get(name).of == "household"
        yield Statement(
            statement_key(batch, row.number, name),
            name,
            said.state,
            said.value,
            where,
            person=None if is_of_home else person,
            household=home if is_of_home else None,
        )


def once_a_home(statements: Iterable[Statement]) -> Iterator[Statement]:
    """What each member of a home repeats is said once."""
    seen: set[tuple[UUID, str]] = set()
    for one in statements:
        if one.household is not None:
            if (one.household, one.name) in seen:
                continue
            seen.add((one.household, one.name))
        yield one


def news(statements: Iterable[Statement], on: date) -> Iterator[Statement]:
    """Those that are not said already in the same words, as long as what was said holds."""
    for piece in lots(statements, _ASKED):
        held = _held(piece, on)
        for one in piece:
            if held.get(_index(one)) != (one.state, stored(one.value)):
                yield one


def _held(statements: Iterable[Statement], on: date) -> dict[bytes, tuple[str, object]]:
    """What was said last about each of these questions, where it still holds."""
    wanted = [_index(one) for one in statements]
    people = {one.person for one in statements if one.person}
    homes = {one.household for one in statements if one.household}
    rows = [
        *Fact.objects.filter(person__in=people, name_index__in=wanted),
        *Fact.objects.filter(household__in=homes, name_index__in=wanted),
    ]
    found: dict[bytes, Fact] = {}
    for row in sorted(rows, key=lambda row: (row.noted_at, str(row.pk))):
        found[bytes(row.name_index)] = row
    return {
        index: (row.state, row.value if row.state == State.KNOWN else None)
        for index, row in found.items()
        if row.valid_from <= on and (row.valid_until is None or row.valid_until >= on)
    }


def _index(one: Statement) -> bytes:
    return fact_fingerprint(one.name, one.person or one.household)


def where_kept(known: Known) -> Where:
    """Facts are reached as the person is whom they are about."""
    return Where(known.organisation, known.region)
