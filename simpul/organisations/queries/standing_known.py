"""What of the record itself answers an indicator, so that nobody is asked what Simpul knows already.

What is recorded is a yes. That something is not recorded says nothing: only what is recorded as missing (a letter that
has run out, no statutes) is a no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from simpul.catalogue.organisations.standing import Indicator, indicators
from simpul.engines.scoring import NOT_APPLICABLE
from simpul.organisations.models import (
    Account,
    Certificate,
    Facility,
    Officer,
    Organisation,
    Paper,
    Report,
    ServedArea,
    Staff,
)
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.stages import (
    REGISTERED_BY,
    LegalStatus,
    Nature,
    ReportState,
    ServiceSystem,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the record answers ("yes", "no", "not_applicable") and the place in it that says so."""

    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class _Record:
    """Of each list as much as the indicators need, read once. For facilities and papers: whether one is good."""

    organisation: Organisation
    professions: frozenset[str]
    facilities: dict[str, bool]
    papers: dict[str, bool]
    units: frozenset[str]
    are_jobs_described: bool
    has_certificate: bool
    has_account: bool
    has_report: bool
    has_area: bool


def known(organisation: Organisation, on: date) -> dict[str, Known]:
    """By the code of the indicator, what the record answers on that day; what it does not answer is not there."""
    record = _read(organisation, on)
    found = {code: _of_indicator(record, one) for code, one in indicators().items()}
    return {code: told for code, told in found.items() if told is not None}


def _of_indicator(record: _Record, indicator: Indicator) -> Known | None:
    if not _applies(record.organisation, indicator.applies_to):
        return Known(NOT_APPLICABLE, indicator.applies_to)
    told = [(place, _told_by(record, place)) for place in indicator.known_from]
    for truth, answer in ((True, "yes"), (False, "no")):
        if place := next((place for place, said in told if said is truth), ""):
            return Known(answer, place)
    return None


def _applies(organisation: Organisation, applies_to: str) -> bool:
    """Where the record does not say, an indicator applies and stays open."""
    if applies_to == "residential":
        systems = organisation.service_systems
        return not systems or ServiceSystem.RESIDENTIAL in systems
    if applies_to == "serving":
        return organisation.nature not in (Nature.FEDERATIVE, Nature.COORDINATING)
    return True


def _told_by(record: _Record, place: str) -> bool | None:
    kind, _colon, name = place.partition(":")
    return _PLACES[kind](record, name)


def _field(record: _Record, name: str) -> bool | None:
    """Empty text and lists mean not known; only an answer that is a no says no."""
    value = getattr(record.organisation, name)
    if isinstance(value, bool):
        return value
    return True if value else None


def _or_unknown(truth: bool) -> bool | None:
    return True if truth else None


_PLACES: dict[str, Callable[[_Record, str], bool | None]] = {
    "field": _field,
    "paper": lambda record, name: record.papers.get(name),
    "staff": lambda record, name: _or_unknown(name in record.professions),
    "facility": lambda record, name: record.facilities.get(name),
    "certificate": lambda record, _name: _or_unknown(record.has_certificate),
    "area": lambda record, _name: _or_unknown(record.has_area),
    "officers": lambda record, _name: _or_unknown(bool(record.units)),
    "job_descriptions": lambda record, _name: _or_unknown(record.are_jobs_described),
    "units": lambda record, _name: _or_unknown(record.units >= frozenset(Unit.values)),
    "accounts": lambda record, _name: _or_unknown(record.has_account),
    "report": lambda record, _name: _or_unknown(record.has_report),
    "no_legal_entity": lambda record, _name: (
        False if record.organisation.legal_status == LegalStatus.NO_LEGAL_ENTITY else None
    ),
}


# --- reading the record ---


def _read(organisation: Organisation, on: date) -> _Record:
    officers = list(_standing(Officer, organisation, on).values_list("unit", "job"))
    return _Record(
        organisation=organisation,
        professions=frozenset(_standing(Staff, organisation, on).values_list("profession", flat=True)),
        facilities=_facilities(organisation, on),
        papers=_papers(organisation, on),
        units=frozenset(unit for unit, _job in officers),
        are_jobs_described=bool(officers) and all(job.strip() for _unit, job in officers),
        has_certificate=_has_certificate(organisation, on),
        has_account=_standing(Account, organisation, on).exists(),
        has_report=Report.objects.filter(organisation=organisation, state=ReportState.RECEIVED).exists(),
        has_area=_standing(ServedArea, organisation, on).exists(),
    )


def _standing(model: Any, organisation: Organisation, on: date) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(
        Q(since=None) | Q(since__lte=on), Q(ended_on=None) | Q(ended_on__gt=on), organisation=organisation
    )
    return rows


def _facilities(organisation: Organisation, on: date) -> dict[str, bool]:
    """By kind, whether there is one: a row that says none is a no."""
    found: dict[str, bool] = {}
    for code, amount in _standing(Facility, organisation, on).values_list("code", "amount"):
        found[code] = found.get(code, False) or amount > 0
    return found


def _papers(organisation: Organisation, on: date) -> dict[str, bool]:
    """By kind, whether one holds on that day: one that has run out is a no, one that was never given says nothing."""
    rows = Paper.objects.filter(
        Q(issued_on=None) | Q(issued_on__lte=on), organisation=organisation, replaced_by=None, removed_at=None
    )
    found: dict[str, bool] = {}
    for kind, valid_to in rows.values_list("kind", "valid_to"):
        found[kind] = found.get(kind, False) or valid_to is None or valid_to >= on
    return found


def _has_certificate(organisation: Organisation, on: date) -> bool:
    return Certificate.objects.filter(
        valid_on(on), organisation=organisation, kind__in=REGISTERED_BY
    ).exists()
