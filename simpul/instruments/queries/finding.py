"""Which instruments somebody may use, and any version that was ever used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue import instruments as shipped
from simpul.catalogue.instruments import Instrument, from_json
from simpul.instruments.models import StoredInstrument
from simpul.places.queries import code_and_above

Key = tuple[str, int]


@dataclass(frozen=True)
class Own:
    """An office's own instrument: what it is, and the row that keeps it."""

    instrument: Instrument
    row: StoredInstrument


def available(viewer: User, purpose: str = "assessment") -> tuple[Instrument, ...]:
    """The newest version of each instrument for that purpose: those shipped, then the office's own, by title.

    An empty purpose means any. What was withdrawn is not offered for new answers.
    """
    ready = [*shipped.all_instruments(), *(own.instrument for own in owned(viewer))]
    return tuple(found for found in ready if not purpose or purpose in found.purposes)


def owned(viewer: User) -> list[Own]:
    """The newest standing version of each own instrument within reach, by title."""
    rows = StoredInstrument.objects.filter(_offered_to(viewer), withdrawn_at=None).order_by("code", "version")
    newest = {row.code: row for row in rows}
    found = [Own(from_json(row.content), row) for row in newest.values()]
    return sorted(found, key=lambda own: (own.instrument.title.id.lower(), own.row.code))


def _offered_to(viewer: User) -> Q:
    """Within reach as anything else, and besides what everybody, or the area around, has made for all."""
    offered = StoredInstrument.objects.all().covered(viewer, Permission.INSTRUMENT_VIEW)
    offered |= Q(organisation=None, region="")
    for grant in viewer.grants_with(Permission.INSTRUMENT_VIEW):
        around = code_and_above(grant.region) if grant.region else []
        offered |= Q(organisation=None, region__in=around)
    return offered


def find(code: str, version: int | str) -> Instrument:
    """Any version that was ever there, shipped or stored, also one that was withdrawn. KeyError if there is none.

    Not limited by reach: whoever may read answers may read the questions.
    """
    key = (code, int(version))
    return find_all([key])[key]


def find_all(keys: Iterable[tuple[str, int | str]]) -> dict[Key, Instrument]:
    """Many at once, with one question to the database at most; what does not exist is left out."""
    wanted = {(code, int(version)) for code, version in keys}
    found = {key: shipped.get(*key) for key in wanted if is_shipped(*key)}
    rest = wanted - set(found)
    if rest:
        rows = StoredInstrument.objects.filter(code__in={code for code, _version in rest})
        found |= {
            (row.code, row.version): from_json(row.content) for row in rows if (row.code, row.version) in rest
        }
    return found


def is_shipped(code: str, version: int | None = None) -> bool:
    """Whether Simpul brings this instrument along."""
    try:
        shipped.get(code, version)
    except KeyError:
        return False
    return True


def own_of(viewer: User, code: str, version: int) -> Own | None:
    """One version of an own instrument, also a withdrawn one, if it is offered to this person."""
    row = StoredInstrument.objects.filter(_offered_to(viewer), code=code, version=version).first()
    return None if row is None else Own(from_json(row.content), row)


def home_of(user: User) -> Where:
    """Where an own instrument of this person belongs: the office or area of the oldest right to add one."""
    grants = sorted(user.grants_with(Permission.INSTRUMENT_EDIT), key=lambda grant: grant.granted_at)
    return Where(organisation=grants[0].organisation, region=grants[0].region) if grants else Where()


def stored_versions(code: str) -> list[StoredInstrument]:
    """All versions of an own instrument, the newest first, also those withdrawn."""
    return list(StoredInstrument.objects.filter(code=code).select_related("added_by").order_by("-version"))


def previous_version(code: str, version: int) -> int | None:
    """The version before this one; None for the first."""
    if is_shipped(code):
        before = [number for number in range(1, version) if is_shipped(code, number)]
    else:
        before = [row.version for row in stored_versions(code) if row.version < version]
    return max(before, default=None)


def required_instrument(by: User, code: str, version: int | None) -> Instrument:
    """The instrument that may be filled in by this person. Raises Refusal where it is not on offer."""
    offered = next((found for found in available(by, purpose="") if found.code == code), None)
    if offered is None:
        raise Refusal(_("Instrumen itu tidak ditawarkan. Pilih instrumen lain dari daftar."))
    if version is None or version == offered.version:
        return offered
    try:
        # A programme goes on with the version of its first wave, or nothing could be compared.
        return find(code, version)
    except KeyError as error:
        raise Refusal(_("Versi instrumen itu tidak ada. Pilih dari daftar.")) from error
