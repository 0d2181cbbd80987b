"""Who is there already when a source of help is registered: by number, or by name and birth date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.secrets import blind_index
from simpul.engines.matching.names import name_key
from simpul.engines.matching.nik import cleaned
from simpul.organisations.models import Source
from simpul.organisations.stages import SourceUnit
from simpul.places.models import REGENCY_SIGNS

MOST_SHOWN = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody within reach who may be the same: by their number, or only by their name."""

    source: Source
    by_number: bool


def nik_fingerprint(nik: str) -> bytes | None:
    """The fingerprint by which a NIK of a source is found again; None for none."""
    digits = cleaned(nik)
    return blind_index(digits, "source.nik") if digits else None


def key_of_name(name: str, unit: str) -> str:
    """The name as its spellings meet. In the names of bodies numbers count: RW 01 is not RW 02."""
    if unit in (SourceUnit.PERSON, SourceUnit.FAMILY):
        return name_key(name)[:250]
    return " ".join(sorted(_WORD.findall(name.casefold())))[:250]


def alike(
    user: User, *, name: str, nik: str, born: date | None, unit: str, region: str, but: UUID | None = None
) -> list[Alike]:
    """Rows within reach that may be the same one, the surest first.

    The same number; or the same name in the same kabupaten/kota, unless both birth dates are known and differ.
    """
    fingerprint = nik_fingerprint(nik)
    by_name = Q(name_key=key_of_name(name, unit), unit=unit, region__startswith=region[:REGENCY_SIGNS])
    if born is not None:
        by_name &= Q(born=born) | Q(born=None)
    wanted = by_name | Q(nik_index=fingerprint) if fingerprint else by_name
    rows = Source.objects.reachable(user, Permission.SOURCE_VIEW).filter(wanted, erased_at=None)
    found = [
        Alike(row, fingerprint is not None and bytes(row.nik_index or b"") == fingerprint)
        for row in rows.exclude(pk=but).order_by("name", "pk")[: MOST_SHOWN * 2]
    ]
    return sorted(found, key=lambda one: not one.by_number)[:MOST_SHOWN]
