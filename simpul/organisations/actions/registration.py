"""What an applicant does: begins an application, brings what is asked for, submits it, takes it back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.files import keep, leaves_no_file_behind
from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.access.rows import made_before
from simpul.catalogue import registration as catalogue
from simpul.catalogue.organisations.papers import largest_file, paper_kind
from simpul.catalogue.registration import Demand
from simpul.organisations.actions.registration_run import LONGEST_WORDS, HeldRun, Moment
from simpul.organisations.models import Certificate, Organisation, Paper, Registration, Requirement
from simpul.organisations.queries.certificates import newest_of, standing_of
from simpul.organisations.queries.changes import locked
from simpul.organisations.queries.registration_lines import (
    asked_now,
    certificate_kind,
    demand_called,
    missing_of,
    papers_of,
    seen_of,
    told_lines,
    words_of_line,
)
from simpul.organisations.queries.registration_office import NOT_REGISTERED, JudgedOffice, judged_office
from simpul.organisations.queries.registration_rules import Rules, rules_of
from simpul.organisations.stages import (
    CertificateState,
    LegalStatus,
    RunKind,
    RunStage,
)

LONGEST_LINE = 1000
_LONGEST_NUMBER = 80
_LONGEST_ISSUER = 200


@action(Permission.REGISTRATION_APPLY)
def start(
    organisation: Organisation, /, *, by: User, on: date, at: datetime, key: UUID, kind: str, scheme: str = ""
) -> Registration:
    """Begin an application as a draft that only the applicant sees. A repeated key gives the same one again.

    Papers of the body that fit a line and hold are laid to it at once; the applicant can change that.
    Raises Refusal where one is running, or where this kind of application does not fit what the body holds.
    """
    held = locked(organisation)
    if found := made_before(Registration, key, organisation_id=held.pk):
        return found
    _require_may_start(held, kind, on)
    chosen = scheme or catalogue.current_scheme().code
    if chosen not in catalogue.schemes():
        raise Refusal(_("Pilih daftar persyaratan dari pilihan yang ada."))
    made: Registration = Registration.objects.create(
        id=key, organisation=held, kind=kind, scheme=chosen, at=at, by=by.pk, by_name=str(by)
    )
    HeldRun(made, Moment(by, on, at)).note("", RunStage.DRAFT)
    _lay_out(made, on)
    return made


def _lay_out(run: Registration, on: date) -> None:
    kept = {paper.kind: paper for paper in papers_of(run.organisation) if _is_the_one(paper, on)}
    Requirement.objects.bulk_create(
        Requirement(registration=run, code=demand.code, paper=kept[demand.paper])
        for demand in asked_now(run, on)
        if demand.paper in kept
    )


def _is_the_one(paper: Paper, on: date) -> bool:
    """Whether there is one of its kind at a time, and it holds on that day."""
    known = paper_kind(paper.kind)
    is_over = paper.valid_to is not None and paper.valid_to < on
    return known is not None and not known.is_several and not is_over


def _require_may_start(organisation: Organisation, kind: str, on: date) -> None:
    if organisation.kind in NOT_REGISTERED:
        raise Refusal(
            _("Yang didaftarkan adalah lembaga bentukan masyarakat; %(kind)s tidak memerlukannya.")
            % {"kind": organisation.get_kind_display()}
        )
    if organisation.is_closed:
        raise Refusal(_("Lembaga ini tercatat sudah tutup. Perbaiki dulu catatannya."))
    if Registration.objects.filter(organisation=organisation).running().exists():
        raise Refusal(_("Lembaga ini masih punya permohonan yang berjalan. Selesaikan atau tarik dulu."))
    held = standing_of(organisation, on, certificate_kind(organisation))
    newest: Certificate | None = newest_of(organisation, certificate_kind(organisation))
    if kind not in RunKind.values:
        raise Refusal(_("Pilih jenis permohonan dari daftar."))
    if kind == RunKind.NEW and held is not None:
        raise Refusal(_("Tanda daftar lembaga ini masih berlaku. Ajukan perpanjangan atau perubahan data."))
    if kind == RunKind.CHANGE and held is None:
        raise Refusal(_("Tidak ada tanda daftar yang berlaku untuk diubah. Ajukan pendaftaran baru."))
    if kind == RunKind.RENEWAL and newest is not None and newest.state == CertificateState.WITHDRAWN:
        raise Refusal(_("Tanda daftar yang dicabut tidak dapat diperpanjang. Ajukan pendaftaran baru."))


@leaves_no_file_behind
@action(Permission.REGISTRATION_APPLY)
def bring(
    registration: Registration,
    /,
    *,
    by: User,
    on: date,
    at: datetime,
    code: str,
    seen: str,
    words: str = "",
    paper: UUID | None = None,
    key: UUID | None = None,
    file: bytes | None = None,
    file_name: str = "",
    number: str = "",
    issuer: str = "",
    valid_to: date | None = None,
) -> Requirement:
    """Fill one line of the checklist: with words, with a paper that is kept already, or with a new file.

    `seen` is what the page showed of the line; where somebody filled it meanwhile, Clash is raised. A new file
    becomes a paper of the body under `key`. What the desk found before is to be checked anew.
    """
    # The papers of a body are changed under its lock, so that one of a kind stands at a time.
    locked(registration.organisation)
    held = HeldRun.taken(registration, Moment(by, on, at))
    held.require_stage(RunStage.DRAFT, RunStage.RETURNED)
    demand = demand_called(held.run, code, on)
    if demand is None:
        raise Refusal(_("Persyaratan itu tidak diminta untuk permohonan ini."))
    line = _line(held.run, code)
    kept = fitting(words, _("Keterangan"), LONGEST_LINE)
    if key is not None and line.paper_id == key and line.words == kept:
        return line
    if seen != seen_of(line):
        if (line.words, line.paper_id) == (kept, paper) and file is None:
            return line
        raise Clash(_("Baris ini"), words_of_line(line), kept)
    if demand.only_words and (paper or file is not None):
        raise Refusal(
            _("Cukup tulis jumlahnya. Daftar nama atau foto penerima manfaat tidak boleh dilampirkan.")
        )
    if file is not None and key is not None:
        details = _details(number, issuer, valid_to)
        line.paper = _filed(held, demand, key, file, file_name, details)
    else:
        line.paper = _owned(held.run.organisation, paper)
    line.words, line.answer = kept, ""
    line.checked_at, line.checked_by_name = None, ""
    line.save()
    return line


def _line(run: Registration, code: str) -> Requirement:
    line: Requirement
    line, _created = Requirement.objects.get_or_create(registration=run, code=code)
    return line


def _owned(organisation: Organisation, paper: UUID | None) -> Paper | None:
    if paper is None:
        return None
    found: Paper | None = Paper.objects.filter(pk=paper, organisation=organisation).first()
    if found is None:
        raise Refusal(_("Dokumen itu bukan milik lembaga ini. Pilih lagi dari daftar."))
    if found.replaced_by_id is not None or found.removed_at is not None:
        raise Refusal(_("Dokumen itu sudah diganti atau dihancurkan. Pilih yang berlaku dari daftar."))
    return found


def _details(number: str, issuer: str, valid_to: date | None) -> dict[str, str | date | None]:
    return {
        "number": fitting(number, _("Nomor"), _LONGEST_NUMBER),
        "issuer": fitting(issuer, _("Penerbit"), _LONGEST_ISSUER),
        "valid_to": valid_to,
    }


def _filed(
    held: HeldRun,
    demand: Demand,
    key: UUID,
    file: bytes,
    file_name: str,
    details: dict[str, str | date | None],
) -> Paper:
    """A new paper of the body, kept with its file."""
    found: Paper | None = Paper.objects.filter(pk=key).first()
    if found is not None:
        return _owned(held.run.organisation, found.pk) or found
    made = Paper(
        id=key,
        organisation=held.run.organisation,
        kind=demand.paper or "other",
        title=demand.title.id,
        at=held.moment.at,
        by=held.moment.by.pk,
        by_name=str(held.moment.by),
        **details,
    )
    keep(made, file, file_name=file_name, most=largest_file())
    made.save(force_insert=True)
    _take_the_place(made)
    return made


def _take_the_place(made: Paper) -> None:
    """Of the paper of its kind that stood there, where a body has one of the kind at a time."""
    known = paper_kind(made.kind)
    if known is not None and not known.is_several:
        earlier = Paper.objects.filter(organisation=made.organisation, kind=made.kind, replaced_by=None)
        for paper in earlier.exclude(pk=made.pk):
            paper.replaced_by = made
            paper.save(update_fields=["replaced_by"])


@action(Permission.REGISTRATION_APPLY)
def submit(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, words: str = ""
) -> Registration:
    """Send it to the office that registers, which is judged from the areas served. The clock starts.

    Raises Refusal with what is still missing: the area served, the legal status, or lines without anything.
    Sent again after it was returned, it goes back to the same office and the clock runs on.
    """
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.SUBMITTED):
        return held.run
    held.require_version(version, RunStage.SUBMITTED.label)
    held.require_stage(RunStage.DRAFT, RunStage.RETURNED)
    organisation = held.run.organisation
    if organisation.legal_status not in LegalStatus.values:
        raise Refusal(
            _("Status hukum lembaga belum diisi. Lengkapi di catatan lembaga, karena persyaratannya berbeda.")
        )
    office = judged_office(organisation, on)
    _require_office(held, office)
    rules = rules_of(office.region)
    asked = asked_now(held.run, on)
    if missing := missing_of(held.run, asked):
        raise Refusal(
            _("Masih ada yang kosong: %(lines)s. Lampirkan dokumennya, atau tulis mengapa belum ada.")
            % {"lines": "; ".join(missing)}
        )
    for demand in asked:
        Requirement.objects.get_or_create(registration=held.run, code=demand.code)
    held.run.authority, held.run.region = office.authority, office.region
    held.run.submitted_on = held.run.submitted_on or on
    held.run.told = _told(held.run, office, rules, asked)
    held.run.words = fitting(words, _("Pesan"), LONGEST_WORDS)
    return held.move(RunStage.SUBMITTED, held.run.words)


def _require_office(held: HeldRun, office: JudgedOffice) -> None:
    if not office.is_known:
        raise Refusal(
            _(
                "Belum jelas kantor mana yang mendaftar. Isi dulu wilayah layanan di catatan lembaga: desa, kecamatan, atau kabupaten yang benar-benar dilayani."
            )
        )
    if held.stage == RunStage.RETURNED and office.region != held.run.region:
        raise Refusal(
            _(
                "Wilayah layanan lembaga berubah, sehingga kantor lain yang mendaftarnya. Tarik permohonan ini, lalu ajukan yang baru."
            )
        )


def _told(
    run: Registration, office: JudgedOffice, rules: Rules, asked: tuple[Demand, ...]
) -> dict[str, object]:
    """What was judged and promised when it was submitted; the promise of the first time stays."""
    return {
        "finding": office.finding.to_json(),
        "areas": list(office.areas),
        "code_list_on": office.judged.code_list_on.isoformat() if office.judged.code_list_on else "",
        "legal_status": run.organisation.legal_status,
        "organisation_version": run.organisation.version,
        "name": run.organisation.name,
        "need_types": list(run.organisation.need_types),
        "working_days": run.told.get("working_days", rules.working_days),
        "lines": told_lines(asked),
    }


@action(Permission.REGISTRATION_APPLY)
def withdraw_run(
    registration: Registration, /, *, by: User, on: date, at: datetime, version: int, because: str = ""
) -> Registration:
    """Take the application back. It stays to be read, and another can be begun."""
    held = HeldRun.taken(registration, Moment(by, on, at))
    if held.is_done_already(version, RunStage.WITHDRAWN):
        return held.run
    held.require_version(version, RunStage.WITHDRAWN.label)
    return held.move(RunStage.WITHDRAWN, fitting(because, _("Alasan"), LONGEST_WORDS))
