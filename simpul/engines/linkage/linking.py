"""Finds the pairs of a register that may be one person. In memory alone: what is compared is sealed elsewhere.

Needs the extra `big`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from simpul.engines.linkage.model import BY_RARITY, Levels, defaults, proposing, require_installed, settings
from simpul.engines.linkage.records import DERIVED, Record, fields_of
from simpul.engines.linkage.training import certain_pairs, learn, some_of, strangers_share

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink import Linker

_TABLE = "people"
_ROWS = 10_000
# So many records are Python's at a time: a million of them would take more room than the columns they become.
_PIECE = 50_000
# Reading, learning, comparing: what is told of the progress.
STEPS = 3

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one thing says: `how` it agrees, and how many bits that speaks for one person (or, below 0, for two)."""

    about: str
    how: str
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person. `start` are the bits before anything is compared: most people are two.

    The parts and `start` add up to `bits`; `probability` says the same from 0 to 1. `left` is before `right`.
    """

    left: str
    right: str
    probability: float
    bits: float
    start: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Linked:
    """What was found, the likeliest first, and what was learned on the way."""

    pairs: tuple[Pair, ...]
    levels: Levels
    records: int


def link(
    records: Iterable[Record],
    *,
    least: float | None = None,
    levels: Levels | None = None,
    learns: bool = True,
    progress: Progress = lambda done, total: None,
) -> Linked:
    """The pairs whose probability is at least `least` (the usual one where none is named).

    `levels` are what to start from, all defaults where none are named; what is left out of them is not compared.
    Unless `learns`, they are taken as they are, as when they were learned before. Raises LinkageMissing.
    """
    require_installed()
    import duckdb

    connection = duckdb.connect(":memory:")
    try:
        count = fill(connection, records)
        progress(1, STEPS)
        held = levels or defaults()
        if count < 2:
            return Linked((), held, count)
        certain = certain_pairs(connection, _TABLE)
        strangers = strangers_share(certain, count)
        if learns:
            learners = _linker(connection, some_of(connection, _TABLE, count), held, strangers)
            held = learn(learners, connection, _TABLE, start=held, certain=certain, records=count)
            connection.execute("DROP TABLE IF EXISTS learners").fetchall()
        progress(2, STEPS)
        found = tuple(_predicted(connection, held, strangers, _least(least)))
        progress(STEPS, STEPS)
        return Linked(found, held, count)
    finally:
        connection.close()


def _least(wanted: float | None) -> float:
    return proposing()["least_probability"] if wanted is None else wanted


def fill(connection: DuckDBPyConnection, records: Iterable[Record]) -> int:
    """Make the table of what is compared; how many they are."""
    # Names and numbers that are sealed in the database never touch the disk from here.
    # The order of rows says nothing here, and to keep it takes room and one processor.
    orders = ("temp_directory = ''", "enable_progress_bar = false", "preserve_insertion_order = false")
    for order in orders:
        connection.execute(f"SET {order}").fetchall()
    made = ", ".join(f'{text} AS "{name}"' for name, text in DERIVED.items())
    waiting, count = iter(records), 0
    verb = f"CREATE TABLE {_TABLE} AS"
    while piece := fields_table(islice(waiting, _PIECE)):
        connection.register("held", piece)
        # DuckDB wants each answer read to its end before the next question.
        connection.execute(f"{verb} SELECT {made} FROM held").fetchall()  # noqa: S608 - names of ours
        connection.unregister("held")
        verb, count = f"INSERT INTO {_TABLE}", count + int(piece.num_rows)
    return count


def fields_table(records: Iterable[Record]) -> Any:
    """The fields of records as a table of Arrow."""
    import pyarrow

    held = fields_of(records)
    # Written out: a column in which nobody has anything would have no type.
    days = {"earliest": pyarrow.date32(), "latest": pyarrow.date32()}
    schema = pyarrow.schema([(name, days.get(name, pyarrow.string())) for name in held])
    return pyarrow.table(held, schema=schema)


def _linker(connection: DuckDBPyConnection, table: str, levels: Levels, strangers: float) -> Linker:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    api = DuckDBAPI(connection)
    # Our own tests say that the settings are whole; to ask it each time takes as long as a small register.
    return Linker(
        api.register(table),
        settings(levels, strangers=strangers),
        log_level=logging.ERROR,
        validate_settings=False,
    )


def _predicted(
    connection: DuckDBPyConnection, levels: Levels, strangers: float, least: float
) -> Iterator[Pair]:
    linker = _linker(connection, _TABLE, levels, strangers)
    # Told the pairs beforehand, Splink looks only at who is in one: half the room.
    linker.table_management.register_blocked_pairs_for_predict(
        linker.inference.compute_blocked_pairs_for_predict()
    )
    found = linker.inference.predict(threshold_match_probability=least)
    seen = ", ".join(f"gamma_{about}, {_weight(about, levels)}" for about in levels)
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability, match_weight, {seen} FROM {found.physical_name}"  # noqa: S608
        " ORDER BY match_weight DESC, unique_id_l, unique_id_r"
    )
    while some := rows.fetchmany(_ROWS):
        for row in some:
            yield _pair(row, levels)


def _weight(about: str, levels: Levels) -> str:
    """The bits of one thing, with what its rarity adds."""
    counted = any((about, level.code) in BY_RARITY for level in levels[about])
    return f"mw_{about} + mw_tf_adj_{about}" if counted else f"mw_{about}"


def _pair(row: tuple[Any, ...], levels: Levels) -> Pair:
    left, right, probability, bits = row[:4]
    parts = []
    for (about, held), how, weight in zip(levels.items(), row[4::2], row[5::2], strict=True):
        # Splink counts from the worst level, 0, to the best; -1 is not known.
        if how >= 0:
            parts.append(Part(about, held[len(held) - 1 - how].code, float(weight)))
    start = float(bits) - sum(part.bits for part in parts)
    return Pair(str(left), str(right), float(probability), float(bits), start, tuple(parts))
