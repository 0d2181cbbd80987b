"""What is stored about people: households, persons, consents, facts, and what they ask about their data."""

from simpul.people.models.choices import (
    Basis,
    Capacity,
    Mode,
    Moving,
    NikAbsent,
    Purpose,
    Relation,
    RequestKind,
    RequestState,
    Sex,
    Source,
    State,
)
from simpul.people.models.consent import CONSENT_TEXT, Consent, ConsentQuerySet
from simpul.people.models.fact import SAID_LENGTH, Fact, FactQuerySet, fact_fingerprint
from simpul.people.models.person import ERASED_NAME, Household, HouseholdQuerySet, Person, PersonQuerySet
from simpul.people.models.request import DataRequest, DataRequestQuerySet

__all__ = [
    "CONSENT_TEXT",
    "ERASED_NAME",
    "SAID_LENGTH",
    "Basis",
    "Capacity",
    "Consent",
    "ConsentQuerySet",
    "DataRequest",
    "DataRequestQuerySet",
    "Fact",
    "FactQuerySet",
    "Household",
    "HouseholdQuerySet",
    "Mode",
    "Moving",
    "NikAbsent",
    "Person",
    "PersonQuerySet",
    "Purpose",
    "Relation",
    "RequestKind",
    "RequestState",
    "Sex",
    "Source",
    "State",
    "fact_fingerprint",
]
