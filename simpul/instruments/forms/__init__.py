"""What is typed about instruments: answers to one, an office's own from a spreadsheet, and many answers at once."""

from simpul.instruments.forms.answer_rows import answers_template
from simpul.instruments.forms.answers import AnswersForm
from simpul.instruments.forms.importing import AnswersFileForm, ConfirmForm
from simpul.instruments.forms.starting import BeginForm, ReasonForm
from simpul.instruments.forms.template import csv_template, xlsx_template
from simpul.instruments.forms.upload import AcceptForm, UploadForm
from simpul.instruments.forms.xlsform import xlsform_example, xlsform_of

__all__ = [
    "AcceptForm",
    "AnswersFileForm",
    "AnswersForm",
    "BeginForm",
    "ConfirmForm",
    "ReasonForm",
    "UploadForm",
    "answers_template",
    "csv_template",
    "xlsform_example",
    "xlsform_of",
    "xlsx_template",
]
