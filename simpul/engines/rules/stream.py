"""Judges a file of any size in bounded memory: CSV or Parquet in, Parquet or Arrow out, counted on the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TextIO

import polars as pl

from simpul.engines.rules.columns import schema_of, typed
from simpul.engines.rules.facts import FactSpec
from simpul.engines.rules.language import Node
from simpul.engines.rules.population import verdicts

# Rows read so far, rows in all.
Progress = Callable[[int, int], None]

# Arrow's own file is written as the verdicts lie in memory. Parquet is a third of its size, and to pack columns with
# nulls for it costs as much as half the reading of the people.
ARROW = ".arrow"

_ROW = "row number in the file"


class UnreadableFileError(ValueError):
    """A file of a kind that cannot be judged."""


@dataclass
class Tally:
    """How many people were judged, and for each rule how many are a yes, a no, and not known."""

    people: int = 0
    refused: int = 0
    yes: dict[str, int] = field(default_factory=dict)
    no: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)

    def add(self, judged: pl.DataFrame, codes: Collection[str]) -> None:
        """Counts one more batch of verdicts."""
        self.people += judged.height
        for code in codes:
            column = judged.get_column(code)
            unknown, yes = column.null_count(), int(column.sum() or 0)
            self.yes[code] = self.yes.get(code, 0) + yes
            self.unknown[code] = self.unknown.get(code, 0) + unknown
            self.no[code] = self.no.get(code, 0) + judged.height - yes - unknown


def judge_file(
    source: Path,
    out: Path,
    rules: Mapping[str, Node],
    facts: Mapping[str, FactSpec],
    *,
    on: date,
    keep: Collection[str] = (),
    refused: Path | None = None,
    births: Collection[str] = ("born",),
    progress: Progress | None = None,
) -> Tally:
    """Judges every row of a file and writes the verdicts, rows in order, the columns to keep in front.

    The result is Parquet, or for a name that ends in .arrow an Arrow file, which is larger and quicker to write.

    With `refused` every value is read and checked as in `columns`; rows that cannot be believed are left out and
    listed in that CSV file. Without it the file must be Parquet with typed facts that are believed as they are.
    Memory does not grow with the file. Raises UnreadableFileError.
    """
    frame = _scan(source, checked=refused is not None)
    total = int(frame.select(pl.len()).collect().item())
    work = _Work(rules, facts, on, births, total, progress)
    if refused is None:
        return work.run(frame, out, keep)
    with refused.open("w", encoding="utf-8", newline="") as report:
        report.write("row,column,value,code\n")
        # Row 1 of a table that people see is its header.
        numbered = frame.with_row_index(_ROW, offset=2)
        return work.run(work.check(numbered, report), out, keep)


def _scan(source: Path, *, checked: bool) -> pl.LazyFrame:
    kind = source.suffix.lower()
    if kind == ".parquet":
        return pl.scan_parquet(source)
    if not checked:
        raise UnreadableFileError(
            f"{source.name}: only Parquet holds typed facts; say where refused rows should go"
        )
    if kind == ".csv":
        return pl.scan_csv(source, separator=_separator(source), infer_schema=False, encoding="utf8-lossy")
    # A spreadsheet is read by who knows how to guard against one that fills the memory.
    raise UnreadableFileError(f"{source.name}: a CSV or Parquet file is needed")


def _separator(source: Path) -> str:
    """The sign between columns: spreadsheets set to Indonesian write semicolons."""
    with source.open(encoding="utf-8", errors="replace") as file:
        header = file.readline()
    return max(",;\t", key=header.count)


class _Work:
    """One run over one file: its counts, shared by the threads of Polars."""

    def __init__(
        self,
        rules: Mapping[str, Node],
        facts: Mapping[str, FactSpec],
        on: date,
        births: Collection[str],
        total: int,
        progress: Progress | None,
    ) -> None:
        self.rules, self.facts, self.on, self.births = rules, facts, on, births
        self.total, self.progress = total, progress
        zeros = dict.fromkeys(rules, 0)
        self.tally = Tally(yes=zeros.copy(), no=zeros.copy(), unknown=zeros.copy())
        self._lock = Lock()

    def run(self, frame: pl.LazyFrame, out: Path, keep: Collection[str]) -> Tally:
        judged = verdicts(frame, self.rules, self.facts, self.on, keep=keep)
        counted = judged.map_batches(self._count, streamable=True, schema=judged.collect_schema())
        if out.suffix.lower() == ARROW:
            counted.sink_ipc(out)
        else:
            counted.sink_parquet(out)
        return self.tally

    def check(self, numbered: pl.LazyFrame, report: TextIO) -> pl.LazyFrame:
        """The frame with typed facts; what is refused goes to the report."""
        schema = dict(numbered.collect_schema())
        schema |= schema_of(schema, self.facts)

        def batch(rows: pl.DataFrame) -> pl.DataFrame:
            result = typed(rows, self.facts, self.on, births=self.births, row=_ROW)
            with self._lock:
                self.tally.refused += rows.height - result.frame.height
                report.write(result.refused.write_csv(include_header=False))
            return result.frame

        return numbered.map_batches(batch, streamable=True, schema=schema)

    def _count(self, judged: pl.DataFrame) -> pl.DataFrame:
        # Polars calls this from several threads, one batch each.
        with self._lock:
            self.tally.add(judged, self.rules)
            if self.progress is not None:
                self.progress(self.tally.people + self.tally.refused, self.total)
        return judged
