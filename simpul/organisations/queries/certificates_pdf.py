"""The paper of a certificate: A4, tagged, with a QR that anybody can check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import segno

from simpul.organisations.models import Certificate
from simpul.organisations.queries.certificate_numbers import SIGNS
from simpul.organisations.queries.certificates import grouped, mark_of, title_of, words
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "organisations" / "certificate.typ"


def pdf_of(certificate: Certificate, address: str) -> bytes:
    """The PDF. `address` is the whole address of the check, with the code and the mark, for the QR."""
    return typeset(TEMPLATE, said_on_paper(certificate, address))


def said_on_paper(certificate: Certificate, address: str) -> dict[str, Any]:
    """Everything that the paper says, in Indonesian."""
    return {
        "title": title_of(certificate.kind),
        "issuer": certificate.issuer,
        "number": certificate.number,
        "body": certificate.organisation.name,
        "lines": words(certificate),
        # Who signs stands among the words, and once more under the room for the pen.
        "signs": next((line["text"] for line in words(certificate) if line["label"] == SIGNS), ""),
        "code": grouped(certificate.code),
        "mark": grouped(mark_of(certificate)),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2),
    }
