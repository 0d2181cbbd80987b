"""Where the answers of a table are kept, and how they are kept up to date: statements only.

PostgreSQL keeps two words a person, the bits of all yes and of all not known: rows stay short, and a change rewrites
little. The others keep one column of three values for each rule. Either way a view shows rows of person, type and
answer: as a table, so many rows would cost ten times as much to write.
"""

# Every name in these statements is put in quotes by `Dialect.quoted`, every text by `Dialect.text`.
# ruff: noqa: S608

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import final

from simpul.engines.rules.sql import TableReader
from simpul.engines.rules.sql_dialects import Dialect

# Bits of a word of 64 that leave its sign alone.
LONGEST_WORD = 63
ROWS, ABOUT, KEY = "_rows", "_about", "_key"
_YES, _UNKNOWN, _TYPE, _ANSWER = "yes", "unknown", "type", "answer"


class NameTaken(ValueError):
    """The key has the name of a column of the answers."""

    def __init__(self, key: str) -> None:
        super().__init__(f"a key cannot be called {key!r}: the answers have a column of that name")
        self.key = key


def _all(*conditions: str) -> str:
    return " AND ".join(filter(None, conditions))


@dataclass(frozen=True)
class Kept(ABC):
    """The answers that a reader gives about the rows of `table`, known by `key`, kept in the table `into`.

    Names are in parts: ("people",) or ("public", "people"). Raises NameTaken.
    """

    reader: TableReader
    table: tuple[str, ...]
    key: str
    into: tuple[str, ...]

    def __post_init__(self) -> None:
        # SQLite, DuckDB and Spark do not tell capitals apart.
        if self.key.lower() in {_YES, _UNKNOWN, _TYPE, _ANSWER, *map(str.lower, self.reader.rules)}:
            raise NameTaken(self.key)

    # --- Names ---

    @property
    def _source(self) -> str:
        """Always read under another name, so that a table called "kept" is not taken for the answers."""
        return self.reader.dialect.quoted(*self.table)

    @property
    def _target(self) -> str:
        return self.reader.dialect.quoted(*self.into)

    @property
    def _key(self) -> str:
        return self.reader.dialect.quoted(self.key)

    def _beside(self, ending: str) -> str:
        return self.reader.dialect.quoted(*self.into[:-1], self.into[-1] + ending)

    @property
    def digest(self) -> str:
        """Stands for all that decides the answers: rules, day, columns. Another digest, another judgement."""
        text = self.reader.select(f"{self._source} AS told", self.key) + self.reader.is_believed()
        return sha256(text.encode()).hexdigest()[:32]

    # --- Statements ---

    def create(self, *, doubtful: bool = True, edition: str = "") -> list[str]:
        """Makes the table, its key, the view of rows, and the row that says by what was judged.

        Rows that cannot be believed are left out; with doubtful=False nobody looks, since there are none.
        """
        text, made = self.reader.dialect.text, f"CREATE TABLE {self._target} AS "
        about = {"edition": edition, "day": self.reader.on.isoformat(), "digest": self.digest}
        told = ", ".join(
            f"{text(value)} AS {self.reader.dialect.quoted(name)}" for name, value in about.items()
        )
        return [
            made + self._answers(self.reader, self.reader.is_believed() if doubtful else ""),
            *self._unique_key(),
            f"CREATE VIEW {self._beside(ROWS)} AS {self._rows()}",
            f"CREATE TABLE {self._beside(ABOUT)} AS SELECT {told}",
        ]

    def drop(self) -> list[str]:
        """Takes away what `create` makes, as far as it is there."""
        return [
            f"DROP VIEW IF EXISTS {self._beside(ROWS)}",
            f"DROP TABLE IF EXISTS {self._target}",
            f"DROP TABLE IF EXISTS {self._beside(ABOUT)}",
        ]

    def about(self) -> str:
        """One row: edition, day and digest of the answers that are kept."""
        return f"SELECT * FROM {self._beside(ABOUT)}"

    def update(
        self, changed: str, codes: Collection[str] | None = None, *, doubtful: bool = True
    ) -> list[str]:
        """Judges the changed people anew, by these rules only; writes rows that differ, and no others.

        `changed` is a select of keys, under the name of the key. Who is new is judged by all rules; who is gone, or cannot be believed any more,
        is taken out. With doubtful=False nobody looks whether they can be believed. The first statement changes (it is
        left out where no rule is touched), then one adds, and the last removes.
        """
        key, believed = self._key, self.reader.is_believed() if doubtful else ""
        reader = self.reader if codes is None else self.reader.only(codes)
        changes = [self._change(reader, _all(f"{key} IN ({changed})", believed))] if reader.rules else []
        same = f"told.{key} = those.{key}"
        new = self._among(changed, f"{self._target} AS kept WHERE kept.{key} = those.{key}")
        gone = self._among(changed, f"{self._source} AS told WHERE {_all(same, believed)}")
        return [
            *changes,
            f"INSERT INTO {self._target} {self._answers(self.reader, _all(f'{key} IN ({new})', believed))}",
            f"DELETE FROM {self._target} WHERE {key} IN ({gone})",
        ]

    def _among(self, changed: str, nowhere: str) -> str:
        """Those of the changed keys that are not there: looked up one by one, where NOT EXISTS would read all tables."""
        found = f"(SELECT COUNT(*) FROM {nowhere})"
        return f"SELECT those.{self._key} FROM ({changed}) AS those WHERE {found} = 0"

    def _change(self, reader: TableReader, where: str) -> str:
        """Computed once and then compared: without the WITH each answer would be computed at both places."""
        changes, differs = self._differences(reader)
        return (
            f"WITH fresh AS MATERIALIZED ({self._answers(reader, where)}) "
            f"UPDATE {self._target} AS kept SET {changes} FROM fresh "
            f"WHERE kept.{self._key} = fresh.{self._key} AND ({differs})"
        )

    def _unique_key(self) -> list[str]:
        match self.reader.dialect:
            case Dialect.POSTGRES:
                return [f"ALTER TABLE {self._target} ADD PRIMARY KEY ({self._key})"]
            case Dialect.SPARK:
                return []
            case Dialect.SQLITE:
                # There the index is named with its schema, and the table without.
                table = self.reader.dialect.quoted(self.into[-1])
                return [f"CREATE UNIQUE INDEX {self._beside(KEY)} ON {table} ({self._key})"]
            case Dialect.DUCKDB:
                index = self.reader.dialect.quoted(self.into[-1] + KEY)
                return [f"CREATE UNIQUE INDEX {index} ON {self._target} ({self._key})"]

    @abstractmethod
    def _answers(self, reader: TableReader, where: str) -> str:
        """The select whose rows are kept."""

    @abstractmethod
    def _differences(self, reader: TableReader) -> tuple[str, str]:
        """What to set from the row `fresh` in the row `kept`, and the condition that they differ."""

    @abstractmethod
    def _rows(self) -> str:
        """The select of person, type and answer."""

    @abstractmethod
    def counts(self) -> str:
        """One row: how many people, then for each rule how many yes and how many not known."""


@final
class Words(Kept):
    """Two whole numbers a person: bit i of `yes` and of `unknown` is the rule at place i."""

    def __post_init__(self) -> None:
        Kept.__post_init__(self)
        if len(self.reader.rules) > LONGEST_WORD:
            raise ValueError(f"a word has room for {LONGEST_WORD} rules, not for {len(self.reader.rules)}")

    def _bits(self) -> dict[str, int]:
        return {code: 1 << place for place, code in enumerate(self.reader.rules)}

    def _answers(self, reader: TableReader, where: str) -> str:
        name, bits = reader.dialect.quoted, self._bits()
        yes = " | ".join(f"CASE WHEN {name(code)} THEN {bits[code]} ELSE 0 END" for code in reader.rules)
        unknown = " | ".join(
            f"CASE WHEN {name(code)} IS NULL THEN {bits[code]} ELSE 0 END" for code in reader.rules
        )
        word = reader.dialect.integer
        inner = reader.dialect.fenced(reader.select(f"{self._source} AS told", self.key, where))
        return (
            f"SELECT {self._key}, CAST({yes} AS {word}) AS {name(_YES)}, "
            f"CAST({unknown} AS {word}) AS {name(_UNKNOWN)} FROM {inner}"
        )

    def _differences(self, reader: TableReader) -> tuple[str, str]:
        bits = self._bits()
        mask = sum(bits[code] for code in reader.rules)
        words = [reader.dialect.quoted(word) for word in (_YES, _UNKNOWN)]
        rest = ~mask & ((1 << LONGEST_WORD) - 1)
        changes = ", ".join(f"{word} = (kept.{word} & {rest}) | fresh.{word}" for word in words)
        return changes, " OR ".join(f"(kept.{word} & {mask}) <> fresh.{word}" for word in words)

    def _rows(self) -> str:
        name, text = self.reader.dialect.quoted, self.reader.dialect.text
        yes, unknown = (f"kept.{name(word)}" for word in (_YES, _UNKNOWN))
        types = ", ".join(f"({bit}, {text(code)})" for code, bit in self._bits().items())
        answer = (
            f"CASE WHEN ({yes} & types.bit) <> 0 THEN TRUE WHEN ({unknown} & types.bit) = 0 THEN FALSE END"
        )
        return (
            f"SELECT kept.{self._key}, types.{name(_TYPE)}, {answer} AS {name(_ANSWER)} "
            f"FROM {self._target} AS kept CROSS JOIN (VALUES {types}) AS types (bit, {name(_TYPE)})"
        )

    def counts(self) -> str:
        sums = [
            f"COALESCE(SUM(CASE WHEN ({self.reader.dialect.quoted(word)} & {bit}) <> 0 THEN 1 ELSE 0 END), 0)"
            for bit in self._bits().values()
            for word in (_YES, _UNKNOWN)
        ]
        return f"SELECT {', '.join(['COUNT(*)', *sums])} FROM {self._target}"


@final
class Wide(Kept):
    """One column of true, false and null for each rule."""

    def _answers(self, reader: TableReader, where: str) -> str:
        return reader.select(f"{self._source} AS told", self.key, where)

    def _differences(self, reader: TableReader) -> tuple[str, str]:
        differs = "IS NOT" if reader.dialect is Dialect.SQLITE else "IS DISTINCT FROM"
        names = [reader.dialect.quoted(code) for code in reader.rules]
        changes = ", ".join(f"{name} = fresh.{name}" for name in names)
        return changes, " OR ".join(f"kept.{name} {differs} fresh.{name}" for name in names)

    def _rows(self) -> str:
        name, text = self.reader.dialect.quoted, self.reader.dialect.text
        return " UNION ALL ".join(
            f"SELECT {self._key}, {text(code)} AS {name(_TYPE)}, {name(code)} AS {name(_ANSWER)} FROM {self._target}"
            for code in self.reader.rules
        )

    def counts(self) -> str:
        names = [self.reader.dialect.quoted(code) for code in self.reader.rules]
        sums = [
            f"COALESCE(SUM(CASE WHEN {name} THEN 1 ELSE 0 END), 0), COUNT(*) - COUNT({name})"
            for name in names
        ]
        return f"SELECT {', '.join(['COUNT(*)', *sums])} FROM {self._target}"


def kept(reader: TableReader, table: tuple[str, ...], key: str, into: tuple[str, ...]) -> Kept:
    """The answers in the layout that is fastest in that database."""
    in_words = reader.dialect is Dialect.POSTGRES and len(reader.rules) <= LONGEST_WORD
    return (Words if in_words else Wide)(reader, table, key, into)
