"""Answers from a spreadsheet: the empty file, a look at what would happen, and the yes."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument
from simpul.instruments import actions, queries
from simpul.instruments.forms import AnswersFileForm, ConfirmForm, answers_template
from simpul.instruments.queries import Fate
from simpul.instruments.views.finding import file_answer, shown_instrument
from simpul.ui.doing import act
from simpul.ui.render import page
from simpul.ui.sheets import XLSX


@needs(Permission.INSTRUMENT_FILL)
def answers_example(request: Entered, code: str, version: int) -> HttpResponse:
    """The empty workbook for the answers to this version."""
    found, _row = shown_instrument(request, code, version)
    return file_answer(answers_template(found), XLSX, f"jawaban-{code}-{version}.xlsx")


@needs(Permission.INSTRUMENT_FILL)
def answers_upload(request: Entered, code: str, version: int) -> HttpResponse:
    """A spreadsheet in, what would happen out; nothing is kept before the yes."""
    found, _row = shown_instrument(request, code, version)
    form = _file_form(request, found)
    if request.method == "POST" and form.is_valid():
        plan = queries.plan_import(found, form.rows)
        confirm = ConfirmForm(found, initial={"content": ConfirmForm.packed(found, form.rows)})
        return page(
            request,
            "instruments/answers_preview.html",
            instrument=found,
            form=confirm,
            number=len(form.rows),
            new=len(plan.rows(Fate.NEW)),
            same=len(plan.rows(Fate.SAME)),
            different=plan.numbers(Fate.DIFFERENT),
            twice=plan.numbers(Fate.TWICE),
            missing=[queries.said_question(found.item(code)) for code in form.missing],
        )
    return _upload_page(request, found, form)


def _file_form(request: Entered, found: Instrument) -> AnswersFileForm:
    called = partial(queries.participant_called, queries.where_to_fill(request.user))
    return AnswersFileForm(
        found, request.POST or None, request.FILES or None, on=timezone.localdate(), called=called
    )


def _upload_page(
    request: Entered, found: Instrument, form: AnswersFileForm, refusal: str = ""
) -> HttpResponse:
    status = 422 if form.is_bound or refusal else 200
    return page(
        request,
        "instruments/answers_upload.html",
        status=status,
        instrument=found,
        form=form,
        refusal=refusal,
    )


@require_POST
@needs(Permission.INSTRUMENT_FILL)
def answers_accept(request: Entered, code: str, version: int) -> HttpResponse:
    """What was looked through is kept and locked; sent twice it is kept once."""
    found, _row = shown_instrument(request, code, version)
    form = ConfirmForm(found, request.POST)
    called = partial(queries.participant_called, queries.where_to_fill(request.user))
    empty = AnswersFileForm(found, on=timezone.localdate(), called=called)
    if not form.is_valid():
        refused = _("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
        return _upload_page(request, found, empty, refused)
    try:
        plan = act(
            request,
            actions.import_answers,
            queries.where_to_fill(request.user),
            instrument=code,
            version=version,
            rows=form.cleaned_data["content"],
        )
    except Refusal as refusal:
        return _upload_page(request, found, empty, str(refusal))
    kept = len(plan.rows(Fate.NEW))
    told = ngettext("%(count)s lembar ditambahkan.", "%(count)s lembar ditambahkan.", kept) % {"count": kept}
    messages.success(request, told if kept else _("Tidak ada yang baru: semua jawaban itu sudah ada."))
    return redirect("instruments:sheets")
