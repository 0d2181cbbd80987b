"""What an office watches about a body: flags and reports, as the body's page and the start page tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Organisation, Report
from simpul.organisations.queries.oversight_flags import (
    StandingFlag,
    about_own_body,
    reads_words,
    standing_flags,
    to_review,
)
from simpul.organisations.queries.oversight_reports import (
    OPEN_TO_THE_BODY,
    Owed,
    late_number,
    reports_of,
    to_look_at,
    to_send,
)
from simpul.organisations.queries.registration_sanctions import sanction_waits
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import ReportState

# Who keeps the record of more bodies than this is an office, and looks at its own list.
_FEW = 20


@dataclass(frozen=True, slots=True)
class OversightPanel:
    """What the page of a body says of flags and reports. `reports_href` is empty for who may not read reports."""

    flags: tuple[StandingFlag, ...]
    flags_href: str
    reports_href: str
    last_report: Report | None
    owed: tuple[Owed, ...]


def panel(organisation: Organisation, user: User, on: date) -> OversightPanel | None:
    """What the page of an organisation shows of this part; None where this person may not see it."""
    if not is_within_reach(organisation, user, Permission.ORGANISATION_INSIDE):
        return None
    reads = reads_reports(organisation, user)
    owed = to_send(organisation, on) if reads else ()
    rows = reports_of(organisation)
    if not is_within_reach(organisation, user, Permission.REPORT_WRITE):
        rows = rows.exclude(state=ReportState.DRAFT)
    return OversightPanel(
        flags=standing_flags(organisation, on),
        flags_href=_page("flags", organisation) if reads_words(organisation, user) else "",
        reports_href=_page("reports", organisation) if reads else "",
        last_report=rows.first() if reads else None,
        owed=owed,
    )


def _page(name: str, organisation: Organisation) -> str:
    return reverse(f"organisations:{name}", args=[organisation.pk])


def reads_reports(organisation: Organisation, user: User) -> bool:
    """The body itself, and the offices in whose area it is."""
    return any(
        is_within_reach(organisation, user, permission)
        for permission in (Permission.REPORT_WRITE, Permission.REPORT_RECEIVE)
    )


def right_to(report: Report, user: User) -> Permission | None:
    """By which right this user reads a report: as the body that writes it, as the office, or not at all.

    An office reads nothing that was not sent to it yet.
    """
    if is_within_reach(report, user, Permission.REPORT_WRITE):
        return Permission.REPORT_WRITE
    if report.state == ReportState.DRAFT or not is_within_reach(report, user, Permission.REPORT_RECEIVE):
        return None
    return Permission.REPORT_RECEIVE


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """Reports to write, to look at and late ones; flags and sanctions against one's own body, and old ones."""
    found: list[Waiting] = []
    if user.can(Permission.ORGANISATION_EDIT):
        found += _of_own_flags(user, on)
    if user.can(Permission.REPORT_WRITE):
        found += _of_own_reports(user, on)
    if user.can(Permission.REPORT_RECEIVE):
        found += _of_received(user, on)
    if user.can(Permission.ORGANISATION_VERIFY):
        found += _of_old_flags(user, on)
    found += sanction_waits(user, on)
    return tuple(found)


def _of_own_flags(user: User, on: date) -> Iterator[Waiting]:
    flags = list(about_own_body(user, on).select_related("organisation"))
    for body in dict.fromkeys(flag.organisation for flag in flags):
        number = sum(flag.organisation_id == body.pk for flag in flags)
        words = ngettext(
            "%(number)s catatan pengawasan Dinas tentang %(name)s",
            "%(number)s catatan pengawasan Dinas tentang %(name)s",
            number,
        )
        yield Waiting(words % {"number": number, "name": body}, number, _page("flags", body))


def _of_own_reports(user: User, on: date) -> Iterator[Waiting]:
    bodies = Organisation.objects.reachable(user, Permission.REPORT_WRITE).filter(is_closed=False)
    for body in bodies.order_by("name", "pk")[:_FEW]:
        owed = to_send(body, on)
        number = len(owed)
        if number:
            words = ngettext(
                "%(number)s laporan %(name)s kepada Dinas belum dikirim",
                "%(number)s laporan %(name)s kepada Dinas belum dikirim",
                number,
            ) % {"number": number, "name": body}
            yield Waiting(words, number, _page("reports", body), any(one.is_late for one in owed))


def _of_received(user: User, on: date) -> Iterator[Waiting]:
    page = reverse("organisations:reports-queue")
    if number := to_look_at(user).count():
        words = ngettext(
            "%(number)s laporan lembaga menunggu diperiksa",
            "%(number)s laporan lembaga menunggu diperiksa",
            number,
        )
        yield Waiting(words % {"number": number}, number, page)
    if number := late_number(user, on):
        words = ngettext(
            "%(number)s lembaga terlambat mengirim laporan",
            "%(number)s lembaga terlambat mengirim laporan",
            number,
        )
        yield Waiting(words % {"number": number}, number, f"{page}#late", is_late=True)


def _of_old_flags(user: User, on: date) -> Iterator[Waiting]:
    if number := to_review(user, on).count():
        words = ngettext(
            "%(number)s catatan pengawasan lama perlu ditinjau lagi",
            "%(number)s catatan pengawasan lama perlu ditinjau lagi",
            number,
        )
        yield Waiting(words % {"number": number}, number, reverse("organisations:flags-review"))


def is_open(report: Report) -> bool:
    """Whether the body can still write it."""
    return report.state in OPEN_TO_THE_BODY
