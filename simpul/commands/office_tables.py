"""An office's own database, PostgreSQL or SQLite: what tables hold, and statements in one transaction.

All that a database complains of becomes a sentence. Its own words are left out where they may quote what somebody's
row says.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from simpul.commands.language import _
from simpul.commands.stop import Stop
from simpul.engines.rules.sql import Dialect, Holds

try:
    import psycopg
    from psycopg import IsolationLevel, errors
except ImportError:  # a part that an office on SQLite does not need
    psycopg = None  # type: ignore[assignment]

POSTGRESQL = ("postgresql://", "postgres://")
CHANGED = "simpul_changed"
# How many seconds somebody else may go on writing before we give up.
PATIENCE = 30.0

_HELD_IN_POSTGRESQL = {
    "bool": Holds.BOOLEAN,
    **dict.fromkeys(("int2", "int4", "int8"), Holds.INTEGER),
    **dict.fromkeys(("numeric", "float4", "float8"), Holds.DECIMAL),
    **dict.fromkeys(("text", "varchar", "bpchar"), Holds.TEXT),
    # Told apart by capitals, as the codes are, once they are plain text.
    "citext": Holds.LABEL,
    "date": Holds.DAY,
    "timestamp": Holds.MOMENT,
}
_COLUMNS = """
    SELECT a.attname, base.typname, base.typtype
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    JOIN pg_type base ON base.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum
"""


class OfficeTables(ABC):
    """A database with an open transaction."""

    dialect: Dialect

    @abstractmethod
    def columns(self, table: tuple[str, ...]) -> dict[str, Holds | None]:
        """What the columns hold, None for something that no fact is read from. Empty where no table is so called."""

    @abstractmethod
    def run(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows, if the statement gives any."""

    @abstractmethod
    def hold(self, target: tuple[str, ...]) -> None:
        """Keeps others from writing the answers meanwhile."""

    @abstractmethod
    def _add_keys(self, keys: Iterable[str]) -> None:
        """Into the table CHANGED."""

    def remember(self, table: tuple[str, ...], key: str, keys: Iterable[str]) -> str:
        """Keys that somebody gave, in a table of this connection alone; the select of them."""
        name = self.dialect.quoted
        self.run(
            f"CREATE TEMP TABLE {name(CHANGED)} AS SELECT {name(key)} FROM {name(*table)} LIMIT 0"  # noqa: S608
        )
        self._add_keys(keys)
        self.run(f"ANALYZE {name(CHANGED)}")
        return f"SELECT {name(key)} FROM {name(CHANGED)}"  # noqa: S608


@contextmanager
def opened(address: str) -> Iterator[OfficeTables]:
    """One transaction: all or nothing, and everything read stays as it was at the beginning. Raises Stop."""
    if address.startswith(POSTGRESQL):
        with _postgresql(address) as tables:
            yield tables
    elif "://" in address:
        raise Stop(_("Hanya PostgreSQL (postgresql://…) dan berkas SQLite yang dapat dipakai."))
    else:
        with _sqlite(Path(address).expanduser()) as tables:
            yield tables


# --- PostgreSQL ---


class _PostgreSQL(OfficeTables):
    dialect = Dialect.POSTGRES

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection

    def columns(self, table: tuple[str, ...]) -> dict[str, Holds | None]:
        rows = self.run(_COLUMNS, (self.dialect.quoted(*table),))
        return {
            name: Holds.LABEL if kind == "e" else _HELD_IN_POSTGRESQL.get(base) for name, base, kind in rows
        }

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        # Without values a % in a name is only a %.
        cursor = self._connection.execute(statement.encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def hold(self, target: tuple[str, ...]) -> None:
        self.run(f"LOCK TABLE {self.dialect.quoted(*target)} IN SHARE ROW EXCLUSIVE MODE")

    def _add_keys(self, keys: Iterable[str]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(f'COPY "{CHANGED}" FROM STDIN') as copy:
            for key in keys:
                copy.write_row((key,))


@contextmanager
def _postgresql(address: str) -> Iterator[OfficeTables]:
    if psycopg is None:
        raise Stop(_("Untuk PostgreSQL perlu paket tambahan: pip install 'simpul[pg]'"))
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            tables = _PostgreSQL(connection)
            # Measured: compiling so long a statement costs more than it saves.
            tables.run("SET LOCAL jit = off")
            # Tables of people lie in memory or on disks that do not turn: looking up ten thousand keys is quicker than
            # reading a million rows, which PostgreSQL would prefer by its old setting.
            tables.run("SET LOCAL random_page_cost = 1.1")
            tables.run("SET LOCAL standard_conforming_strings = on")
            tables.run(f"SET LOCAL lock_timeout = '{PATIENCE} s'")
            yield tables
    except psycopg.Error as error:
        raise Stop(_postgresql_fault(error)) from error


def _postgresql_fault(error: psycopg.Error) -> str:
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return read_only()
    if isinstance(error, errors.InsufficientPrivilege):
        return _(
            "Akun Anda tidak boleh membaca tabel itu, atau tidak boleh membuat tabel di sini. Minta hak itu dahulu."
        )
    if isinstance(error, errors.UniqueViolation):
        return key_twice()
    if isinstance(error, errors.DependentObjectsStillExist):
        return _(
            "Ada tampilan (view) lain yang memakai tabel hasil. Hapus dulu tampilan itu, atau pilih --into lain."
        )
    if isinstance(error, (errors.LockNotAvailable, errors.SerializationFailure, errors.DeadlockDetected)):
        return in_use()
    if isinstance(error, errors.DataError):
        return _("Ada kunci baris yang tidak sesuai dengan jenis kolom kunci.")
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return _(
            "PostgreSQL tidak dapat dibuka. Periksa alamat, nama basis data, pengguna dan kata sandinya."
        )
    return _("PostgreSQL menolak: %s") % (error.diag.message_primary or type(error).__name__)


# --- SQLite ---


class _SQLite(OfficeTables):
    dialect = Dialect.SQLITE

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def columns(self, table: tuple[str, ...]) -> dict[str, Holds | None]:
        # A table of two parts is of an attached database; a file opened by us has "main" and "temp" only.
        schema, name = table if len(table) == 2 else ("main", table[0])
        rows = self.run("SELECT name, type FROM pragma_table_info(?, ?)", (name, schema))
        return {column: _held_in_sqlite(declared) for column, declared in rows}

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()

    def hold(self, target: tuple[str, ...]) -> None:
        """Nobody else writes anyway: the transaction began with the right to."""

    def _add_keys(self, keys: Iterable[str]) -> None:
        statement = f'INSERT INTO "{CHANGED}" VALUES (?)'  # noqa: S608
        self._connection.executemany(statement, ((key,) for key in keys))


def _held_in_sqlite(declared: str) -> Holds | None:
    """By SQLite's own rules for the word that a column was declared with; each value is looked at besides."""
    word = declared.upper()
    if "BOOL" in word:
        return Holds.BOOLEAN
    if "INT" in word:
        return Holds.INTEGER
    if "TIME" in word:
        return None
    if "DATE" in word:
        return Holds.DAY
    if any(part in word for part in ("CHAR", "CLOB", "TEXT")):
        return Holds.TEXT
    return Holds.DECIMAL if any(part in word for part in ("REAL", "FLOA", "DOUB", "NUM", "DEC")) else None


@contextmanager
def _sqlite(path: Path) -> Iterator[OfficeTables]:
    if not path.is_file():
        raise Stop(_("Berkas basis data %s tidak ada.") % path)
    connection = sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw", uri=True, isolation_level=None, timeout=PATIENCE
    )
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield _SQLite(connection)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise Stop(_sqlite_fault(error, path)) from error
    finally:
        # Closing takes back what was not committed.
        connection.close()


def _sqlite_fault(error: sqlite3.Error, path: Path) -> str:
    said = str(error)
    if "readonly" in said or "unable to open" in said:
        return read_only()
    if "locked" in said:
        return in_use()
    if "UNIQUE constraint" in said:
        return key_twice()
    if "not a database" in said or "malformed" in said:
        return _("%s bukan basis data SQLite, atau rusak.") % path
    return _("SQLite menolak: %s") % said


# --- Sentences ---


def read_only() -> str:
    return _(
        "Basis data ini hanya boleh dibaca oleh akun Anda, sehingga hasil tidak dapat ditulis. "
        "Minta hak tulis, atau pakai --sql untuk melihat perintahnya saja."
    )


def in_use() -> str:
    return _("Basis data sedang dipakai orang lain. Tidak ada yang berubah; coba lagi sebentar lagi.")


def key_twice() -> str:
    return _("Ada kunci yang sama pada dua baris. Pilih kolom yang berbeda untuk tiap orang dengan --key.")
