"""`simpul hsds`: services as files of the standard, out and in."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.commands.language import _
from simpul.commands.stop import DONE, Stop
from simpul.commands.terminal import err, out, table
from simpul.commands.user import active_user
from simpul.hsds import folder as files
from simpul.hsds.actions.importing import ImportFaulty, import_listings
from simpul.hsds.exporting import exported
from simpul.hsds.flattening import Collected
from simpul.hsds.folder import Fault, Unreadable
from simpul.hsds.planning import Plan, planned

MOST_SHOWN = 50


def run(options: Namespace) -> int:
    return export(options.out, options.format) if options.step == "export" else bring(options)


# --- out ---


def export(folder: Path, form: str) -> int:
    """Write everything public into an empty folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Stop(
                _("Folder %s tidak kosong. Sebut folder baru, supaya tidak ada berkas yang tertimpa.")
                % folder
            )
        held = exported(timezone.localdate())
        for name, text in files.written(held, form):
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        raise Stop(_("Folder %(folder)s tidak dapat ditulis: %(error)s") % {"folder": folder, "error": error.strerror}) from error  # fmt: skip
    count = len(held.rows.get("service", {}))
    err().print(_("%(count)s layanan ditulis ke %(folder)s.") % {"count": count, "folder": folder})
    return DONE


# --- in ---


def bring(options: Namespace) -> int:
    """Show what an import would do, and do it unless only that was asked."""
    by, where = active_user(options.user), Where(region=options.region)
    held = _read(options.folder)
    if options.dry_run:
        plan = planned(held, by=by, where=where)
        if plan.faults:
            raise Stop(_faulty(plan.faults))
        _show(plan)
        err().print(_("Hanya percobaan: tidak ada yang disimpan."))
        return DONE
    now = timezone.now()
    source = options.source or options.folder.resolve().name
    try:
        plan = import_listings(where, by=by, held=held, source=source, on=timezone.localdate(now), at=now)
    except ImportFaulty as refusal:
        raise Stop(_faulty(refusal.plan.faults)) from refusal
    except Refusal as refusal:
        raise Stop(str(refusal)) from refusal
    _show(plan)
    return DONE


def _read(folder: Path) -> Collected:
    if not folder.is_dir():
        raise Stop(_("Folder %s tidak ada.") % folder)
    try:
        return files.read(folder)
    except Unreadable as error:
        raise Stop(_faulty([error.fault])) from error


# What reading says in codes.
def _words(fault: Fault) -> str:
    known = {
        "empty": _(
            "Tidak ada berkas HSDS di folder ini: .json, atau tabel .csv dengan nama menurut standar."
        ),
        "damaged": _("Berkas ini rusak atau bukan UTF-8."),
        "askew": _("Baris ini tidak sesuai dengan judul kolomnya."),
    }
    return known.get(fault.words, fault.words)


def _faulty(faults: Iterable[Fault]) -> str:
    """Every fault in a line of its own: file, row, field, and what is wrong."""
    shown = list(faults)
    lines = [_("Belum dapat diimpor. Tidak ada yang disimpan.")]
    for fault in shown[:MOST_SHOWN]:
        place = (
            _("%(file)s, baris %(row)s") % {"file": fault.file, "row": fault.number}
            if fault.number
            else fault.file
        )
        lines.append(": ".join(part for part in (place, fault.field, _words(fault)) if part))
    if len(shown) > MOST_SHOWN:
        lines.append(_("… dan %s lagi.") % (len(shown) - MOST_SHOWN))
    return "\n".join(lines)


def _show(plan: Plan) -> None:
    told = table(_("Apa"), ">" + _("Jumlah"))
    told.add_row(_("Lembaga yang sudah ada"), str(len(plan.bodies) - len(plan.new_bodies)))
    told.add_row(_("Lembaga baru"), str(len(plan.new_bodies)))
    told.add_row(_("Layanan baru"), str(len(plan.new)))
    told.add_row(_("Layanan yang diperbarui"), str(len(plan.again)))
    told.add_row(_("Layanan yang dibiarkan, karena dijaga pemiliknya di sini"), str(len(plan.kept)))
    out().print(told)
