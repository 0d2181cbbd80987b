"""How far a body serves on a day, and which office registers it: from its served areas and the code list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from simpul.catalogue.organisations import standing as catalogue
from simpul.engines import areas
from simpul.engines.reasons import Answer, Finding
from simpul.organisations.models import Organisation, ServedArea
from simpul.organisations.stages import Kind
from simpul.places import queries as places
from simpul.places.models import PROVINCE_SIGNS, REGENCY_SIGNS, Level, Region
from simpul.places.queries import FoundRegion


@dataclass(frozen=True, slots=True)
class Area:
    """The regions that a body serves on a day, by the codes of the list in force.

    `renewed` holds (old, new) where a later list gave another code; `unlisted` what is in no list and therefore
    judges nothing. `code_list_on` is the day of the list, None where none is loaded.
    """

    codes: tuple[str, ...]
    renewed: tuple[tuple[str, str], ...] = ()
    unlisted: tuple[str, ...] = ()
    names: Mapping[str, FoundRegion] = field(default_factory=dict)
    provinces: int = 0
    code_list_on: date | None = None
    decree: str = ""

    def path(self, code: str) -> str:
        """The whole line of a region, so that two of one name are told apart; the code where it is not known."""
        return str(self.names.get(code, code))


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding about the area of a body, with the area that it was made from."""

    finding: Finding
    area: Area

    @property
    def code_list_on(self) -> date | None:
        """The day of the code list by which it was judged."""
        return self.area.code_list_on

    @property
    def region(self) -> str:
        """The region of the office, of a finding about authority; empty for the ministry or where not known."""
        return str(self.finding.values.get("region", ""))


def level_of(organisation: Organisation, on: date) -> Judged:
    """The area level on that day: its finding is one of engines.areas.LEVELS, or not known."""
    return level_in(area_of(organisation, on))


def authority_of(organisation: Organisation, on: date) -> Judged:
    """The office that registers, on that day: one of engines.areas.AUTHORITIES, or not known.

    A foreign body goes to the ministry wherever it serves.
    """
    return authority_in(organisation, area_of(organisation, on))


def area_of(organisation: Organisation, on: date) -> Area:
    """What is served on that day, by the code list in force then.

    Before the day of the list that is loaded codes are taken as they were written: they are of an older list.
    """
    written = _written(organisation, on)
    loaded = places.code_list()
    if loaded is None or on < loaded.valid_from:
        known = catalogue.provinces_on(on)
        return Area(written, provinces=known.count, code_list_on=known.since if loaded else None)
    found = places.names_of(written)
    provinces = Region.objects.filter(level=Level.PROVINCE, valid_to=None).count()
    return Area(
        codes=tuple(sorted({found[code].code for code in written if code in found})),
        renewed=tuple(
            (code, found[code].code) for code in written if code in found and found[code].code != code
        ),
        unlisted=tuple(code for code in written if code not in found),
        names={**{region.code: region for region in found.values()}, **_above(found)},
        provinces=provinces,
        code_list_on=loaded.valid_from,
        decree=loaded.decree,
    )


def _written(organisation: Organisation, on: date) -> tuple[str, ...]:
    rows = ServedArea.objects.filter(
        Q(since=None) | Q(since__lte=on), Q(ended_on=None) | Q(ended_on__gt=on), organisation=organisation
    )
    return tuple(rows.order_by("code").values_list("code", flat=True).distinct())


def _above(found: Mapping[str, FoundRegion]) -> Mapping[str, FoundRegion]:
    """The kabupaten/kota and provinces in which the regions lie: reasons name them too."""
    codes = {region.code for region in found.values()}
    above = {code[:signs] for code in codes for signs in (PROVINCE_SIGNS, REGENCY_SIGNS)} - codes
    return places.names_of(above)


def level_in(area: Area) -> Judged:
    """The level of an area that was read already."""
    return Judged(areas.level(area.codes, provinces=area.provinces), area)


def authority_in(organisation: Organisation, area: Area) -> Judged:
    """The office for an area that was read already."""
    finding = areas.authority(area.codes)
    if organisation.kind == Kind.FOREIGN_LKS:
        reason = Finding(Answer.YES, "authority_foreign")
        finding = Finding(
            "ministry", "authority", values={**finding.values, "region": ""}, parts=(reason, *finding.parts)
        )
    return Judged(finding, area)
