"""The tables: made by the migrations once, copied for whoever tests the same migrations next, emptied quickly.

Making them takes some twenty seconds of processor time, and each process of each step needs them. They are copied on
SQLite alone; on PostgreSQL the migrations make them each time.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.db import transaction

from simpul.access import triggers
from simpul.access.keys import Keyring

# Filled in after the migrations, from the models: the same each time.
ALWAYS_FILLED = {"auth_permission", "django_content_type"}
FOLDER = Path(__file__).parents[1] / ".pytest_cache" / "tables"


@contextmanager
def alone() -> Iterator[None]:
    """One process makes them while the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made() -> Path:
    """The file for these very migrations; a changed one, or another Django, makes another."""
    seen = hashlib.sha256(django.__version__.encode())
    found = (file for app in apps.get_app_configs() for file in Path(app.path, "migrations").glob("*.py"))
    for file in sorted((*found, Path(triggers.__file__))):
        seen.update(f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes())
    return FOLDER / f"{seen.hexdigest()[:24]}.sqlite3"


def keep(database: sqlite3.Connection) -> None:
    """Whole or not at all; those of earlier migrations go."""
    draft = FOLDER / "draft"
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as copy:
        database.backup(copy)
    for earlier in FOLDER.glob("*.sqlite3"):
        earlier.unlink()
    draft.replace(made())


def copy_to(name: str | Path) -> bool:
    """Whether there were any."""
    if not made().exists():
        return False
    shutil.copyfile(made(), name)
    return True


def empty(connection: Any) -> None:
    """What a test committed goes. Few tables hold anything, and Django's own way empties all two hundred of them."""
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = {name: connection.ops.quote_name(name) for name in sorted({*known} - ALWAYS_FILLED)}
    asked = (f"select '{name}' where exists (select 1 from {quoted[name]})" for name in quoted)
    with (
        triggers.asleep(connection),
        transaction.atomic(using=connection.alias),
        connection.cursor() as cursor,
    ):
        cursor.execute(" union all ".join(asked))
        # Foreign keys are looked at when the transaction ends, so any order will do.
        for (name,) in cursor.fetchall():
            cursor.execute(f"delete from {quoted[name]}")


def office_in(folder: Path) -> None:
    """A data folder as after the first start, where the tables are made already; else its first start makes them."""
    Keyring.at(folder / "keys.json")
    copy_to(folder / "simpul.sqlite3")
