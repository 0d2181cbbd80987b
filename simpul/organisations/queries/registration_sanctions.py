"""The ladder of sanctions: what stands against a body, and which rung may come next."""

from __future__ import annotations

from simpul.organisations.models import Certificate, Organisation, Sanction
from simpul.organisations.stages import CertificateKind, CertificateState, SanctionStep

_LADDER = list(SanctionStep.values)


def sanctions_of(organisation: Organisation) -> list[Sanction]:
    """All of them, the newest first."""
    return list(Sanction.objects.filter(organisation=organisation).order_by("-at"))


def standing_sanctions(organisation: Organisation) -> list[Sanction]:
    """Those that nobody lifted, the heaviest first."""
    rows = Sanction.objects.filter(organisation=organisation, lifted_on=None)
    return sorted(rows, key=lambda row: (-_LADDER.index(row.step), row.at))


def to_revoke(organisation: Organisation) -> list[Certificate]:
    """What a revocation would withdraw."""
    return list(
        Certificate.objects.filter(
            organisation=organisation,
            kind__in=(CertificateKind.REGISTRATION, CertificateKind.LICENCE),
            state__in=(CertificateState.STANDING, CertificateState.SUSPENDED),
        )
    )


def may_follow_now(organisation: Organisation) -> list[str]:
    """The rungs that may be taken: those that stand may be repeated, and one more.

    Revocation is passed over where there is nothing to revoke: a body that serves without any certificate.
    """
    standing = {row.step for row in standing_sanctions(organisation)}
    revocable = bool(to_revoke(organisation))
    allowed = []
    for step in _LADDER:
        if step == SanctionStep.REVOCATION and not revocable:
            continue
        allowed.append(step)
        if step not in standing:
            break
    return allowed
