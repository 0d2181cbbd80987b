"""What Simpul knows of itself about the strength of a body on a day: yes, no or not known, and how it is known.

No figures of money and no names: a mentor reads this who may not look into the body's record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.catalogue.services import norms
from simpul.organisations.models import Certificate, Facility, Officer, Organisation, Staff
from simpul.organisations.queries.certificates import valid_on
from simpul.organisations.stages import REGISTERED_BY, CertificateKind
from simpul.partners.models import Agreement
from simpul.partners.queries.agreements import stands
from simpul.partners.stages import AgreementState
from simpul.programmes.queries.criteria import facts_of
from simpul.services.models import Service
from simpul.services.stages import Listing

_WORDS = {True: "yes", False: "no", None: "unknown"}


def known_of(body: Organisation, on: date) -> dict[str, dict[str, Any]]:
    """By the code of each mark: {"answer": yes, no or unknown, and what the words about it need}."""
    facts = facts_of([body], on=on)[body.pk]
    return {
        "purpose": _told(True if body.vision and body.mission else None),
        "officers": _officers(body, on),
        "deed": _told(facts.get("deed")),
        "statutes": _told(facts.get("statutes")),
        "legal_entity": _told(facts.get("legal_entity")),
        "registered": _certificate(body, on, tuple(REGISTERED_BY)),
        "accredited": _certificate(body, on, (CertificateKind.ACCREDITATION,)),
        "facilities": _counted(Facility.objects.filter(organisation=body, ended_on=None).count()),
        "services": _services(body, on),
        "staff": _counted(Staff.objects.filter(organisation=body, ended_on=None).count()),
        "own_income": _told(body.yearly_own_income > 0 if body.yearly_own_income is not None else None),
        "agreements": _agreements(body, on),
    }


def _told(answer: bool | None, **values: Any) -> dict[str, Any]:
    return {"answer": _WORDS[answer], **{name: value for name, value in values.items() if value is not None}}


def _counted(number: int) -> dict[str, Any]:
    return _told(True, number=number) if number else _told(None)


def _officers(body: Organisation, on: date) -> dict[str, Any]:
    terms = list(Officer.objects.filter(organisation=body, ended_on=None).values_list("until", flat=True))
    in_term = sum(until is not None and until >= on for until in terms)
    if in_term:
        return _told(True, number=in_term)
    # A term of which nobody noted the end may still run.
    return _told(False if terms and None not in terms else None)


def _certificate(body: Organisation, on: date, kinds: tuple[str, ...]) -> dict[str, Any]:
    rows = Certificate.objects.filter(organisation=body, kind__in=kinds)
    newest = rows.filter(valid_on(on)).order_by("-issued_on").first()
    if newest is not None:
        until = newest.valid_to.isoformat() if newest.valid_to else None
        return _told(True, paper=newest.number, until=until)
    return _told(False if rows.exists() else None)


def _services(body: Organisation, on: date) -> dict[str, Any]:
    rows = Service.objects.filter(organisation=body, listing=Listing.OPEN)
    since = on - timedelta(days=norms().unconfirmed_days)
    if fresh := rows.filter(confirmed_on__gte=since).count():
        return _told(True, number=fresh)
    return _told(False if rows.exists() else None)


def _agreements(body: Organisation, on: date) -> dict[str, Any]:
    rows = Agreement.objects.filter(organisation=body) | Agreement.objects.filter(partner=body)
    signed = list(rows.exclude(state=AgreementState.DRAFT))
    if standing := sum(stands(row, on) for row in signed):
        return _told(True, number=standing)
    return _told(False if signed else None)


def how_words(code: str, told: Mapping[str, Any]) -> str:
    """How Simpul knows it, in words; "" where it does not."""
    answer, number = str(told.get("answer", "unknown")), int(told.get("number", 0))
    if answer == "unknown":
        return _("Tidak tercatat di Simpul.")
    if code in ("registered", "accredited"):
        return _certificate_words(told) if answer == "yes" else _("Yang tercatat sudah tidak berlaku.")
    if answer == "no":
        return {
            "officers": _("Semua masa bakti yang tercatat sudah lewat."),
            "services": _("Ada yang dibuka, tetapi lama tidak dibenarkan."),
            "agreements": _("Semua kesepakatan yang tercatat sudah berakhir."),
        }.get(code, _("Begitu tercatat dalam data lembaga."))
    return _number_words(code, number) if number else _("Begitu tercatat dalam data lembaga.")


def _certificate_words(told: Mapping[str, Any]) -> str:
    until = parse_date(str(told.get("until", "")))
    if until is None:
        return _("Nomor %(number)s.") % {"number": told.get("paper", "")}
    day = date_format(until, "j F Y")
    return _("Nomor %(number)s, berlaku sampai %(day)s.") % {"number": told.get("paper", ""), "day": day}


def _number_words(code: str, number: int) -> str:
    words = {
        "officers": ngettext(
            "%(number)d pengurus dalam masa bakti.", "%(number)d pengurus dalam masa bakti.", number
        ),
        "facilities": ngettext("%(number)d sarana tercatat.", "%(number)d sarana tercatat.", number),
        "services": ngettext(
            "%(number)d layanan dibuka dan dibenarkan.", "%(number)d layanan dibuka dan dibenarkan.", number
        ),
        "staff": ngettext("%(number)d orang tercatat.", "%(number)d orang tercatat.", number),
        "agreements": ngettext("%(number)d kesepakatan berlaku.", "%(number)d kesepakatan berlaku.", number),
    }
    return words[code] % {"number": number}
