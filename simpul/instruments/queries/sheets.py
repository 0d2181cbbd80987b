"""Lists of sheets, and one sheet as a page shows it: with names for who fills them in, by code for who reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.catalogue.instruments import Instrument
from simpul.catalogue.instruments.analysis import norms
from simpul.engines.scoring import REASONS
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries.finding import Key, find_all
from simpul.instruments.queries.records import SCORED_KINDS, AspectScore, scored_answers
from simpul.instruments.queries.words import level_words, shown

# The waves of a programme: the first test, those between it and the last by number, the last.
_FIRST, _LAST = "pre", "post"
_BETWEEN = re.compile(r"m(\d{1,3})")


@dataclass(frozen=True)
class SheetLine:
    """One sheet in a list. `who` is the label for who fills sheets in, otherwise the code."""

    sheet: AnswerSheet
    who: str
    title: str


@dataclass(frozen=True)
class ShownAnswer:
    """One item of a sheet, in words."""

    question: str
    answer: str
    because: str


@dataclass(frozen=True)
class ShownPart:
    """One domain of a sheet: its answers and, where it is scored, its score in words."""

    title: str
    answers: tuple[ShownAnswer, ...]
    score: AspectScore | None
    figure: str


def where_to_fill(user: User, permission: Permission = Permission.INSTRUMENT_FILL) -> Where:
    """Where sheets of this person belong: the office or area of the oldest right to fill them in."""
    grants = sorted(user.grants_with(permission), key=lambda grant: grant.granted_at)
    return Where(organisation=grants[0].organisation, region=grants[0].region) if grants else Where()


def sheet_of(participant: UUID, instrument: str, wave: str, series: UUID | None) -> AnswerSheet | None:
    """The one sheet of a participant, an instrument and a wave."""
    kept: AnswerSheet | None = AnswerSheet.objects.filter(
        participant=participant, instrument=instrument, wave=wave, series=series
    ).first()
    return kept


def sheets_for(
    viewer: User,
    *,
    instrument: Key | None = None,
    wave: str | None = None,
    series: UUID | None = None,
    is_locked: bool | None = None,
) -> Any:
    """The sheets that this person fills in or mends, the newest first."""
    rows = AnswerSheet.objects.reachable(viewer, Permission.INSTRUMENT_FILL)
    if instrument is not None:
        rows = rows.filter(instrument=instrument[0], instrument_version=instrument[1])
    if wave is not None:
        rows = rows.filter(wave=wave)
    if series is not None:
        rows = rows.filter(series=series)
    if is_locked is not None:
        rows = rows.filter(locked_at__isnull=not is_locked)
    return rows.order_by("-begun_at", "pk")


def readable(
    viewer: User,
    *,
    instrument: Key,
    wave: str | None = None,
    permission: Permission = Permission.INSTRUMENT_READ,
) -> Any:
    """The locked sheets of one version whose answers this person may count together."""
    rows = AnswerSheet.objects.reachable(viewer, permission).filter(
        instrument=instrument[0], instrument_version=instrument[1], locked_at__isnull=False
    )
    return rows if wave is None else rows.filter(wave=wave)


def in_lots(viewer: User, sheets: Any) -> tuple[Any, int]:
    """The sheets that may be counted together, and how many wait until a whole lot of people has answered.

    Who may read them one by one counts all. For anybody else people are added a lot at a time, in the order in which
    they finished: from two counts that are one sheet apart, that person's answers could be reckoned.
    """
    own = AnswerSheet.objects.reachable(viewer, Permission.INSTRUMENT_FILL).order_by().values("pk")
    if not sheets.exclude(pk__in=own).exists():
        return sheets, 0
    lot, number = int(norms()["fewest_people"].value), sheets.count()
    whole = number - number % lot
    counted = sheets.order_by("locked_at", "pk").values("pk")[:whole]
    return AnswerSheet.objects.filter(pk__in=counted), number - whole


def waves_of(sheets: Any) -> list[str]:
    """The waves that occur among these sheets, in the order in which they are answered."""
    return sorted(set(sheets.order_by().values_list("wave", flat=True)), key=_in_time)


def _in_time(wave: str) -> tuple[int, int, str]:
    between = _BETWEEN.fullmatch(wave)
    if between is not None:
        return (1, int(between[1]), "")
    return ({"": 0, _FIRST: 0, _LAST: 2}.get(wave, 3), 0, wave)


def wave_title(wave: str) -> str:
    """How a wave is called: the tests of a programme in words, any other as somebody wrote it."""
    between = _BETWEEN.fullmatch(wave)
    if between is not None:
        return _("Tes ke-%(number)d") % {"number": int(between[1])}
    return {"": _("tanpa gelombang"), _FIRST: _("Tes awal"), _LAST: _("Tes akhir")}.get(wave, wave)


def lines(viewer: User, sheets: Iterable[AnswerSheet]) -> list[SheetLine]:
    """Sheets as a list shows them, with two questions to the database."""
    rows = list(sheets)
    known = find_all({(row.instrument, row.instrument_version) for row in rows})
    named = set(
        AnswerSheet.objects.reachable(viewer, Permission.INSTRUMENT_FILL)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    return [
        SheetLine(
            row,
            (row.label if row.pk in named else "") or row.code,
            _title(known.get((row.instrument, row.instrument_version)), row),
        )
        for row in rows
    ]


def _title(instrument: Instrument | None, row: AnswerSheet) -> str:
    return row.instrument if instrument is None else instrument.title.in_language(get_language() or "id")


def sees_names(viewer: User, sheet: AnswerSheet) -> bool:
    """Whether this person may see who answered, and their own words."""
    return is_within_reach(sheet, viewer, Permission.INSTRUMENT_FILL)


def shown_parts(sheet: AnswerSheet, instrument: Instrument, *, is_named: bool) -> tuple[ShownPart, ...]:
    """What was answered, domain by domain. Without names, own words stay out too: people write names into them."""
    answers = sheet.answers or {}
    scores = {one.code: one for one in scored_answers(instrument, answers)}
    reasons = answers.get(REASONS, {}) if is_named else {}
    language = get_language() or "id"
    parts = []
    for domain in instrument.domains:
        items = [item for item in domain.items if is_named or item.kind in SCORED_KINDS]
        told = tuple(
            ShownAnswer(
                item.question.in_language(language),
                level_words(item, answers.get(item.code)),
                str(reasons.get(item.code, "")),
            )
            for item in items
        )
        score = scores.get(domain.code)
        if told:
            parts.append(ShownPart(domain.title.in_language(language), told, score, _figure(score)))
    return tuple(parts)


def _figure(score: AspectScore | None) -> str:
    if score is None:
        return ""
    found = score.score
    if found.score is None:
        return _("belum diketahui")
    told = {"score": shown(found.score), "most": shown(found.maximum)}
    return _("%(score)s dari paling tinggi %(most)s") % told
