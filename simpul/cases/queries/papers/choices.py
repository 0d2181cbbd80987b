"""Which assessment, comparison, conference or follow-up of a case a paper can be about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simpul.access.models import User
from simpul.cases.models import Assessment, Case, Conference, FollowUp, Occasion
from simpul.cases.queries.answered import title_of
from simpul.cases.queries.comparisons import SEALED_WORDS
from simpul.cases.queries.papers.filling import Picked, day
from simpul.catalogue.instruments import Instrument
from simpul.instruments.queries import available, find_all

Offered = list[tuple[str, str]]


class Choices:
    """What there is in one case, the newest first; words are not opened."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.conferences = list(
            Conference.objects.filter(case=case).order_by("-on", "-at").only("case", "on")
        )
        self.follow_ups = list(
            FollowUp.objects.filter(case=case).order_by("-due_on").only("case", "due_on", "done_on")
        )
        rows = Assessment.objects.filter(case=case).exclude(completed_at=None)
        self.assessments = list(rows.defer(*SEALED_WORDS, "scores_sealed").order_by("-on", "-at"))
        self.instruments = find_all({(row.instrument, row.instrument_version) for row in self.assessments})

    def offered(self, name: str) -> Offered:
        """Keys with their words for one field."""
        if name == "assessment":
            return [(str(row.pk), f"{self._title(row)}, {day(row.on)}") for row in self.assessments]
        if name == "compared":
            again = [row for row in self.assessments if row.occasion == Occasion.REASSESSMENT]
            return list({row.instrument: (row.instrument, self._title(row)) for row in again}.values())
        if name == "conference":
            return [(str(row.pk), day(row.on)) for row in self.conferences]
        return [(str(row.pk), day(row.done_on or row.due_on)) for row in self.follow_ups]

    def _title(self, row: Assessment) -> str:
        found = self.instruments.get((row.instrument, int(row.instrument_version)))
        return title_of(found) if found else row.instrument

    def picked(self, chosen: Mapping[str, Any]) -> Picked:
        """The rows that were chosen among these."""
        return Picked(
            assessment=_among(self.assessments, chosen.get("assessment")),
            compared=chosen.get("compared") or "",
            conference=_among(self.conferences, chosen.get("conference")),
            follow_up=_among(self.follow_ups, chosen.get("follow_up")),
            since=chosen.get("since"),
            until=chosen.get("until"),
        )


def _among(rows: list[Any], key: str | None) -> Any:
    return next((row for row in rows if str(row.pk) == key), None)


def instrument_called(viewer: User, code: str) -> Instrument | None:
    """The newest version of an instrument for a blank paper."""
    return next((found for found in available(viewer) if found.code == code), None)


def instruments_for(viewer: User) -> Offered:
    """Code and title of what may be printed blank."""
    return [(found.code, title_of(found)) for found in available(viewer)]
