"""Preparing public numbers: of which months and areas there can be any, and what everything of them is hidden by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach, within
from simpul.access.refusal import Refusal
from simpul.catalogue import editions
from simpul.engines.disclosure import NotSolved, audit
from simpul.engines.disclosure import Release as Shown
from simpul.people.models import Person
from simpul.places.models import CODE_SIGNS, REGENCY_SIGNS
from simpul.places.queries import names_of
from simpul.population.models import KeptRegister
from simpul.population.queries.people import withdrawn_by
from simpul.population.queries.register import kept_rows, read_register, register_on
from simpul.recaps.facts import Asked
from simpul.recaps.models import Release
from simpul.recaps.queries import RECAPS
from simpul.recaps.queries.public_tables import counts_of, protected, workings
from simpul.recaps.stages import Every, period_of

# The whole nation is not an area of one office.
LEVELS = tuple(signs for signs in CODE_SIGNS if signs <= REGENCY_SIGNS)


@dataclass(frozen=True)
class Prepared:
    """What a release will hold: `numbers` for everybody, `workings` for who looks at them before."""

    on: date
    edition: str
    numbers: dict[str, Any]
    workings: dict[str, Any]
    beside: dict[str, Any]

    @property
    def mark(self) -> str:
        """A digest of the numbers: what was looked at is what is published."""
        return mark_of({"numbers": self.numbers, "beside": self.beside})


def mark_of(numbers: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()


def months(on: date) -> list[tuple[str, str]]:
    """The months that are over and of which a register is kept, the newest first, each with its words."""
    found: dict[str, str] = {}
    for row in kept_rows():
        found.setdefault(f"{row.on:%Y-%m}", _month_words(row))
    return [(period, words) for period, words in found.items() if is_over(period, on)]


def is_over(period: str, on: date) -> bool:
    """Whether that month ended before that day."""
    return period < f"{on:%Y-%m}"


def _month_words(row: KeptRegister) -> str:
    words = formatted(row.on, "F Y")
    if row.on.month == period_of(row.on, Every.HALF).until.month:
        return _("%(month)s (akhir semester)") % {"month": words}
    return words


def area_choices(user: User) -> list[tuple[str, str]]:
    """Provinces, kabupaten and kota of which somebody may prepare numbers and in which people are known."""
    register = register_on()
    if register is None:
        return []
    found = {
        region[:signs]
        for region in register.people["region"].unique()
        for signs in LEVELS
        if len(region) >= signs
    }
    mine = [code for code in sorted(found) if may_prepare(user, code)]
    names = names_of(mine)
    return [(code, f"{names[code].name if code in names else code} ({code})") for code in mine]


def may_prepare(user: User, area: str) -> bool:
    return is_within_reach(Where(region=area), user, Permission.NUMBERS_PREPARE)


def overlapping(area: str) -> Release | None:
    """A release of a larger or smaller area around the same people, which somebody outside may have read."""
    known: Iterable[Release] = Release.objects.known()
    for release in known:
        if release.region != area and (within(area, release.region) or within(release.region, area)):
            return release
    return None


def register_of_month(period: str) -> KeptRegister | None:
    """The last register that is kept of a month."""
    return next((row for row in kept_rows() if f"{row.on:%Y-%m}" == period), None)


def earlier_of(area: str) -> list[Release]:
    """What of this area is known outside, the latest last; withdrawn or not."""
    return list(Release.objects.known().filter(region=area))


def prepared(release: Release, by: User) -> Prepared:
    """Count, hide and prove. Takes seconds to minutes: only in a background job.

    Raises Refusal where there is no register any more, and where no safe way was found.
    """
    row = register_of_month(release.period)
    if row is None:
        raise Refusal(_("Register bulan itu tidak disimpan lagi. Pilih bulan lain."))
    register = read_register(row)
    earlier = earlier_of(release.region)
    known = [Shown.from_json(one.numbers) for one in earlier]
    beside, served = _standards(by, release.region, register.on)
    counts = counts_of(register, editions.get(register.edition), release.region, served)
    try:
        made = protected(counts, known)
        shown = made.release(release.period)
        finding = audit([*known, shown])
    except NotSolved as error:
        raise Refusal(
            _(
                "Angka wilayah ini tidak dapat dibuat aman, jadi tidak disiapkan. Pilih wilayah yang lebih luas atau bulan yang lebih jauh dari terbitan sebelumnya."
            )
        ) from error
    if any(_is_about(part.values, release.period) for part in finding.parts):
        raise Refusal(
            _(
                "Dari angka ini bersama terbitan sebelumnya, angka kecil masih dapat dihitung. Pilih bulan yang lebih jauh dari terbitan sebelumnya."
            )
        )
    told = {"earlier": [str(one.pk) for one in earlier], "hidden": workings(made), "cells": len(made.cells)}
    return Prepared(register.on, register.edition, shown.to_json(), told, beside)


def _standards(by: User, area: str, on: date) -> tuple[dict[str, Any], dict[str, int]]:
    """The minimum standard of service of the year so far: targets and money as they are, and how many were served.

    Nothing where the office says none.
    """
    definition, asked = RECAPS["R10"], Asked(on.replace(month=1, day=1), on, area)
    recap = definition.make(by, asked)
    if not recap.tables:
        return {}, {}
    table = recap.tables[0]
    places = {column.key: place for place, column in enumerate(table.columns)}
    lines = {line.key: line.cells for line in table.lines}
    aims = {
        code: {"target": cells[places["target"]], "budget": cells[places["budget"]]}
        for code, cells in lines.items()
    }
    left_out, served = _left_out(on), {}
    for code in lines:
        people = definition.behind(by, asked, table.key, code, "all")
        served[code] = len(set(people.keys) - left_out) if people else 0
    # The notes of the office's recap name who noted a target, and hold what they typed: they stay there.
    return {"services": aims, "since": f"{on.year}-01-01"}, served


def _left_out(on: date) -> set[str]:
    """Whoever took a consent back or whose use is limited is not in numbers for everybody, as in the other tables."""
    limited = Person.everybody.filter(limited_since__isnull=False).values_list("pk", flat=True)
    return {str(key) for key in {*limited, *withdrawn_by(on)}}


def _is_about(values: Mapping[str, Any], period: str) -> bool:
    return period == values.get("period") or period in values.get("periods", ())
