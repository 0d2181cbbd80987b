"""What pages ask about files for research."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.queries import holders
from simpul.access.reach import Where, is_within_reach, within
from simpul.catalogue import disclosure, editions
from simpul.places.models import CODE_SIGNS, REGENCY_SIGNS
from simpul.places.queries import names_of
from simpul.population.queries.register import kept_rows, register_on
from simpul.research.models import Extract
from simpul.research.queries.files import standing_lines, step_words
from simpul.research.queries.rows import open_types
from simpul.research.stages import Stage

ASK, APPROVE = Permission.EXTRACT_ASK, Permission.EXTRACT_APPROVE


@dataclass(frozen=True)
class Shown:
    """One extract in words."""

    extract: Extract
    area: str
    variables: tuple[str, ...]
    types: tuple[str, ...]
    standing: tuple[tuple[str, Any], ...]
    steps: tuple[tuple[str, str], ...]
    beside: tuple[Extract, ...]


def asked_by(user: User) -> QuerySet[Extract]:
    """One's own, the newest first."""
    rows: QuerySet[Extract] = Extract.objects.filter(by=user.pk).order_by("-at", "pk")
    return rows


def to_decide(user: User) -> QuerySet[Extract]:
    """What others asked for within reach, what waits first."""
    rows = Extract.objects.reachable(user, APPROVE).exclude(by=user.pk)
    found: QuerySet[Extract] = rows.exclude(stage=Stage.MEASURING).order_by("-at", "pk")
    return found


def shown(extract: Extract) -> Shown:
    """An extract with the words of what it holds."""
    language = get_language() or "id"
    titles = {one.code: one.title.in_language(language) for one in disclosure.variables()}
    names = {need.code: need.display.in_language(language) for need in editions.get(extract.edition).types}
    standing = extract.standing or {}
    return Shown(
        extract,
        _area(extract.region),
        tuple(titles[code] for code in extract.variables),
        tuple(names[code] for code in extract.types),
        tuple(standing_lines(standing)) if standing else (),
        tuple((titles.get(name, name), step_words(step)) for name, step in standing.get("steps", {}).items()),
        tuple(_beside(extract)),
    )


def _beside(extract: Extract) -> Iterable[Extract]:
    """Others of the same people that left: laid beside each other, two files could tell more than each."""
    rows = Extract.objects.filter(stage__in=[Stage.MAKING, Stage.READY, Stage.OVER]).exclude(pk=extract.pk)
    for row in rows.order_by("-at"):
        if within(row.region, extract.region) or within(extract.region, row.region):
            yield row


def deciders_of(extract: Extract) -> list[User]:
    """Who can approve it: nobody approves their own. Empty where no office reaches so wide an area."""
    return [one for one in holders(APPROVE, Where(region=extract.region)) if one.pk != extract.by]


def _area(code: str) -> str:
    names = names_of([code])
    return f"{names[code].name} ({code})" if code in names else code


# --- what a form offers ---


def areas_for(user: User) -> list[tuple[str, str]]:
    """Provinces, kabupaten and kota within reach in which people are known."""
    register = register_on()
    regions = register.people["region"].unique() if register else ()
    cut = {
        region[:signs]
        for region in regions
        for signs in CODE_SIGNS
        if signs <= REGENCY_SIGNS and len(region) >= signs
    }
    mine = [code for code in sorted(cut) if is_within_reach(Where(region=code), user, ASK)]
    names = names_of(mine)
    return [(code, f"{names[code].name if code in names else code} ({code})") for code in mine]


def days() -> list[tuple[str, str]]:
    """The days of which a register is kept, the newest first."""
    found = dict.fromkeys(row.on for row in kept_rows())
    return [(day.isoformat(), date_format(day, "j F Y")) for day in found]


def variable_choices() -> list[tuple[str, str]]:
    language = get_language() or "id"
    return [(one.code, one.title.in_language(language)) for one in disclosure.variables()]


def type_choices(edition: str) -> list[tuple[str, str]]:
    language = get_language() or "id"
    return [(need.code, need.display.in_language(language)) for need in open_types(edition)]
