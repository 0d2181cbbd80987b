"""Giving a certificate, with its number out of an unbroken series; suspending, lifting and withdrawing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.organisations.models import Certificate, NumberSeries, Organisation
from simpul.organisations.queries.certificate_numbers import (
    LONGEST_NUMBER,
    day_in_words,
    fitting_pattern,
    fresh_code,
    written,
)
from simpul.organisations.queries.registration_rules import called, is_own_office
from simpul.organisations.stages import CertificateKind, CertificateState

LONGEST_REASON = 1000
_SHORTEST_REASON = 10
# What an office of the register gave; what a plenary gave is its own to take back.
_OF_THE_REGISTER = (CertificateKind.REGISTRATION, CertificateKind.LICENCE)
_STANDING, _SUSPENDED, _WITHDRAWN = (
    CertificateState.STANDING,
    CertificateState.SUSPENDED,
    CertificateState.WITHDRAWN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """A certificate that is about to be given. `lines` are the label and text of what is printed between the
    body's name and who gives it; empty texts are left out.

    `issuer_region` is the office that gives it ("21.02", "21", "" for the ministry). With `number` the office
    took one out of its own book; otherwise the next of the series is written into `number_pattern`.
    """

    organisation: Organisation
    kind: str
    issuer: str
    issuer_region: str
    issued_on: date
    valid_to: date | None
    number_pattern: str = ""
    number: str = ""
    grade: str = ""
    lines: tuple[tuple[str, str], ...] = ()

    def give(self, *, by: User | Machine, at: datetime, key: UUID | None = None) -> Certificate:
        """Make the row. Only inside an action: the series stays locked until its transaction ends.

        Raises Refusal where the number is taken or the dates cannot be so.
        """
        if self.valid_to is not None and self.valid_to < self.issued_on:
            raise Refusal(
                _("Hari berakhirnya tidak boleh sebelum hari terbitnya. Periksa tanggal berlakunya.")
            )
        number = self._number()
        if Certificate.objects.filter(kind=self.kind, number=number).exists():
            raise Refusal(
                _(
                    "Nomor %(number)s sudah dipakai. Tulis nomor lain, atau ubah pola nomor di pengaturan kantor, misalnya dengan menambahkan {region}."
                )
                % {"number": number}
            )
        made: Certificate = Certificate.objects.create(
            id=key or uuid4(),
            organisation=self.organisation,
            kind=self.kind,
            number=number,
            issuer=self.issuer,
            issuer_region=self.issuer_region,
            issued_on=self.issued_on,
            valid_to=self.valid_to,
            grade=self.grade,
            words=self.printed(number),
            code=fresh_code(),
            at=at,
            by=by.pk,
            by_name=str(by),
        )
        return made

    def printed(self, number: str) -> list[dict[str, str]]:
        """Every line of the paper in its order."""
        until = day_in_words(self.valid_to) if self.valid_to else "Tidak dibatasi"
        lines = (
            ("Nomor", number),
            ("Nama lembaga", self.organisation.name),
            *self.lines,
            ("Diterbitkan oleh", self.issuer),
            ("Tanggal terbit", day_in_words(self.issued_on)),
            ("Berlaku sampai dengan", until),
        )
        return [{"label": label, "text": text} for label, text in lines if text]

    def _number(self) -> str:
        if self.number:
            return fitting(self.number, _("Nomor"), LONGEST_NUMBER)
        pattern = fitting_pattern(self.number_pattern)
        taken = _next_in_series(self.kind, self.issuer_region, self.issued_on.year)
        return written(pattern, taken, self.issued_on, self.issuer_region)


def _next_in_series(kind: str, region: str, year: int) -> int:
    """Take the next number. Whoever comes at the same time waits until this transaction ends."""
    NumberSeries.objects.get_or_create(kind=kind, region=region, year=year)
    series = NumberSeries.objects.select_for_update().get(kind=kind, region=region, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    taken: int = series.last
    return taken


# --- what an office does to one afterwards ---


@action(Permission.REGISTRATION_DECIDE)
def suspend_certificate(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """From today it does not hold until it is lifted. `was` is the state that the page showed."""
    return _set_state(certificate, _SUSPENDED, by, on, was, because)


@action(Permission.REGISTRATION_DECIDE)
def lift_suspension(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It holds again, as long as its dates say."""
    return _set_state(certificate, _STANDING, by, on, was, because)


@action(Permission.REGISTRATION_DECIDE)
def withdraw_certificate(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It holds no more and never will: the body may apply anew."""
    return _set_state(certificate, _WITHDRAWN, by, on, was, because)


# What an office may make of a certificate, by how it stands.
_MAY_BECOME = {
    _STANDING: (_SUSPENDED, _WITHDRAWN),
    _SUSPENDED: (_STANDING, _WITHDRAWN),
}


def _set_state(
    certificate: Certificate, to: CertificateState, by: User, on: date, was: str, because: str
) -> Certificate:
    current: Certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    said = fitting(because, _("Alasan"), LONGEST_REASON)
    if (current.state, current.state_because) == (to, said):
        return current
    if current.kind not in _OF_THE_REGISTER:
        raise Refusal(_("Sertifikat ini bukan dari pendaftaran; yang memberinya yang dapat mencabutnya."))
    if not is_own_office(current.issuer_region, by, Permission.REGISTRATION_DECIDE):
        raise Refusal(
            _("Tanda daftar ini dari %(office)s, jadi pejabat di sana yang mengubahnya.")
            % {"office": called([current.issuer_region])[current.issuer_region]}
        )
    if current.state != was:
        raise Clash(_("Keadaan tanda daftar ini"), current.get_state_display(), str(to.label))
    if to not in _MAY_BECOME.get(CertificateState(current.state), ()):
        raise Refusal(
            _("Tanda daftar ini sudah %(state)s, jadi tidak dapat diubah lagi.")
            % {"state": current.get_state_display().lower()}
        )
    if len(said) < _SHORTEST_REASON:
        raise Refusal(_("Tulis alasannya: lembaga dan pejabat berikutnya membacanya."))
    current.state, current.state_on, current.state_because = to, on, said
    current.save(update_fields=["state", "state_on", "state_because"])
    return current
