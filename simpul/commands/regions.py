"""`simpul regions`: the list of regions that Simpul brings along."""

from __future__ import annotations

from argparse import Namespace

from simpul.access.gate import THE_MACHINE
from simpul.access.reach import Where
from simpul.commands.language import _
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, out, progress, table
from simpul.places import queries
from simpul.places.actions import DECREE, load_regions

MOST_FOUND = 25


def run(options: Namespace) -> int:
    if options.step == "load":
        load_missing()
        err().print(_("Daftar wilayah siap: %s.") % DECREE)
        return DONE
    return find(" ".join(options.name))


def load_missing() -> None:
    """Load the list, with a bar, unless this decree's list is there already."""
    held = queries.code_list()
    if held is not None and held.decree == DECREE:
        return
    with progress() as bar:
        task = bar.add_task(_("Daftar wilayah"), total=None)
        load_regions(
            Where(),
            by=THE_MACHINE,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def find(text: str) -> int:
    if not queries.is_loaded():
        raise Stop(_("Daftar wilayah belum dimuat. Jalankan dulu: simpul migrate"))
    found = queries.find(text, limit=MOST_FOUND)
    if not found:
        raise Stop(_("Tidak ada wilayah bernama %s. Coba sebagian namanya saja.") % text)
    shown = table(_("Kode"), _("Nama"), _("Induk"))
    for region in found:
        shown.add_row(region.code, region.name, region.parents)
    out().print(shown)
    return DONE
