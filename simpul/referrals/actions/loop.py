"""The sender's side of a referral: proposing, sending, taking back, and what the client says in the end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import KeyTaken
from simpul.cases.actions.contacts import add_note
from simpul.cases.actions.plan_steps import check_service, set_step_state
from simpul.cases.actions.privacy import disclose
from simpul.cases.models import ContactKind, Delivered, PlanState, PlanStep, StepState
from simpul.cases.queries.case import require_ready
from simpul.cases.queries.locks import locked_row
from simpul.cases.queries.plans import kind_name
from simpul.cases.queries.privacy import referral_consent
from simpul.people.models import Basis
from simpul.people.queries import require_not_erased, require_not_limited
from simpul.referrals.actions.loop_moving import Hand, NotNow, _require_other_body, _require_version
from simpul.referrals.actions.loop_unmet import _note_unmet, _open_again
from simpul.referrals.models import Referral, ReferralStep
from simpul.referrals.models.referral import WITHOUT_ASKING
from simpul.referrals.queries.loop_locks import locked_referral
from simpul.referrals.queries.loop_shared import gathered, mark_of_told, names_of_told, to_whom
from simpul.referrals.queries.loop_sides import number_of, sender_of, standing_step, step_wanted
from simpul.referrals.queries.loop_standing import is_consent_gone
from simpul.referrals.stages import ENDED, MAY_FOLLOW, RECEIVED, TO_CONFIRM, Share, Side, Stage, Told, Unmet
from simpul.screening.stages import Urgency
from simpul.services.models import Service
from simpul.services.stages import Listing

LONGEST_WORDS = 4000
LONGEST_NAME = 200
LONGEST_REASON = 500
_OVER = (StepState.DONE, StepState.DROPPED)


@action(Permission.REFERRAL_SEND)
def propose(
    step: PlanStep,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    service: Service | None = None,
    outside_name: str = "",
    outside_contact: str = "",
    urgency: str = "",
    words: str = "",
    preparation: str = "",
    finding: Any = None,
) -> Referral:
    """Propose a service for a line of the plan, or a body outside by its name. Nothing is told to anybody yet.

    `words` are for the receiver, `preparation` is the worker's own (what was practised with the client).
    Without `urgency` the case's holds. Pressed twice it is one proposal. Raises Refusal.
    """
    current = locked_row(step, "plan", "goal")
    repeated: Referral | None = Referral.objects.filter(pk=key).first()
    if repeated is not None:
        _require_same(repeated, step, service, outside_name, outside_contact, urgency, words, preparation)
        return repeated
    require_ready(current.case, on)
    _require_step(current)
    name = fitting(outside_name, _("Nama lembaga"), LONGEST_NAME, is_needed=service is None)
    _require_takes(service, on)
    _require_first(current, service, name)
    case = current.case
    _require_other_body(case, service.organisation_id if service else None)
    made = Referral(pk=key, number=number_of(key), case=case, person_id=case.person_id, step=current)
    made.line, made.service, made.need_kind = current.line, service, current.service_kind
    made.receiver = service.organisation if service else None
    made.outside_name = "" if service else name
    made.outside_contact = fitting(outside_contact, _("Alamat atau nomor"), LONGEST_NAME) or None
    made.sender, made.sender_name = case.organisation, sender_of(case)
    made.region = case.person.region
    made.urgency = urgency if urgency in Urgency.values else case.urgency
    made.words = fitting(words, _("Keterangan untuk penerima"), LONGEST_WORDS) or None
    made.preparation = fitting(preparation, _("Persiapan"), LONGEST_WORDS) or None
    made.finding, made.stage_since, made.at, made.by, made.by_name = finding, on, at, by.pk, str(by)
    made.save(force_insert=True)
    first = ReferralStep(pk=uuid5(key, "proposed"), referral=made, stage=Stage.PROPOSED, on=on)
    first.at, first.by, first.by_name, first.side = at, by.pk, str(by), Side.SENDER
    first.save(force_insert=True)
    return made


def _require_same(made: Referral, step: PlanStep, service: Service | None, *typed: str) -> None:
    """A second press of the same form gives the same; with other words in it nothing is taken for done."""
    name, contact, urgency, words, preparation = (fitting(one, "", LONGEST_WORDS) for one in typed)
    told = (made.line, made.service_id, made.outside_name, made.outside_contact or "")
    wanted = (step.line, service.pk if service else None, "" if service else name, contact)
    held = (urgency and made.urgency, made.words or "", made.preparation or "")
    if told != wanted or held != (urgency, words, preparation):
        raise KeyTaken


def _require_step(step: PlanStep) -> None:
    if step.plan.state == PlanState.REPLACED:
        raise Refusal(_("Versi rencana ini sudah diganti. Buka langkahnya di versi yang berlaku."))
    if step.state in _OVER:
        raise Refusal(_("Langkah rencana ini sudah selesai atau tidak jadi, jadi tidak perlu dirujuk."))


def _require_takes(service: Service | None, on: date) -> None:
    if service is None:
        return
    is_over = service.ends_on is not None and service.ends_on < on
    if service.listing != Listing.OPEN or service.organisation.is_closed or is_over:
        raise Refusal(_("Layanan ini sedang tidak dibuka. Cari layanan lain, atau hubungi lembaganya."))
    if not service.takes_referrals:
        raise Refusal(
            _("Layanan ini tidak menerima rujukan. Antar penerima manfaat langsung, atau cari layanan lain.")
        )


def _require_first(step: PlanStep, service: Service | None, name: str) -> None:
    running = Referral.objects.filter(case=step.case_id, line=step.line).exclude(stage__in=sorted(ENDED))
    same = running.filter(service=service) if service else running.filter(service=None, outside_name=name)
    if found := same.first():
        raise Refusal(
            _("Rujukan %(number)s untuk kebutuhan ini sudah berjalan ke sana. Lanjutkan yang itu.")
            % {"number": found.number}
        )


@action(Permission.REFERRAL_SEND)
def prepare(
    referral: Referral, /, *, by: User, version: int, words: str, preparation: str, on: date, at: datetime
) -> Referral:
    """Change the words for the receiver, until it is sent, and the notes of what was practised with the client.

    Who agreed to other words has not agreed to these: then consent is asked for again. Raises Clash when somebody
    was faster, NotNow once it is over.
    """
    current = locked_referral(referral)
    said = fitting(words, _("Keterangan untuk penerima"), LONGEST_WORDS)
    kept = fitting(preparation, _("Persiapan"), LONGEST_WORDS)
    if current.version != version:
        if ((current.words or ""), (current.preparation or "")) == (said, kept):
            return current
        theirs = "; ".join(filter(None, (current.words, current.preparation)))
        raise Clash(_("Keterangan rujukan"), theirs, "; ".join(filter(None, (said, kept))))
    if current.stage in ENDED:
        raise NotNow(_("Rujukan ini sudah selesai, jadi keterangannya tidak diubah lagi."))
    require_not_limited(current.person_id)
    if current.stage not in (Stage.PROPOSED, Stage.CONSENTED) and said != (current.words or ""):
        raise NotNow(
            _("Yang sudah dikirim tidak diubah. Tulis pesan kepada penerima bila ada yang perlu ditambahkan.")
        )
    is_other = said != (current.words or "") and Share.WORDS in current.shares
    current.words, current.preparation, current.version = said or None, kept or None, version + 1
    if is_other and current.stage == Stage.CONSENTED and current.basis == Basis.CONSENT:
        _ask_again(current, by, on, at)
    current.save()
    return current


def _ask_again(referral: Referral, by: User, on: date, at: datetime) -> None:
    """Back before consent: nothing of it holds any more. The row is saved by who calls."""
    referral.shares, referral.basis, referral.basis_because = [], "", None
    referral.consent, referral.consent_capacity, referral.consent_mode = None, "", ""
    referral.consent_by, referral.consented_on = None, None
    referral.stage, referral.stage_since = Stage.PROPOSED, on
    row = ReferralStep(referral=referral, stage=Stage.PROPOSED, on=on, side=Side.SENDER)
    row.at, row.by, row.by_name = at, by.pk, str(by)
    row.save(force_insert=True)


class NotAsShown(Refusal):
    """What would go is not what the page before sending showed."""


@action(Permission.REFERRAL_SEND)
def send(
    referral: Referral, /, *, by: User, version: int, on: date, at: datetime, mark: str | None = None
) -> Referral:
    """Send what was agreed to, frozen as it stands now, and note in the case that it was told.

    `mark` is that of the preview that was read: where the record says something else by now, nothing goes.
    Raises NotAsShown then, Refusal where the consent does not stand any more or the service takes nobody; Clash; NotNow.
    """
    current = locked_referral(referral)
    if _require_version(current, version, Stage.SENT):
        return current
    if Stage.SENT not in MAY_FOLLOW[Stage(current.stage)]:
        raise NotNow(_("Catat dahulu persetujuan untuk rujukan ini, lalu kirim."))
    _require_basis(current, on)
    _require_takes(current.service, on)
    _require_other_body(current.case, current.receiver_id)
    current.shared = gathered(current, by, on)
    if mark is not None and mark != mark_of_told(current.shared):
        raise NotAsShown(
            _("Keterangannya berubah sejak halaman ini dibuka. Baca lagi yang akan dikirim, lalu kirim.")
        )
    current.sent_at, current.sent_by, current.sent_by_name = at, by.pk, str(by)
    disclose(
        current.case,
        by=by,
        key=uuid5(current.pk, "disclosed"),
        on=on,
        at=at,
        told_on=on,
        what=_("Rujukan %(number)s: %(what)s")
        % {"number": current.number, "what": names_of_told(current.shared)},
        to_whom=to_whom(current)[:LONGEST_NAME],
        because=_("Rujukan: %(kind)s") % {"kind": kind_name(current.need_kind)},
        basis=current.basis,
        basis_because=current.basis_because or "",
    )
    Hand(by, Side.SENDER, on, at).step(current, Stage.SENT)
    return current


def _require_basis(referral: Referral, on: date) -> None:
    require_not_erased(referral.person_id)
    if referral.basis not in WITHOUT_ASKING:
        require_not_limited(referral.person_id)
    if referral.basis != Basis.CONSENT:
        return
    if (
        referral.consent is None
        or is_consent_gone(referral, on)
        or referral_consent(referral.case, on) is None
    ):
        raise Refusal(_("Persetujuan untuk rujukan ini sudah dicabut. Bicarakan lagi, lalu catat yang baru."))


@action(Permission.REFERRAL_SEND)
def withdraw(
    referral: Referral,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    because: str = "",
    is_consent: bool = False,
) -> Referral:
    """Take a referral back: the receiver sees nothing of it from now on, and a code opens nothing any more.

    With `is_consent` the client took the consent back: possible at every stage, and needs no reason. A referral
    that is over stays at its stage. Sent twice it changes once.
    """
    current = locked_referral(referral)
    # What others worked on already is not taken back without saying why.
    is_needed = not is_consent and current.stage in RECEIVED
    reason = fitting(because, _("Alasan"), LONGEST_REASON, is_needed=is_needed)
    if current.stage == Stage.WITHDRAWN and (current.consent_withdrawn_on or not is_consent):
        return current
    can_end = Stage.WITHDRAWN in MAY_FOLLOW[Stage(current.stage)]
    if is_consent and current.consent_withdrawn_on:
        return current
    if current.version != version:
        raise Clash(_("Rujukan ini"), str(current.get_stage_display()), str(Stage.WITHDRAWN.label))
    if not can_end and not is_consent:
        raise NotNow(_("Layanan sudah diberikan, jadi rujukan ini tidak ditarik lagi."))
    current.withdrawn_because = reason or None
    current.code_mark, current.code_until = "", None
    if is_consent:
        current.consent_withdrawn_on = on
    if can_end:
        _open_again(current)
        Hand(by, Side.SENDER, on, at).step(current, Stage.WITHDRAWN)
    else:
        current.version += 1
        current.save()
    return current


@action(Permission.REFERRAL_SEND)
def confirm(
    referral: Referral,
    /,
    *,
    by: User,
    version: int,
    on: date,
    at: datetime,
    told: str,
    told_on: date,
    words: str = "",
    step_to: str = "",
) -> Referral:
    """What the client says of it. "No" ends it as failed; otherwise the plan is told as well.

    `step_to` is how far the line of the plan is with that: running or done. `words` become a note on its goal.
    Raises Refusal while nobody asked the client.
    """
    current = locked_referral(referral)
    to = Stage.FAILED if told == Told.NO else Stage.CONFIRMED
    said = fitting(words, _("Kata penerima manfaat"), LONGEST_WORDS)
    is_same = (current.told, current.told_on, current.told_words or "") == (told, told_on, said)
    if _require_version(current, version, to, is_same=is_same):
        return current
    if told not in Told.values or told == Told.UNKNOWN:
        raise Refusal(_("Tanyakan dahulu kepada penerima manfaat, lalu catat jawabannya."))
    if current.stage not in TO_CONFIRM:
        raise NotNow(_("Layanan ini belum tercatat diberikan. Catat itu dahulu."))
    if told_on > on:
        raise Refusal(_("Tanggal itu belum tiba. Periksa tanggalnya."))
    current.told, current.told_on = told, told_on
    current.told_words = said or None
    # The letter has done its work.
    current.code_mark, current.code_until = "", None
    hand = Hand(by, Side.SENDER, on, at)
    hand.step(current, to)
    if to == Stage.FAILED:
        _note_unmet(current, hand, Unmet.OTHER, said)
    if current.case.is_open:
        _tell_the_plan(current, step_to if told != Told.NO else "", by=by, on=on, at=at)
    return current


def _tell_the_plan(referral: Referral, step_to: str, *, by: User, on: date, at: datetime) -> None:
    """By the cases' own actions: how far the step is, that the service was given, and the client's words."""
    step = standing_step(referral)
    if step is not None and step_to in (StepState.RUNNING, StepState.DONE):
        if step.state != step_to:
            step = set_step_state(step, by=by, version=step.version, to=step_to, on=on, at=at)
        was_given = Delivered.YES if referral.told == Told.YES else Delivered.PARTLY
        day = max(referral.told_on or on, referral.case.opened_on)
        check_service(
            step, by=by, key=uuid5(referral.pk, "given"), delivered=was_given, on=on, at=at, seen_on=day
        )
    if referral.told_words:
        goals = [str(step.goal_id)] if step is not None and step.goal_id else []
        add_note(
            referral.case,
            by=by,
            key=uuid5(referral.pk, "told"),
            on=on,
            at=at,
            kind=ContactKind.NOTE,
            happened_on=max(referral.told_on or on, referral.case.opened_on),
            words=_("Tentang rujukan ke %(whom)s: %(words)s")
            % {"whom": to_whom(referral), "words": referral.told_words},
            goals=goals,
        )


@action(Permission.REFERRAL_SEND)
def adjust_plan(referral: Referral, /, *, by: User, on: date, at: datetime) -> Referral:
    """Let the line of the plan say how far its referral is: arranged, running, or planned again.

    The receiver answers, but the plan is the sender's: so it is told here. Where nothing differs, nothing changes.
    """
    current = locked_referral(referral)
    step, wanted = standing_step(current), step_wanted(current)
    if step is not None and wanted:
        set_step_state(step, by=by, version=step.version, to=wanted, on=on, at=at)
    return current
