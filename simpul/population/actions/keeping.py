"""What a screening of everybody leaves behind: sealed files first, then in one go the rows that count."""

from __future__ import annotations

import fcntl
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from simpul.access.files import APART, Filed, opened, path_of, write
from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.access.secrets import fresh_file_key, seal_bytes
from simpul.catalogue.nightly import nights
from simpul.population.facts import COLUMNS
from simpul.population.models import Drawer, Forgotten, KeptRegister
from simpul.population.queries.opening import LINE, Shelf, Source
from simpul.population.queries.register import TYPES, read_register

PARQUET = "application/vnd.apache.parquet"


@dataclass
class Made:
    """Files that were written and count for nothing until their rows are kept."""

    registers: list[KeptRegister] = field(default_factory=list)
    drawers: list[Drawer] = field(default_factory=list)
    cleaned: list[tuple[KeptRegister, Path]] = field(default_factory=list)
    forgotten: list[UUID] = field(default_factory=list)


@action(Permission.POPULATION_SCREEN)
def keep_screened(where: Where, /, *, by: User | Machine, made: Made) -> tuple[KeptRegister, ...]:
    """From here on the new registers count; those that are no longer needed go, with their files."""
    for row in made.registers:
        row.by, row.by_name = by.pk, str(by)
        row.save(force_insert=True)
    for row, old in made.cleaned:
        row.save()
        transaction.on_commit(partial(old.unlink, missing_ok=True))
    Forgotten.objects.filter(pk__in=made.forgotten).delete()
    _replace_drawers(made.drawers)
    for edition in {row.edition for row in made.registers}:
        _throw_away(_not_needed(edition))
    return tuple(made.registers)


def _replace_drawers(made: Sequence[Drawer]) -> None:
    for row in made:
        _throw_away(Drawer.objects.filter(kind=row.kind, of=row.of, number=row.number))
        row.save(force_insert=True)
    if made:
        _throw_away(Drawer.objects.exclude(of=made[0].of))


def _throw_away(rows: Collection[Filed]) -> None:
    for row in list(rows):
        transaction.on_commit(partial(path_of(row).unlink, missing_ok=True))
        row.delete()


def _not_needed(edition: str) -> list[KeptRegister]:
    """All but the newest of each of the last days, the last of each month, and what something rests on."""
    rows = list(KeptRegister.objects.filter(edition=edition).order_by("-on", "-at"))
    days, months, spare = set(), set(), []
    for row in rows:
        month, first = (row.on.year, row.on.month), rows[0].on - timedelta(days=nights().days_kept)
        is_last = row.on not in days and (row.on > first or month not in months)
        days.add(row.on)
        months.add(month)
        if not is_last and not row.is_needed:
            spare.append(row)
    return spare


class Cabinet:
    """The drawers with what was opened already. What is new is opened, and put into a new drawer."""

    def __init__(self, of: int, *, at: datetime, forgotten: Sequence[UUID], anew: bool = False) -> None:
        self.of, self.at, self.anew = of, at, anew
        # What was emptied in place has the same mark as before.
        self.emptied = [str(key) for key in forgotten]
        self.made: list[Drawer] = []
        self.opened = 0

    def lines(self, source: Source, number: int) -> pl.DataFrame:
        """Everything that was said of the subjects of one drawer."""
        shelf = Shelf(number, self.of)
        held, is_whole = self._held(source, shelf)
        marks = source.marks(shelf)
        kept = held.group_by("subject").agg(count=pl.len().cast(pl.Int64), newest=pl.col("noted_at").max())
        kept = kept.filter(~pl.col("subject").is_in(self.emptied))
        same = marks.join(kept, on=["subject", "count", "newest"], how="semi")
        changed = marks.join(same, on="subject", how="anti").get_column("subject").to_list()
        if not changed and is_whole and same.height == kept.height == held.get_column("subject").n_unique():
            return held
        all_new = 2 * len(changed) > marks.height
        fresh = source.lines(shelf, None if all_new else changed)
        self.opened += fresh.height
        lines = fresh if all_new else pl.concat([held.join(same, on="subject", how="semi"), fresh])
        row = Drawer(
            kind=source.kind, number=number, of=self.of, at=self.at, by_name="Simpul", facts=lines.height
        )
        _keep_frame(row, lines, {})
        self.made.append(row)
        return lines

    def _held(self, source: Source, shelf: Shelf) -> tuple[pl.DataFrame, bool]:
        """What lies in this drawer, or in the larger one before there were more; and whether it is this one."""
        nothing = pl.DataFrame(schema=dict(LINE))
        if self.anew:
            return nothing, False
        for row in Drawer.objects.filter(kind=source.kind, of__lte=shelf.of).order_by("-of"):
            if row.number == shelf.number * row.of // shelf.of:
                try:
                    lines = pl.read_parquet(io.BytesIO(opened(row)))
                except Refusal:
                    return nothing, False  # it can be made again from what it was made of
                is_this = row.of == shelf.of
                return (lines if is_this else lines.filter(shelf.holds("subject"))), is_this
        return nothing, False


def _keep_row(row: KeptRegister, people: pl.DataFrame, types: Sequence[str]) -> None:
    """Write everybody into the file of a row, for the caller to save. Only inside `leaves_no_file_behind`."""
    row.people = people.height
    _keep_frame(row, people.select(*COLUMNS), {TYPES: " ".join(types)})


def _keep_frame(row: Filed, frame: pl.DataFrame, told: dict[str, str]) -> None:
    """Seal a frame as Parquet, force it to the disk and fill the row.

    The file's name holds its own fresh key: nothing is written over, and until the row is saved the older file counts.
    """
    held = io.BytesIO()
    frame.write_parquet(held, compression="zstd", metadata=told)
    data = held.getvalue()
    row.media_type, row.size = PARQUET, len(data)
    row.file_key = fresh_file_key()
    write(path_of(row), seal_bytes(data, f"{row._meta.label_lower}.file:{row.pk}", file_key=row.file_key))


def _without_forgotten(made: Made) -> None:
    """New files for those registers in which somebody stands whose data were erased before this screening began.

    Whoever was erased meanwhile stands in what was just made too; they stay forgotten, and the next night takes them out.
    """
    gone = [str(key) for key in made.forgotten]
    for row in KeptRegister.objects.filter(removed_at=None) if gone else ():
        register, old = read_register(row), path_of(row)
        if register.people.height < row.people:
            _keep_row(row, register.people.filter(~pl.col("person").is_in(gone)), register.types)
            made.cleaned.append((row, old))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two screenings of everybody would do the same twice, and take each other's files for strays."""
    folder = Path(settings.DATA)
    with (folder / "population.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                _(
                    "Seluruh register sedang ditapis oleh proses lain. Tunggu sampai selesai, lalu lihat hasilnya."
                )
            ) from None
        _take_away_strays()
        yield


def _take_away_strays() -> None:
    """Files of a screening that was broken off: no row knows them."""
    for model in (KeptRegister, Drawer):
        folder = Path(settings.MEDIA_ROOT) / APART / model._meta.label_lower
        known = {path_of(row) for row in model.objects.filter(removed_at=None)}
        for path in folder.rglob("*"):
            if path.is_file() and path not in known:
                path.unlink(missing_ok=True)
