"""A list of organisations as a table that leaves the office: no secret address, no telephone, no account, no flag."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.catalogue import editions
from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import AT_HOME
from simpul.organisations.queries.office import areas_of
from simpul.organisations.queries.office_asked import LEVELS, Asked
from simpul.organisations.queries.office_list import Line, grade_of, lines_of
from simpul.places.queries import FoundRegion, names_of


def headings() -> tuple[str, ...]:
    """The columns, in the language of who asks."""
    return (
        _("Nama"),
        _("Nama singkat"),
        _("Jenis"),
        _("Kode wilayah"),
        _("Wilayah"),
        _("Alamat"),
        _("Tahun berdiri"),
        _("Tingkat wilayah"),
        _("Tipe"),
        _("Melayani"),
        _("Daya tampung"),
        _("Nomor tanda daftar"),
        _("Terdaftar sampai"),
        _("Akreditasi"),
        _("Terakreditasi sampai"),
        _("Keadaan"),
    )


def rows(bodies: Iterable[Organisation], on: date) -> list[tuple[str, ...]]:
    """One row of text for each body, under the headings."""
    lines = lines_of(bodies, on)
    places = names_of({line.region for line in lines})
    levels, needs = dict(LEVELS), _needs()
    return [_row(line, places, levels, needs) for line in lines]


def _needs() -> dict[str, str]:
    language = get_language() or "id"
    return {
        need.code: str(need.display.in_language(language))
        for need in editions.get(settings.SIMPUL_EDITION).types
    }


def _row(
    line: Line, places: dict[str, FoundRegion], levels: dict[str, Any], needs: dict[str, str]
) -> tuple[str, ...]:
    body = line.organisation
    return (
        body.name,
        body.short_name,
        str(body.get_kind_display()),
        line.region,
        str(places.get(line.region, line.region)),
        address_of(body),
        str(body.founded_year or ""),
        str(levels.get(body.level, "")),
        body.confirmed_type,
        "; ".join(needs.get(code, code) for code in body.need_types),
        "" if body.capacity is None else str(body.capacity),
        line.registered.number if line.registered else "",
        _until(line.registered),
        _grade(line.accredited),
        _until(line.accredited),
        _("sudah tutup") if body.is_closed else _("masih berjalan"),
    )


def address_of(body: Organisation) -> str:
    """The address as it may leave the office: neither a safe house nor somebody's home."""
    if body.is_address_secret:
        return _("dirahasiakan")
    return "" if body.kind in AT_HOME else body.address


def _grade(certificate: Any) -> str:
    if certificate is None:
        return ""
    return grade_of(certificate) or _("terakreditasi")


def _until(certificate: Any) -> str:
    if certificate is None:
        return ""
    return certificate.valid_to.isoformat() if certificate.valid_to else _("tanpa batas")


def where_of(user: User, asked: Asked) -> Where:
    """The place that an export is recorded under: the area asked for, or where the right was given."""
    if asked.area:
        return Where(region=asked.area)
    grants = sorted(
        user.grants_with(Permission.ORGANISATION_EXPORT), key=lambda grant: (grant.region, grant.granted_at)
    )
    if not grants or any(grant.is_everywhere for grant in grants):
        return Where()
    return Where(
        organisation=grants[0].organisation, region=areas_of(user, Permission.ORGANISATION_EXPORT)[0]
    )
