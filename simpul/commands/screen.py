"""`simpul screen`: judge all people in a file. A row that cannot be believed is refused and named, never guessed."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Self

import polars as pl
from rich.progress import Progress, TaskID

from simpul.catalogue import facts as catalogue_facts
from simpul.catalogue.facts import Fact
from simpul.catalogue.needs import Edition
from simpul.commands import rows
from simpul.commands.csv_rows import Broken
from simpul.commands.headings import NIK, Headings, understood
from simpul.commands.language import _, chosen, ngettext
from simpul.commands.lists import edition_named
from simpul.commands.people_file import PARQUET, PeopleFile, opened
from simpul.commands.stop import DONE, SOME_REFUSED, USAGE, Stop
from simpul.commands.template import write_template
from simpul.commands.terminal import err, out, progress, table
from simpul.engines.rules import FactKind, FactSpec
from simpul.engines.rules.columns import schema_of
from simpul.engines.rules.population import verdicts
from simpul.engines.rules.stream import ARROW, Tally, judge_file
from simpul.ui.workbooks import harmless

ENDINGS = (".parquet", ARROW, ".csv")


@dataclass
class Screened:
    """What came of a whole file. `refused` counts rows, not values."""

    tally: Tally = field(default_factory=Tally)
    refused: int = 0


@dataclass(frozen=True)
class Job:
    """One file to judge: by which list, for which day, into which files."""

    file: PeopleFile
    headings: Headings
    edition: Edition
    on: date
    out: Path
    refused: Path
    facts: Mapping[str, Fact]
    specs: Mapping[str, FactSpec]

    def made_in(self, folder: Path) -> Path:
        """Where the result stands until it is whole; its ending says in which layout it is written."""
        return folder / f"out{self.out.suffix.lower()}"


def run(options: Namespace) -> int:
    if options.template:
        return write_template(options.template)
    job = prepared(options)
    tell_columns(job)
    with tempfile.TemporaryDirectory(prefix=f".{job.out.name}.", dir=job.out.parent) as folder:
        done = screened(job, Path(folder))
        if not done.tally.people:
            raise Stop(nothing_done(job, done))
        made = job.made_in(Path(folder))
        made.chmod(0o600)
        made.replace(job.out)
    show_summary(job, done)
    return SOME_REFUSED if done.refused else DONE


def prepared(options: Namespace) -> Job:
    """Check all that was asked for before any row is read. Raises Stop."""
    if not options.file or not options.out:
        raise Stop(
            _("Sebutkan berkas orang dan berkas hasil: simpul screen warga.csv --out hasil.parquet"), USAGE
        )
    target: Path = options.out.expanduser().absolute()
    if target.suffix.lower() not in ENDINGS:
        raise Stop(
            _("Nama berkas hasil harus berakhir dengan .parquet, .arrow, atau .csv: %s") % options.out, USAGE
        )
    refused = (options.refused or target.with_suffix(".refused.csv")).expanduser().absolute()
    for folder in (target.parent, refused.parent):
        if not folder.is_dir():
            raise Stop(_("Folder %s tidak ada. Buat dulu, atau pilih folder lain.") % folder)
    file = opened(options.file)
    if target.exists() and target.samefile(options.file):
        raise Stop(_("Berkas hasil tidak boleh sama dengan berkas orang."), USAGE)
    facts = catalogue_facts.asked_facts()
    headings = understood(file.headings, facts)
    if headings.doubled:
        sentence = _("Kolom %(first)s dan %(second)s berarti sama. Hapus salah satu.")
        raise Stop(sentence % dict(zip(("first", "second"), headings.doubled, strict=True)))
    if not headings.facts:
        raise Stop(no_columns(headings))
    on = options.on or datetime.now().astimezone().date()
    edition = edition_named(options.list)
    return Job(file, headings, edition, on, target, refused, facts, catalogue_facts.specs())


def no_columns(headings: Headings) -> str:
    meant = [_meant(heading, name) for heading, name in headings.unknown.items()]
    return " ".join(
        [
            _("Tidak ada satu pun kolom yang dikenal, jadi tidak ada yang dikerjakan."),
            *(meant[:5]),
            _("Daftar kolom: simpul screen --template kolom.csv"),
        ]
    )


def _meant(heading: str, name: str | None) -> str:
    if name:
        return _("“%(heading)s”: mungkin maksud Anda %(name)s?") % {"heading": heading, "name": name}
    return _("“%s” tidak dikenal.") % heading


def tell_columns(job: Job) -> None:
    console = err()
    for heading, name in job.headings.unknown.items():
        console.print(_("Kolom tidak dipakai. %s") % _meant(heading, name), style="yellow")


# --- Judging ---


def screened(job: Job, folder: Path) -> Screened:
    """Judge the whole file into job.made_in(folder), and write the refused rows beside the result."""
    with progress() as bar:
        task = bar.add_task(_("Menapis"), total=None)
        try:
            if can_be_judged_at_once(job):
                return judged_at_once(job, folder, bar, task)
        except pl.exceptions.ComputeError as error:
            raise Stop(job.file.fault()) from error
        return judged_in_pieces(job, folder, bar, task)


def can_be_judged_at_once(job: Job) -> bool:
    """Whether a Parquet file holds typed facts already, all within belief: then nothing needs to be converted."""
    if job.file.kind != PARQUET or job.out.suffix.lower() == ".csv" or NIK in job.headings.identity:
        return False
    frame = job.file.scan()
    held = frame.collect_schema()
    if any(old != new for old, new in job.headings.renamed.items()):
        return False
    if any(held[name] != kind for name, kind in schema_of(job.headings.facts, job.specs).items()):
        return False
    outside = [test for name in job.headings.facts for test in _beyond_belief(name, job)]
    return not outside or not bool(
        frame.select(pl.any_horizontal(outside).any()).collect(engine="streaming").item()
    )


def _beyond_belief(name: str, job: Job) -> list[pl.Expr]:
    """Tests that need the full check of the row; a date is only believed after that check."""
    spec = job.specs.get(name)
    if spec is None or spec.kind is FactKind.DATE:
        earliest = rows.oldest_birth(job.on)
        return [(pl.col(name) > job.on).fill_null(False), (pl.col(name) < earliest).fill_null(False)]
    tests = []
    if spec.minimum is not None:
        tests.append((pl.col(name) < spec.minimum).fill_null(False))
    if spec.maximum is not None:
        tests.append((pl.col(name) > spec.maximum).fill_null(False))
    return tests


def judged_at_once(job: Job, folder: Path, bar: Progress, task: TaskID) -> Screened:
    tally = judge_file(
        job.file.path,
        job.made_in(folder),
        job.edition.rules(),
        job.specs,
        on=job.on,
        keep=job.headings.identity,
        progress=lambda done, total: bar.update(task, completed=done, total=total),
    )
    with suppress(FileNotFoundError):
        job.refused.unlink()
    return Screened(tally)


def judged_in_pieces(job: Job, folder: Path, bar: Progress, task: TaskID) -> Screened:
    done, parts = Screened(), []
    with RefusedFile(folder / "refused", job.facts) as refused:
        for number, piece in enumerate(job.file.pieces(job.headings.renamed)):
            result = rows.checked(piece.frame, job.facts, job.specs, job.on)
            done.refused += refused.add(result.refused, piece.broken)
            parts.append(_judged(job, result.frame, folder / f"{number:06}.parquet", done.tally))
            bar.update(task, completed=done.tally.people + done.refused)
    _put_together(job, parts, job.made_in(folder))
    if done.refused:
        shutil.move(folder / "refused", job.refused)
    else:
        job.refused.unlink(missing_ok=True)
    return done


def _judged(job: Job, frame: pl.DataFrame, part: Path, tally: Tally) -> Path:
    judged = verdicts(frame, job.edition.rules(), job.specs, job.on, keep=("row", *job.headings.identity))
    tally.add(judged, list(job.edition.rules()))
    judged.write_parquet(part)
    return part


def _put_together(job: Job, parts: list[Path], target: Path) -> None:
    """One file from the parts, read as a stream."""
    if not parts:
        return
    whole = pl.scan_parquet(parts)
    if job.out.suffix.lower() == ".parquet":
        whole.sink_parquet(target)
        return
    if job.out.suffix.lower() == ARROW:
        whole.sink_ipc(target)
        return
    words = {True: _("ya"), False: _("tidak")}
    codes = list(job.edition.rules())
    whole.with_columns(
        pl.col(code).replace_strict(words, default=_("belum diketahui"), return_dtype=pl.String)
        for code in codes
    ).sink_csv(target)


class RefusedFile:
    """The file of refused rows, readable by its owner alone."""

    def __init__(self, path: Path, facts: Mapping[str, Fact]) -> None:
        self._facts = facts
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._lines = csv.writer(self._file)
        self._lines.writerow([_("baris"), _("kolom"), _("isi"), _("alasan")])

    def add(self, refused: pl.DataFrame, broken: Collection[Broken] = ()) -> int:
        """One line for each value that was not believed, and for each row that could not be read; how many rows."""
        lines: list[tuple[int, str, str, str]] = [
            (row, harmless(column), harmless(value), rows.sentence(code, self._facts.get(column)))
            for row, column, value, code in refused.iter_rows()
        ]
        lines += [(row.number, "", harmless(row.text), row.why) for row in broken]
        lines.sort(key=lambda line: line[0])
        self._lines.writerows(lines)
        return refused.get_column("row").n_unique() + len(broken)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


# --- Telling ---


def nothing_done(job: Job, done: Screened) -> str:
    if not done.refused:
        return _("Tidak ada baris orang di %s. Tidak ada yang ditulis.") % job.file.path
    return ngettext(
        "Semua %(count)s baris ditolak; alasannya di %(file)s. Tidak ada hasil yang ditulis.",
        "Semua %(count)s baris ditolak; alasannya di %(file)s. Tidak ada hasil yang ditulis.",
        done.refused,
    ) % {"count": number(done.refused), "file": job.refused}


def show_summary(job: Job, done: Screened) -> None:
    console = out()
    title = job.edition.title.in_language(chosen())
    console.print(
        _("%(title)s, per %(day)s: %(people)s orang")
        % {"title": title, "day": job.on.isoformat(), "people": number(done.tally.people)},
        style="bold",
    )
    counts = table(_("Kode"), _("Jenis"), ">" + _("sesuai"), ">" + _("tidak sesuai"), ">" + _("belum pasti"))
    for need in job.edition.types:
        if need.node:
            tally = (done.tally.yes, done.tally.no, done.tally.unknown)
            counts.add_row(
                need.code,
                need.display.in_language(chosen()),
                *(number(each.get(need.code, 0)) for each in tally),
            )
    console.print(counts)
    console.print(_("Hasil: %s") % job.out)
    if done.refused:
        err().print(
            ngettext(
                "%(count)s baris ditolak; alasannya di %(file)s.",
                "%(count)s baris ditolak; alasannya di %(file)s.",
                done.refused,
            )
            % {"count": number(done.refused), "file": job.refused},
            style="yellow",
        )


def number(count: int) -> str:
    return f"{count:,}" if chosen() == "en" else f"{count:,}".replace(",", ".")
