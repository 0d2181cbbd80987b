"""Giving a certificate, with its number out of a series; suspending, lifting and withdrawing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal, fitting
from simpul.organisations.models import Certificate, NumberSeries, Organisation
from simpul.organisations.queries.belonging import require_outsider
from simpul.organisations.queries.certificate_numbers import (
    LONGEST_NUMBER,
    day_in_words,
    fitting_pattern,
    fresh_code,
    written,
)
from simpul.organisations.queries.registration_rules import called, is_own_office
from simpul.organisations.queries.registration_sanctions import is_stopped
from simpul.organisations.stages import REGISTERED_BY, CertificateKind, CertificateState

LONGEST_REASON = 1000
_SHORTEST_REASON = 10
# What an office of the register gave; what a plenary gave is its own to take back.
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
    # The name as it was when it was checked; empty where that of today counts.
    name: str = ""

    def give(self, *, by: User | Machine, at: datetime, key: UUID | None = None) -> Certificate:
        """Make the row. Only inside an action: the series stays locked until its transaction ends.

        Raises Refusal where the number is taken or the dates cannot be so.
        """
        if self.valid_to is not None and self.valid_to < self.issued_on:
            raise Refusal(
                _("Hari berakhirnya tidak boleh sebelum hari terbitnya. Periksa tanggal berlakunya.")
            )
        number = self._number()
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
            ("Nama lembaga", self.name or self.organisation.name),
            *self.lines,
            ("Diterbitkan oleh", self.issuer),
            ("Tanggal terbit", day_in_words(self.issued_on)),
            ("Berlaku sampai dengan", until),
        )
        return [{"label": label, "text": text} for label, text in lines if text]

    def _number(self) -> str:
        if not self.number:
            return self._next_in_series(fitting_pattern(self.number_pattern))
        number = fitting(self.number, _("Nomor"), LONGEST_NUMBER)
        if self._is_taken(number):
            raise Refusal(
                _(
                    "Nomor %(number)s sudah dipakai. Tulis nomor lain, atau ubah pola nomor di pengaturan kantor, misalnya dengan menambahkan {wilayah}."
                )
                % {"number": number}
            )
        return number

    def _is_taken(self, number: str) -> bool:
        """Whether it was given here, or is known of a paper of the same office."""
        struck = Q(state=CertificateState.STRUCK)
        known = Q(is_recorded=False) | (Q(issuer_region=self.issuer_region) & ~struck)
        return bool(Certificate.objects.filter(known, kind=self.kind, number=number).exists())

    def _next_in_series(self, pattern: str) -> str:
        """Take the next number. Whoever comes at the same time waits until this transaction ends.

        One that was typed by hand is passed over, or the series would stand still before it for good.
        """
        of_series: dict[str, Any] = {
            "kind": self.kind,
            "region": self.issuer_region,
            "year": self.issued_on.year,
        }
        NumberSeries.objects.get_or_create(**of_series)
        series = NumberSeries.objects.select_for_update().get(**of_series)
        while True:
            series.last += 1
            number = written(pattern, series.last, self.issued_on, self.issuer_region)
            if not self._is_taken(number):
                break
        series.save(update_fields=["last"])
        return number


# --- what an office does to one afterwards ---


@action(Permission.REGISTRATION_DECIDE)
def suspend_certificate(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """From today it does not hold until it is lifted. `was` is the state that the page showed."""
    return _Change(_SUSPENDED, was, because).of_the_register(certificate, by=by, on=on)


@action(Permission.REGISTRATION_DECIDE)
def lift_suspension(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It holds again, as long as its dates say."""
    return _Change(_STANDING, was, because).of_the_register(certificate, by=by, on=on)


@action(Permission.REGISTRATION_DECIDE)
def withdraw_certificate(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It holds no more and never will: the body may apply anew. Its accreditation is suspended with it."""
    return _Change(_WITHDRAWN, was, because).of_the_register(certificate, by=by, on=on)


@action(Permission.ACCREDITATION_SECRETARY)
def suspend_accreditation(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """The secretariat suspends: while it is looked into, and before a member of the plenary withdraws it."""
    return _Change(_SUSPENDED, was, because).of_an_accreditation(certificate, by=by, on=on)


@action(Permission.ACCREDITATION_SECRETARY)
def lift_accreditation(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It holds again, as long as its dates say."""
    return _Change(_STANDING, was, because).of_an_accreditation(certificate, by=by, on=on)


@action(Permission.ACCREDITATION_DECIDE)
def withdraw_accreditation(
    certificate: Certificate, /, *, by: User, on: date, at: datetime, was: str, because: str
) -> Certificate:
    """It never holds again. Only what was suspended before, and only by somebody else than who suspended it."""
    return _Change(_WITHDRAWN, was, because).of_an_accreditation(certificate, by=by, on=on)


# What may be made of a certificate, by how it stands.
_MAY_BECOME = {
    _STANDING: (_SUSPENDED, _WITHDRAWN),
    _SUSPENDED: (_STANDING, _WITHDRAWN),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in the hands of an action, which is what passed the gate; no action by itself."""

    row: Certificate

    @classmethod
    def locked(cls, certificate: Certificate) -> Held:
        """It as it stands now; nobody changes it until the transaction ends."""
        rows = Certificate.objects.select_related("organisation").select_for_update(of=("self",))
        return cls(rows.get(pk=certificate.pk))

    def require_office_of(self, by: User) -> None:
        """Raises Refusal for who does not work for the office that gave it."""
        region = self.row.issuer_region
        if not is_own_office(region, by, Permission.REGISTRATION_DECIDE):
            raise Refusal(
                _("Tanda daftar ini dari %(office)s, jadi pejabat di sana yang mengubahnya.")
                % {"office": called([region])[region]}
            )

    def put(self, to: CertificateState, *, by: User, on: date, because: str) -> None:
        """Write the new state."""
        row = self.row
        row.state, row.state_on, row.state_because, row.state_by = to, on, because, by.pk
        row.save(update_fields=["state", "state_on", "state_because", "state_by"])

    def suspend_accreditation(self, *, by: User, on: date, because: str) -> None:
        """A body whose registration was withdrawn has no accreditation that holds; the secretariat looks at it."""
        rows = Certificate.objects.select_for_update(of=("self",)).filter(
            organisation=self.row.organisation_id, kind=CertificateKind.ACCREDITATION, state=_STANDING
        )
        words = _("Tanda daftar %(number)s dicabut: %(why)s") % {"number": self.row.number, "why": because}
        for one in rows:
            Held(one).put(_SUSPENDED, by=by, on=on, because=words)


@dataclass(frozen=True, slots=True)
class _Change:
    """What somebody wants made of a certificate, which they saw standing as `was`."""

    to: CertificateState
    was: str
    because: str

    def of_the_register(self, certificate: Certificate, *, by: User, on: date) -> Certificate:
        """Only by the office that gave it; a stop that stands is ended on its own page."""
        held = Held.locked(certificate)
        current = held.row
        if current.kind not in REGISTERED_BY:
            raise Refusal(_("Sertifikat ini bukan dari pendaftaran; yang memberinya yang dapat mencabutnya."))
        held.require_office_of(by)
        if self.to == _STANDING and current.state == _SUSPENDED and is_stopped(current.organisation):
            raise Refusal(
                _("Penghentian sementara lembaga ini masih berlaku. Akhiri dulu sanksi itu di tangga sanksi.")
            )
        if self._set(held, by, on) and self.to == _WITHDRAWN:
            held.suspend_accreditation(by=by, on=on, because=current.state_because)
        return current

    def of_an_accreditation(self, certificate: Certificate, *, by: User, on: date) -> Certificate:
        """The secretariat suspends and lifts; withdrawing takes a second person."""
        held = Held.locked(certificate)
        current = held.row
        if current.kind != CertificateKind.ACCREDITATION:
            raise Refusal(_("Ini bukan sertifikat akreditasi; kantor pendaftaran yang mengubahnya."))
        if self.to == _WITHDRAWN and current.state == _STANDING:
            raise Refusal(
                _(
                    "Sekretariat membekukan sertifikat ini lebih dulu; sesudah itu orang lain yang mencabutnya."
                )
            )
        if self.to == _WITHDRAWN and current.state == _SUSPENDED and current.state_by == by.pk:
            raise Refusal(_("Anda yang membekukan sertifikat ini, jadi orang lain yang mencabutnya."))
        self._set(held, by, on)
        return current

    def _set(self, held: Held, by: User, on: date) -> bool:
        """Whether anything was changed: what is pressed twice is done once."""
        current = held.row
        said = fitting(self.because, _("Alasan"), LONGEST_REASON)
        if (current.state, current.state_because) == (self.to, said):
            return False
        require_outsider(current.organisation_id, by)
        if current.state != self.was:
            raise Clash(_("Keadaan tanda daftar ini"), current.get_state_display(), str(self.to.label))
        if self.to not in _MAY_BECOME.get(CertificateState(current.state), ()):
            raise Refusal(
                _("Tanda daftar ini sudah %(state)s, jadi tidak dapat diubah lagi.")
                % {"state": current.get_state_display().lower()}
            )
        if len(said) < _SHORTEST_REASON:
            raise Refusal(_("Tulis alasannya: lembaga dan pejabat berikutnya membacanya."))
        held.put(self.to, by=by, on=on, because=said)
        return True
