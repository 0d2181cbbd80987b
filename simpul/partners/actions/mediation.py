"""What happens in a mediation for those who work at home."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import current, made_before, written
from simpul.organisations.models import Organisation
from simpul.organisations.queries.belonging import belongs_to
from simpul.partners.models import Mediation, MediationStep
from simpul.partners.queries.kept import body_named
from simpul.partners.queries.told import Asked
from simpul.partners.stages import MEDIATION_MAY_FOLLOW, MediationStage, Party

# Said by who mediates, where that body is in the register: one side alone neither wins a mediator nor an agreement.
_OF_THE_MEDIATOR = frozenset({MediationStage.ACCEPTED, MediationStage.AGREED, MediationStage.NOT_AGREED})


@action(Permission.PARTNER_EDIT)
def ask(
    organisation: Organisation, /, *, by: User, key: UUID, on: date, at: datetime, asked: Asked
) -> Mediation:
    """A workers' organisation asks for a mediator. Sent twice it is one."""
    if repeated := made_before(Mediation, key, organisation=organisation, matter=asked.matter):
        return repeated
    if asked.counterpart_kind not in Party.values or asked.counterpart_kind == Party.WORKERS:
        raise Refusal(_("Pilih siapa pihak yang lain."))
    mediator = fitting(asked.mediator, _("Mediator"), 200)
    row = Mediation(
        pk=key,
        organisation=organisation,
        counterpart_kind=asked.counterpart_kind,
        counterpart=fitting(asked.counterpart, _("Nama pihak lain"), 200, is_needed=True),
        matter=fitting(asked.matter, _("Pokok masalah"), 4000, is_needed=True),
        mediator=body_named(mediator) if mediator else None,
        mediator_name=mediator,
        stage_since=on,
        **written(by, at),
    )
    if row.mediator == organisation:
        raise Refusal(_("Mediator tidak boleh lembaga pekerja itu sendiri."))
    row.save(force_insert=True)
    _keep(row, "", by=by, on=on, at=at)
    return row


@action(Permission.PARTNER_EDIT, tells=("to",))
def go_on(
    mediation: Mediation,
    /,
    *,
    by: User,
    version: int,
    to: str,
    on: date,
    at: datetime,
    words: str,
    agreed: str = "",
    check_on: date | None = None,
) -> Mediation:
    """The mediation comes to its next stage. An agreement is written down with the day on which it is looked after.

    Raises Refusal for a stage that does not follow, and for an agreement without words.
    """
    row = current(mediation, version)
    following = MEDIATION_MAY_FOLLOW[MediationStage(row.stage)]
    if to not in following:
        raise Refusal(_("Langkah itu tidak mengikuti “%s”.") % MediationStage(row.stage).label)
    if to in _OF_THE_MEDIATOR and row.mediator_id and belongs_to([row.organisation_id], by):
        raise Refusal(_("Langkah ini dicatat oleh mediator, bukan oleh organisasi pekerja sendiri."))
    if to == MediationStage.AGREED:
        row.agreed = fitting(agreed, _("Isi kesepakatan"), 4000, is_needed=True)
        row.check_on = check_on
    row.stage, row.stage_since = MediationStage(to), on
    row.version += 1
    row.save()
    _keep(row, fitting(words, _("Catatan"), 2000), by=by, on=on, at=at)
    return row


def _keep(row: Mediation, words: str, *, by: User, on: date, at: datetime) -> None:
    MediationStep(mediation=row, stage=row.stage, on=on, words=words, **written(by, at)).save(
        force_insert=True
    )
