"""Numbers as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from simpul.cases.queries.numbers.lines import Part

# What begins so, a spreadsheet takes for a formula and runs; names of workers and instruments are typed by people.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(parts: Iterable[Part], heading: Iterable[tuple[str, str]]) -> str:
    """A row for every figure, under what they all are about (period, area, who counted). UTF-8 with its mark."""
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\r\n")
    for name, said in heading:
        written.writerow((harmless(name), harmless(said)))
    written.writerow(())
    written.writerow(
        (_("Bagian"), _("Baris"), _("Kolom"), _("Jumlah"), _("Keterangan"), _("Apa yang dihitung"))
    )
    for part in parts:
        for line in part.lines:
            for column, figure in zip(part.columns, line.figures, strict=True):
                texts = (part.title, line.title, column, str(figure.cases), line.words, part.definition)
                written.writerow(tuple(map(harmless, texts)))
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before whatever could be a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) else cell
