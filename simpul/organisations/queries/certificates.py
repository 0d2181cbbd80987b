"""Certificates: how they stand on a day, what is printed on them, and the mark by which print is checked."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import blind_index
from simpul.organisations.models import Certificate, Organisation
from simpul.organisations.stages import CertificateKind, CertificateState

# Without those that look like another: people type them from paper.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
MARK_LENGTH = 8
_MARKED = "certificate.mark"


class Standing(TextChoices):
    """How a certificate stands on a day: what was done to it, and what its dates say."""

    VALID = "valid", _("Berlaku")
    NOT_YET = "not_yet", _("Belum berlaku")
    RUN_OUT = "run_out", _("Habis masa berlakunya")
    SUSPENDED = "suspended", _("Dibekukan")
    WITHDRAWN = "withdrawn", _("Dicabut")
    REPLACED = "replaced", _("Diganti yang baru")
    STRUCK = "struck", _("Dicoret karena salah catat")


_DONE = {
    CertificateState.WITHDRAWN.value: Standing.WITHDRAWN,
    CertificateState.REPLACED.value: Standing.REPLACED,
    CertificateState.STRUCK.value: Standing.STRUCK,
    CertificateState.SUSPENDED.value: Standing.SUSPENDED,
}


def standing_on(certificate: Certificate, on: date) -> Standing:
    """How this one stands on that day. What an office did to it says more than its dates."""
    done = _DONE.get(certificate.state)
    # A suspension that nobody lifted ends with the certificate: then it has run out, whatever is lifted.
    if done and done != Standing.SUSPENDED:
        return done
    if certificate.valid_to is not None and certificate.valid_to < on:
        return Standing.RUN_OUT
    if done:
        return done
    return Standing.NOT_YET if certificate.issued_on > on else Standing.VALID


def is_valid(certificate: Certificate, on: date) -> bool:
    """Whether it holds on that day: given, not run out, and not suspended, withdrawn or replaced."""
    return standing_on(certificate, on) == Standing.VALID


def valid_on(on: date, prefix: str = "") -> Q:
    """The same as a condition on certificates; `prefix` is the path to them, such as "certificate__"."""
    return Q(**{f"{prefix}state": CertificateState.STANDING, f"{prefix}issued_on__lte": on}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def standing_of(organisation: Organisation, on: date, kind: str) -> Certificate | None:
    """The certificate of that kind that holds on that day; None where none does."""
    found: Certificate | None = (
        Certificate.objects.filter(valid_on(on), organisation=organisation, kind=kind)
        .order_by("-issued_on", "-at")
        .first()
    )
    return found


def newest_of(organisation: Organisation, kind: str) -> Certificate | None:
    """The certificate of that kind that was given last, however it stands; None where there never was one."""
    found: Certificate | None = (
        Certificate.objects.filter(organisation=organisation, kind=kind)
        .exclude(state=CertificateState.STRUCK)
        .order_by("-issued_on", "-at")
        .first()
    )
    return found


def all_of(organisation: Organisation, kinds: tuple[str, ...] = ()) -> list[Certificate]:
    """Every certificate ever given to a body, the newest first."""
    rows = Certificate.objects.filter(organisation=organisation)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return list(rows.order_by("-issued_on", "-at"))


# --- the printed words and their mark ---


def mark_of(certificate: Certificate) -> str:
    """Eight letters that belong to the printed words and the code, and to no others.

    Made with the secret key of the index, which stays when other keys change: paper is not printed again.
    """
    return mark_for(certificate.code, certificate.words)


def mark_for(code: str, words: list[dict[str, str]]) -> str:
    """The mark of these words under this code. As JSON, so that no two lists of lines are written alike."""
    lines = [[line["label"], line["text"]] for line in words]
    whole = json.dumps([code, lines], ensure_ascii=False, separators=(",", ":"))
    number = int.from_bytes(blind_index(whole, _MARKED), "big")
    letters = []
    for _letter in range(MARK_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def plain_code(typed: str) -> str:
    """A code or mark as it was made, however it was typed: with spaces, dashes, small letters."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def grouped(code: str) -> str:
    """In groups of four, as it is printed and copied by hand."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def words(certificate: Certificate) -> list[dict[str, str]]:
    """The printed lines in their order."""
    lines: list[dict[str, str]] = certificate.words
    return lines


def title_of(kind: str) -> str:
    """What stands in large letters on the paper, in Indonesian as all of it."""
    return _TITLES[kind]


# What is printed is Indonesian whatever language the reader chose: it is an office's paper.
_TITLES: dict[Any, str] = {
    CertificateKind.REGISTRATION: "TANDA DAFTAR LEMBAGA KESEJAHTERAAN SOSIAL",
    CertificateKind.LICENCE: "IZIN OPERASIONAL LEMBAGA KESEJAHTERAAN SOSIAL ASING",
    CertificateKind.ACCREDITATION: "SERTIFIKAT AKREDITASI LEMBAGA DI BIDANG KESEJAHTERAAN SOSIAL",
}
