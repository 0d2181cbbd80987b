"""What keeps machines from typing on pages that anybody may use, without any outside service and without a session.

A box that only machines fill in, and a sealed ticket that says when the page was opened. The ticket also carries the
key of the row that the page will make and the code that its sender keeps: so a double click makes one row and shows
the same code, and nothing has to know who it was. What comes from one place is counted in access/limits.py.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.forms import CharField, Form, HiddenInput
from django.utils.translation import gettext_lazy as _

from simpul.access.secrets import SealBroken, seal, unseal

# Nobody writes in less; a page that was open for longer may belong to somebody else by now.
FASTEST = timedelta(seconds=3)
LONGEST_OPEN = timedelta(hours=24)
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that look like another
CODE_LENGTH = 12
_GROUP = 4


@dataclass(frozen=True)
class Ticket:
    """What one opened page carries, sealed: the key of its row, the sender's code, when it was opened.

    Each kind of page has its own `purpose`, so that the ticket of one opens no other.
    """

    key: uuid.UUID
    code: str
    opened_at: datetime

    purpose: ClassVar[str] = ""

    @classmethod
    def issued(cls, at: datetime) -> Self:
        """A new one, with a random code."""
        return cls(uuid.uuid4(), "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH)), at)

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """The ticket that a form sent back; None for one that is not ours."""
        try:
            held = json.loads(unseal(base64.urlsafe_b64decode(typed.encode("ascii")), cls.purpose))
        except (SealBroken, binascii.Error, UnicodeEncodeError):
            return None
        return cls(uuid.UUID(held["key"]), held["code"], datetime.fromisoformat(held["opened_at"]))

    def sealed(self) -> str:
        held = {"key": str(self.key), "code": self.code, "opened_at": self.opened_at.isoformat()}
        return base64.urlsafe_b64encode(seal(json.dumps(held), self.purpose)).decode("ascii")

    @property
    def code_shown(self) -> str:
        """In groups of four, as it is copied by hand."""
        return "-".join(self.code[start : start + _GROUP] for start in range(0, len(self.code), _GROUP))


class TicketForm(Form):
    """A form for everybody, with the ticket and the box for machines. What was typed is never lost.

    `tickets` is the kind of ticket, `too_fast` what is said to whoever was faster than people are.
    """

    tickets: ClassVar[type[Ticket]]
    too_fast: ClassVar[Any]

    ticket = CharField(widget=HiddenInput)
    # Filled in by machines only: people neither see it nor come to it with the keyboard.
    website = CharField(required=False)

    def __init__(self, typed: Any = None, *, at: datetime) -> None:
        super().__init__(typed)
        self.at = at
        self.held = self.tickets.read(str(self.data.get("ticket", ""))) if self.is_bound else None
        if self.held and at - self.held.opened_at > LONGEST_OPEN:
            self.held = None
        self.page_ticket = self.held or self.tickets.issued(at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.held is None:
            raise ValidationError(
                _(
                    "Halaman ini terlalu lama terbuka atau tidak lengkap. Periksa isinya, lalu kirim sekali lagi."
                )
            )
        if self.at - self.held.opened_at < FASTEST or cleaned.get("website"):
            raise ValidationError(self.too_fast)
        return cleaned
