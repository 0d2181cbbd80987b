"""Certificates of taking part: who has come often enough, what is printed, and the check by code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import segno

from simpul.catalogue.programmes import norms
from simpul.organisations.queries import name_of
from simpul.organisations.queries.certificate_numbers import day_in_words
from simpul.organisations.queries.certificates import CODE_LENGTH, grouped
from simpul.places.queries import path
from simpul.programmes.models import Diploma, Participant, Programme, Session
from simpul.programmes.queries.cohort import taking_part
from simpul.programmes.queries.sessions import newest_attendance
from simpul.programmes.stages import Came
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "programmes" / "certificate.typ"
# The paper is Indonesian whatever language the reader chose.
TITLE = "Sertifikat Kehadiran"
PATTERN = "{nomor}/SERTIFIKAT/{wilayah}/{tahun}"


@dataclass(frozen=True, slots=True)
class Earned:
    """One participant: which of the held sessions they came to, the hours of these, and the certificate they have."""

    participant: Participant
    sessions: tuple[Session, ...]
    held: int
    hours: Decimal
    is_enough: bool
    diploma: Diploma | None


def earned(programme: Programme) -> tuple[Earned, ...]:
    """Everybody who takes part. A constant number of questions."""
    held = list(programme.sessions.exclude(held_on=None).order_by("order"))
    newest = newest_attendance(held)
    people = list(taking_part(programme))
    standing = {
        row.participant_id: row
        for row in Diploma.objects.filter(programme=programme, withdrawn_on=None).order_by("at")
    }
    return tuple(_earned(one, held, newest, standing.get(one.pk)) for one in people)


def _earned(
    one: Participant, held: list[Session], newest: dict[UUID, dict[UUID, Any]], diploma: Diploma | None
) -> Earned:
    came = tuple(
        session
        for session in held
        if (row := newest[session.pk].get(one.pk)) is not None and row.came == Came.YES
    )
    share = norms().certificate_share
    return Earned(
        participant=one,
        sessions=came,
        held=len(held),
        hours=sum((session.hours or Decimal(0) for session in came), Decimal(0)),
        is_enough=bool(held) and 100 * len(came) >= share * len(held),
        diploma=diploma,
    )


def issuer_of(programme: Programme) -> str:
    """Who gives the certificate, as a first suggestion."""
    return name_of(programme.organisation) or f"Dinas Sosial {path(programme.region)}"


def lines_of(programme: Programme, one: Earned, *, number: str, on: date, signs: str) -> list[dict[str, str]]:
    """What is printed. Nothing of test results."""
    days = [session.on for session in one.sessions]
    when = day_in_words(min(days))
    if min(days) != max(days):
        when = f"{when} sampai {day_in_words(max(days))}"
    told = (
        ("Nama", one.participant.name or ""),
        ("Lembaga", one.participant.member.organisation.name),
        ("Program", programme.title),
        ("Waktu", when),
        ("Pertemuan", f"{len(one.sessions)} dari {one.held}: " + "; ".join(_titles(one.sessions))),
        ("Lama", f"{_plain(one.hours)} jam" if one.hours else ""),
        ("Nomor", number),
        ("Tanggal", day_in_words(on)),
        ("Yang menandatangani", signs),
    )
    return [{"label": label, "text": text} for label, text in told if text]


def _titles(sessions: Iterable[Session]) -> list[str]:
    return [session.title for session in sessions]


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}".replace(".", ",")


def words_of(diploma: Diploma) -> dict[str, Any]:
    """What the paper says: its issuer and its lines."""
    words: dict[str, Any] = diploma.words
    return words


def pdf_of(diploma: Diploma, address: str) -> bytes:
    """The paper. `address` is the whole address of the check, for the QR."""
    said = words_of(diploma)
    return typeset(
        TEMPLATE,
        {
            "title": TITLE,
            "issuer": said["issuer"],
            "number": diploma.number,
            "lines": said["lines"],
            "signs": next(
                (one["text"] for one in said["lines"] if one["label"] == "Yang menandatangani"), ""
            ),
            "code": grouped(diploma.code),
            "address": address,
            "qr": segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2),
        },
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer of the check, and nothing beside it: what the paper says, and whether it was withdrawn."""

    title: str
    issuer: str
    lines: list[dict[str, str]]
    withdrawn_on: date | None


def checked(code: str) -> Checked | None:
    """What the check says; None for a code that was never given."""
    if len(code) != CODE_LENGTH:
        return None
    row: Diploma | None = Diploma.objects.filter(code=code).first()
    if row is None:
        return None
    said = words_of(row)
    return Checked(TITLE, said["issuer"], said["lines"], row.withdrawn_on)
