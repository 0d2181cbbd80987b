"""What pages ask about people: who it may be, what is known, who agreed to what."""

from simpul.people.queries.doubts import Doubts, doubts_about_edit, doubts_about_new
from simpul.people.queries.facts import (
    HeldFact,
    facts_on,
    history_of,
    is_hidden,
    known_values,
    may_see_hidden,
    stored,
    visible,
)
from simpul.people.queries.likeness import Likeness, Reason, likely_same, nik_fingerprint, search
from simpul.people.queries.page import (
    consents_by_purpose,
    facts_by_topic,
    households_to_join,
    may_do,
    register_values,
)
from simpul.people.queries.register import (
    consent_for,
    consents_of,
    household_with_kk,
    household_within_reach,
    households_like,
    kk_fingerprint,
    members_of,
    nik_warnings,
    place_to_register,
    registered_with,
)

__all__ = [
    "Doubts",
    "HeldFact",
    "Likeness",
    "Reason",
    "consent_for",
    "consents_by_purpose",
    "consents_of",
    "doubts_about_edit",
    "doubts_about_new",
    "facts_by_topic",
    "facts_on",
    "history_of",
    "household_with_kk",
    "household_within_reach",
    "households_like",
    "households_to_join",
    "is_hidden",
    "kk_fingerprint",
    "known_values",
    "likely_same",
    "may_do",
    "may_see_hidden",
    "members_of",
    "nik_fingerprint",
    "nik_warnings",
    "place_to_register",
    "register_values",
    "registered_with",
    "search",
    "stored",
    "visible",
]
