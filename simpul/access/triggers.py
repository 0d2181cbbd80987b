"""The database itself refuses to change or remove events, whoever asks: triggers on both engines.

Migration 0002 makes them. Who changes them later writes a new migration.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

WORDS = "events may be added, never changed or removed"

_SQLITE = {
    "access_event_not_changed": "before update on access_event",
    "access_event_not_removed": "before delete on access_event",
    # INSERT OR REPLACE removes a row without waking the trigger above.
    "access_event_not_replaced": (
        "before insert on access_event when exists (select 1 from access_event where number = new.number)"
    ),
    "access_head_not_removed": "before delete on access_chainhead",
    "access_mention_not_changed": "before update on access_mention",
    "access_mention_not_removed": "before delete on access_mention",
    "access_mention_not_replaced": (
        "before insert on access_mention when exists (select 1 from access_mention where id = new.id)"
    ),
}
_POSTGRESQL = {
    "access_event_not_changed": "before update or delete on access_event for each row",
    "access_event_not_emptied": "before truncate on access_event for each statement",
    "access_head_not_removed": "before delete on access_chainhead for each row",
    "access_head_not_emptied": "before truncate on access_chainhead for each statement",
    "access_mention_not_changed": "before update or delete on access_mention for each row",
    "access_mention_not_emptied": "before truncate on access_mention for each statement",
}


def create(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, when in _SQLITE.items():
                cursor.execute(
                    f"create trigger if not exists {name} {when} begin select raise(abort, '{WORDS}'); end"
                )
            return
        cursor.execute(
            "create or replace function access_refuse() returns trigger language plpgsql as "
            f"$$ begin raise exception '{WORDS}' using errcode = 'integrity_constraint_violation'; end $$"
        )
        for name, when in _POSTGRESQL.items():
            cursor.execute(f"create or replace trigger {name} {when} execute function access_refuse()")


def drop(connection: Any) -> None:
    """Only to undo the migration, and to empty the database between tests."""
    with connection.cursor() as cursor:
        for name, when in _expected(connection).items():
            table = when.split(" on ")[1].split()[0]
            cursor.execute(
                f"drop trigger if exists {name}"
                if connection.vendor == "sqlite"
                else f"drop trigger if exists {name} on {table}"
            )


def missing(connection: Any) -> list[str]:
    """The names of those that are not there, or were put to sleep."""
    standing = (
        "select name from sqlite_master where type = 'trigger'"
        if connection.vendor == "sqlite"
        else "select tgname from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')"
    )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in _expected(connection) if name not in found]


@contextmanager
def asleep(connection: Any) -> Iterator[None]:
    """Without the triggers, for tests alone."""
    drop(connection)
    try:
        yield
    finally:
        create(connection)


def _expected(connection: Any) -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
