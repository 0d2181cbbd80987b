"""What happens to a report: a body begins, writes and sends it; the office returns it with a reason, or receives it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, NotAllowed, Refusal, fitting
from simpul.access.rows import made_before
from simpul.organisations.models import Organisation, Report
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.changes import locked
from simpul.organisations.queries.oversight import is_open
from simpul.organisations.queries.oversight_known import known_of
from simpul.organisations.queries.oversight_reports import may_receive, office_of, period_of
from simpul.organisations.queries.oversight_told import carried_over, differing, fitting_told, missing_parts
from simpul.organisations.queries.registration_rules import rules_of
from simpul.organisations.stages import ReportState

_LONGEST = 4000


@action(Permission.REPORT_WRITE)
def start_report(
    organisation: Organisation, /, *, by: User, key: UUID, on: date, at: datetime, since: date
) -> Report:
    """A draft for the period that begins on `since`, with what Simpul knows. Pressed twice it is one.

    Raises Refusal for a period that has not begun or is none, for one that has its report, and beside a draft.
    """
    current = locked(organisation)
    if repeated := made_before(Report, key, organisation_id=organisation.pk):
        return repeated
    # Before anything is reckoned: the calendar ends with the year 9999.
    if since > on:
        raise Refusal(_("Masa laporan itu tidak ada atau belum mulai. Pilih masa dari daftar."))
    region = office_of(current)
    period = period_of(since, rules_of(region).report_months)
    if period.since != since:
        raise Refusal(_("Masa laporan itu tidak ada atau belum mulai. Pilih masa dari daftar."))
    standing = Report.objects.filter(organisation=current)
    if standing.filter(since__lte=period.until, until__gte=period.since).exists():
        raise Refusal(_("Laporan untuk masa itu sudah ada. Buka laporan itu dari daftar."))
    if standing.filter(state=ReportState.DRAFT).exists():
        raise Refusal(_("Masih ada draf laporan lain. Selesaikan dan kirim dulu."))
    report = Report(pk=key, organisation=current, region=region, since=period.since, until=period.until)
    report.due_on, report.known, report.told = (
        period.due_on,
        known_of(current, on, since=period.since, until=period.until),
        fitting_told(carried_over(current, period)),
    )
    report.at, report.by, report.by_name = at, by.pk, str(by)
    report.save(force_insert=True)
    return report


@action(Permission.REPORT_WRITE)
def write_report(report: Report, /, *, by: User, version: int, told: dict[str, Any]) -> Report:
    """What the body tells. Raises Clash where somebody wrote something else meanwhile."""
    current = _locked_report(report)
    _require_open(current)
    kept = fitting_told(told)
    theirs = current.told or {}
    if kept == theirs:
        return current
    if current.version != version:
        raise Clash(_("Laporan ini"), *differing(theirs, kept))
    current.told = kept
    return _saved(current)


@action(Permission.REPORT_WRITE)
def refresh_report(report: Report, /, *, by: User, on: date) -> Report:
    """Fill in anew what Simpul knows. Only in a draft: what an office has read does not change under its eyes."""
    current = _locked_report(report)
    if current.state != ReportState.DRAFT:
        raise Refusal(_("Data dari Simpul hanya dapat disegarkan selama laporan masih draf."))
    current.known = known_of(current.organisation, on, since=current.since, until=current.until)
    return _saved(current)


@action(Permission.REPORT_WRITE)
def send_report(report: Report, /, *, by: User, on: date, version: int) -> Report:
    """Hand it to the office. Raises Refusal where a part is missing or the period still runs."""
    current = _locked_report(report)
    if current.state == ReportState.SENT:
        return current
    _require_open(current)
    if on <= current.until:
        raise Refusal(_("Masa laporan ini belum berakhir. Simpan dulu, lalu kirim sesudah masanya berakhir."))
    if missing := missing_parts(current.told):
        raise Refusal(
            _("Laporan belum lengkap: %(parts)s. Isi dulu, lalu kirim.") % {"parts": ", ".join(missing)}
        )
    _require_read(current, version, _("dikirim"))
    current.state, current.sent_on = ReportState.SENT, on
    return _saved(current)


@action(Permission.REPORT_RECEIVE)
def return_report(report: Report, /, *, by: User, version: int, because: str) -> Report:
    """Give it back to the body with what is to be mended."""
    current = _locked_report(report)
    _require_own_office(current, by)
    require_outsider(current.organisation_id, by)
    words = fitting(because, _("Alasan"), _LONGEST, is_needed=True)
    if current.state == ReportState.RETURNED and current.answer == words:
        return current
    _require_sent(current)
    _require_read(current, version, _("dikembalikan"))
    current.state, current.answer = ReportState.RETURNED, words
    return _saved(current)


@action(Permission.REPORT_RECEIVE)
def receive_report(report: Report, /, *, by: User, on: date, version: int) -> Report:
    """The office has read it and takes it into its files."""
    current = _locked_report(report)
    _require_own_office(current, by)
    require_outsider(current.organisation_id, by)
    if current.state == ReportState.RECEIVED:
        return current
    _require_sent(current)
    _require_read(current, version, _("diterima"))
    current.state, current.received_on = ReportState.RECEIVED, on
    return _saved(current)


def _locked_report(report: Report) -> Report:
    """The report as it stands now, its body locked before it."""
    locked(report.organisation)
    rows = Report.objects.select_related("organisation").select_for_update(of=("self",))
    found: Report = rows.get(pk=report.pk)
    return found


def _saved(report: Report) -> Report:
    report.version += 1
    report.save()
    return report


def _require_open(report: Report) -> None:
    if not is_open(report):
        raise Refusal(_("Laporan ini sudah dikirim. Bila perlu diubah, mintalah Dinas mengembalikannya."))


def _require_sent(report: Report) -> None:
    if report.state != ReportState.SENT:
        raise Refusal(_("Laporan ini tidak sedang menunggu pemeriksaan. Buka lagi halamannya."))


def _require_own_office(report: Report, by: User) -> None:
    # A province reaches what is meant for its regencies, and must not receive it in their place.
    if not may_receive(report, by):
        raise NotAllowed


def _require_read(report: Report, version: int, mine: str) -> None:
    if report.version != version:
        raise Clash(_("Laporan ini"), report.get_state_display(), mine)
