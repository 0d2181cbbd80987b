"""Pages of instruments: the list, one of them, a blank to print, and an office's own from a spreadsheet."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.catalogue import instruments as shipped
from simpul.catalogue.instruments import Instrument
from simpul.instruments import actions, queries
from simpul.instruments.forms import (
    AcceptForm,
    AnswersForm,
    UploadForm,
    csv_template,
    xlsform_example,
    xlsform_of,
    xlsx_template,
)
from simpul.instruments.models import StoredInstrument
from simpul.instruments.views.finding import file_answer, shown_instrument
from simpul.ui.render import page
from simpul.ui.sheets import CSV, XLSX


@needs(Permission.INSTRUMENT_VIEW)
def instruments(request: Entered) -> HttpResponse:
    return page(
        request,
        "instruments/instruments.html",
        shipped=shipped.all_instruments(),
        may_see_sheets=request.user.can(Permission.INSTRUMENT_FILL),
        own=queries.owned(request.user),
        may_edit=request.user.can(Permission.INSTRUMENT_EDIT),
    )


@needs(Permission.INSTRUMENT_VIEW)
def instrument(request: Entered, code: str, version: int) -> HttpResponse:
    """One version: what it asks, where it is from, how sure it is, and what is not known about it."""
    found, row = shown_instrument(request, code, version)
    return page(
        request,
        "instruments/instrument.html",
        instrument=found,
        row=row,
        is_own=row is not None,
        versions=queries.stored_versions(code) if row else [],
        previous=queries.previous_version(code, version),
        may_fill=request.user.can(Permission.INSTRUMENT_FILL) and not (row and row.withdrawn_at),
        may_read=request.user.can(Permission.INSTRUMENT_READ),
        may_withdraw=row is not None
        and row.withdrawn_at is None
        and is_within_reach(row, request.user, Permission.INSTRUMENT_EDIT),
    )


@needs(Permission.INSTRUMENT_VIEW)
def blank(request: Entered, code: str, version: int) -> HttpResponse:
    """The same to fill in with a pen."""
    found, _row = shown_instrument(request, code, version)
    return page(request, "instruments/blank.html", instrument=found)


@needs(Permission.INSTRUMENT_EDIT)
def upload(request: Entered) -> HttpResponse:
    """A spreadsheet in, a preview out; nothing is kept before it is accepted."""
    form = UploadForm(request.POST or None, request.FILES or None, on=timezone.localdate())
    if request.method == "POST" and form.is_valid() and form.instrument is not None:
        return _preview(request, form.instrument, uuid.uuid4())
    status = 422 if form.is_bound else 200
    return page(request, "instruments/upload.html", status=status, form=form, refusal="")


def _preview(
    request: Entered, found: Instrument, once: uuid.UUID, refusal: str = "", status: int = 200
) -> HttpResponse:
    accept_form = AcceptForm(initial={"once": once, "content": AcceptForm.sealed(found)})
    return page(
        request,
        "instruments/preview.html",
        status=status,
        instrument=found,
        is_own=True,
        form=accept_form,
        refusal=refusal,
        example=AnswersForm(found, prefix="preview"),
    )


@require_POST
@needs(Permission.INSTRUMENT_EDIT)
def accept(request: Entered) -> HttpResponse:
    """What was previewed becomes an instrument, or the next version of one."""
    form = AcceptForm(request.POST)
    if not form.is_valid():
        again = UploadForm(on=timezone.localdate())
        refused = _("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi.")
        return page(request, "instruments/upload.html", status=422, form=again, refusal=refused)
    found, once = form.cleaned_data["content"], form.cleaned_data["once"]
    try:
        made = actions.add(
            queries.home_of(request.user), by=request.user, key=once, instrument=found, at=timezone.now()
        )
    except Refusal as refusal:
        return _preview(request, found, once, str(refusal), status=422)
    told = {"title": found.title.id, "version": made.version}
    messages.success(request, _("Instrumen “%(title)s” versi %(version)s sudah bisa dipakai.") % told)
    return redirect("instruments:instrument", made.code, made.version)


@needs(Permission.INSTRUMENT_EDIT)
def withdraw(request: Entered, code: str, version: int) -> HttpResponse:
    """No longer offered for new answers, after a word of confirmation."""
    rows = StoredInstrument.objects.reachable(request.user, Permission.INSTRUMENT_EDIT)
    row = get_object_or_404(rows, code=code, version=version, withdrawn_at=None)
    if request.method == "POST":
        actions.withdraw(row, by=request.user, at=timezone.now())
        messages.success(request, _("Instrumen ini tidak ditawarkan lagi. Jawaban lama tetap dapat dibaca."))
        return redirect("instruments:instrument", code, version)
    found = queries.find(code, version)
    return page(request, "instruments/withdraw.html", instrument=found, row=row)


@needs(Permission.INSTRUMENT_EDIT)
def example_xlsx(request: Entered) -> HttpResponse:
    return file_answer(xlsx_template(), XLSX, "instrumen.xlsx")


@needs(Permission.INSTRUMENT_EDIT)
def example_csv(request: Entered) -> HttpResponse:
    return file_answer(csv_template().encode(), CSV, "instrumen.csv")


@needs(Permission.INSTRUMENT_EDIT)
def example_xlsform(request: Entered) -> HttpResponse:
    return file_answer(xlsform_example(), XLSX, "xlsform.xlsx")


@needs(Permission.INSTRUMENT_VIEW)
def xlsform(request: Entered, code: str, version: int) -> HttpResponse:
    """One version as XLSForm, for survey programs and for who writes the next version."""
    found, _row = shown_instrument(request, code, version)
    return file_answer(xlsform_of(found), XLSX, f"{code}-{version}.xlsx")


@needs(Permission.INSTRUMENT_VIEW)
def versions(request: Entered, code: str, version: int, other: int) -> HttpResponse:
    """What of two versions may be compared, and why the rest may not."""
    new, _row = shown_instrument(request, code, max(version, other))
    old, _row = shown_instrument(request, code, min(version, other))
    return page(
        request,
        "instruments/versions.html",
        instrument=new,
        old=old,
        compared=queries.versions_page(old, new),
    )
