"""Entering a certificate that was given on paper or by another office, and striking what was entered by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal, fitting
from simpul.access.rows import made_before
from simpul.organisations.actions.certificates import LONGEST_REASON, Held
from simpul.organisations.models import Certificate, Organisation
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.certificate_numbers import LONGEST_NUMBER, day_in_words, fresh_code
from simpul.organisations.queries.certificates_recorded import BASIS, OnPaper, grades, kinds_for, paper_of
from simpul.organisations.queries.registration_rules import called
from simpul.organisations.queries.registration_sanctions import is_stopped
from simpul.organisations.stages import CertificateKind, CertificateState

_LONGEST_ISSUER = 200
_SHORTEST_REASON = 10
# Older paper than this is a slip of the pen.
_EARLIEST, _LATEST = 1945, 2200


@action(Permission.REGISTRATION_CHECK)
def record_certificate(
    organisation: Organisation, /, *, by: User, on: date, at: datetime, key: UUID, told: OnPaper
) -> Certificate:
    """An officer enters what a paper says that was shown. It counts like one that was given here.

    A repeated key gives the same again. Raises Refusal for what cannot be, or without the paper among its papers.
    """
    return _Entry(told, by, on, at).kept(organisation, key)


@action(Permission.ACCREDITATION_SECRETARY)
def record_accreditation(
    organisation: Organisation, /, *, by: User, on: date, at: datetime, key: UUID, told: OnPaper
) -> Certificate:
    """The same by the secretariat, for a certificate of accreditation."""
    return _Entry(told, by, on, at).kept(organisation, key)


@action(Permission.REGISTRATION_CHECK)
def strike_certificate(certificate: Certificate, /, *, by: User, on: date, because: str) -> Certificate:
    """It was entered by mistake: from now on as if it had never been there. Pressed twice it is struck once."""
    return _struck(certificate, by, on, because)


@action(Permission.ACCREDITATION_SECRETARY)
def strike_accreditation(certificate: Certificate, /, *, by: User, on: date, because: str) -> Certificate:
    """The same by the secretariat, for a certificate of accreditation."""
    return _struck(certificate, by, on, because)


def _struck(certificate: Certificate, by: User, on: date, because: str) -> Certificate:
    held = Held.locked(certificate)
    current = held.row
    if current.state == CertificateState.STRUCK:
        return current
    require_outsider(current.organisation_id, by)
    if not current.is_recorded:
        raise Refusal(_("Surat ini terbit di Simpul, jadi tidak dicoret. Bekukan atau cabut."))
    if current.kind not in kinds_for(current.organisation, by):
        raise Refusal(_("Surat jenis ini dicatat dan dicoret oleh kantor lain."))
    if current.state != CertificateState.STANDING:
        raise Refusal(
            _("Surat ini sudah %(state)s, jadi tidak dicoret lagi.")
            % {"state": current.get_state_display().lower()}
        )
    said = fitting(because, _("Alasan"), LONGEST_REASON)
    if len(said) < _SHORTEST_REASON:
        raise Refusal(_("Tulis apa yang salah catat."))
    held.put(CertificateState.STRUCK, by=by, on=on, because=said)
    return current


@dataclass(frozen=True, slots=True)
class _Entry:
    """One paper that somebody enters on that day."""

    told: OnPaper
    by: User
    on: date
    at: datetime

    def kept(self, organisation: Organisation, key: UUID) -> Certificate:
        body = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if repeated := made_before(Certificate, key, organisation_id=body.pk):
            return repeated
        require_outsider(body.pk, self.by)
        self._require_fitting(body)
        number = fitting(self.told.number, _("Nomor"), LONGEST_NUMBER, is_needed=True)
        self._require_new(body, number)
        paper = paper_of(body, self.told.paper)
        if paper is None:
            raise Refusal(_("Simpan dulu suratnya di bagian surat lembaga ini, lalu pilih di sini."))
        issuer = fitting(self.told.issuer, _("Penerbit"), _LONGEST_ISSUER) or self._office()
        made: Certificate = Certificate.objects.create(
            id=key,
            organisation=body,
            kind=self.told.kind,
            number=number,
            issuer=issuer,
            issuer_region=self.told.issuer_region,
            issued_on=self.told.issued_on,
            valid_to=self.told.valid_to,
            grade=self.told.grade,
            words=self._words(body, number, issuer),
            code=fresh_code(),
            is_recorded=True,
            paper=paper,
            at=self.at,
            by=self.by.pk,
            by_name=str(self.by),
        )
        return made

    def _require_fitting(self, body: Organisation) -> None:
        told = self.told
        if told.kind not in kinds_for(body, self.by):
            raise Refusal(_("Surat jenis itu tidak dapat Anda catat untuk lembaga ini."))
        if told.issued_on.year < _EARLIEST or told.issued_on > self.on:
            raise Refusal(_("Hari terbitnya tidak mungkin. Tulis hari yang tercetak di surat."))
        if told.valid_to is not None and not told.issued_on <= told.valid_to <= date(_LATEST, 12, 31):
            raise Refusal(
                _("Hari berakhirnya tidak boleh sebelum hari terbitnya. Periksa tanggal berlakunya.")
            )
        is_graded = told.kind == CertificateKind.ACCREDITATION
        if is_graded != (told.grade in dict(grades())) or (not is_graded and told.grade):
            raise Refusal(_("Pilih peringkat untuk sertifikat akreditasi, dan hanya untuk itu."))
        if is_graded and not told.issuer.strip():
            raise Refusal(_("Tulis siapa yang menerbitkan sertifikat akreditasi ini."))
        if not is_graded and is_stopped(body):
            raise Refusal(_("Lembaga ini sedang dihentikan sementara. Selesaikan dulu sanksi itu."))

    def _require_new(self, body: Organisation, number: str) -> None:
        same = Certificate.objects.filter(organisation=body, kind=self.told.kind, number=number)
        if same.exclude(state=CertificateState.STRUCK).exists():
            raise Refusal(_("Surat dengan nomor %(number)s sudah tercatat.") % {"number": number})

    def _office(self) -> str:
        return called([self.told.issuer_region])[self.told.issuer_region]

    def _words(self, body: Organisation, number: str, issuer: str) -> list[dict[str, str]]:
        """As the paper says it, and that nobody printed this here. Named is the office, not the officer."""
        until = day_in_words(self.told.valid_to) if self.told.valid_to else "Tidak dibatasi"
        lines = (
            ("Nomor", number),
            ("Nama lembaga", body.name),
            ("Peringkat", dict(grades()).get(self.told.grade, "")),
            ("Diterbitkan oleh", issuer),
            ("Tanggal terbit", day_in_words(self.told.issued_on)),
            ("Berlaku sampai dengan", until),
            (
                BASIS,
                f"Dicatat dari surat yang diperlihatkan kepada {self._entered_by()}, {day_in_words(self.on)}",
            ),
        )
        return [{"label": label, "text": text} for label, text in lines if text]

    def _entered_by(self) -> str:
        if self.told.kind == CertificateKind.ACCREDITATION and not self.by.can(Permission.REGISTRATION_CHECK):
            return "sekretariat akreditasi"
        grants = self.by.grants_with(Permission.REGISTRATION_CHECK)
        regions = [grant.region for grant in grants if grant.organisation is None]
        return called([max(regions, key=len)])[max(regions, key=len)] if regions else "petugas Dinas Sosial"
