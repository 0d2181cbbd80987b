"""Every number with its words: what it is called, what is counted, and which cases stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from simpul.cases.queries.numbers import counted, happened, judged, measured, standing
from simpul.cases.queries.numbers.judged import CHANGE
from simpul.cases.queries.numbers.lines import Found, Part, Source
from simpul.cases.queries.numbers.scope import Scope

# --- the list behind a number ---

# By the code of a part: what counts it, and so lists it. `change` names its instrument after a colon.
_SOURCES: dict[str, Callable[[Scope], Source]] = {
    "worker": counted.by_worker,
    "model": counted.by_model,
    "stage": counted.by_stage,
    "overdue": counted.overdue,
    "flow": counted.flow,
    "reason": counted.by_reason,
    "goals": counted.goals,
    "growth": lambda scope: measured.growth(scope).source,
    "reassessed": counted.reassessed,
    "unmet": counted.unmet,
    "opinions": lambda scope: Found({key: held.cases for key, held in measured.opinions(scope).items()}),
}


def source_of(scope: Scope, part: str) -> Source:
    """What counts a part. Raises KeyError for a part that does not exist."""
    if part.startswith(CHANGE):
        return measured.change_source(scope, part.removeprefix(CHANGE))
    return _SOURCES[part](scope)


def cases_behind(scope: Scope, part: str, group: str) -> tuple[UUID, ...]:
    """The keys of exactly the cases behind one figure, the newest first. Raises KeyError for an unknown part."""
    keys = source_of(scope, part).keys(group)
    if not isinstance(keys, frozenset):
        found = scope.cases().filter(pk__in=keys).order_by("-opened_at", "pk").values_list("pk", flat=True)
        return tuple(found)
    ordered = scope.cases().order_by("-opened_at", "pk").values_list("pk", flat=True)
    return tuple(key for key in ordered if key in keys)


def label_of(parts: Iterable[Part], part: str, group: str) -> tuple[str, str]:
    """What a figure is called, by its part and line; the part alone for all its groups."""
    for found in parts:
        if found.code == part:
            for line in found.lines:
                for figure, column in zip(line.figures, found.columns, strict=True):
                    if figure.group == group:
                        more = f", {column.lower()}" if len(found.columns) > 1 else ""
                        return found.title, line.title + more
            return found.title, ""
    return "", ""


# --- all parts ---


def parts_of(scope: Scope, instrument: str = "", only: str = "") -> tuple[Part, ...]:
    """The numbers of a page: those that stand now, those of the period, and those that need scores.

    `instrument` is that whose domains are told; `only` is the code of the one part that is wanted.
    """
    makers: dict[str, Callable[[Scope], Part | None]] = {
        "stage": standing.stages,
        "worker": standing.workers,
        "model": standing.models,
        "overdue": standing.overdue,
        "unmet": standing.unmet,
        "flow": happened.flow,
        "reason": happened.reasons,
        "goals": happened.goals,
        "growth": happened.growth,
        "reassessed": judged.reassessed,
        f"{CHANGE}{instrument}": lambda scope: judged.change(scope, instrument) if instrument else None,
        "opinions": judged.opinions,
        "complaints": judged.complaints,
    }
    made = (make(scope) for code, make in makers.items() if only in ("", code))
    return tuple(part for part in made if part is not None)
