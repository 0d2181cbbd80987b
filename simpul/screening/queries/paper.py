"""What stands on the family's paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from simpul.catalogue.editions import NeedType
from simpul.catalogue.facts import Fact
from simpul.screening.queries.results import Result, TypeResult


@dataclass(frozen=True, slots=True)
class FamilyPaper:
    """What a family takes home: only what fits and what is still open, in their words."""

    name: str
    place: str
    on: date
    fits: tuple[NeedType, ...]
    open: tuple[tuple[NeedType, Fact | None], ...]
    worker_name: str
    ended: str
    asks_more: bool
    is_decided: bool


def family_paper(
    found: Result, *, chosen: Collection[str] | None, place: str, worker_name: str
) -> FamilyPaper:
    """What fits stands on it; open and highly restricted types only when the worker ticks them.

    Paper lies about at home, and the name of a type that may not even fit can hurt. What nobody raised never
    stands on it, ticked or not.
    """

    def stands(entry: TypeResult) -> bool:
        if entry.is_unraised:
            return False
        if chosen is None:
            return not entry.is_highly_restricted and holds(entry) == "yes"
        return entry.need.code in chosen

    def holds(entry: TypeResult) -> str:
        return entry.decision.decided if entry.decision else str(entry.answer)

    shown = [entry for entry in found.types if stands(entry)]
    return FamilyPaper(
        name=found.person.name,
        place=place,
        on=found.on,
        fits=tuple(entry.need for entry in shown if holds(entry) == "yes"),
        open=tuple((entry.need, entry.asks) for entry in shown if holds(entry) == "unknown"),
        worker_name=worker_name,
        ended=found.screening.ending,
        asks_more=any(holds(entry) == "unknown" and not entry.is_unraised for entry in found.types),
        is_decided=any(entry.decision for entry in found.types),
    )
