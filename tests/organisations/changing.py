"""Invented changes to an invented body, and the days on which they are made."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from simpul.organisations.actions import changes
from simpul.organisations.queries.parts import mark_of, values_of

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
_minutes = count(1)

# For each part values that differ from an empty record.
OTHERS = {
    "identity": {"phone": "0777 123456", "website": "https://tunas.example.id"},
    "purpose": {"vision": "Setiap anak punya rumah.", "goals": [{"kind": "social", "words": "Anak aman"}]},
    "legal": {"deed_number": "12", "deed_on": "2010-05-04", "npwp": "012345678901000", "has_statutes": True},
    "service": {"need_types": ["LUT", "PD"], "capacity": 40, "yearly_budget": 90, "yearly_own_income": 30},
}


def officer_row(**details):
    kept = {"id": str(uuid4()), "unit": "board", "title": "Ketua", "name": "Ratna Dewi", "phone": "0812 1"}
    return {**kept, **details}


ROW_OF = {
    "officers": officer_row,
    "staff": lambda **more: {"id": str(uuid4()), "name": "Budi", "profession": "educator", **more},
    "facilities": lambda **more: {"id": str(uuid4()), "code": "computer", "amount": 2, **more},
    "area": lambda **more: {"id": str(uuid4()), "code": "21.02.10.2003", "since": "2015-01-01", **more},
    "accounts": lambda **more: {
        "id": str(uuid4()), "bank": "Bank Laut", "holder": "LKS Tunas", "number": "887766", **more,
    },
    "help": lambda **more: {
        "id": str(uuid4()), "received_on": "2026-05-04", "what": "Bantuan sarana", "form": "money", "rupiah": 15_000_000,
        "giver_kind": "region", "giver": "Dinas Sosial", "accounting": "open", "account_by": "2026-12-31", **more,
    },
}  # fmt: skip


def other_values(part):
    """Values of this part that a body without any record does not have."""
    return {"rows": [ROW_OF[part]()]} if part in ROW_OF else OTHERS[part]


def a_minute_later():
    """A moment after all the others of this run: what happens later is later."""
    return AT + timedelta(minutes=next(_minutes))


def _asked(perform, body, by, part="identity", values=None, *, key=None, read=None, on=ON):
    values = other_values(part) if values is None else values
    body.refresh_from_db()
    read = mark_of(values_of(body, part)) if read is None else read
    at = a_minute_later()
    return perform(body, by=by, key=key or uuid4(), part=part, values=values, read=read, on=on, at=at)


def propose(body, by, *args, **details):
    return _asked(changes.propose_change, body, by, *args, **details)


def change(body, by, *args, **details):
    return _asked(changes.change_directly, body, by, *args, **details)


def accept(found, by, *, on=ON):
    return changes.accept_change(found, by=by, on=on, at=a_minute_later())


def refuse(found, by, because="Akta belum dilampirkan."):
    return changes.refuse_change(found, by=by, at=a_minute_later(), because=because)


def withdraw(found, by):
    return changes.withdraw_change(found, by=by, at=a_minute_later())
