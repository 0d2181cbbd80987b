"""What runs out: papers, certificates, terms of officers, certificates of staff. One shape for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, TextChoices, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.access.kept import key_of
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.organisations.models import Certificate, Officer, Organisation, Paper, Staff
from simpul.organisations.models.body import day_written
from simpul.organisations.queries.office_kept import KEPT
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
from simpul.organisations.stages import REGISTERED_BY, CertificateState


class What(TextChoices):
    """What can run out."""

    PAPERS = "surat", _("Surat")
    CERTIFICATES = "sertifikat", _("Tanda daftar dan izin")
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
    # The form of the very row, for who keeps the record.
    mend: str = ""

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


def within_reach(user: User, what: What, on: date) -> QuerySet[Any]:
    """What of one kind runs out in everybody's body within reach, the nearest first; rows to be told by `shown`.

    Of the staff a row is a person, however many of their certificates run out.
    """
    rows = _rows(what).reachable(user, Permission.ORGANISATION_INSIDE).filter(organisation__is_closed=False)
    field = _FIELDS[what]
    near: QuerySet[Any] = rows.filter(is_told(field, on)).order_by(field, "pk")
    return near


def shown(what: What, rows: Iterable[Any], on: date) -> tuple[Running, ...]:
    """A page of `within_reach`, told."""
    if what is What.STAFF:
        return tuple(_person(person, on) for person in rows)
    return tuple(_one(what, row, on) for row in rows)


def led(rows: tuple[Running, ...], user: User) -> tuple[Running, ...]:
    """The same, each leading to the very row where this person keeps the record of its body."""
    bodies = Organisation.objects.filter(pk__in={one.organisation.pk for one in rows})
    rights = (Permission.ORGANISATION_EDIT, Permission.ORGANISATION_VERIFY)
    kept = {pk for right in rights for pk in bodies.reachable(user, right).values_list("pk", flat=True)}
    return tuple(
        replace(one, href=one.mend) if one.mend and one.organisation.pk in kept else one for one in rows
    )


def counts(user: User, on: date) -> dict[What, tuple[int, int]]:
    """Of each kind how many run out within reach, and how many of these are over. What is kept is counted once."""
    reach = Organisation.objects.reachable(user, Permission.ORGANISATION_INSIDE)
    return KEPT.answer(("runs out", key_of(reach), on), lambda: _counted(user, on))


def _counted(user: User, on: date) -> dict[What, tuple[int, int]]:
    found: dict[What, tuple[int, int]] = {}
    for what in What:
        rows = within_reach(user, what, on).order_by()
        told = rows.aggregate(near=Count("*"), over=Count(Value(1), filter=is_over(_FIELDS[what], on)))
        found[what] = (told["near"], told["over"])
    return found


# What ends of accreditation is told where it is renewed.
_FIELDS = {
    What.PAPERS: "valid_to",
    What.CERTIFICATES: "valid_to",
    What.OFFICERS: "until",
    What.STAFF: "first_end",
}


def _rows(what: What) -> Any:
    """The rows that still count: not replaced, not destroyed, not off the list."""
    rows: dict[What, Any] = {
        What.PAPERS: Paper.objects.filter(replaced_by=None, removed_at=None),
        What.CERTIFICATES: Certificate.objects.filter(
            state=CertificateState.STANDING, kind__in=REGISTERED_BY
        ),
        What.OFFICERS: Officer.objects.filter(ended_on=None),
        What.STAFF: Staff.objects.filter(ended_on=None),
    }
    return rows[what].select_related("organisation")


def _told(what: What, rows: Any, on: date) -> Iterator[Running]:
    for row in rows.filter(is_told(_FIELDS[what], on)).order_by(_FIELDS[what], "pk"):
        if what is What.STAFF:
            yield from certificates_of(row, on)
        else:
            yield _one(what, row, on)


def _one(what: What, row: Any, on: date) -> Running:
    last_day: date = getattr(row, _FIELDS[what])
    title, detail, href = _words(what, row)
    mend = _form_of("officers", row) if what is What.OFFICERS else ""
    return Running(what, title, detail, row.organisation, last_day, nearness(last_day, on), href, mend)


def _words(what: What, row: Any) -> tuple[str, str, str]:
    if what is What.PAPERS:
        return title_of(row), row.number, reverse("organisations:papers", args=[row.organisation_id])
    if what is What.CERTIFICATES:
        page = reverse("organisations:registrations", args=[row.organisation_id])
        return row.get_kind_display(), row.number, page
    return row.title, row.name, reverse("organisations:organisation", args=[row.organisation_id])


def _form_of(part: str, row: Any) -> str:
    return reverse("organisations:row", args=[row.organisation_id, part, row.pk])


def certificates_of(person: Staff, on: date) -> Iterator[Running]:
    """The certificates of one staff member that run out. One without a last day runs out never, as far as we know."""
    page = reverse("organisations:organisation", args=[person.organisation_id])
    for held in person.certificates:
        last_day = day_written(held.get("valid_to"))
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
                _form_of("staff", person),
            )


def _person(person: Staff, on: date) -> Running:
    """Everything of one staff member that runs out in one row, by what ends first."""
    ending = sorted(certificates_of(person, on), key=lambda one: one.last_day)
    return replace(ending[0], title=", ".join(one.title for one in ending))
