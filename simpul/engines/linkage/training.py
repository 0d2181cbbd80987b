"""Learning from a register how often things agree: between strangers always, between records of one person if it is large.

A small register has too few pairs to learn from, and what it would teach is chance: then the measured defaults stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simpul.engines.linkage.model import (
    CERTAIN_KEYS,
    HOME,
    LEARNING_KEYS,
    NEEDED,
    Level,
    Levels,
    proposing,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink import Linker

# So many pairs of strangers are looked at, and fewer than these of one kind teach nothing.
STRANGERS = 200_000
_FEWEST = 5
# Slips are learned from a part of a large register: more teaches nothing more.
_LEARNERS = 200_000
# What was never seen between two records of one person may still be, once in so many.
_UNSEEN = 0.0005
_SEED = 1


def certain_pairs(connection: DuckDBPyConnection, table: str) -> int:
    """How many pairs share what hardly ever belongs to two."""
    return max(pairs_with(connection, table, key) for key in CERTAIN_KEYS)


def pairs_with(connection: DuckDBPyConnection, table: str, key: tuple[str, ...]) -> int:
    """How many pairs share these columns."""
    known = " AND ".join(f'"{column}" IS NOT NULL' for column in key)
    grouped = ", ".join(f'"{column}"' for column in key)
    query = f"SELECT count(*) AS c FROM {table} WHERE {known} GROUP BY {grouped}"  # noqa: S608 - names of ours
    rows = connection.execute(f"SELECT sum(c * (c - 1) // 2) FROM ({query})").fetchall()  # noqa: S608
    return int(rows[0][0] or 0)


def known_shares(connection: DuckDBPyConnection, table: str) -> Mapping[str, float]:
    """Of each thing, of which part of the records it is known."""
    counted = ", ".join(
        f"avg(({' AND '.join(f'{column} IS NOT NULL' for column in needed)})::int)"
        for needed in NEEDED.values()
    )
    row = connection.execute(f"SELECT {counted} FROM {table}").fetchall()[0]  # noqa: S608 - names of ours
    return dict(zip(NEEDED, map(float, row), strict=True))


def strangers_share(pairs: int, records: int) -> float:
    """The probability that two records at random are one person, from how many pairs are certain."""
    everybody = max(records * (records - 1) / 2, 1.0)
    expected = pairs / proposing()["found_by_certain_keys"]
    # At least one pair is looked for, however clean the register seems.
    return float(min(max(expected, 1.0) / everybody, 0.2))


def some_of(connection: DuckDBPyConnection, table: str, records: int) -> str:
    """The table to learn from: a part of a large one, the same part each time."""
    if records <= _LEARNERS:
        return table
    chosen = f"CREATE TABLE learners AS SELECT * FROM {table} WHERE hash(unique_id) % {records} < {_LEARNERS}"  # noqa: S608
    connection.execute(chosen).fetchall()
    return "learners"


def learn(
    linker: Linker, connection: DuckDBPyConnection, table: str, *, start: Levels, certain: int, records: int
) -> Levels:
    """The levels as this register teaches them; those to `start` with, where it cannot.

    `linker` looks at some of it, see `some_of`.
    """
    linker.training.estimate_u_using_random_sampling(
        max_pairs=STRANGERS, seed=_SEED, min_count_per_level=None, num_chunks=1
    )
    fewest = proposing()["pairs_to_learn_slips"]
    learns_slips = records >= proposing()["records_to_learn_slips"] and certain >= fewest
    if learns_slips:
        _learn_slips(linker, [key for key in LEARNING_KEYS if pairs_with(connection, table, key) >= fewest])
    pairs = min(float(STRANGERS), records * (records - 1) / 2)
    known, found = known_shares(connection, table), _probabilities(linker)
    learned = {
        about: tuple(
            _learned(level, found[about][level.code], pairs * known[about] ** 2, learns_slips)
            for level in levels
        )
        for about, levels in start.items()
    }
    if not learns_slips or "kin" not in learned:
        return learned
    share = _share_of_kin(learned, families(connection, table), certain, records)
    return {**learned, "kin": tuple(_of_kin(level, share) for level in learned["kin"])}


def families(connection: DuckDBPyConnection, table: str) -> tuple[int, float]:
    """How many pairs share mother and village; and which part of all mothers bear the name of such a one, typically."""
    rows = connection.execute(
        # Names of ours alone.
        f"""
        WITH mothers AS (SELECT mother, count(*) AS borne FROM {table} WHERE mother IS NOT NULL GROUP BY mother),
        homes AS (
            SELECT mother, count(*) * (count(*) - 1) // 2 AS pairs FROM {table}
            WHERE mother IS NOT NULL AND village IS NOT NULL GROUP BY mother, village
        )
        SELECT sum(pairs), sum(pairs * log2(borne)) / nullif(sum(pairs), 0), (SELECT sum(borne) FROM mothers)
        FROM homes JOIN mothers USING (mother)
        """  # noqa: S608
    ).fetchall()
    pairs, bits, known = rows[0]
    return int(pairs or 0), 2 ** float(bits or 0) / float(known or 1)


def _share_of_kin(levels: Levels, home: tuple[int, float], certain: int, records: int) -> float:
    """What one mother and one village say, beside what they seem to: who shares them is of one family.

    Of all pairs of one mother and village so many are one person twice as the register has, and the rest are kin; what
    mother, village and the start gave together is brought down to the odds between the two.
    """
    at_home, mothers = home
    mother, village = (next(level for level in levels[about] if level.code == code) for about, code in HOME)
    given = mother.m / mothers * village.m / village.u * strangers_share(certain, records)
    twice = certain / proposing()["found_by_certain_keys"] * mother.m * village.m
    return min(1.0, twice / max(at_home - twice, 1.0) / given)


def _of_kin(level: Level, share: float) -> Level:
    """Larger registers make strangers rarer, not brothers and sisters."""
    if level.m >= 1:
        return level
    return replace(level, m=min(1.0, level.m * share / proposing()["share_of_kin"]))


def _learn_slips(linker: Linker, keys: Iterable[tuple[str, ...]]) -> None:
    from splink import block_on

    for key in keys:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*key))


def _probabilities(linker: Linker) -> Mapping[str, Mapping[str, Any]]:
    """What Splink has learned, by thing and code. Not seen is no number."""
    held: Any = linker.misc.save_model_to_json()
    return {
        comparison["output_column_name"]: {
            level["label_for_charts"]: (level.get("m_probability"), level.get("u_probability"))
            for level in comparison["comparison_levels"]
        }
        for comparison in held["comparisons"]
    }


def _learned(level: Level, found: tuple[Any, Any], seen: float, learns_slips: bool) -> Level:
    if level.is_fixed:
        return level
    m, u = found
    if isinstance(u, float) and u * seen >= _FEWEST:
        level = replace(level, u=u)
    else:
        level = replace(level, u=min(level.u, _FEWEST / max(seen, 1.0)))
    if not learns_slips:
        return level
    return replace(level, m=max(m, _UNSEEN) if isinstance(m, float) else min(level.m, _UNSEEN))
