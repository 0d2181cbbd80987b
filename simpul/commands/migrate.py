"""`simpul migrate`: the database and the list of regions, made or brought up to date."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from simpul.access import jobs
from simpul.access.actions import note_restored, sweep_files
from simpul.access.files import amiss as amiss_apart
from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.cases.actions.attachments import sweep_strays
from simpul.cases.queries.attachments import amiss
from simpul.commands.language import _
from simpul.commands.regions import load_missing
from simpul.commands.stop import DONE
from simpul.commands.terminal import err, progress


def run(options: Namespace) -> int:
    prepare()
    if options.restored:
        note_restored(Where(), by=THE_MACHINE, because=f"simpul restore: {options.restored}")
        connections.close_all()
    err().print(_("Basis data dan daftar wilayah siap."))
    return DONE


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def forget_what_was_overwritten() -> None:
    """SQLite leaves old values in unused parts of its files: what a change sealed could still be read there.

    PostgreSQL clears them by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def prepare() -> None:
    """Tables, then regions; what is there already is left as it is."""
    with progress(counted=False) as bar:
        bar.add_task(_("Basis data"), total=None)
        is_changed = _is_behind()
        call_command("migrate", verbosity=0, interactive=False)
        if is_changed:
            forget_what_was_overwritten()
    load_missing()
    if amiss().strays:
        sweep_strays(Where(), by=THE_MACHINE, at=timezone.now())
    with jobs.alone() as is_alone:
        # A night's work that is under way has files whose rows are not there yet.
        if is_alone and amiss_apart().strays:
            sweep_files(Where(), by=THE_MACHINE, at=timezone.now())
    connections.close_all()
