"""Who may make what of a certificate: suspend, lift, withdraw."""

from __future__ import annotations

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.organisations.models import Certificate
from simpul.organisations.queries.registration_rules import is_own_office
from simpul.organisations.stages import CertificateKind, CertificateState

_STANDING, _SUSPENDED, _WITHDRAWN = (
    CertificateState.STANDING,
    CertificateState.SUSPENDED,
    CertificateState.WITHDRAWN,
)


def changes_for(certificate: Certificate, user: User) -> tuple[CertificateState, ...]:
    """The states into which this user may put it now, in the order in which they are offered."""
    if certificate.state not in (_STANDING, _SUSPENDED):
        return ()
    other = _SUSPENDED if certificate.state == _STANDING else _STANDING
    if certificate.kind != CertificateKind.ACCREDITATION:
        is_ours = is_own_office(certificate.issuer_region, user, Permission.REGISTRATION_DECIDE)
        return (other, _WITHDRAWN) if is_ours else ()
    found = []
    if is_within_reach(certificate, user, Permission.ACCREDITATION_SECRETARY):
        found.append(other)
    is_second = certificate.state == _SUSPENDED and certificate.state_by != user.pk
    if is_second and is_within_reach(certificate, user, Permission.ACCREDITATION_DECIDE):
        found.append(_WITHDRAWN)
    return tuple(found)
