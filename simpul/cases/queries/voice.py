"""What the client was told, thinks, and wishes about who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.cases.models import Agreement, Case, RightsGiven, Satisfaction
from simpul.cases.models.voice import Entered
from simpul.cases.queries.case import sees_all
from simpul.catalogue import rights
from simpul.catalogue.instruments import Instrument, Item
from simpul.engines.scoring import DomainScore
from simpul.instruments.queries import ScoreLine, available, find, level_words, score_lines

LONGEST_HOW = 500
LONGEST_WORDS = 4000
PURPOSE = "satisfaction"


# --- the page that is given ---


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the page, in one language."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of rights and principles as it is read and printed, in one language."""

    version: str
    language: str
    title: str
    intro: str
    parts: tuple[SheetPart, ...]
    sources: tuple[str, ...]


def sheet(version: str = "", language: str = "") -> Sheet:
    """One version of the page, the newest without `version`. KeyError for a version that never was."""
    text = rights.get(version) if version else rights.newest()
    language = language or get_language() or "id"
    parts = tuple(
        SheetPart(
            part.title.in_language(language), tuple(line.text.in_language(language) for line in part.lines)
        )
        for part in text.parts
    )
    return Sheet(
        version=text.version,
        language=language,
        title=text.title.in_language(language),
        intro=text.intro.in_language(language),
        parts=parts,
        sources=tuple(dict.fromkeys(part.source for part in text.parts)),
    )


def given_in(case: Case) -> tuple[RightsGiven, ...]:
    """Every time the page was given in this case, the newest first."""
    return tuple(RightsGiven.objects.filter(case=case).order_by("-on", "-at"))


# --- what the client thinks ---


def forms_offered(viewer: User) -> tuple[Instrument, ...]:
    """The forms for what clients think: the one Simpul brings along, and the office's own."""
    return available(viewer, PURPOSE)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the client thought on one day. Answers and words only for who may read workers' own words.

    `is_by_own_worker`: the answers were taken down by the worker whom they judge.
    """

    on: date
    by_name: str
    entered: str
    is_by_own_worker: bool
    title: str
    lines: tuple[ScoreLine, ...]
    answers: tuple[tuple[str, str], ...]
    words: str


def opinions_of(case: Case, *, is_told: bool) -> tuple[Opinion, ...]:
    """Everything the client said of the help, the newest first."""
    rows = Satisfaction.objects.filter(case=case).order_by("-on", "-at")
    return tuple(_opinion(row, case, is_told) for row in rows)


def _opinion(row: Satisfaction, case: Case, is_told: bool) -> Opinion:
    instrument = _instrument_of(row)
    scores = [DomainScore.from_json(kept) for kept in row.scores or ()]
    answers: dict[str, Any] = row.answers or {} if is_told else {}
    asked = instrument.items if instrument else ()
    return Opinion(
        on=row.on,
        by_name=row.by_name,
        entered=row.get_entered_display(),
        is_by_own_worker=row.by == case.worker and row.entered == Entered.ASKED,
        title=instrument.title.in_language(_language()) if instrument else row.instrument,
        lines=tuple(score_lines(instrument, scores)) if instrument else (),
        answers=tuple(_answered(item, answers) for item in asked if item.code in answers),
        words=(row.words or "") if is_told else "",
    )


def _instrument_of(row: Satisfaction) -> Instrument | None:
    try:
        return find(row.instrument, row.instrument_version)
    except KeyError:
        return None


def _answered(item: Item, answers: dict[str, Any]) -> tuple[str, str]:
    return item.question.in_language(_language()), level_words(item, answers[item.code])


def _language() -> str:
    return get_language() or "id"


# --- the part of the case page ---


@dataclass(frozen=True, slots=True)
class Panel:
    """On the page of the case: rights given, agreement made, when the client was last asked, and the wishes."""

    given_on: date | None
    agreed_on: date | None
    is_newest_text: bool
    asked_on: date | None
    wishes: str
    is_told: bool


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Some questions to the database."""
    is_told = sees_all(case, viewer)
    given = RightsGiven.objects.filter(case=case, on__lte=on).order_by("-on", "-at").first()
    asked = Satisfaction.objects.filter(case=case, on__lte=on).order_by("-on").values_list("on", flat=True)
    return Panel(
        given_on=given.on if given else None,
        agreed_on=Agreement.objects.filter(case=case, on__lte=on).aggregate(last=Max("on"))["last"],
        is_newest_text=given is not None and given.text_version == rights.newest().version,
        asked_on=asked.first(),
        wishes=(case.wishes or "") if is_told else "",
        is_told=is_told,
    )


def text_of(given: RightsGiven) -> str:
    """Which text was given, in words."""
    return _("naskah versi %(version)s") % {"version": given.text_version}
