"""How confidential a case is, what was told to others, and what supervisors noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Now

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Attachment, BrokenGlass, Case, Concerned, Disclosure, SupervisionNote, Tells
from simpul.cases.stages import Confidentiality
from simpul.people.models import Consent, Purpose
from simpul.people.queries import consent_for


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a case shows of its privacy: the level, what is attached, and openings not looked at."""

    case: Case
    level: str
    is_ordinary: bool
    attachments: int
    unseen: int
    open_now: int
    may_attach: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Two questions to the database."""
    glass = BrokenGlass.objects.filter(case=case).aggregate(
        unseen=Count("pk", filter=Q(seen_at=None)), now=Count("pk", filter=Q(until__gt=Now()))
    )
    return Panel(
        case=case,
        level=level_words(case.confidentiality),
        is_ordinary=case.confidentiality == Confidentiality.ORDINARY,
        attachments=Attachment.objects.filter(
            case=case, removed_at=None, file_key_sealed__isnull=False
        ).count(),
        unseen=glass["unseen"],
        open_now=glass["now"],
        may_attach=case.is_open and viewer.can(Permission.CASE_NOTE),
    )


def level_words(level: str) -> str:
    """The name of a level, without what it means."""
    return str(Confidentiality(level).label).partition(":")[0]


# --- disclosures ---


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was told to somebody outside; words are empty for who may not read workers' own."""

    key: UUID
    on: date
    who: str
    what: str
    to_whom: str
    because: str
    basis: str
    basis_because: str


def told_of(case: Case, *, is_told: bool) -> tuple[Told, ...]:
    """The register of what was told about this client, the newest first."""
    rows = Disclosure.objects.filter(case=case).select_related("concerned").order_by("-on", "-at", "pk")
    return tuple(_told(row, is_told=is_told) for row in rows)


def _told(row: Disclosure, *, is_told: bool) -> Told:
    def said(words: str | None) -> str:
        return (words or "") if is_told else ""

    return Told(
        key=row.pk,
        on=row.on,
        who=row.by_name,
        what=said(row.what),
        to_whom=said(row.to_whom),
        because=said(row.because),
        basis=row.get_basis_display(),
        basis_because=said(row.basis_because),
    )


def referral_consent(case: Case, on: date) -> Consent | None:
    """The consent to share data with others that stands on that day; another basis is not meant."""
    found = consent_for(case.person, Purpose.REFERRAL, on)
    return found if found is not None and found.basis == "consent" else None


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody around the client, and what the client wishes that they may be told."""

    key: UUID
    name: str
    tells: str
    told_what: str

    @property
    def words(self) -> str:
        """As a choice: who, and how far."""
        wish = self.told_what if self.tells == Tells.SOME and self.told_what else str(Tells(self.tells).label)
        return f"{self.name} ({wish})"


def listeners_of(case: Case) -> tuple[Listener, ...]:
    """Who stands around the client today, by name."""
    rows = Concerned.objects.filter(case=case, ended_on=None)
    found = (Listener(row.pk, row.name or "", row.tells, row.told_what or "") for row in rows)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), str(one.key))))


# --- supervision ---


def supervision_of(case: Case) -> Any:
    """What supervisors noted about the work on a case, the newest first: only for who may read it."""
    return SupervisionNote.objects.filter(case=case).order_by("-on", "-at", F("pk"))
