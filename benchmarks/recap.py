"""The recap of a province, every type by regency and sex, beside the same table by pandas and by DuckDB SQL.

    python -m benchmarks.recap --people 1000000

Makes a register of invented people of one province as the night leaves it (a sealed file), and beside it the plain rows
that somebody without Simpul would have: an unsealed Parquet file with a column of yes and no for each type. Each reads
its file, or has it in memory already, and makes every number of R3: distinct persons by regency and sex, person-type
pairs, each type by regency and sex, households of the types of families. Simpul's time holds all else that a recap is:
reach, codes of areas of that day, names, types kept secret, heading. The numbers of all are compared.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.cases import prepare
from benchmarks.machine import peak_mb, watched
from benchmarks.population import Job, alternate

ON, AT = date(2026, 11, 22), datetime(2026, 11, 21, 18, tzinfo=UTC)
PROVINCE = "32"
AT_HOME = 4
SEXES = ("L", "P", "?")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="simpul-bench-") as folder:
        os.environ["SIMPUL_DATA"] = folder
        prepare()
        with watched():
            Office(arguments.people, Path(folder)).report(arguments.rounds)


class Office:
    """A Dinas of a province with a screened register, and the plain rows for the rivals."""

    def __init__(self, count: int, folder: Path) -> None:
        from django.core.management import call_command

        from simpul.access.gate import THE_MACHINE
        from simpul.access.models import Grant, User
        from simpul.access.reach import Where
        from simpul.catalogue import editions
        from simpul.places.actions import load_regions
        from simpul.places.models import Region
        from simpul.recaps.facts import Asked

        call_command("migrate", verbosity=0)
        load_regions(Where(), by=THE_MACHINE)
        self.count, self.edition, self.plain = count, editions.default(), folder / "plain.parquet"
        self.user = User.objects.create(username="dinas", name="Petugas Dinas")
        Grant.objects.create(user=self.user, role="dinas_officer", region=PROVINCE)
        self.asked = Asked(since=ON, until=ON, area=PROVINCE)
        villages = Region.objects.filter(code__startswith=f"{PROVINCE}.", level=4)
        people = self._people(list(villages.values_list("code", flat=True)))
        self._keep(people)
        self._spread(people)
        self.persons = [need.code for need in self.edition.types if need.unit == "person"]
        self.families = [need.code for need in self.edition.types if need.unit == "family"]
        print(f"{count:,} people of one province, {len(self.edition.types)} types")

    def _people(self, villages: list[str]) -> pl.DataFrame:
        """One word of bits for the types of each, as a screening packs them; a twentieth has each type."""
        from simpul.population.facts import COLUMNS, packed

        random, count = np.random.default_rng(7), self.count
        bits = {need.code: random.random(count) < 0.05 for need in self.edition.types}
        confirmed = pl.DataFrame(bits).select(packed(pl.col(code) for code in bits).alias("word")).to_series()
        home = np.arange(count) // AT_HOME
        lives = random.integers(0, len(villages), count // AT_HOME + 1)[home]
        nothing = pl.repeat(0, count, dtype=pl.UInt64, eager=True)
        held = {
            "person": pl.Series([str(uuid.UUID(int=number)) for number in range(count)]),
            "household": pl.Series([str(uuid.UUID(int=number)) for number in range(home[-1] + 1)]).gather(
                home
            ),
            "organisation": pl.repeat(None, count, dtype=pl.String, eager=True),
            "region": pl.Series(villages).gather(lives),
            "sex": pl.Series(["L", "P", ""]).gather(random.choice(3, count, p=(0.48, 0.48, 0.04))),
            "age_least": pl.Series(random.integers(0, 90, count).astype(np.int16)),
            "confirmed": confirmed,
            "gone": pl.repeat("", count, dtype=pl.String, eager=True),
            "judged": pl.repeat(True, count, dtype=pl.Boolean, eager=True),
            "version": pl.repeat(1, count, dtype=pl.Int32, eager=True),
        }
        held["age_most"] = held["age_least"]
        return pl.DataFrame({name: held.get(name, nothing) for name in COLUMNS})

    def _keep(self, people: pl.DataFrame) -> None:
        """As a night keeps it: sealed."""
        from simpul.access.files import leaves_no_file_behind
        from simpul.access.gate import THE_MACHINE
        from simpul.access.reach import Where
        from simpul.population.actions.keeping import Made, _keep_row, keep_screened
        from simpul.population.models import KeptRegister
        from simpul.population.queries.judging import types_of

        @leaves_no_file_behind
        def kept() -> None:
            row = KeptRegister(on=ON, edition=self.edition.code, digest=self.edition.digest, at=AT)
            _keep_row(row, people, types_of(self.edition))
            keep_screened(Where(), by=THE_MACHINE, made=Made(registers=[row]))

        kept()

    def _spread(self, people: pl.DataFrame) -> None:
        """The plain rows: one column for each type, what is not known as a word."""
        from simpul.population.facts import has
        from simpul.population.queries.judging import types_of

        people.select(
            pl.col("region").str.slice(0, 5).alias("below"),
            pl.col("sex").replace("", "?"),
            "household",
            *(has("confirmed", place).alias(code) for place, code in enumerate(types_of(self.edition))),
        ).write_parquet(self.plain, compression="zstd")

    # --- each way to the same numbers ---

    def simpul(self, *, anew: bool = False) -> Any:
        from simpul.population.queries.register import _read
        from simpul.recaps.queries import RECAPS

        if anew:
            _read.cache_clear()
        return RECAPS["R3"].make(self.user, self.asked)

    def pandas(self, frame: pd.DataFrame | None = None) -> Any:
        rows = pd.read_parquet(self.plain) if frame is None else frame
        held = rows[self.persons]
        rows = rows.assign(any=held.any(axis=1), pairs=held.sum(axis=1))
        table = rows.groupby(["below", "sex"], observed=True)[["any", "pairs", *self.persons]].sum()
        homes = {
            code: rows[rows[code]].groupby("below", observed=True)["household"].agg(["nunique", "size"])
            for code in self.families
        }
        return table, homes

    def duckdb(self, source: str, connection: Any) -> Any:
        types = ", ".join(f'count(*) FILTER ("{code}")' for code in self.persons)
        either = " OR ".join(f'"{code}"' for code in self.persons)
        pairs = " + ".join(f'"{code}"::INT' for code in self.persons)
        table = connection.execute(
            f"SELECT below, sex, count(*) FILTER ({either}), sum({pairs}), {types} FROM {source} GROUP BY ALL"
        ).fetchall()
        homes = {
            code: connection.execute(
                f'SELECT below, count(DISTINCT household), count(*) FROM {source} WHERE "{code}" GROUP BY below'
            ).fetchall()
            for code in self.families
        }
        return table, homes

    # --- side by side ---

    def report(self, rounds: int) -> None:
        frame = pd.read_parquet(self.plain)
        connection = duckdb.connect()
        connection.execute("SET threads = 2")
        connection.execute(f"CREATE TABLE plain AS SELECT * FROM '{self.plain}'")
        fresh, held = f"read_parquet('{self.plain}')", "plain"
        tell(
            "each has read its rows already",
            self._jobs(self.simpul, lambda: self.pandas(frame), lambda: self.duckdb(held, connection)),
            rounds,
        )
        tell(
            "each reads its file (ours sealed)",
            self._jobs(lambda: self.simpul(anew=True), self.pandas, lambda: self.duckdb(fresh, connection)),
            rounds,
        )
        self._compare(frame, connection)
        print(f"memory at most, all of them in one process: {peak_mb():,.0f} MB")

    def _jobs(
        self, simpul: Callable[[], Any], pandas: Callable[[], Any], duck: Callable[[], Any]
    ) -> list[Job]:
        every = {
            "Simpul, R3 as it is shown": simpul,
            "pandas, the numbers alone": pandas,
            "DuckDB SQL, the numbers alone": duck,
        }
        return [Job(words, self.count, run) for words, run in every.items()]

    def _compare(self, frame: pd.DataFrame, connection: Any) -> None:
        recap = self.simpul()
        ours = {table.key: {line.key: line.cells for line in table.lines} for table in recap.tables}
        theirs, homes = self.pandas(frame)
        found = {(row[0], row[1]): row[2:] for row in self.duckdb("plain", connection)[0]}
        same = True
        for (below, sex), row in theirs.iterrows():
            place = SEXES.index(sex)
            same &= ours["persons"][below][place] == row["any"] == found[below, sex][0]
            same &= [*row[self.persons]] == [*ours["types"][below][place :: len(SEXES) + 1]]
            same &= [*row[self.persons]] == [*found[below, sex][2:]]
        for place, code in enumerate(self.families):
            for below, row in homes[code].iterrows():
                same &= [*ours["family"][below][2 * place : 2 * place + 2]] == [*row]
        print(f"pandas and DuckDB find the same numbers: {bool(same)}")


def tell(words: str, jobs: list[Job], rounds: int) -> None:
    """The medians in milliseconds, and how many times longer each takes than ours."""
    alternate(jobs, rounds)
    ours = jobs[0]
    print(f"\n{words:42}{'ms':>9}{'x Simpul':>10}{'of the processor':>18}{'x Simpul':>10}")
    for job in jobs:
        took, worked = job.people / job.rate, job.people / job.thrift
        print(
            f"{job.name:42}{took * 1e3:9.0f}{ours.rate / job.rate:10.2f}{worked * 1e3:18.0f}{ours.thrift / job.thrift:10.2f}"
        )


if __name__ == "__main__":
    main()
