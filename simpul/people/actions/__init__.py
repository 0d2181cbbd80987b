"""What happens to people's records: the only writes."""

from simpul.people.actions.clash import EditClash
from simpul.people.actions.consents import record_consent, withdraw_consent
from simpul.people.actions.crowd import settle
from simpul.people.actions.erase import ERASERS, Emptying, NotErasable, erase
from simpul.people.actions.facts import record_fact
from simpul.people.actions.households import (
    change_household,
    edit_household,
    move_household,
    register_household,
)
from simpul.people.actions.limits import hold, lift_hold, lift_limit, limit
from simpul.people.actions.record import BirthImpossible
from simpul.people.actions.register import edit, register
from simpul.people.actions.requests import answer_request, record_request

__all__ = [
    "ERASERS",
    "BirthImpossible",
    "EditClash",
    "Emptying",
    "NotErasable",
    "answer_request",
    "change_household",
    "edit",
    "edit_household",
    "erase",
    "hold",
    "lift_hold",
    "lift_limit",
    "limit",
    "move_household",
    "record_consent",
    "record_fact",
    "record_request",
    "register",
    "register_household",
    "settle",
    "withdraw_consent",
]
