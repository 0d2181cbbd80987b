"""The ladder of sanctions: one rung after the other, each with its ground, lifted when it was mended."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.organisations.actions.certificates import Held
from simpul.organisations.models import Certificate, Organisation, Sanction
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.registration_rules import called, is_own_office
from simpul.organisations.queries.registration_sanctions import acting_office, may_follow_now, to_revoke
from simpul.organisations.stages import CertificateState, SanctionStep

LONGEST_GROUND = 2000
_SHORTEST_GROUND = 10
_AGAINST_CERTIFICATES = (SanctionStep.STOP, SanctionStep.REVOCATION)


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
    """One rung of the ladder. A stop suspends what the body holds, a revocation withdraws it.

    A repeated key gives the same again.

    Raises Refusal where a rung would be left out, or without a ground.
    """
    locked: Organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    found: Sanction | None = Sanction.objects.filter(pk=key, organisation=locked).first()
    if found is not None:
        return found
    require_outsider(locked.pk, by)
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
    made: Sanction = Sanction(
        id=key,
        organisation=locked,
        region=acting_office(locked, by),
        step=step,
        ground=said,
        on=on,
        until=until,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    if step in _AGAINST_CERTIFICATES:
        _act_on_certificates(made, by=by, on=on)
    made.save(force_insert=True)
    return made


def _act_on_certificates(made: Sanction, *, by: User, on: date) -> None:
    """A stop suspends what stands, a revocation withdraws it; the accreditation is suspended with a revocation."""
    for certificate in to_revoke(made.organisation):
        held = Held.locked(certificate)
        held.require_office_of(by)
        if made.step == SanctionStep.REVOCATION:
            held.put(CertificateState.WITHDRAWN, by=by, on=on, because=made.ground)
            held.suspend_accreditation(by=by, on=on, because=made.ground)
        elif held.row.state == CertificateState.STANDING:
            held.put(CertificateState.SUSPENDED, by=by, on=on, because=made.ground)
            made.suspended.append(str(held.row.pk))


@action(Permission.REGISTRATION_DECIDE)
def lift(sanction: Sanction, /, *, by: User, on: date, at: datetime, because: str) -> Sanction:
    """It was mended. Pressed twice it is lifted once. Only by the office that imposed it.

    What a stop suspended holds again. What was revoked stays revoked: the body applies anew.
    """
    body = Organisation.objects.select_for_update(of=("self",)).get(pk=sanction.organisation_id)
    current: Sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction.pk)
    require_outsider(body.pk, by)
    if current.region is not None and not is_own_office(current.region, by, Permission.REGISTRATION_DECIDE):
        raise Refusal(
            _("Sanksi ini dari %(office)s, jadi pejabat di sana yang mengakhirinya.")
            % {"office": called([current.region])[current.region]}
        )
    if current.lifted_on is not None:
        return current
    said = fitting(because, _("Alasan"), LONGEST_GROUND)
    if len(said) < _SHORTEST_GROUND:
        raise Refusal(_("Tulis apa yang sudah diperbaiki."))
    current.lifted_on, current.lifted_because = on, said
    current.save(update_fields=["lifted_on", "lifted_because"])
    if current.suspended:
        _give_back(current, by=by, on=on)
    return current


def _give_back(lifted: Sanction, *, by: User, on: date) -> None:
    """What a stop suspended holds again, unless another stop stands: then that one gives it back."""
    stops = Sanction.objects.filter(
        organisation=lifted.organisation_id, step=SanctionStep.STOP, lifted_on=None
    )
    other = stops.order_by("at").first()
    if other is not None:
        other.suspended = [*other.suspended, *lifted.suspended]
        other.save(update_fields=["suspended"])
        return
    rows = Certificate.objects.select_for_update(of=("self",)).filter(
        pk__in=lifted.suspended, state=CertificateState.SUSPENDED
    )
    for row in rows:
        Held(row).put(CertificateState.STANDING, by=by, on=on, because=lifted.lifted_because)
