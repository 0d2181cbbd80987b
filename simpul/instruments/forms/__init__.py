"""What is typed about instruments: answers to one, and an office's own from a spreadsheet."""

from simpul.instruments.forms.answers import AnswersForm
from simpul.instruments.forms.template import csv_template, xlsx_template
from simpul.instruments.forms.upload import AcceptForm, UploadForm

__all__ = ["AcceptForm", "AnswersForm", "UploadForm", "csv_template", "xlsx_template"]
