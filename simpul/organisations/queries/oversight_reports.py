"""The reports that bodies owe to the office that registered them: for which periods, which are late, which wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue.organisations import oversight as catalogue
from simpul.engines.days import months_later
from simpul.organisations.models import Certificate, Organisation, Report
from simpul.organisations.queries.office_kept import KEPT
from simpul.organisations.queries.registration_rules import is_own_office, own_offices, rules_of
from simpul.organisations.stages import REGISTERED_BY, CertificateState, ReportState
from simpul.places.models import REGENCY_SIGNS

# Whether one has run out is told by its dates; one that was withdrawn obliges nobody any more.
_OBLIGES = (CertificateState.STANDING, CertificateState.SUSPENDED, CertificateState.REPLACED)
_NOW = (CertificateState.STANDING, CertificateState.SUSPENDED)
_WITH_THE_OFFICE = (ReportState.SENT, ReportState.RECEIVED)
OPEN_TO_THE_BODY = (ReportState.DRAFT, ReportState.RETURNED)
# "21.02": a body without any registration reports to the regency where it is.
_PERIODS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Period:
    """One period of reporting, from its first to its last day, and the last day to send the report."""

    since: date
    until: date
    due_on: date

    def has_ended(self, on: date) -> bool:
        return on > self.until

    def is_late(self, on: date) -> bool:
        """Whether a report that was not sent by now is late. On the last day to send it, it is not."""
        return on > self.due_on


@dataclass(frozen=True, slots=True)
class Owed:
    """A period for which a body owes a report, or may begin it; `report` is what there is of it."""

    period: Period
    report: Report | None
    is_late: bool
    has_ended: bool


def period_of(day: date, months: int) -> Period:
    """The period in which a day lies. Periods are counted from January, so a year or half-year is of the calendar."""
    number = (day.year * 12 + day.month - 1) // months
    year, month = divmod(number * months, 12)
    since = date(year, month + 1, 1)
    until = months_later(since, months) - timedelta(days=1)
    return Period(since, until, until + timedelta(days=catalogue.norm("report_due_days").value))


def before(period: Period, months: int) -> Period:
    """The period before this one."""
    return period_of(period.since - timedelta(days=1), months)


def office_of(organisation: Organisation) -> str:
    """The region of the office that a body reports to: that which registered it last, or of where it is."""
    rows = Certificate.objects.filter(organisation=organisation, kind__in=REGISTERED_BY, state__in=_NOW)
    newest: Certificate | None = rows.order_by("-issued_on", "-at").first()
    return newest.issuer_region if newest else organisation.region[:REGENCY_SIGNS]


def periods_of(organisation: Organisation, on: date) -> tuple[Owed, ...]:
    """The present period and those before it in which the body was registered, the newest first."""
    months = rules_of(office_of(organisation)).report_months
    certificates = list(
        Certificate.objects.filter(organisation=organisation, kind__in=REGISTERED_BY, state__in=_OBLIGES)
    )
    reports = {(one.since, one.until): one for one in Report.objects.filter(organisation=organisation)}
    period, found = period_of(on, months), []
    for _number in range(_PERIODS_SHOWN):
        if any(_covers(certificate, period) for certificate in certificates):
            found.append(_owed(period, reports.get((period.since, period.until)), on))
        period = before(period, months)
    return tuple(found)


def _covers(certificate: Certificate, period: Period) -> bool:
    return certificate.issued_on <= period.until and (
        certificate.valid_to is None or certificate.valid_to >= period.since
    )


def _owed(period: Period, report: Report | None, on: date) -> Owed:
    is_settled = report is not None and report.state in _WITH_THE_OFFICE
    return Owed(period, report, not is_settled and period.is_late(on), period.has_ended(on))


def to_send(organisation: Organisation, on: date) -> tuple[Owed, ...]:
    """The ended periods whose report the office does not have yet."""
    return tuple(
        owed
        for owed in periods_of(organisation, on)
        if owed.has_ended and (owed.report is None or owed.report.state in OPEN_TO_THE_BODY)
    )


def next_due(organisation: Organisation, on: date) -> date | None:
    """The last day to send the next report; None where none is owed. What is late already is told by itself.

    The same periods as everywhere: the one definition of this duty.
    """
    days = (
        owed.period.due_on
        for owed in periods_of(organisation, on)
        if (owed.report is None or owed.report.state in OPEN_TO_THE_BODY) and not owed.period.is_late(on)
    )
    return min(days, default=None)


def reports_of(organisation: Organisation) -> QuerySet[Report]:
    """Every report of a body, the newest period first."""
    rows: QuerySet[Report] = Report.objects.filter(organisation=organisation)
    return rows.order_by("-since", "pk")


def to_look_at(user: User) -> QuerySet[Report]:
    """What was sent to the offices that this user works for, the longest waiting first."""
    rows: QuerySet[Report] = Report.objects.reachable(user, Permission.REPORT_RECEIVE)
    offices = own_offices(user, Permission.REPORT_RECEIVE)
    return (
        rows.filter(region__in=offices, state=ReportState.SENT)
        .select_related("organisation")
        .order_by("sent_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Late:
    """Who owes one office the report of the last period that was due."""

    region: str
    period: Period
    bodies: QuerySet[Organisation]


def late(user: User, on: date) -> tuple[Late, ...]:
    """Bodies that did not report, by each office that this user works for."""
    return tuple(_late(region, on) for region in own_offices(user, Permission.REPORT_RECEIVE))


def late_number(user: User, on: date) -> int:
    """How many bodies these are, counted once for each office."""
    offices = tuple(own_offices(user, Permission.REPORT_RECEIVE))
    return KEPT.answer(
        ("late", offices, on), lambda: sum(_late(region, on).bodies.count() for region in offices)
    )


def _late(region: str, on: date) -> Late:
    months = rules_of(region).report_months
    period = before(period_of(on, months), months)
    while not period.is_late(on):
        period = before(period, months)
    registered = Certificate.objects.filter(kind__in=REGISTERED_BY)
    # A body may have moved on to another office: the one that registered it last is reported to.
    later = Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), at__gt=OuterRef("at"))
    elsewhere = registered.filter(later, organisation=OuterRef("organisation"), state__in=_NOW).exclude(
        issuer_region=region
    )
    ours = registered.filter(~Exists(elsewhere), issuer_region=region, state__in=_NOW)
    covered = registered.filter(
        Q(valid_to=None) | Q(valid_to__gte=period.since), state__in=_OBLIGES, issued_on__lte=period.until
    )
    sent = Report.objects.filter(since=period.since, until=period.until, state__in=_WITH_THE_OFFICE)
    bodies: QuerySet[Organisation] = (
        Organisation.objects.filter(pk__in=ours.values("organisation"), is_closed=False)
        .filter(pk__in=covered.values("organisation"))
        .exclude(pk__in=sent.values("organisation"))
    )
    return Late(region, period, bodies.order_by("name", "pk"))


def may_receive(report: Report, user: User) -> bool:
    """A report is received by the office that it is meant for; a province reads those to its regencies."""
    return is_own_office(report.region, user, Permission.REPORT_RECEIVE)
