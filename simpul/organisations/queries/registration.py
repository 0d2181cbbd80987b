"""Registration as pages ask about it: the panel of a body, its runs and certificates, an office's queue, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import registration as catalogue
from simpul.organisations.models import Certificate, Organisation, Registration, Requirement, Sanction
from simpul.organisations.queries.certificates import Standing, all_of, newest_of, standing_on
from simpul.organisations.queries.oversight_reports import next_due
from simpul.organisations.queries.registration_lines import MISSING, WRONG, certificate_kind
from simpul.organisations.queries.registration_office import NOT_REGISTERED, late_on
from simpul.organisations.queries.registration_rules import own_offices, said
from simpul.organisations.queries.registration_sanctions import standing_sanctions
from simpul.organisations.queries.waiting import Waiting
from simpul.organisations.stages import (
    REGISTERED_BY,
    RUN_ENDED,
    WITH_THE_OFFICE,
    RunKind,
    RunStage,
)

STANDING_TAGS = {
    Standing.VALID: "yes",
    Standing.NOT_YET: "open",
    Standing.RUN_OUT: "act",
    Standing.SUSPENDED: "act",
    Standing.WITHDRAWN: "no",
    Standing.REPLACED: "no",
    Standing.STRUCK: "no",
}


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate as a page shows it on a day."""

    row: Certificate
    standing: Standing

    @property
    def tag(self) -> str:
        return STANDING_TAGS[self.standing]

    @property
    def words(self) -> str:
        return str(self.standing.label)


@dataclass(frozen=True, slots=True)
class RefusedRun:
    """The last run, which was refused: on what grounds and how to mend them, why, and which lines were not met."""

    row: Registration
    grounds: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegistrationPanel:
    """What the page of a body shows. `run` only for who may see inside; the certificate is public."""

    href: str
    held: HeldCertificate | None
    run: Registration | None
    report_on: date | None
    sanctions: tuple[Sanction, ...]
    refused: RefusedRun | None
    may_apply: bool
    is_inside: bool


def panel(organisation: Organisation, user: User, on: date) -> RegistrationPanel | None:
    """What the page of an organisation shows of this part; None for a body that is not registered as an LKS."""
    newest = newest_of(organisation, certificate_kind(organisation))
    if newest is None and organisation.kind in NOT_REGISTERED:
        return None
    is_inside = is_within_reach(organisation, user, Permission.ORGANISATION_INSIDE)
    run = running_of(organisation)
    may_apply = is_within_reach(organisation, user, Permission.REGISTRATION_APPLY)
    return RegistrationPanel(
        href=reverse("organisations:registrations", args=[organisation.pk]),
        held=HeldCertificate(newest, standing_on(newest, on)) if newest else None,
        run=run if run is not None and may_see(run, user) else None,
        report_on=next_due(organisation, on) if newest and is_inside else None,
        sanctions=tuple(standing_sanctions(organisation)) if is_inside else (),
        refused=_refused_last(organisation) if may_apply and run is None else None,
        may_apply=may_apply,
        is_inside=is_inside,
    )


def _refused_last(organisation: Organisation) -> RefusedRun | None:
    """What the body has to mend before it begins again; None where its last run did not end so."""
    last: Registration | None = Registration.objects.filter(organisation=organisation).order_by("-at").first()
    if last is None or last.stage != RunStage.REFUSED:
        return None
    unmet = Requirement.objects.filter(registration=last, answer__in=(MISSING, WRONG))
    open_codes = set(unmet.values_list("code", flat=True))
    return RefusedRun(
        row=last,
        grounds=grounds_of(last),
        lines=tuple(line["title"] for line in last.told.get("lines", ()) if line["code"] in open_codes),
    )


def grounds_of(run: Registration) -> tuple[tuple[str, str], ...]:
    """The grounds on which it was refused, each with how it is mended."""
    return tuple(
        (said(ground.title), said(ground.about))
        for ground in catalogue.grounds()
        if ground.code in run.refusal_grounds
    )


def running_of(organisation: Organisation) -> Registration | None:
    """The run that has not ended; a body has one at a time."""
    found: Registration | None = Registration.objects.filter(organisation=organisation).running().first()
    return found


def may_see(run: Registration, user: User) -> bool:
    """Whether somebody sees this run: the applicant, and once it was submitted the office that got it."""
    if is_within_reach(run, user, Permission.REGISTRATION_APPLY):
        return True
    return run.submitted_on is not None and is_within_reach(run, user, Permission.ORGANISATION_INSIDE)


def runs_of(organisation: Organisation, user: User) -> list[Registration]:
    """The runs of a body that somebody sees, the newest first."""
    rows = Registration.objects.filter(organisation=organisation).reachable(
        user, Permission.ORGANISATION_INSIDE
    )
    if not is_within_reach(organisation, user, Permission.REGISTRATION_APPLY):
        rows = rows.exclude(submitted_on=None)
    return list(rows.order_by("-at"))


def certificates_of(organisation: Organisation, on: date) -> list[HeldCertificate]:
    """Every certificate of the register that a body was given, the newest first, as it stands on that day."""
    return [HeldCertificate(row, standing_on(row, on)) for row in all_of(organisation, REGISTERED_BY)]


def kinds_offered(organisation: Organisation, on: date) -> list[tuple[str, str]]:
    """The kinds of application that fit what the body holds today."""
    newest = newest_of(organisation, certificate_kind(organisation))
    if newest is None:
        # Its earlier certificate may be on paper only.
        return _labelled(RunKind.NEW, RunKind.RENEWAL)
    standing = standing_on(newest, on)
    if standing == Standing.VALID:
        return _labelled(RunKind.RENEWAL, RunKind.CHANGE)
    if standing == Standing.WITHDRAWN:
        return _labelled(RunKind.NEW)
    return _labelled(RunKind.RENEWAL, RunKind.NEW)


def _labelled(*kinds: RunKind) -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in kinds]


# --- the office ---


def queue(user: User, on: date) -> QuerySet[Any]:
    """The runs that this person's own offices have in hand, those that are due first.

    A province reaches the files of its regencies as well, but those are not in its queue.
    """
    offices = own_offices(user, Permission.REGISTRATION_CHECK)
    rows: QuerySet[Any] = Registration.objects.reachable(user, Permission.REGISTRATION_CHECK).filter(
        region__in=offices, stage__in=WITH_THE_OFFICE, submitted_on__isnull=False
    )
    return rows.select_related("organisation").order_by("due_on", "submitted_on", "pk")


def overdue(user: User, on: date) -> QuerySet[Any]:
    """Those of the queue whose clock has run out, be it before they were returned."""
    return queue(user, on).filter(late_on(on))


def waits(user: User, on: date) -> tuple[Waiting, ...]:
    """What waits for somebody: applications to mend, to check, to decide."""
    return (*_applicants(user), *_answers(user, on), *_offices(user, on))


def _answers(user: User, on: date) -> Iterable[Waiting]:
    """What became of the last application of a body, as long as no other was begun; a certificate only for a while."""
    if not user.can(Permission.REGISTRATION_APPLY):
        return
    later = Registration.objects.filter(organisation=OuterRef("organisation"), at__gt=OuterRef("at"))
    fresh = Q(certificate__issued_on__gt=on - timedelta(days=catalogue.norm("news_days").value))
    rows = Registration.objects.reachable(user, Permission.REGISTRATION_APPLY).filter(
        Q(stage__in=(RunStage.APPROVED, RunStage.REFUSED)) | Q(fresh, stage=RunStage.ISSUED)
    )
    for run in rows.exclude(Exists(later)).order_by("at", "pk"):
        place = reverse("organisations:registration", args=[run.pk])
        if run.stage == RunStage.REFUSED:
            words = _("Permohonan pendaftaran ditolak: lihat apa yang kurang, lalu mulai lagi")
            yield Waiting(words, 1, place, is_late=True)
        elif run.stage == RunStage.APPROVED:
            yield Waiting(_("Permohonan pendaftaran disetujui; kantor menerbitkan tanda daftarnya"), 1, place)
        else:
            paper = reverse("organisations:certificate", args=[run.certificate_id])
            yield Waiting(_("Tanda daftar sudah terbit: buka dan cetak"), 1, paper)


def _applicants(user: User) -> Iterable[Waiting]:
    if not user.can(Permission.REGISTRATION_APPLY):
        return
    rows = Registration.objects.reachable(user, Permission.REGISTRATION_APPLY)
    for run in rows.filter(stage__in=(RunStage.DRAFT, RunStage.RETURNED)).order_by("at"):
        is_returned = run.stage == RunStage.RETURNED
        words = (
            _("Permohonan pendaftaran dikembalikan untuk dilengkapi")
            if is_returned
            else _("Permohonan pendaftaran belum diajukan")
        )
        yield Waiting(words, 1, reverse("organisations:registration", args=[run.pk]), is_returned)


def _offices(user: User, on: date) -> Iterable[Waiting]:
    if not user.can(Permission.REGISTRATION_CHECK):
        return
    turns = Q(stage__in=(RunStage.SUBMITTED, RunStage.DESK_CHECK, RunStage.FIELD_VISIT))
    if user.can(Permission.REGISTRATION_DECIDE):
        turns |= Q(stage__in=(RunStage.DECISION, RunStage.APPROVED))
    told = (
        queue(user, on)
        .filter(turns)
        .order_by()
        .aggregate(number=Count("*"), late=Count(Value(1), filter=late_on(on)))
    )
    if number := told["number"]:
        words = ngettext(
            "%(number)s permohonan pendaftaran menunggu kantor ini",
            "%(number)s permohonan pendaftaran menunggu kantor ini",
            number,
        ) % {"number": number}
        yield Waiting(words, number, reverse("organisations:registration-queue"), told["late"] > 0)


def is_ended(run: Registration) -> bool:
    """Whether nothing follows any more."""
    return run.stage in RUN_ENDED
