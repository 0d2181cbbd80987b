"""The code of a letter: its mark, whether it still opens, and the ticket that a page of answers carries."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from simpul.access.gate import THE_MACHINE
from simpul.access.permissions import Permission
from simpul.access.secrets import SealBroken, blind_index, seal, unseal
from simpul.organisations.queries.certificates import CODE_LENGTH, plain_code
from simpul.referrals.models import Referral
from simpul.referrals.queries.loop_standing import is_consent_gone

_MARKED = "referral.code"
_TICKET = "referral.ticket"
# A page of answers may lie open on the desk of a village office for so long.
_OPEN_FOR = timedelta(hours=2)


def mark_of(referral: Referral, code: str) -> str:
    """By which a code is known again; bound to the one referral."""
    return blind_index(f"{referral.pk}:{plain_code(code)}", _MARKED).hex()


def lettered(number: str) -> Referral | None:
    """The referral with this number that was sent by letter and not taken back; None for anything else."""
    reached = Referral.objects.reachable(THE_MACHINE, Permission.REFERRAL_ANSWER)
    rows = reached.select_related("case__person", "person", "service", "receiver", "consent__person")
    found: Referral | None = rows.filter(number=_numbered(number)).first()
    return found


def _numbered(typed: str) -> str:
    plain = plain_code(typed)
    return f"R-{plain[1:]}" if plain.startswith("R") else f"R-{plain}"


def opens(referral: Referral, code: str, on: date) -> bool:
    """Whether this code is right and still holds."""
    is_right = len(plain_code(code)) == CODE_LENGTH and hmac.compare_digest(
        mark_of(referral, code), referral.code_mark
    )
    return is_right and holds(referral, on)


def holds(referral: Referral, on: date) -> bool:
    """Whether the letter's code opens anything on that day, with whatever is typed.

    Wrong codes never shut it, or anybody with the number could. What guards it is the length of the code.
    """
    in_time = referral.code_until is not None and referral.code_until >= on
    return in_time and bool(referral.code_mark) and not is_consent_gone(referral, on)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a page carries that was opened with the right code, sealed: so no session remembers who answered.

    Bound to the code's mark: a new letter or a withdrawal closes every page that is open.
    """

    key: UUID
    mark: str
    opened_at: datetime

    @classmethod
    def of(cls, referral: Referral, at: datetime) -> Ticket:
        return cls(referral.pk, referral.code_mark, at)

    @classmethod
    def read(cls, typed: str) -> Ticket | None:
        """The ticket that a form sent back; None for one that is not ours."""
        try:
            held = json.loads(unseal(base64.urlsafe_b64decode(typed.encode("ascii")), _TICKET))
        except (SealBroken, binascii.Error, UnicodeEncodeError):
            return None
        return cls(UUID(held["key"]), held["mark"], datetime.fromisoformat(held["opened_at"]))

    def sealed(self) -> str:
        held = {"key": str(self.key), "mark": self.mark, "opened_at": self.opened_at.isoformat()}
        return base64.urlsafe_b64encode(seal(json.dumps(held), _TICKET)).decode("ascii")

    def referral(self, at: datetime, on: date) -> Referral | None:
        """What it opens at that moment; None when the page was open too long, or the code holds no longer."""
        if not timedelta() <= at - self.opened_at <= _OPEN_FOR:
            return None
        reached = Referral.objects.reachable(THE_MACHINE, Permission.REFERRAL_ANSWER)
        rows = reached.select_related("case__person", "person", "service", "receiver", "consent__person")
        found: Referral | None = rows.filter(pk=self.key, code_mark=self.mark).first()
        return found if found is not None and holds(found, on) else None
