"""Very many people at once, straight into the tables: for invented people alone (`simpul demo --people`).

Rows are made where the processor is (in other processes too) and written here, past the models, with the indexes made
anew afterwards: a row at a time would take an hour for a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.people.models import Household, Person
from simpul.people.queries.crowd import HOUSEHOLD, PERSON, Row, Settled

# Above so many rows that are there already, the indexes stay: to make them anew would cost more than it saves.
_NEARLY_EMPTY = 20_000


@action(Permission.SYSTEM_MANAGE)
def settle(_where: Where, /, *, by: User | Machine, chunks: Iterable[Settled]) -> int:
    """Write everybody, or nobody; says how many. Only the command line of the machine itself does it."""
    is_fresh = Person.objects.count() < _NEARLY_EMPTY
    dropped = _drop_indexes(Person, Household) if is_fresh else []
    count = 0
    for chunk in chunks:
        _write(Household, HOUSEHOLD, chunk.households)
        _write(Person, PERSON, chunk.people)
        count += len(chunk.people)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It makes no index while it still has to look whether every household is there.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in dropped:
            cursor.execute(statement)
    return count


def _drop_indexes(*models: type[Model]) -> list[str]:
    """Drops what the models' own lists name; returns what makes it again."""
    made = []
    # Not entered: it only words the statements, and SQLite could not enter it within a transaction.
    editor = connection.schema_editor(collect_sql=True)
    with connection.cursor() as cursor:
        for model in models:
            for index in model._meta.indexes:
                made.append(str(index.create_sql(model, editor)))
                cursor.execute(f"DROP INDEX {connection.ops.quote_name(index.name)}")
    return made


def _write(model: type[Model], names: Sequence[str], rows: Sequence[Row]) -> None:
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns = [*names, *_filled(model, names)]
    rest = tuple(_filled(model, names).values())
    listed = ", ".join(quote(name) for name in columns)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {quote(table)} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, *rest))
        return
    marks = ", ".join("%s" for _ in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table)} ({listed}) VALUES ({marks})",  # noqa: S608  names of our own models
            [tuple(_plain(value) for value in (*row, *rest)) for row in rows],
        )


def _filled(model: type[Model], names: Sequence[str]) -> dict[str, Any]:
    """What the columns that nobody named hold: the default of the model, for those that may not be empty."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in names and not field.null
    }


def _plain(value: Any) -> Any:
    """As SQLite holds it: keys without dashes, days and moments as text."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value
