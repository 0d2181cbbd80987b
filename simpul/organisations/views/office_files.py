"""The list of an office on paper: a PDF with the name of who took it out across every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from simpul.ui.templatetags.ui import tanggal
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "organisations" / "office_list.typ"

Rows = Sequence[Sequence[str]]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def as_pdf(rows: Rows, *, title: str, notes: Sequence[tuple[str, str]], mark: str, pages: str) -> bytes:
    """A4 lying down. Days, which files for programs write as 2026-11-22, are written as people read them."""
    words = {
        "title": title,
        "notes": [list(note) for note in notes],
        "head": list(rows[0]),
        "rows": [[_on_paper(cell) for cell in row] for row in rows[1:]],
        "mark": mark,
        "pages": pages,
    }
    return typeset(TEMPLATE, words)


def _on_paper(cell: str) -> str:
    return tanggal(date.fromisoformat(cell)) if _ISO_DAY.fullmatch(cell) else cell
