"""Numbers as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from simpul.cases.queries.numbers.lines import Part
from simpul.ui import sheets


def as_csv(parts: Iterable[Part], heading: Iterable[tuple[str, str]]) -> bytes:
    """A row for every figure, under what they all are about (period, area, who counted)."""
    return sheets.as_csv((*heading, (), _columns(), *_figures(parts)))


def _columns() -> tuple[str, ...]:
    return (_("Bagian"), _("Baris"), _("Kolom"), _("Jumlah"), _("Keterangan"), _("Apa yang dihitung"))


def _figures(parts: Iterable[Part]) -> Iterator[tuple[str | int, ...]]:
    for part in parts:
        for line in part.lines:
            for column, figure in zip(part.columns, line.figures, strict=True):
                yield (part.title, line.title, column, figure.cases, line.words, part.definition)
