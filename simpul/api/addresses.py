"""What can be asked about the catalogue and about regions, and judging facts. OpenAPI at /api/openapi.json."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Status

from simpul.api.door import api
from simpul.api.shapes import EditionShape, EditionWithTypes, FactsToJudge, Judged, Refused, RegionShape
from simpul.catalogue import editions, wording
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.rules import DateRange, FactKind, FactSpec
from simpul.places import queries as places
from simpul.screening.facts import open_facts, prices

# A region's code or its beginning: 21, 21.02, 21.02.01, 21.02.01.2004.
REGION = r"^(\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?)?$"


def no_such_edition(code: str) -> Status[dict[str, str]]:
    sentence = _("Tidak ada daftar “%(code)s”. GET /api/editions menyebut semua daftar.") % {"code": code}
    return Status(404, {"detail": sentence})


@api.get("/editions", response=list[EditionShape])
def all_editions(request: HttpRequest) -> list[Any]:
    """Every edition of the catalogue of needs."""
    return list(editions.all_editions())


@api.get("/editions/{code}", response={200: EditionWithTypes, 404: Refused})
def one_edition(request: HttpRequest, code: str) -> Any:
    """One edition with its types."""
    try:
        return editions.get(code)
    except KeyError:
        return no_such_edition(code)


@api.post("/judge", response={200: Judged, 400: Refused, 404: Refused})
def judge(request: HttpRequest, asked: FactsToJudge) -> Any:
    """Judge facts by one edition on one day. Nothing is stored."""
    try:
        edition = editions.get(asked.edition)
    except KeyError:
        return no_such_edition(asked.edition)
    if not edition.is_judgeable:
        sentence = _("Daftar “%(code)s” hanya berisi nama, tanpa kriteria untuk menilai.")
        return Status(400, {"detail": sentence % {"code": edition.code}})
    try:
        facts = values(asked.facts)
        return judged(edition, facts, asked.on, frozenset(asked.skip))
    except ValueError as error:
        return Status(400, {"detail": str(error)})


def values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON as the engine's values. Raises ValueError, in words, naming the fact that cannot be read."""
    known, read = catalogue_facts.all_facts(), {}
    for name, value in given.items():
        fact = known.get(name)
        if fact is None or fact.derived:
            raise ValueError(_("Tidak ada fakta “%(name)s” yang dapat dikirim.") % {"name": name})
        if value is not None:
            read[name] = READERS[fact.kind](fact.spec, value)
    return read


def yes_or_no(spec: FactSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("Fakta “%(name)s” dijawab true atau false.") % {"name": spec.name})
    return value


def choice(spec: FactSpec, value: Any) -> str:
    if not isinstance(value, str) or value not in spec.choices:
        sentence = _("Fakta “%(name)s” dipilih dari: %(choices)s.")
        raise ValueError(sentence % {"name": spec.name, "choices": ", ".join(spec.choices)})
    return value


def number(spec: FactSpec, value: Any) -> int:
    # True is a number to Python, and none to anybody else.
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(_("Fakta “%(name)s” adalah bilangan bulat.") % {"name": spec.name})
    if not is_in_bounds(spec, value):
        words = {"name": spec.name, "least": _bound(spec.minimum), "most": _bound(spec.maximum)}
        raise ValueError(_("Fakta “%(name)s” berada di antara %(least)s dan %(most)s.") % words)
    return value


def is_in_bounds(spec: FactSpec, value: int) -> bool:
    least = spec.minimum if spec.minimum is not None else value
    most = spec.maximum if spec.maximum is not None else value
    return least <= value <= most


def _bound(bound: int | None) -> str:
    return "…" if bound is None else str(bound)


def day(spec: FactSpec, value: Any) -> dt.date | DateRange:
    try:
        if isinstance(value, dict):
            return DateRange(dt.date.fromisoformat(value["earliest"]), dt.date.fromisoformat(value["latest"]))
        return dt.date.fromisoformat(value)
    except (TypeError, KeyError, ValueError):
        sentence = _("Fakta “%(name)s” adalah tanggal YYYY-MM-DD, atau earliest dan latest.")
        raise ValueError(sentence % {"name": spec.name}) from None


READERS: Mapping[str, Callable[[FactSpec, Any], Any]] = {
    FactKind.BOOL: yes_or_no,
    FactKind.CHOICE: choice,
    FactKind.NUMBER: number,
    FactKind.DATE: day,
}


def judged(edition: Any, facts: Mapping[str, Any], on: dt.date, skip: Collection[str] = ()) -> dict[str, Any]:
    """Findings, and what to ask next: painful questions late, and none that is not for this person."""
    still_open = open_facts(edition, on)
    findings = {need.code: need.judge(facts, on) for need in edition.types}
    language = get_language() or "id"
    return {
        "edition": edition.code,
        "digest": edition.digest,
        "on": on,
        "findings": {code: finding.to_json() for code, finding in findings.items()},
        "sentences": {c: wording.sentence(f, edition, language) for c, f in findings.items()},
        "open_facts": {code: sorted(names) for code, (_, names) in still_open.step(facts).items() if names},
        "next_question": still_open.next_question(facts, skip=skip, cost=prices()),
    }


@api.get("/regions", response=list[RegionShape])
def regions(
    request: HttpRequest,
    q: str = Query(..., min_length=2, max_length=80),
    near: str = Query("", pattern=REGION),
) -> list[Any]:
    """Regions whose name, with the names of their parents, fits the words; those in the area `near` come first."""
    return list(places.find(q, limit=20, near=near))
