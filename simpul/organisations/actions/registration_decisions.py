"""What who decides does: approves or refuses with grounds, and gives the certificate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.catalogue import registration as catalogue
from simpul.organisations.actions.certificates import NewCertificate
from simpul.organisations.actions.registration_run import LONGEST_WORDS, HeldRun, Moment
from simpul.organisations.models import Certificate, Registration
from simpul.organisations.queries.registration_lines import SETTLED, certificate_kind
from simpul.organisations.queries.registration_printed import printed_lines, printed_name
from simpul.organisations.queries.registration_rules import rules_of
from simpul.organisations.queries.registration_sanctions import is_stopped
from simpul.organisations.queries.registration_steps import desk_of
from simpul.organisations.stages import CertificateState, RunStage

_SHORTEST_REASON = 10
# An office that writes a year wrongly is told, before it stands on paper.
_LONGEST_YEARS = 20


@action(Permission.REGISTRATION_DECIDE)
def approve(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, words: str = ""
) -> Registration:
    """Say yes. Raises Refusal as long as a line is not met, and to who checked the file."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.APPROVED):
        return held.run
    _require_may_decide(held, version, RunStage.APPROVED)
    if any(line.answer not in SETTLED for line in held.lines()):
        raise Refusal(_("Masih ada persyaratan yang belum terpenuhi, jadi belum dapat disetujui."))
    held.run.answer = fitting(words, _("Keputusan"), LONGEST_WORDS)
    return held.move(RunStage.APPROVED, held.run.answer)


@action(Permission.REGISTRATION_DECIDE)
def refuse(
    registration: Registration,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    version: int,
    grounds: Collection[str],
    because: str,
) -> Registration:
    """Say no, on grounds of the list and with a reason that the applicant reads. Raises Refusal without them."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.REFUSED):
        return held.run
    _require_may_decide(held, version, RunStage.REFUSED)
    known = [ground.code for ground in catalogue.grounds()]
    named = [code for code in known if code in grounds]
    if not named or len(named) != len(set(grounds)):
        raise Refusal(_("Pilih dasar penolakan dari daftar."))
    said = _fitting_reason(because)
    held.run.refusal_grounds, held.run.answer = named, said
    return held.move(RunStage.REFUSED, said)


@action(Permission.REGISTRATION_DECIDE)
def send_back(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, because: str
) -> Registration:
    """Neither yes nor no yet: the applicant mends what the reason names. The clock stands still meanwhile."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.RETURNED):
        return held.run
    _require_may_decide(held, version, RunStage.RETURNED)
    return held.move(RunStage.RETURNED, _fitting_reason(because))


def _fitting_reason(because: str) -> str:
    said = fitting(because, _("Alasan"), LONGEST_WORDS)
    if len(said) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya, supaya pemohon tahu apa yang harus diperbaiki."))
    return said


def _require_may_decide(held: HeldRun, version: int, to: RunStage, at: RunStage = RunStage.DECISION) -> None:
    held.require_own_office(Permission.REGISTRATION_DECIDE)
    held.require_version(version, to.label)
    held.require_stage(at)
    if held.moment.by.pk in desk_of(held.run):
        raise Refusal(_("Anda yang memeriksa berkas ini, jadi pejabat lain yang memutuskannya."))


@action(Permission.REGISTRATION_DECIDE)
def issue(
    registration: Registration,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    version: int,
    valid_to: date | None,
    number: str = "",
) -> Certificate:
    """Give the certificate. What the body held before is replaced by it.

    `valid_to` None means without an end. With `number` the office took one out of its own book. Raises Refusal
    while a stop stands against the body: a new certificate would hold where the old one is suspended.
    """
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.ISSUED):
        given: Certificate | None = held.run.certificate
        if given is not None:
            return given
    _require_may_decide(held, version, RunStage.ISSUED, RunStage.APPROVED)
    if is_stopped(held.run.organisation):
        raise Refusal(_("Lembaga ini sedang dihentikan sementara. Selesaikan dulu sanksi itu."))
    if valid_to is not None and valid_to.year > on.year + _LONGEST_YEARS:
        raise Refusal(_("Masa berlakunya terlalu lama. Periksa tahunnya."))
    rules = rules_of(held.run.region)
    organisation = held.run.organisation
    made = NewCertificate(
        organisation=organisation,
        kind=certificate_kind(organisation),
        issuer=rules.called,
        issuer_region=held.run.region,
        issued_on=on,
        valid_to=valid_to,
        number_pattern=rules.number_pattern,
        number=number.strip(),
        name=printed_name(held.run),
        lines=printed_lines(held.run, rules),
    ).give(by=by, at=at)
    _replace_earlier(made, on)
    held.run.certificate = made
    held.move(RunStage.ISSUED)
    return made


def _replace_earlier(made: Certificate, on: date) -> None:
    earlier = Certificate.objects.select_for_update(of=("self",)).filter(
        organisation=made.organisation,
        kind=made.kind,
        state__in=(CertificateState.STANDING, CertificateState.SUSPENDED),
    )
    for certificate in earlier.exclude(pk=made.pk):
        certificate.state, certificate.state_on = CertificateState.REPLACED, on
        certificate.state_because = made.number
        certificate.save(update_fields=["state", "state_on", "state_because"])
