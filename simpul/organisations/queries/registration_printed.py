"""What stands on a certificate of registration, in Indonesian whatever language the reader chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.catalogue import editions
from simpul.engines.days import months_later
from simpul.organisations.models import Certificate, Organisation, Registration
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.certificate_numbers import SIGNS
from simpul.organisations.queries.certificates import standing_of
from simpul.organisations.queries.registration_lines import certificate_kind
from simpul.organisations.queries.registration_rules import Rules, called, is_own_office
from simpul.organisations.stages import REGISTERED_BY, LegalStatus, RunKind
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS
from simpul.places.queries import names_of

# More areas than these are told by their regency and number, so that the paper stays one page.
_MOST_AREAS = 8
_MOST_TYPES = 12
_LEGAL = {
    LegalStatus.LEGAL_ENTITY.value: "Berbadan hukum",
    LegalStatus.NO_LEGAL_ENTITY.value: "Tidak berbadan hukum",
}
# The label of the line of the area served.
SERVED = "Wilayah layanan"


def printed_lines(run: Registration, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Label and text of each line between the body's name and who gives the paper. Never an address: it may be
    that of a shelter."""
    organisation: Organisation = run.organisation
    told = run.told
    areas = told.get("areas", ())
    if is_place_secret(organisation):
        areas = sorted({code[:TOLD_SIGNS] for code in areas})
    return (
        ("Status hukum", _LEGAL.get(told.get("legal_status", organisation.legal_status), "")),
        (SERVED, areas_printed(areas)),
        ("Jenis PPKS yang dilayani", types_printed(told.get("need_types", organisation.need_types))),
        (SIGNS, rules.signs),
    )


def copies_for(certificate: Certificate, user: User) -> tuple[str, ...]:
    """To whom the office that gave it sends copies, for who works there: the ministry, and the offices of the
    province and the kabupaten/kota in which the body is (service standard of Sumatera Utara)."""
    office = certificate.issuer_region
    is_ours = is_own_office(office, user, Permission.REGISTRATION_CHECK)
    if certificate.kind not in REGISTERED_BY or certificate.is_recorded or not is_ours:
        return ()
    region = certificate.organisation.region
    others = [one for one in ("", region[:PROVINCE_SIGNS], region[:REGENCY_SIGNS]) if one != office]
    names = called(others)
    return tuple(dict.fromkeys(names[one] for one in others))


def printed_name(run: Registration) -> str:
    """The name that the office checked: that of the record when it was submitted, whatever it is called today."""
    return str(run.told.get("name") or run.organisation.name)


def suggested_end(run: Registration, rules: Rules, on: date) -> date | None:
    """The last day that is suggested: of a change that of the certificate held, else by the office's months."""
    held = standing_of(run.organisation, on, certificate_kind(run.organisation))
    if run.kind == RunKind.CHANGE and held is not None:
        return held.valid_to
    return months_later(on, rules.valid_months) - timedelta(days=1)


def areas_printed(codes: Sequence[str]) -> str:
    """The areas by name; many of them by their regency and number."""
    if not codes:
        return ""
    if len(codes) <= _MOST_AREAS:
        names = names_of(codes)
        return "; ".join(str(names.get(code, code)) for code in codes)
    counts = Counter(code[:REGENCY_SIGNS] for code in codes)
    names = names_of(counts)
    return "; ".join(
        f"{names.get(code, code)} ({number} wilayah)" if number > 1 else str(names.get(code, code))
        for code, number in sorted(counts.items())
    )


def types_printed(codes: Sequence[str]) -> str:
    """The types of people served, by their names in the edition in use; their codes where it has none."""
    known = {kind.code: kind.display.id for kind in editions.get(settings.SIMPUL_EDITION).types}
    names = [known.get(code, code) for code in codes]
    more = len(names) - _MOST_TYPES
    shown = "; ".join(names[:_MOST_TYPES])
    return f"{shown}; dan {more} jenis lain" if more > 0 else shown
