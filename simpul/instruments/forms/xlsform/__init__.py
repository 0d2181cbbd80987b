"""Instruments as XLSForm: the spreadsheet that survey programs share (xlsform.org), with columns of our own for scoring."""

from simpul.instruments.forms.xlsform.reading import XlsFormReader
from simpul.instruments.forms.xlsform.writing import xlsform_example, xlsform_of

__all__ = ["XlsFormReader", "xlsform_example", "xlsform_of"]
