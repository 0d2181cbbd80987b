"""The list of an office on paper: a PDF with the name of who took it out across every page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "organisations" / "office_list.typ"

Rows = Sequence[Sequence[str]]


def as_pdf(rows: Rows, *, title: str, notes: Sequence[tuple[str, str]], mark: str, pages: str) -> bytes:
    """A4 lying down."""
    words = {
        "title": title,
        "notes": [list(note) for note in notes],
        "head": list(rows[0]),
        "rows": [list(row) for row in rows[1:]],
        "mark": mark,
        "pages": pages,
    }
    return typeset(TEMPLATE, words)
