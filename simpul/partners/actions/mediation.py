"""What happens in a mediation for those who work at home."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.refusal import NotAllowed, Refusal, fitting
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
    told = {name: getattr(asked, name) for name in ("counterpart_kind", "counterpart", "matter")}
    told["mediator_name"] = asked.mediator
    if repeated := made_before(Mediation, key, organisation=organisation, **told):
        return repeated
    if asked.counterpart_kind not in Party.values or asked.counterpart_kind == Party.WORKERS:
        raise Refusal(_("Pilih siapa pihak yang lain."))
    row = Mediation(
        pk=key,
        organisation=organisation,
        counterpart_kind=asked.counterpart_kind,
        counterpart=fitting(asked.counterpart, _("Nama pihak lain"), 200, is_needed=True),
        matter=fitting(asked.matter, _("Pokok masalah"), 4000, is_needed=True),
        stage_since=on,
        **written(by, at),
    )
    _mediate(row, fitting(asked.mediator, _("Mediator"), 200))
    row.save(force_insert=True)
    _keep(row, "", by=by, on=on, at=at)
    return row


def _mediate(row: Mediation, name: str) -> None:
    row.mediator_name, row.mediator = name, body_named(name) if name else None
    if row.mediator == row.organisation:
        raise Refusal(_("Mediator tidak boleh lembaga pekerja itu sendiri."))


@action(Permission.PARTNER_EDIT)
def ask_mediator(
    mediation: Mediation, /, *, by: User, version: int, on: date, at: datetime, mediator: str
) -> Mediation:
    """Ask somebody to mediate, or somebody else than before, as long as nobody has said yes.

    Raises Refusal later than that, and NotAllowed for who was only asked to mediate.
    """
    row = current(mediation)
    name = fitting(mediator, _("Mediator"), 200, is_needed=True)
    if not is_within_reach(row.organisation, by, Permission.PARTNER_EDIT):
        raise NotAllowed
    if row.mediator_name == name:
        return row
    row = current(mediation, version)
    if row.stage != MediationStage.ASKED:
        raise Refusal(_("Mediatornya sudah menyanggupi, jadi tidak diganti lagi."))
    _mediate(row, name)
    row.version += 1
    row.save(update_fields=["mediator", "mediator_name", "version"])
    _keep(row, _("Diminta kepada %s") % row.mediator_name, by=by, on=on, at=at)
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

    Raises Refusal for a stage that does not follow, for a yes where nobody was asked, and for an agreement without
    words.
    """
    row = current(mediation, version)
    following = MEDIATION_MAY_FOLLOW[MediationStage(row.stage)]
    if to not in following:
        raise Refusal(_("Langkah itu tidak mengikuti “%s”.") % MediationStage(row.stage).label)
    if to in _OF_THE_MEDIATOR and row.mediator_id and belongs_to([row.organisation_id], by):
        raise Refusal(_("Langkah ini dicatat oleh mediator, bukan oleh organisasi pekerja sendiri."))
    if to == MediationStage.ACCEPTED and not row.mediator_name:
        raise Refusal(_("Tulis dahulu siapa mediatornya."))
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
