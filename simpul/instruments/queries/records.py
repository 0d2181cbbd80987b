"""Sheets as numbers: scores per aspect, and the columns that the statistics take. No names, no words of anybody's own.

Only locked sheets count. People stand under their code, organisations under a code of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from simpul.access.secrets import blind_index
from simpul.catalogue.instruments import Comparison, Domain, Instrument, comparable
from simpul.engines.scoring import DomainScheme, DomainScore, Scheme, score
from simpul.engines.statistics.study import Aspect, Band, ItemAnswers, Score
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries.finding import find_all

_CODE_LENGTH = 8
SCORED_KINDS = ("scale", "choice", "number")


@dataclass(frozen=True)
class AspectScore:
    """One aspect of one sheet: its score as the engine found it, and the band it reaches (kurang, cukup, baik)."""

    code: str
    title: str
    score: DomainScore
    band: str = ""
    band_title: str = ""


@dataclass(frozen=True)
class AnswerRecord:
    """One locked sheet without a name. `answers` hold levels, choices and numbers as given, None where there is none;
    `states` why not. Texts are left out: people write names into them."""

    person: str
    organisation: str
    wave: str
    on: str
    instrument: str
    version: int
    answers: Mapping[str, int | None]
    states: Mapping[str, str]
    scores: Mapping[str, float | None]


def organisation_code(key: UUID | None) -> str:
    """What stands for an organisation where no name may; empty for none."""
    if key is None:
        return ""
    return "L-" + blind_index(str(key), "sheet.about").hex()[:_CODE_LENGTH].upper()


def aspect_scores(sheet: AnswerSheet, instrument: Instrument) -> tuple[AspectScore, ...]:
    """The scores of one sheet, aspect by aspect; those that are never scored are left out."""
    return scored_answers(instrument, sheet.answers or {})


def scored_answers(
    instrument: Instrument, answers: Mapping[str, Any], scheme: Scheme | None = None
) -> tuple[AspectScore, ...]:
    """The same of answers that stand on no sheet. `scheme` is the instrument's, where many sheets are scored by it."""
    found = score(scheme or instrument.scheme(), answers)
    return tuple(
        _aspect_score(domain, one)
        for domain, one in zip(instrument.domains, found, strict=True)
        if domain.is_scored
    )


def _aspect_score(domain: Domain, found: DomainScore) -> AspectScore:
    band = domain.band(found.score)
    language = get_language() or "id"
    return AspectScore(
        domain.code,
        domain.title.in_language(language),
        found,
        "" if band is None else band.code,
        "" if band is None else band.label.in_language(language),
    )


def aspects_of(instrument: Instrument) -> tuple[Aspect, ...]:
    """The scored aspects of an instrument as the statistics know them, bands and reliability with them."""
    language = get_language() or "id"
    return tuple(
        Aspect(
            domain.code,
            domain.title.in_language(language),
            scheme.minimum,
            scheme.maximum,
            domain.reliability,
            domain.standard_deviation,
            tuple(
                Band(band.code, band.from_score, band.label.in_language(language)) for band in domain.bands
            ),
            domain.higher_is_better,
        )
        for domain, scheme in zip(instrument.domains, instrument.scheme().domains, strict=True)
        if domain.is_scored
    )


def records(sheets: Iterable[AnswerSheet]) -> list[AnswerRecord]:
    """Locked sheets without names, in the order of wave and code: the same rows each time it is asked."""
    locked = [sheet for sheet in sheets if sheet.is_locked]
    known = find_all({(sheet.instrument, sheet.instrument_version) for sheet in locked})
    schemes = {key: instrument.scheme() for key, instrument in known.items()}
    found = [
        _record(sheet, known[key], schemes[key])
        for sheet in locked
        if (key := (sheet.instrument, sheet.instrument_version)) in known
    ]
    return sorted(found, key=lambda one: (one.instrument, one.version, one.wave, one.person, one.on))


def _record(sheet: AnswerSheet, instrument: Instrument, scheme: Scheme) -> AnswerRecord:
    answers = sheet.answers or {}
    asked = [item for item in instrument.items if item.kind in SCORED_KINDS]
    told = {item.code: answers.get(item.code) for item in asked}
    return AnswerRecord(
        person=sheet.code,
        organisation=organisation_code(sheet.about),
        wave=sheet.wave,
        on=sheet.on.isoformat(),
        instrument=instrument.code,
        version=instrument.version,
        answers={code: answer if isinstance(answer, int) else None for code, answer in told.items()},
        states={
            code: str(answer.get("state", "")) for code, answer in told.items() if isinstance(answer, Mapping)
        },
        scores={one.code: one.score.score for one in scored_answers(instrument, answers, scheme)},
    )


def study_scores(
    sheets: Iterable[AnswerSheet],
    *,
    groups: Mapping[UUID, str] | None = None,
    organisations: Mapping[UUID, str] | None = None,
    only: Iterable[str] | None = None,
) -> list[Score]:
    """One Score for each aspect of each locked sheet, for simpul.engines.statistics.

    `groups` names the group of a participant by key (a comparison group). `organisations` gives names to organisations
    for who may see them; without it they stand under their codes. `only` keeps to these aspects: those that may be
    compared where the sheets are of several versions (comparable_aspects).
    """
    locked = [sheet for sheet in sheets if sheet.is_locked]
    known = find_all({(sheet.instrument, sheet.instrument_version) for sheet in locked})
    schemes = {key: instrument.scheme() for key, instrument in known.items()}
    wanted = None if only is None else set(only)
    found: list[Score] = []
    for sheet in locked:
        key = sheet.instrument, sheet.instrument_version
        scored = scored_answers(known[key], sheet.answers or {}, schemes[key])
        about = (organisations or {}).get(sheet.about) if sheet.about else ""
        found.extend(
            Score(
                person=sheet.code,
                aspect=one.code,
                wave=sheet.wave,
                value=one.score.score,
                organisation=about or organisation_code(sheet.about),
                group=(groups or {}).get(sheet.participant, ""),
            )
            for one in scored
            if wanted is None or one.code in wanted
        )
    return found


def comparable_aspects(versions: Sequence[Instrument]) -> frozenset[str]:
    """The aspects whose scores may be compared across all these versions."""
    if not versions:
        return frozenset()
    newest, *others = sorted(versions, key=lambda found: found.version, reverse=True)
    same = frozenset(domain.code for domain in newest.domains if domain.is_scored)
    found: list[Comparison] = [comparable(older, newest) for older in others]
    return same.intersection(*(one.same_domains for one in found)) if found else same


def item_answers(sheets: Iterable[AnswerSheet], instrument: Instrument) -> tuple[ItemAnswers, ...]:
    """A table of answers for each scored aspect, reversed items turned, of the locked sheets of this very version."""
    of_version = [
        (sheet.code, sheet.answers or {})
        for sheet in sheets
        if sheet.is_locked
        and (sheet.instrument, sheet.instrument_version) == (instrument.code, instrument.version)
    ]
    rows = [answers for _code, answers in sorted(of_version, key=lambda one: one[0])]
    return tuple(_table(domain, rows) for domain in instrument.scheme().domains if domain.scored)


def _table(domain: DomainScheme, rows: Sequence[Mapping[str, Any]]) -> ItemAnswers:
    return ItemAnswers(
        domain.code,
        tuple(item.code for item in domain.scored),
        [[_counted(answers.get(item.code), item.counted) for item in domain.scored] for answers in rows],
        tuple(float(item.values[0]) for item in domain.scored),
        tuple(float(item.values[-1]) for item in domain.scored),
    )


def _counted(answer: Any, counted: Any) -> float | None:
    return float(counted(answer)) if isinstance(answer, int) else None
