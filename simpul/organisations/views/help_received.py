"""Help received: the list of an office, and both lists as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.access.refusal import NotAllowed
from simpul.organisations.actions.office import take_out, take_own_help_out
from simpul.organisations.forms.help_received import HelpForm
from simpul.organisations.models import Organisation
from simpul.organisations.queries import help_received as queries
from simpul.organisations.queries.office import areas_of
from simpul.ui.render import file_answer, page
from simpul.ui.sheets import CSV, XLSX, Sheet, as_csv, as_xlsx

PAGE_LENGTH = 50
_TYPES = {"csv": CSV, "xlsx": XLSX}


@needs(Permission.ORGANISATION_WATCH)
def office_help(request: Entered) -> HttpResponse:
    """What the bodies that this office watches received, and what they still have to answer for."""
    on = timezone.localdate()
    form = HelpForm(request.GET, tops=areas_of(request.user), on=on)
    rows = queries.within_reach(request.user, form.asked(), on)
    found = Paginator(rows if form.is_valid() else rows.none(), PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "organisations/office_help.html",
        status=200 if form.is_valid() else 422,
        form=form,
        asked=form.asked(),
        page=found,
        lines=queries.lines_of(found, request.user, on),
        totals=queries.totals(rows, on),
        may_export=request.user.can(Permission.ORGANISATION_EXPORT),
        file_forms=tuple(_TYPES),
    )


@needs(Permission.ORGANISATION_EXPORT)
def office_help_file(request: Entered, form: str) -> HttpResponse:
    """The same list as a file, for as far as this person may take it out; recorded each time, before it is made."""
    _require(form)
    if request.method != "POST":
        return redirect(f"{reverse('organisations:office-help')}?{request.GET.urlencode()}")
    on = timezone.localdate()
    tops = areas_of(request.user, Permission.ORGANISATION_EXPORT)
    asked_for = HelpForm(request.GET, tops=tops, on=on)
    if not asked_for.is_valid():
        raise Http404
    asked = asked_for.asked()
    rows = queries.rows_of(queries.within_reach(request.user, asked, on, Permission.ORGANISATION_EXPORT), on)
    where = Where(region=asked.area or tops[0])
    take_out(where, by=request.user, form=form, number=len(rows), filters=f"bantuan?{asked.address}")
    return _file(request, form, rows)


@needs(Permission.ORGANISATION_INSIDE)
def help_file(request: Entered, pk: UUID, form: str) -> HttpResponse:
    """What one body received, as a file: for the body itself, and for an office that may take lists out."""
    _require(form)
    body = look_up(Organisation, pk, by=request.user, permission=Permission.ORGANISATION_INSIDE)
    if request.method != "POST":
        return redirect("organisations:organisation", pk)
    is_own = is_within_reach(body, request.user, Permission.ORGANISATION_EDIT)
    if not is_own and not is_within_reach(body, request.user, Permission.ORGANISATION_EXPORT):
        raise NotAllowed
    rows = queries.rows_of(queries.standing().filter(organisation=body), timezone.localdate())
    if is_own:
        take_own_help_out(body, by=request.user, form=form, number=len(rows))
    else:
        where = Where(organisation=body.pk, region=body.region)
        take_out(where, by=request.user, form=form, number=len(rows), filters="bantuan")
    return _file(request, form, rows)


def _require(form: str) -> None:
    if form not in _TYPES:
        raise Http404


def _file(request: Entered, form: str, rows: Sequence[tuple[Any, ...]]) -> HttpResponse:
    headings = queries.headings()
    if form == "csv":
        content = as_csv([headings, *rows])
    else:
        made_at = date_format(timezone.localtime(), "j F Y, H.i")
        notes = [(_("Diunduh oleh"), f"{request.user}, {made_at}")]
        content = as_xlsx(Sheet(_("Bantuan diterima"), headings, rows), Sheet(_("Keterangan"), (), notes))
    return file_answer(content, _TYPES[form], f"bantuan-{timezone.localdate().isoformat()}.{form}")
