"""What a worker makes of the services found: keeps one, puts one aside, or says that nothing fits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import KeyTaken
from simpul.cases.actions.plan_steps import set_step_state
from simpul.cases.models import PlanState, PlanStep, StepState
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.locks import locked_row
from simpul.engines.matching.fit import kept as bare
from simpul.referrals.models import Alternative, NeedUnmet
from simpul.referrals.queries.finding import OVER, declined_for, ranking, standing_unmet
from simpul.referrals.stages import Unmet
from simpul.services.models import Service

LONGEST_WORDS = 500


@action(Permission.REFERRAL_SEND)
def keep(
    step: PlanStep,
    /,
    *,
    by: User,
    service: Service,
    on: date,
    at: datetime,
    is_wished: bool = False,
    words: str = "",
) -> Alternative:
    """Keep a service as an alternative for a line of the plan, or as what the client wishes. Twice is once.

    What was put aside is taken up again. Raises Refusal where the service is none for this need.
    """
    row = _noted(step, service, by=by, on=on, at=at)
    row.is_wished, row.is_put_aside = is_wished, False
    row.words = fitting(words, _("Catatan"), LONGEST_WORDS) or None
    row.save()
    return row


@action(Permission.REFERRAL_SEND)
def put_aside(
    step: PlanStep, /, *, by: User, service: Service, words: str, on: date, at: datetime
) -> Alternative:
    """Put a service aside for this line, with the reason: it stands last from now on, and never vanishes."""
    said = fitting(words, _("Alasan"), LONGEST_WORDS, is_needed=True)
    row = _noted(step, service, by=by, on=on, at=at)
    row.is_wished, row.is_put_aside, row.words = False, True, said
    row.save()
    return row


def _noted(step: PlanStep, service: Service, *, by: User, on: date, at: datetime) -> Alternative:
    """The row of this service for this line, as it stands in the order of today; not saved yet."""
    current = locked_row(step, "plan", "case__screening")
    require_ready(current.case, on)
    _require_line(current)
    held = Alternative.objects.filter(case=current.case_id, line=current.line, service=service).first()
    row: Alternative = held or Alternative(
        pk=uuid5(current.line, str(service.pk)), case=current.case, line=current.line, service=service
    )
    places = ranking(current, by, on).rows
    found = next((n for n, one in enumerate(places) if one.offer.key == str(service.pk)), None)
    if found is None and held is None:
        raise Refusal(
            _(
                "Layanan ini tidak ada dalam daftar untuk kebutuhan ini. Muat ulang daftarnya, lalu pilih lagi."
            )
        )
    if found is not None:
        row.rank, row.finding = found + 1, bare(places[found].finding).to_json()
    row.on, row.at, row.by, row.by_name = on, at, by.pk, str(by)
    return row


def _require_line(step: PlanStep) -> None:
    if step.plan.state == PlanState.REPLACED:
        raise Refusal(_("Versi rencana ini sudah diganti. Buka langkahnya di versi yang berlaku."))
    if step.state in OVER:
        raise Refusal(
            _("Langkah rencana ini sudah selesai atau tidak jadi, jadi layanannya tidak dicari lagi.")
        )


# --- nothing fits ---


@action(Permission.REFERRAL_SEND)
def record_unmet(
    step: PlanStep,
    /,
    *,
    by: User,
    key: UUID,
    version: int,
    reason: str,
    on: date,
    at: datetime,
    words: str = "",
) -> NeedUnmet:
    """Say that a need found nothing, and why; the line of the plan says so too. Sent twice it is one.

    Another reason than before ends the former row. Raises Refusal without a reason, Clash when the line was changed.
    """
    current = locked_row(step, "plan")
    repeated: NeedUnmet | None = NeedUnmet.objects.filter(pk=key).first()
    if repeated is not None:
        typed = (current.line, reason, fitting(words, _("Penjelasan"), LONGEST_WORDS))
        if (repeated.line, repeated.reason, repeated.words or "") != typed:
            raise KeyTaken
        return repeated
    require_ready(current.case, on)
    _require_line(current)
    if reason not in Unmet.values:
        raise Refusal(_("Pilih mengapa kebutuhan ini belum terpenuhi."))
    said = fitting(words, _("Penjelasan"), LONGEST_WORDS, is_needed=reason == Unmet.OTHER)
    former = standing_unmet(current)
    is_same = former is not None and (former.reason, former.words or "") == (reason, said)
    # A decline notes the need by itself, but only the sender says so in the plan.
    if former is not None and is_same and current.state == StepState.NO_SERVICE:
        return former
    if current.state != StepState.NO_SERVICE or current.version != version:
        told = said or str(Unmet(reason).label)
        set_step_state(current, by=by, version=version, to=StepState.NO_SERVICE, on=on, at=at, reason=told)
    if former is not None and is_same:
        return former
    _end(current, on)
    row = NeedUnmet(pk=key, case=current.case, step=current, line=current.line, kind=current.service_kind)
    # No types of need stand here: beside a case they would be a plain list of who was confirmed as what.
    row.reason, row.region, row.on = reason, current.case.person.region, on
    row.referral, row.words = declined_for(current), said or None
    row.at, row.by, row.by_name = at, by.pk, str(by)
    row.save(force_insert=True)
    return row


@action(Permission.REFERRAL_SEND)
def end_unmet(step: PlanStep, /, *, by: User, version: int, on: date, at: datetime) -> PlanStep:
    """A service was found after all: the need is open no more, and the line is planned again. Twice is once."""
    current = locked_row(step, "plan")
    require_ready(current.case, on)
    if current.state == StepState.NO_SERVICE:
        current = set_step_state(current, by=by, version=version, to=StepState.PLANNED, on=on, at=at)
    _end(current, on)
    return current


def _end(step: PlanStep, on: date) -> None:
    NeedUnmet.objects.filter(case=step.case_id, line=step.line, ended_on=None).update(ended_on=on)
