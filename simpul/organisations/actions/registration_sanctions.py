"""The ladder of sanctions: one rung after the other, each with its ground, lifted when it was mended."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.organisations.models import Certificate, Organisation, Sanction
from simpul.organisations.queries.registration_rules import called, is_own_office
from simpul.organisations.queries.registration_sanctions import may_follow_now, to_revoke
from simpul.organisations.stages import CertificateState, SanctionStep

LONGEST_GROUND = 2000
_SHORTEST_GROUND = 10


@action(Permission.REGISTRATION_DECIDE)
def impose(
    organisation: Organisation,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    key: UUID,
    step: str,
    ground: str,
    until: date | None = None,
) -> Sanction:
    """One rung of the ladder. A revocation withdraws what the body holds. A repeated key gives the same again.

    Raises Refusal where a rung would be left out, or without a ground.
    """
    locked: Organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    found: Sanction | None = Sanction.objects.filter(pk=key, organisation=locked).first()
    if found is not None:
        return found
    if step not in SanctionStep.values:
        raise Refusal(_("Pilih sanksi dari daftar."))
    if step not in may_follow_now(locked):
        raise Refusal(
            _("Sanksi berjenjang: teguran tertulis dulu, lalu penghentian sementara, baru yang lebih berat.")
        )
    said = fitting(ground, _("Dasar"), LONGEST_GROUND)
    if len(said) < _SHORTEST_GROUND:
        raise Refusal(_("Tulis dasar sanksi ini dan apa yang harus diperbaiki."))
    if until is not None and until < on:
        raise Refusal(_("Batas waktunya tidak boleh sebelum hari ini."))
    if step == SanctionStep.REVOCATION:
        for certificate in to_revoke(locked):
            _revoke(certificate, by, on, said)
    made: Sanction = Sanction.objects.create(
        id=key,
        organisation=locked,
        step=step,
        ground=said,
        on=on,
        until=until,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    return made


def _revoke(certificate: Certificate, by: User, on: date, ground: str) -> None:
    if not is_own_office(certificate.issuer_region, by, Permission.REGISTRATION_DECIDE):
        raise Refusal(
            _("Tanda daftar ini dari %(office)s, jadi pejabat di sana yang mengubahnya.")
            % {"office": called([certificate.issuer_region])[certificate.issuer_region]}
        )
    current: Certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    current.state, current.state_on, current.state_because = CertificateState.WITHDRAWN, on, ground
    current.save(update_fields=["state", "state_on", "state_because"])


@action(Permission.REGISTRATION_DECIDE)
def lift(sanction: Sanction, /, *, by: User, on: date, at: datetime, because: str) -> Sanction:
    """It was mended. Pressed twice it is lifted once. What was revoked stays revoked: the body applies anew."""
    current: Sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction.pk)
    if current.lifted_on is not None:
        return current
    said = fitting(because, _("Alasan"), LONGEST_GROUND)
    if len(said) < _SHORTEST_GROUND:
        raise Refusal(_("Tulis apa yang sudah diperbaiki."))
    current.lifted_on, current.lifted_because = on, said
    current.save(update_fields=["lifted_on", "lifted_because"])
    return current
