"""Certificates from before Simpul, entered from a paper that was shown: who may enter which, and what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import accreditation as catalogue
from simpul.organisations.models import Certificate, Organisation, Paper
from simpul.organisations.queries.registration_lines import certificate_kind, papers_of
from simpul.organisations.queries.registration_office import NOT_REGISTERED
from simpul.organisations.queries.registration_rules import called
from simpul.organisations.stages import CertificateKind, CertificateState
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS

# The label of the line that says on what the row rests; the check page shows it like all others.
BASIS = "Keterangan"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """What stands on the paper. `issuer` is empty where the office's own name says it."""

    kind: str
    number: str
    issuer_region: str
    issued_on: date
    valid_to: date | None
    paper: UUID | None
    issuer: str = ""
    grade: str = ""


def kinds_for(organisation: Organisation, user: User) -> list[str]:
    """The kinds of certificate that somebody may enter for a body: of the register, of accreditation, or both."""
    checks = is_within_reach(organisation, user, Permission.REGISTRATION_CHECK)
    is_secretary = is_within_reach(organisation, user, Permission.ACCREDITATION_SECRETARY)
    found = []
    if checks and organisation.kind not in NOT_REGISTERED:
        found.append(certificate_kind(organisation))
    if checks or is_secretary:
        found.append(str(CertificateKind.ACCREDITATION))
    return found


def may_strike(certificate: Certificate, user: User) -> bool:
    """Whether somebody may strike it as an error: only what was entered, and still stands as it was entered."""
    if not certificate.is_recorded or certificate.state != CertificateState.STANDING:
        return False
    return certificate.kind in kinds_for(certificate.organisation, user)


def issuers_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The offices that may have registered it, by their region's code: where it is, its province, the ministry."""
    regions = [organisation.region[:REGENCY_SIGNS], organisation.region[:PROVINCE_SIGNS], ""]
    names = called(regions)
    return [(region, names[region]) for region in dict.fromkeys(regions)]


def grades() -> list[tuple[str, str]]:
    """Every grade of the schemes in the catalogue, code and label; one that several have stands once."""
    found: dict[str, str] = {}
    for scheme in catalogue.schemes():
        for grade in scheme.grades:
            found.setdefault(grade.code, grade.label.id)
    return list(found.items())


def paper_of(organisation: Organisation, key: UUID | None) -> Paper | None:
    """The paper of this body that stands under that key; None for any other."""
    return next((row for row in papers_of(organisation) if row.pk == key), None)
