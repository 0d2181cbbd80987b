"""What forms tell the actions of programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done. `priority` 1 comes first, `budget` is whole rupiah."""

    words: str
    priority: int
    measure: str = ""
    aspect: str = ""
    budget: int = 0
    due_on: date | None = None
    in_charge: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both sides signed. `account_due_on` is when the money must be accounted for."""

    number: str
    on: date
    signed_by: str
    account_due_on: date


@dataclass(frozen=True, slots=True)
class Handed:
    """Money that was handed over, before a witness."""

    amount: int
    on: date
    received_by: str
    witness: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Money that was spent, for which line of the action plan, on which receipt."""

    amount: int
    on: date
    words: str
    voucher: str = ""
    line: UUID | None = None
    file: tuple[str, bytes] | None = None
