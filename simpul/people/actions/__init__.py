"""What happens to people's records: the only writes."""

from simpul.people.actions.clash import EditClash
from simpul.people.actions.consents import record_consent, withdraw_consent
from simpul.people.actions.facts import record_fact
from simpul.people.actions.households import (
    change_household,
    edit_household,
    move_household,
    register_household,
)
from simpul.people.actions.record import BirthImpossible
from simpul.people.actions.register import edit, register

__all__ = [
    "BirthImpossible",
    "EditClash",
    "change_household",
    "edit",
    "edit_household",
    "move_household",
    "record_consent",
    "record_fact",
    "register",
    "register_household",
    "withdraw_consent",
]
