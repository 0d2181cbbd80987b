"""What happens to people's records: the only writes."""

from simpul.people.actions.clash import EditClash
from simpul.people.actions.consents import record_consent, withdraw_consent
from simpul.people.actions.facts import record_fact
from simpul.people.actions.record import BirthImpossible
from simpul.people.actions.register import edit, edit_household, register

__all__ = [
    "BirthImpossible",
    "EditClash",
    "edit",
    "edit_household",
    "record_consent",
    "record_fact",
    "register",
    "withdraw_consent",
]
