"""What `simpul check` looks at in the database: the record of events, sealed values, tables, regions."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from simpul.access.checks import audit
from simpul.access.files import amiss as amiss_apart
from simpul.access.models import Event
from simpul.cases.queries.attachments import amiss
from simpul.commands.framework import PRIVATE
from simpul.commands.language import _, ngettext
from simpul.commands.stop import DONE, STOPPED
from simpul.commands.terminal import err, out
from simpul.places import queries as places


def run(options: Namespace) -> int:
    everything = not (options.catalogue or options.audit or options.data)
    is_right = True
    # Tables first: without them the record cannot be read.
    if options.data or everything:
        is_right &= told(_("Data"), data_problems)
    if options.audit or everything:
        is_right &= told(_("Catatan kegiatan"), audit_problems)
        count = Event.objects.count()
        err().print(ngettext("%s kegiatan tercatat.", "%s kegiatan tercatat.", count) % count)
    return DONE if is_right else STOPPED


def told(what: str, problems: Callable[[], Iterator[str]]) -> bool:
    found = 0
    for problem in problems():
        found += 1
        out().print(f"{what}: {problem}", soft_wrap=True)
    if not found:
        err().print(_("%s: tidak ada yang keliru.") % what)
    return not found


def audit_problems() -> Iterator[str]:
    """Changed, removed, inserted or reordered events, sealed values that do not open, missing guards."""
    for broken in audit():
        yield _("catatan nomor %(number)s: %(why)s") % vars(broken) if broken.number else broken.why


def data_problems() -> Iterator[str]:
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield _("basis data belum diperbarui untuk versi ini; jalankan: simpul migrate")
        return
    if connection.vendor == "sqlite":
        yield from _sqlite_problems()
    yield from _open_to_others()
    yield from _attachments()
    yield from _files_apart()
    if not places.is_loaded():
        yield _("daftar wilayah belum dimuat; jalankan: simpul migrate")


def _attachments() -> Iterator[str]:
    """Attachments without their file. Files without an attachment are swept at the next `simpul migrate`."""
    if lost := len(amiss().lost):
        yield (
            ngettext(
                "%s lampiran kehilangan berkasnya; pulihkan folder lampiran dari cadangan",
                "%s lampiran kehilangan berkasnya; pulihkan folder lampiran dari cadangan",
                lost,
            )
            % lost
        )


def _files_apart() -> Iterator[str]:
    """Papers and photographs of organisations without their file. Strays are swept at the next `simpul migrate`."""
    for lost in amiss_apart().lost:
        yield _("berkas %s hilang; pulihkan folder lampiran dari cadangan") % lost


def _open_to_others() -> Iterator[str]:
    """The folder and the database where another account of this machine could read them."""
    name = str(connection.settings_dict["NAME"])
    files = [Path(f"{name}{end}") for end in ("", "-wal", "-shm")] if connection.vendor == "sqlite" else []
    for path in (settings.DATA, *files):
        if path.exists() and path.stat().st_mode & PRIVATE:
            yield (
                _("%(path)s dapat dibuka pengguna lain di komputer ini; jalankan: chmod go= %(path)s")
                % {"path": path}
            )


def _sqlite_problems() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("pragma integrity_check")
        yield from (
            _("berkas basis data rusak: %s; pulihkan dari cadangan") % answer
            for (answer,) in cursor.fetchall()
            if answer != "ok"
        )
        cursor.execute("pragma foreign_key_check")
        yield from (
            _("baris %(row)s di tabel %(table)s menunjuk ke %(parent)s yang tidak ada")
            % {"row": row, "table": table, "parent": parent}
            for table, row, parent, _number in cursor.fetchall()
        )
