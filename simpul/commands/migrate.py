"""`simpul migrate`: the database and the list of regions, made or brought up to date."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import call_command
from django.db import connections
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


def prepare() -> None:
    """Tables, then regions; what is there already is left as it is."""
    with progress(counted=False) as bar:
        bar.add_task(_("Basis data"), total=None)
        call_command("migrate", verbosity=0, interactive=False)
    load_missing()
    if amiss().strays:
        sweep_strays(Where(), by=THE_MACHINE, at=timezone.now())
    with jobs.alone() as is_alone:
        # A night's work that is under way has files whose rows are not there yet.
        if is_alone and amiss_apart().strays:
            sweep_files(Where(), by=THE_MACHINE, at=timezone.now())
    connections.close_all()
