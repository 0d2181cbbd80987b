"""What is stored about organisations and other sources of help."""

from simpul.organisations.models.body import (
    Account,
    Change,
    Facility,
    HelpReceived,
    Listed,
    Officer,
    OfOrganisation,
    OfOrganisationQuerySet,
    Organisation,
    OrganisationQuerySet,
    ServedArea,
    Staff,
)
from simpul.organisations.models.oversight import Flag, Report
from simpul.organisations.models.papers import Certificate, NumberSeries, Paper
from simpul.organisations.models.registration import (
    FieldVisit,
    OfficeRules,
    Registration,
    RegistrationStep,
    Requirement,
    Sanction,
    VisitPhoto,
)
from simpul.organisations.models.source_types import LocalType
from simpul.organisations.models.sources import HoursGiven, Listing, Source, Training
from simpul.organisations.models.standing import Classification, Indicator
from simpul.organisations.stages import Kind

__all__ = [
    "Account",
    "Certificate",
    "Change",
    "Classification",
    "Facility",
    "FieldVisit",
    "Flag",
    "HelpReceived",
    "HoursGiven",
    "Indicator",
    "Kind",
    "Listed",
    "Listing",
    "LocalType",
    "NumberSeries",
    "OfOrganisation",
    "OfOrganisationQuerySet",
    "OfficeRules",
    "Officer",
    "Organisation",
    "OrganisationQuerySet",
    "Paper",
    "Registration",
    "RegistrationStep",
    "Report",
    "Requirement",
    "Sanction",
    "ServedArea",
    "Source",
    "Staff",
    "Training",
    "VisitPhoto",
]
