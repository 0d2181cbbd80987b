"""What runs out: papers, certificates, terms of officers, certificates of staff. One shape for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Certificate, Officer, Organisation, Paper, Staff
from simpul.organisations.queries.papers_days import (
    TOLD,
    Nearness,
    is_over,
    is_told,
    kind_of,
    nearness,
    words_of,
)
from simpul.organisations.queries.papers_words import title_of
from simpul.organisations.stages import CertificateState


class What(TextChoices):
    """What can run out."""

    PAPERS = "surat", _("Surat")
    CERTIFICATES = "sertifikat", _("Tanda daftar dan akreditasi")
    OFFICERS = "pengurus", _("Masa jabatan pengurus")
    STAFF = "pegawai", _("Sertifikat pegawai")


@dataclass(frozen=True, slots=True)
class Running:
    """One thing that runs out, with its body, its last day and where it is mended."""

    what: What
    title: str
    detail: str
    organisation: Organisation
    last_day: date
    near: Nearness
    href: str

    @property
    def words(self) -> str:
        return words_of(self.near)

    @property
    def kind(self) -> str:
        return kind_of(self.near)


def of_organisation(organisation: Organisation, on: date) -> tuple[Running, ...]:
    """Everything of one body that runs out, the nearest first."""
    rows = {what: _rows(what).filter(organisation=organisation) for what in What}
    found = [one for what in What for one in _told(what, rows[what], on)]
    return tuple(sorted(found, key=lambda one: (one.last_day, one.what, one.title)))


def within_reach(user: User, what: What, on: date) -> QuerySet[Any] | list[Running]:
    """What of one kind runs out in everybody's body within reach, the nearest first.

    Rows to be told by `shown`, or, where no column can be asked (staff), what is told already.
    """
    rows = _rows(what).reachable(user, Permission.ORGANISATION_INSIDE).filter(organisation__is_closed=False)
    if what is What.STAFF:
        return sorted(_told(what, rows, on), key=lambda one: (one.last_day, str(one.organisation), one.title))
    field = _FIELDS[what]
    near: QuerySet[Any] = rows.filter(is_told(field, on)).order_by(field, "pk")
    return near


def shown(what: What, rows: Iterable[Any], on: date) -> tuple[Running, ...]:
    """A page of `within_reach`, told."""
    return tuple(row if isinstance(row, Running) else _one(what, row, on) for row in rows)


def counts(user: User, on: date) -> dict[What, tuple[int, int]]:
    """Of each kind how many run out within reach, and how many of these are over."""
    found: dict[What, tuple[int, int]] = {}
    for what in What:
        rows = within_reach(user, what, on)
        if isinstance(rows, list):
            found[what] = (len(rows), sum(one.near is Nearness.OVER for one in rows))
        else:
            found[what] = (rows.count(), rows.filter(is_over(_FIELDS[what], on)).count())
    return found


_FIELDS = {What.PAPERS: "valid_to", What.CERTIFICATES: "valid_to", What.OFFICERS: "until"}


def _rows(what: What) -> Any:
    """The rows that still count: not replaced, not destroyed, not off the list."""
    rows: dict[What, Any] = {
        What.PAPERS: Paper.objects.filter(replaced_by=None, removed_at=None),
        What.CERTIFICATES: Certificate.objects.filter(state=CertificateState.STANDING),
        What.OFFICERS: Officer.objects.filter(ended_on=None),
        What.STAFF: Staff.objects.filter(ended_on=None).exclude(certificates=[]),
    }
    return rows[what].select_related("organisation")


def _told(what: What, rows: Any, on: date) -> Iterator[Running]:
    if what is What.STAFF:
        for person in rows.order_by("pk"):
            yield from certificates_of(person, on)
        return
    for row in rows.filter(is_told(_FIELDS[what], on)).order_by(_FIELDS[what], "pk"):
        yield _one(what, row, on)


def _one(what: What, row: Any, on: date) -> Running:
    last_day: date = getattr(row, _FIELDS[what])
    title, detail, href = _words(what, row)
    return Running(what, title, detail, row.organisation, last_day, nearness(last_day, on), href)


def _words(what: What, row: Any) -> tuple[str, str, str]:
    if what is What.PAPERS:
        return title_of(row), row.number, reverse("organisations:papers", args=[row.organisation_id])
    page = reverse("organisations:organisation", args=[row.organisation_id])
    if what is What.CERTIFICATES:
        return row.get_kind_display(), row.number, page
    return row.title, row.name, page


def certificates_of(person: Staff, on: date) -> Iterator[Running]:
    """The certificates of one staff member that run out. One without a last day runs out never, as far as we know."""
    page = reverse("organisations:organisation", args=[person.organisation_id])
    for held in person.certificates:
        last_day = _day(held.get("valid_to"))
        near = nearness(last_day, on)
        if last_day is not None and near in TOLD:
            yield Running(
                What.STAFF,
                str(held.get("name") or ""),
                person.name,
                person.organisation,
                last_day,
                near,
                page,
            )


def _day(written: object) -> date | None:
    """A day as JSON holds it; None for what is no day."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
