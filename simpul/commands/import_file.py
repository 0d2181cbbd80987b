"""`simpul import`: a file of an office, tried and loaded without a browser; larger ones than a page takes."""

from __future__ import annotations

import uuid
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone

from simpul.access.models import User
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.commands.language import _
from simpul.commands.stop import DONE, SOME_REFUSED, Stop
from simpul.commands.terminal import err, out, progress, table
from simpul.commands.user import active_user
from simpul.imports import actions, reactions
from simpul.imports.models import Batch
from simpul.imports.queries.page import counts_of, offices_of
from simpul.imports.queries.planning import looked_at
from simpul.imports.queries.refused import refused_file
from simpul.imports.stages import Fate, State

_LONGEST_NAME = 120


def run(options: Namespace) -> int:
    by = active_user(options.user)
    data = _read(options.file)
    try:
        batch = _sent(options, by, data)
        if batch.state == State.DONE:
            err().print(_("Berkas yang sama sudah dimuat. Tidak ada yang diubah."))
            return DONE
        batch = _tried(batch, by)
        _show(batch)
        if options.dry_run:
            err().print(_("Hanya percobaan: tidak ada yang dimuat. Ulangi tanpa --dry-run untuk memuatnya."))
        else:
            batch = _loaded(batch, by)
            err().print(_("Sudah dimuat: %(count)s baris baru.") % {"count": batch.count(Fate.NEW)})
        return _left_over(batch, options.refused)
    except Refusal as refusal:
        raise Stop(str(refusal)) from refusal


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Stop(_("Berkas %(file)s tidak dapat dibaca: %(error)s") % {"file": path, "error": error.strerror}) from error  # fmt: skip


def _sent(options: Namespace, by: User, data: bytes) -> Batch:
    """The import of that file: a new one, or the one that is here already."""
    now = timezone.now()
    on = timezone.localdate(now)
    about = actions.About(
        kind=options.kind,
        list_name=options.list_name or options.file.stem[:_LONGEST_NAME],
        listed_on=options.listed_on or on,
        basis=options.basis,
        basis_because=options.because,
        default_region=options.region,
        instrument=options.instrument,
    )
    try:
        batch: Batch = actions.send(
            _where(by, options.office),
            by=by,
            key=uuid.uuid4(),
            data=data,
            looked=looked_at(data),
            file_name=options.file.name,
            about=about,
            on=on,
            at=now,
        )
    except actions.SentBefore as before:
        return before.batch
    if options.mapping == "remembered" and not batch.is_remembered:
        actions.drop(batch, by=by, at=now)
        raise Stop(
            _("Susunan kolom berkas ini belum pernah diperiksa. Kirim sekali lewat halaman Impor, atau tanpa --mapping remembered.")
        )  # fmt: skip
    return batch


def _where(by: User, office: str) -> Where:
    """For whom the file is loaded: the only office of this user, or the one that was named."""
    offices = offices_of(by)
    named = [one for one in offices if not office or office in (one.code, one.name, one.where.region)]
    if len(named) != 1:
        known = "\n".join(f"  --office '{one.code}'  {one.name}" for one in offices)
        raise Stop(_("Sebut untuk kantor mana berkas ini dimuat:\n%s") % known)
    return named[0].where


def _tried(batch: Batch, by: User) -> Batch:
    with _told(_("Memeriksa berkas")) as tell:
        return reactions.tried(batch, by, tell)


def _loaded(batch: Batch, by: User) -> Batch:
    with _told(_("Memuat berkas")) as tell:
        return reactions.load(batch, reactions.planned(batch, by, tell), by, tell)


@contextmanager
def _told(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that moves as the work tells."""
    with progress() as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(batch: Batch) -> None:
    told = table(_("Yang akan terjadi"), ">" + _("Baris"))
    for one in counts_of(batch):
        told.add_row(one.label, str(one.count))
    out().print(told)
    columns = table(_("Kolom"), _("Dibaca sebagai"), _("Isinya"))
    picture: dict[str, Any] = batch.picture or {}
    for column in picture.get("columns", []):
        held = ", ".join(f"{count} {words}" for words, count in column["counts"])
        columns.add_row(column["heading"], column["field"] or _("diabaikan"), held)
    out().print(columns)


def _left_over(batch: Batch, place: Path | None) -> int:
    """Exit code 3 where rows were refused; they are written where that was asked."""
    if not batch.count(Fate.REFUSED):
        return DONE
    if place is None:
        err().print(
            _("Ada baris yang ditolak. Tulis --refused BERKAS untuk mendapatkannya dengan alasannya.")
        )
        return SOME_REFUSED
    data, _form = refused_file(batch)
    try:
        place.write_bytes(data)
    except OSError as error:
        raise Stop(_("Berkas %(file)s tidak dapat ditulis: %(error)s") % {"file": place, "error": error.strerror}) from error  # fmt: skip
    err().print(_("Baris yang ditolak ditulis ke %s.") % place)
    return SOME_REFUSED
