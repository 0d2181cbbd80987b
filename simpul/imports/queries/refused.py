"""Refused rows as a file, for who mends and sends them again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from simpul.access import files
from simpul.imports.models import Batch
from simpul.imports.queries.headings import table_of
from simpul.imports.queries.reading import CSV, SPOILT, opened
from simpul.ui.sheets import Sheet, as_csv, as_xlsx

REASON = "alasan"


def refused_file(batch: Batch) -> tuple[bytes, str]:
    """The refused rows as they were sent, with why in a column of its own; in the same kind of file.

    Raises Refusal where the file was destroyed.
    """
    held = opened(files.opened(batch))
    table = table_of(held)
    reasons = {int(number): str(why) for number, why in batch.refused or ()}
    headings = [*(column.heading for column in table.columns), REASON]
    rows = [
        [*(column.cells[place].lstrip(SPOILT) for column in table.columns), reasons[number]]
        for place, number in enumerate(table.numbers)
        if number in reasons
    ]
    if held.form == CSV:
        return as_csv([headings, *rows]), "csv"
    return as_xlsx(Sheet(_("Ditolak"), headings, rows)), "xlsx"
