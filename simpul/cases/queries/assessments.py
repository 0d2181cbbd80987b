"""Assessments of a case: which were made, which is a draft, when the next is due, and one of them to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Assessment, Case, Occasion, Task, TaskKind
from simpul.cases.queries.answered import (
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_WORDS,
    Shown,
    instrument_of,
    previous_of,
    question_of,
    required_open,
    said_answer,
    shown_of,
    source_names,
    title_of,
)
from simpul.cases.queries.comparisons import (
    SEALED_WORDS,
    WORDS,
    Comparison,
    DomainRow,
    Held,
    compared,
    comparison_of,
)
from simpul.catalogue.instruments import Instrument
from simpul.instruments.queries import available, find_all

__all__ = (
    "LONGEST_REASON",
    "LONGEST_TEXT",
    "LONGEST_WORDS",
    "SEALED_WORDS",
    "WORDS",
    "Choice",
    "Comparison",
    "DomainRow",
    "Held",
    "Panel",
    "Shown",
    "compared",
    "comparison_of",
    "draft_with",
    "instrument_of",
    "may_be_started",
    "other_version",
    "panel",
    "previous_of",
    "question_of",
    "required_open",
    "said_answer",
    "shown_of",
    "source_names",
    "title_of",
)

# --- all of a case ---


@dataclass(frozen=True, slots=True)
class Entry:
    """One assessment in the list."""

    key: UUID
    on: date
    occasion_name: str
    version: str
    by_name: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Group:
    """All with one instrument, the newest first, and what they say together."""

    code: str
    title: str
    entries: tuple[Entry, ...]
    comparison: Comparison | None
    due_on: date | None
    is_late: bool

    @property
    def draft(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.is_draft), None)

    @property
    def last(self) -> Entry | None:
        """The newest that was completed."""
        return next((entry for entry in self.entries if not entry.is_draft), None)


@dataclass(frozen=True, slots=True)
class Panel:
    """Assessments on the page of the case. `is_told`: whether who reads may see workers' own words."""

    groups: tuple[Group, ...]
    is_told: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Every instrument used in the case, in two questions to the database: dates, change, what is due."""
    reads = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW).filter(pk=case.pk)
    rows: list[Any] = list(
        Assessment.objects.filter(case=case)
        .defer(*SEALED_WORDS)
        .annotate(is_told=Exists(reads), due_on=Subquery(_due()))
        .order_by("-on", "-at")
    )
    if not rows:
        return Panel((), is_told=False)
    is_told = rows[0].is_told
    by_code: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_code[row.instrument].append(row)
    found = find_all({(row.instrument, row.instrument_version) for row in rows})
    comparisons = {made.instrument: made for made in compared(rows, is_told=is_told, found=found)}
    titles = {code: title_of(instrument) for (code, _version), instrument in sorted(found.items())}
    groups = (_group(code, of, comparisons.get(code), titles, on) for code, of in by_code.items())
    return Panel(tuple(sorted(groups, key=lambda group: group.title.lower())), is_told)


def _due() -> QuerySet[Any, Any]:
    """When the next one is due: it waits behind the baseline."""
    waiting = Task.objects.waiting().filter(
        case=OuterRef("case"), kind=TaskKind.REASSESSMENT, about=OuterRef("pk")
    )
    return waiting.order_by("due_on").values("due_on")[:1]


def _group(
    code: str, rows: list[Any], comparison: Comparison | None, titles: Mapping[str, str], on: date
) -> Group:
    due_on = next((row.due_on for row in rows if row.due_on), None)
    return Group(
        code=code,
        title=titles.get(code, code),
        entries=tuple(_entry(row) for row in rows),
        comparison=comparison,
        due_on=due_on,
        is_late=due_on is not None and due_on < on,
    )


def _entry(row: Assessment) -> Entry:
    return Entry(
        key=row.pk,
        on=row.on,
        occasion_name=row.get_occasion_display(),
        version=row.instrument_version,
        by_name=row.by_name,
        is_draft=row.completed_at is None,
    )


# --- starting one ---


@dataclass(frozen=True, slots=True)
class Choice:
    """An instrument that may be used now. `draft` is the key of one that is being filled in already.

    `baseline_version` is that of the first time; where it is another, the page says so.
    """

    instrument: Instrument
    has_baseline: bool
    baseline_version: str
    draft: UUID | None

    @property
    def code(self) -> str:
        return self.instrument.code

    @property
    def title(self) -> str:
        return title_of(self.instrument)

    @property
    def occasion_name(self) -> str:
        occasion = Occasion.REASSESSMENT if self.has_baseline else Occasion.BASELINE
        return str(occasion.label)

    @property
    def is_other_version(self) -> bool:
        return self.has_baseline and self.baseline_version != str(self.instrument.version)


def may_be_started(case: Case, viewer: User) -> tuple[Choice, ...]:
    """The instruments to choose from: those used in this case first, because the same one is used again."""
    held = list(Assessment.objects.filter(case=case).defer(*SEALED_WORDS, "scores_sealed"))
    first = {row.instrument: row for row in held if row.occasion == Occasion.BASELINE and row.completed_at}
    drafts = {row.instrument: row.pk for row in held if row.completed_at is None}
    choices = [
        Choice(
            found,
            found.code in first,
            first[found.code].instrument_version if found.code in first else "",
            drafts.get(found.code),
        )
        for found in available(viewer)
    ]
    return tuple(sorted(choices, key=lambda choice: not choice.has_baseline))


def draft_with(case: Case, instrument: str) -> Assessment | None:
    """What is being filled in with this instrument: one at a time, so that nobody fills in the same twice."""
    found: Assessment | None = Assessment.objects.filter(
        case=case, instrument=instrument, completed_at=None
    ).first()
    return found


def other_version(assessment: Assessment) -> str:
    """The version of the baseline where this is a re-assessment with another; empty otherwise."""
    if assessment.occasion == Occasion.BASELINE:
        return ""
    baseline = Assessment.objects.filter(
        case=assessment.case_id, instrument=assessment.instrument, occasion=Occasion.BASELINE
    ).values_list("instrument_version", flat=True)
    version: str = baseline.first() or ""
    return "" if version == assessment.instrument_version else version
