"""The list of sources of help: what an address asks for, and the rows of one page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.catalogue import sources as catalogue
from simpul.organisations.models import Source, Training
from simpul.organisations.models.sources import Day, SourceQuerySet
from simpul.organisations.queries.source_types import shown_to, source_type
from simpul.organisations.queries.sources_judged import answers_by_source
from simpul.places.queries import code_and_above

_REGION = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
STATES = {
    "": _("Aktif"),
    "kosong": _("Kriteria belum dijawab"),
    "surat": _("Surat tugas berakhir"),
    "sertifikat": _("Sertifikat berakhir"),
    "berhenti": _("Tidak aktif"),
    "simpan": _("Masa simpan lewat"),
    "semua": _("Semua"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is asked for; empty where nothing. `text` (a name) comes with a form and never stands in an address."""

    type_code: str = ""
    area: str = ""
    state: str = ""
    skill: str = ""
    day: str = ""
    text: str = ""

    @classmethod
    def read(cls, asked: Any) -> Filters:
        """From an address; what is not offered is left out."""
        type_code, skill = asked.get("jenis", ""), asked.get("keahlian", "")
        state, day = asked.get("keadaan", ""), asked.get("hari", "")
        return cls(
            type_code=type_code if source_type(type_code) else "",
            area=area_asked(asked),
            state=state if state in STATES else "",
            skill=skill if skill in {known.code for known in catalogue.skills()} else "",
            day=day if day in Day.values else "",
        )

    def address(self) -> str:
        """The same as it stands in an address."""
        named = {
            "jenis": self.type_code,
            "wilayah": self.area,
            "keadaan": self.state,
            "keahlian": self.skill,
            "hari": self.day,
        }
        return urlencode({name: value for name, value in named.items() if value})

    def named(self, text: str) -> Filters:
        """The same, for a part of a name."""
        # PostgreSQL refuses the zero character, which no name holds.
        return replace(self, text=text.replace("\0", "").strip()[:100])


def area_asked(asked: Any) -> str:
    """The region code that an address asks for; empty where it is none."""
    code = asked.get("wilayah", "")
    return code if is_area(code) else ""


def is_area(code: str) -> bool:
    """Whether something typed is written like a region code, and may be looked for."""
    return _REGION.fullmatch(code) is not None


def within_reach(user: User, filters: Filters, on: date) -> SourceQuerySet:
    """The sources that this person may see and the filters ask for, by name."""
    rows: Any = Source.objects.reachable(user, Permission.SOURCE_VIEW).filter(erased_at=None)
    rows = _STATE_FILTERS.get(filters.state, _serving)(rows, on)
    if filters.type_code:
        rows = rows.filter(type_code=filters.type_code)
    if filters.text:
        rows = rows.filter(name__icontains=filters.text)
    if filters.area:
        rows = _in_area(rows, filters.area)
    if filters.skill:
        rows = _holding(rows, "skills", filters.skill)
    if filters.day:
        rows = _holding(rows, "free_days", filters.day)
    found: SourceQuerySet = rows.order_by("name", "pk")
    return found


def _serving(rows: Any, on: date) -> Any:
    return rows.serving_on(on)


def _without_answers(rows: Any, on: date) -> Any:
    return rows.serving_on(on).filter(answers_sealed=None)


def _letter_ends(rows: Any, on: date) -> Any:
    until = on + timedelta(days=catalogue.norm("letter_days").value)
    return rows.filter(inactive_since=None, serves_until__lte=until)


def _certificate_ends(rows: Any, on: date) -> Any:
    return rows.serving_on(on).filter(Exists(certificates_ending(on).filter(source=OuterRef("pk"))))


def _stopped(rows: Any, on: date) -> Any:
    return rows.filter(Q(inactive_since__lte=on) | Q(serves_until__lt=on))


def _kept_long(rows: Any, on: date) -> Any:
    years = catalogue.norm("keep_years").value
    # 29 February moves to the 28th: a day sooner to look at a list does no harm.
    day = on.replace(year=on.year - years, day=min(on.day, 28)) if on.month == 2 else None
    return rows.filter(inactive_since__lte=day or on.replace(year=on.year - years))


def _everyone(rows: Any, _on: date) -> Any:
    return rows


_STATE_FILTERS = {
    "kosong": _without_answers,
    "surat": _letter_ends,
    "sertifikat": _certificate_ends,
    "berhenti": _stopped,
    "simpan": _kept_long,
    "semua": _everyone,
}


def certificates_ending(on: date) -> QuerySet[Training]:
    """Certificates that run out soon or have, and that no newer one of the same kind takes the place of."""
    until = on + timedelta(days=catalogue.norm("certificate_days").value)
    same = Q(name=OuterRef("name")) | ~Q(kind="training")
    lasts_longer = Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to"))
    newer = Training.objects.filter(
        same, lasts_longer, source=OuterRef("source"), kind=OuterRef("kind"), struck_because=""
    )
    ending: QuerySet[Training] = Training.objects.filter(
        ~Exists(newer), valid_to__lte=until, struck_because=""
    )
    return ending


def _holding(rows: Any, column: str, code: str) -> Any:
    """Rows whose list of codes holds one. As text, because only PostgreSQL can look inside a list."""
    return rows.annotate(**{f"{column}_text": Cast(column, TextField())}).filter(
        **{f"{column}_text__contains": f'"{code}"'}
    )


def _in_area(rows: Any, area: str) -> Any:
    """Who lives in the area, serves in it, or serves a larger one that holds it."""
    rows = rows.annotate(areas_text=Cast("areas", TextField()))
    there = lies_in("region", area)
    there |= Q(areas_text__contains=f'"{area}"') | Q(areas_text__contains=f'"{area}.')
    for wider in code_and_above(area)[:-1]:
        there |= Q(areas_text__contains=f'"{wider}"')
    return rows.filter(there)


@dataclass(frozen=True, slots=True)
class Row:
    """One source in the list."""

    source: Source
    type_name: str
    finding: Any
    skills: list[str]
    serves: bool

    @property
    def region(self) -> str:
        return str(self.source.region)


def rows_of(sources: Iterable[Source], on: date, language: str) -> list[Row]:
    """The rows of one page of the list: two questions to the database, however many there are."""
    found = list(sources)
    trainings: dict[UUID, list[Training]] = {}
    for training in Training.objects.filter(source__in=found, struck_because=""):
        trainings.setdefault(training.source_id, []).append(training)
    findings = answers_by_source(found, trainings, on)
    return [
        Row(
            source,
            type_name(source.type_code, language),
            findings[source.pk],
            catalogue.skill_titles(source.skills, language),
            source.serves_on(on),
        )
        for source in found
    ]


def type_name(code: str, language: str) -> str:
    """The display name of a type; the code where it is no longer known."""
    known = source_type(code)
    return known.display.in_language(language) if known else code


def type_choices(language: str, user: User) -> list[tuple[str, str]]:
    """Every type for choosing, the official ones in their order, then what regions and offices nearby added."""
    own = [(row.code, row.title) for row in shown_to(user)]
    return [*_of_the_catalogue(language), *own]


def _of_the_catalogue(language: str) -> list[tuple[str, str]]:
    return [
        (
            known.code,
            f"{known.mark}. {known.display.in_language(language)}"
            if known.mark
            else known.display.in_language(language),
        )
        for known in catalogue.source_types().values()
    ]
