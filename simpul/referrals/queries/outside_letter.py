"""The letter to a body without an account: A4, tagged, with a QR to the page and the code beside it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import segno
import typst
from django.utils.translation import gettext as _

from simpul.access.secrets import SealBroken, seal, unseal
from simpul.organisations.queries.certificates import grouped
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_shared import seen_of, to_whom
from simpul.ui.templatetags.ui import tanggal

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "referrals" / "outside_letter.typ"
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SEALED_AS = "referral.letter"


@dataclass(frozen=True, slots=True)
class Fresh:
    """A code that was just made, kept by the page alone, sealed, until its letter is printed."""

    key: UUID
    code: str

    def sealed(self) -> str:
        held = json.dumps({"key": str(self.key), "code": self.code})
        return base64.urlsafe_b64encode(seal(held, _SEALED_AS)).decode("ascii")

    @classmethod
    def read(cls, typed: str) -> Fresh | None:
        """What a form sent back; None for what is not ours."""
        try:
            held = json.loads(unseal(base64.urlsafe_b64decode(typed.encode("ascii")), _SEALED_AS))
        except (SealBroken, binascii.Error, UnicodeEncodeError):
            return None
        return cls(UUID(held["key"]), held["code"])


def mail_text(referral: Referral, address: str) -> str:
    """Words for an e-mail to copy: nothing about the person, and never the code."""
    told = {
        "whom": to_whom(referral),
        "sender": referral.sender_name,
        "number": referral.number,
        "address": address,
        "until": tanggal(referral.code_until),
        "answer_by": tanggal(referral.answer_by),
    }
    paragraphs = (
        _("Yth. %(whom)s,"),
        _(
            "%(sender)s mengirim rujukan %(number)s kepada Anda. Buka %(address)s, lalu tulis nomor itu dan kode yang kami sampaikan lewat telepon atau surat. Di sana Anda membaca keterangannya dan menjawab; tidak perlu akun. Kode berlaku sampai %(until)s."
        ),
        _("Mohon dijawab paling lambat %(answer_by)s.") if referral.answer_by else "",
        _("Terima kasih, %(sender)s"),
    )
    return "\n\n".join(words % told for words in paragraphs if words)


def mail_link(referral: Referral, words: str) -> str:
    """What opens the worker's own mail program with these words, and the body's address where one is known."""
    known = EMAIL.search(referral.outside_contact or "")
    to = known[0] if known else referral.service.email if referral.service else ""
    subject = _("Rujukan %(number)s") % {"number": referral.number}
    # Lines end as RFC 6068 asks, or some programs join them.
    told = {"subject": subject, "body": words.replace("\n", "\r\n")}
    return f"mailto:{quote(to, safe='@')}?{urlencode(told, quote_via=quote)}"


def said_on_paper(
    referral: Referral, code: str, address: str, on: date, *, with_shared: bool
) -> dict[str, Any]:
    """Everything that the letter says. Of the person only what was shared, and only where it was asked for."""
    seen = seen_of(referral, on)
    told = [{"label": line.label, "text": line.text} for line in seen.told] if with_shared else []
    return {
        "sender": referral.sender_name,
        "to_whom": to_whom(referral),
        "number": referral.number,
        "service": seen.service,
        "day": tanggal(on),
        "answer_by": tanggal(referral.answer_by),
        "until": tanggal(referral.code_until),
        "told": told,
        "code": grouped(code),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2),
    }


def typeset(said: dict[str, Any]) -> bytes:
    """Typst reads the words as JSON: nothing that anybody typed ever becomes Typst source."""
    inputs = {"data": json.dumps(said, ensure_ascii=False)}
    try:
        made: bytes = typst.compile(str(TEMPLATE), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA allows no sign that the fonts cannot draw. A name in another script must not lose its letter.
        made = typst.compile(str(TEMPLATE), sys_inputs=inputs)
    return made
