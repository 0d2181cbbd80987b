"""`simpul recount`: numbers that somebody has printed, counted again: what is wrong, and what cannot be."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from simpul.commands.language import _, chosen
from simpul.commands.stop import DONE, USAGE, Stop
from simpul.commands.terminal import out, table
from simpul.engines.reasons import Finding
from simpul.engines.statistics import CountedTable, MeansOnly, read_counts, read_means, sentence, written

# More than any paper prints.
_LARGEST = 1_000_000


def run(options: Namespace) -> int:
    if options.people < 1:
        raise Stop(_("Banyaknya orang paling sedikit 1."), USAGE)
    if not (options.counts or options.means):
        raise Stop(_("Sebutkan berkasnya dengan --counts atau --means."), USAGE)
    counts = read_counts(_text(options.counts), options.people)
    means = read_means(_text(options.means), options.people)
    for path, faults in ((options.counts, counts.faults), (options.means, means.faults)):
        if faults:
            raise Stop("\n".join([f"{path}:", *map(_said, faults)]))
    if not (counts.found or means.found):
        raise Stop(_("Berkas itu tidak berisi angka."))
    for one in counts.found:
        _show_counts(one)
    if means.found:
        _show_means(means.found)
    return DONE


def _text(path: Path | None) -> str:
    """What stands in the file; nothing without one. Raises Stop."""
    if path is None:
        return ""
    try:
        content = path.expanduser().read_bytes()
    except OSError as error:
        raise Stop(
            _("%(file)s tidak dapat dibaca: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error
    try:
        if len(content) <= _LARGEST:
            return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise Stop(_("%s bukan berkas teks. Simpan sebagai teks biasa atau CSV dengan titik koma.") % path)


def _show_counts(one: CountedTable) -> None:
    shown = table(
        one.title or _("Kategori"),
        f">{_('Jumlah')}",
        f">{_('Tercetak, persen')}",
        f">{_('Dihitung ulang, persen')}",
    )
    for share in one.found.shares:
        shown.add_row(share.code, *map(_told, (share.count, share.printed, share.percent)))
    out().print(shown)
    _say([_said(finding) for finding in one.found.findings])


def _show_means(found: Sequence[MeansOnly]) -> None:
    heads = (_("Sebelum"), _("Jumlah nilai sebelum"), _("Sesudah"), _("Jumlah nilai sesudah"))
    shown = table(_("Aspek"), *(f">{words}" for words in heads))
    for one in found:
        shown.add_row(one.code, *map(_told, (one.before, one.before_sum, one.after, one.after_sum)))
    out().print(shown)
    _say([_said(finding) for one in found for finding in one.findings])


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        out().print(f"- {line}")
    out().print()


def _said(finding: Finding) -> str:
    return sentence(finding, chosen())


def _told(value: float | Decimal | None) -> str:
    """As it was printed where somebody printed it."""
    return written("", str(value) if isinstance(value, Decimal) else value, chosen())
