"""Pages of instruments: request in, one call, page out."""

from simpul.instruments.views.analysis import answers_csv, items, results
from simpul.instruments.views.importing import answers_accept, answers_example, answers_upload
from simpul.instruments.views.own import (
    accept,
    blank,
    example_csv,
    example_xlsform,
    example_xlsx,
    instrument,
    instruments,
    upload,
    versions,
    withdraw,
    xlsform,
)
from simpul.instruments.views.papers import blank_pdf, sheet_pdf
from simpul.instruments.views.sheets import begin, discard, fill_in, forget, lock, sheet, sheets, unlock

__all__ = (
    "accept",
    "answers_accept",
    "answers_csv",
    "answers_example",
    "answers_upload",
    "begin",
    "blank",
    "blank_pdf",
    "discard",
    "example_csv",
    "example_xlsform",
    "example_xlsx",
    "fill_in",
    "forget",
    "instrument",
    "instruments",
    "items",
    "lock",
    "results",
    "sheet",
    "sheet_pdf",
    "sheets",
    "unlock",
    "upload",
    "versions",
    "withdraw",
    "xlsform",
)
