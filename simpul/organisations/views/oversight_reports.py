"""Pages of reports: a body's own, one of them to write, read and print, and what an office has to look at."""

from __future__ import annotations

import uuid
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import Refusal
from simpul.catalogue.organisations import oversight as catalogue
from simpul.organisations.actions import oversight_reports as actions
from simpul.organisations.forms.oversight import ReportForm, ReturnForm
from simpul.organisations.models import Organisation, Report
from simpul.organisations.queries import oversight as queries
from simpul.organisations.queries import oversight_reports as reporting
from simpul.organisations.queries import oversight_told as telling
from simpul.organisations.queries.oversight_known import known_lines
from simpul.organisations.queries.registration_rules import called, rules_of, said, suggestion
from simpul.organisations.stages import ReportState
from simpul.ui.doing import act, done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page

_INSIDE, _WRITE, _RECEIVE = (
    Permission.ORGANISATION_INSIDE,
    Permission.REPORT_WRITE,
    Permission.REPORT_RECEIVE,
)
_A_PAGE = 50


@needs(_INSIDE)
def reports(request: Entered, pk: UUID) -> HttpResponse:
    """The reports of one body, and the periods for which one can be begun."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    if not queries.reads_reports(found, request.user):
        raise Http404
    writes = is_within_reach(found, request.user, _WRITE)
    rows = reporting.reports_of(found)
    rules = rules_of(reporting.office_of(found))
    return page(
        request,
        "organisations/oversight_reports.html",
        organisation=found,
        reports=rows if writes else rows.exclude(state=ReportState.DRAFT),
        periods=[one for one in reporting.periods_of(found, timezone.localdate()) if one.report is None],
        writes=writes,
        once=uuid.uuid4(),
        office=rules.called,
        months=rules.report_months,
        where_from="" if "report_months" in rules.own else suggestion("report_months"),
    )


@needs(_WRITE)
@pressed_on("organisations:reports")
def report_start(request: Entered, pk: UUID) -> HttpResponse:
    """Begin the report of a period."""
    found = look_up(Organisation, pk, by=request.user, permission=_WRITE)
    try:
        key, since = UUID(request.POST.get("once", "")), date.fromisoformat(request.POST.get("since", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        made = act(request, actions.start_report, found, key=key, since=since)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("organisations:reports", pk)
    return redirect("organisations:report-write", made.pk)


@needs(_INSIDE)
def report(request: Entered, pk: UUID) -> HttpResponse:
    """One report, to read and to print."""
    row, right = _readable(request, pk)
    return page(
        request,
        "organisations/oversight_report.html",
        report=row,
        organisation=row.organisation,
        office=called([row.region])[row.region],
        known=known_lines(row.known),
        parts=[(said(part.title), (row.told or {}).get(part.code)) for part in catalogue.report_parts()],
        served=telling.served_lines(row),
        smallest=telling.smallest_printed(),
        money=(row.told or {}).get("money", {}),
        writes=right == _WRITE and queries.is_open(row),
        is_draft=row.state == ReportState.DRAFT,
        receives=row.state == ReportState.SENT and reporting.may_receive(row, request.user),
        today=timezone.localdate(),
    )


@needs(_WRITE)
def report_write(request: Entered, pk: UUID) -> HttpResponse:
    """What the body tells; saved as often as one likes."""
    row = look_up(Report, pk, by=request.user, permission=_WRITE, related=("organisation",))
    if not queries.is_open(row):
        return redirect("organisations:report", pk)
    form = ReportForm(row, request.POST or None)
    if form.is_valid():
        details = {"version": form.cleaned_data["version"], "told": form.told()}
        if done(request, form, actions.write_report, row, **details):
            messages.success(request, _("Laporan disimpan. Periksa, lalu kirim."))
            return redirect("organisations:report", pk)
    return form_page(
        request, "organisations/oversight_write.html", form, report=row, organisation=row.organisation
    )


@needs(_WRITE)
@pressed_on("organisations:report")
def report_refresh(request: Entered, pk: UUID) -> HttpResponse:
    """Fill in anew what Simpul knows."""
    row = look_up(Report, pk, by=request.user, permission=_WRITE)
    pressed(request, actions.refresh_report, row, _("Data dari Simpul disegarkan."))
    return redirect("organisations:report", pk)


@needs(_WRITE)
@pressed_on("organisations:report")
def report_send(request: Entered, pk: UUID) -> HttpResponse:
    """Hand it to the office."""
    row = look_up(Report, pk, by=request.user, permission=_WRITE)
    pressed(request, actions.send_report, row, _("Laporan dikirim."), version=read_version(request))
    return redirect("organisations:report", pk)


@needs(_RECEIVE)
@pressed_on("organisations:report")
def report_receive(request: Entered, pk: UUID) -> HttpResponse:
    """The office has read it."""
    row = look_up(Report, pk, by=request.user, permission=_RECEIVE)
    pressed(request, actions.receive_report, row, _("Laporan diterima."), version=read_version(request))
    return redirect("organisations:report", pk)


@needs(_RECEIVE)
def report_return(request: Entered, pk: UUID) -> HttpResponse:
    """Give it back with what is to be mended."""
    row = look_up(Report, pk, by=request.user, permission=_RECEIVE, related=("organisation",))
    if row.state != ReportState.SENT:
        return redirect("organisations:report", pk)
    form = ReturnForm(request.POST or None, initial={"version": row.version})
    if form.is_valid() and done(request, form, actions.return_report, row, **form.cleaned_data):
        messages.success(request, _("Laporan dikembalikan kepada lembaga."))
        return redirect("organisations:reports-queue")
    return form_page(
        request, "organisations/oversight_return.html", form, report=row, organisation=row.organisation
    )


@needs(_RECEIVE)
def queue(request: Entered) -> HttpResponse:
    """What was sent to the offices of this user, and who is late."""
    late = reporting.late(request.user, timezone.localdate())
    names = called([one.region for one in late])
    number = request.GET.get("page")
    return page(
        request,
        "organisations/oversight_queue.html",
        rows=Paginator(reporting.to_look_at(request.user), _A_PAGE).get_page(number),
        late=[(names[one.region], one.period, _first(one), one.bodies.count()) for one in late],
    )


def _first(late: reporting.Late) -> list[Organisation]:
    """As many of the late ones as fit on a page."""
    return list(late.bodies[:_A_PAGE])


def _readable(request: Entered, pk: UUID) -> tuple[Report, Permission]:
    """A report and the right by which this user reads it, or 404: a draft is the body's own."""
    rows = Report.objects.filter(pk=pk).select_related("organisation")
    row = rows.first()
    right = queries.right_to(row, request.user) if row else None
    if right is None:
        raise Http404
    return look_up(Report, pk, by=request.user, permission=right, related=("organisation",)), right
