"""What can be asked. OpenAPI at /api/openapi.json."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import NinjaAPI, Query, Status

from simpul import __doc__ as about
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.api.shapes import EditionShape, EditionWithTypes, FactsToJudge, Judged, Refused, RegionShape
from simpul.catalogue import editions, wording
from simpul.catalogue import facts as catalogue_facts
from simpul.engines.rules import DateRange, FactError, FactKind, FactSpec
from simpul.places import queries as places
from simpul.screening.facts import open_facts, prices


def signed_in(request: HttpRequest) -> User | None:
    """Who holds a session and may read the catalogue; everybody else gets 401."""
    user = request.user
    return user if isinstance(user, User) and user.can(Permission.CATALOGUE_VIEW) else None


api = NinjaAPI(title="Simpul", version="1", description=about or "", auth=signed_in, docs_url=None)


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
        return Status(404, {"detail": f"There is no edition {code!r}. GET /api/editions names them."})


@api.post("/judge", response={200: Judged, 400: Refused, 404: Refused})
def judge(request: HttpRequest, asked: FactsToJudge) -> Any:
    """Judge facts by one edition on one day. Nothing is stored."""
    try:
        edition = editions.get(asked.edition)
    except KeyError:
        return Status(
            404, {"detail": f"There is no edition {asked.edition!r}. GET /api/editions names them."}
        )
    if not edition.is_judgeable:
        return Status(
            400, {"detail": f"The edition {asked.edition!r} has names only, no criteria to judge by."}
        )
    try:
        facts = values(asked.facts)
        return judged(edition, facts, asked.on, frozenset(asked.skip))
    except (FactError, ValueError) as error:
        return Status(400, {"detail": str(error)})


def values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain JSON as the engine's values. Raises ValueError naming the fact that cannot be read."""
    known, read = catalogue_facts.all_facts(), {}
    for name, value in given.items():
        fact = known.get(name)
        if fact is None or fact.derived:
            raise ValueError(f"There is no fact {name!r} that can be given.")
        if value is None:
            continue
        read[name] = day(name, value) if fact.kind == FactKind.DATE else plain(fact.spec, value)
    return read


def plain(spec: FactSpec, value: Any) -> Any:
    if spec.kind == FactKind.CHOICE and value not in spec.choices:
        raise ValueError(f"The fact {spec.name!r} is one of: {', '.join(spec.choices)}.")
    if spec.kind == FactKind.NUMBER and isinstance(value, int) and not is_in_bounds(spec, value):
        raise ValueError(f"The fact {spec.name!r} lies between {spec.minimum} and {spec.maximum}.")
    return value


def is_in_bounds(spec: FactSpec, value: int) -> bool:
    least = spec.minimum if spec.minimum is not None else value
    most = spec.maximum if spec.maximum is not None else value
    return least <= value <= most


def day(name: str, value: Any) -> dt.date | DateRange:
    try:
        if isinstance(value, dict):
            return DateRange(dt.date.fromisoformat(value["earliest"]), dt.date.fromisoformat(value["latest"]))
        return dt.date.fromisoformat(value)
    except (TypeError, KeyError, ValueError):
        raise ValueError(f"The fact {name!r} needs a date YYYY-MM-DD, or earliest and latest.") from None


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
def regions(request: HttpRequest, q: str = Query(..., min_length=2, max_length=80)) -> list[Any]:
    """Regions whose name, with the names of their parents, fits the words asked for."""
    return list(places.find(q, limit=20))
