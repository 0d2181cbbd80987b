"""One assessment to read: what was answered, what nobody answered, and what was answered the time before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.models import Assessment
from simpul.cases.queries.comparisons import lacking, scores_in
from simpul.catalogue.instruments import Domain, Instrument, Item
from simpul.engines.scoring import REASONS, AnswerError, DomainScore, score
from simpul.instruments.queries import ScoreLine, find, level_words, score_lines
from simpul.people.models import Source

LONGEST_WORDS = 4000
# As the fields of an instrument's form allow.
LONGEST_TEXT = 4000
LONGEST_REASON = 1000


def title_of(named: Instrument | Domain) -> str:
    return named.title.in_language(get_language() or "id")


def question_of(item: Item) -> str:
    return item.question.in_language(get_language() or "id")


def source_names(codes: list[str]) -> list[str]:
    """Where an assessment learnt what it says, in words; a code that is no longer known as it stands."""
    known = dict(Source.choices)
    return [str(known.get(code, code)) for code in codes]


def instrument_of(assessment: Assessment) -> Instrument | None:
    """The version that was answered; None where its text is not kept any more."""
    try:
        return find(assessment.instrument, assessment.instrument_version)
    except KeyError:
        return None


# --- answers ---


def previous_of(assessment: Assessment, instrument: Instrument) -> tuple[dict[str, Any], date | None]:
    """What was answered last time, with its day; only items that read exactly as they do now."""
    last = (
        Assessment.objects.filter(case=assessment.case_id, instrument=assessment.instrument)
        .exclude(completed_at=None)
        .exclude(pk=assessment.pk)
        .order_by("on", "completed_at")
        .last()
    )
    old = instrument_of(last) if last else None
    if last is None or old is None:
        return {}, None
    was = {item.code: item for item in old.items}
    same = {item.code for item in instrument.items if was.get(item.code) == item}
    answers = last.answers or {}
    kept = {code: answer for code, answer in answers.items() if code in same}
    reasons = {code: words for code, words in answers.get(REASONS, {}).items() if code in same}
    return kept | {REASONS: reasons}, last.on


def required_open(instrument: Instrument, answers: Mapping[str, Any]) -> list[Item]:
    """What the instrument wants answered, and nobody did; "tidak tahu" is an answer."""
    return [item for item in instrument.items if item.required and item.code not in answers]


def said_answer(instrument: Instrument, code: str, answer: Any) -> str:
    """An answer in words; nothing where there is none."""
    return "" if answer is None else level_words(instrument.item(code), answer)


# --- one of them ---


@dataclass(frozen=True, slots=True)
class Open:
    """What nobody answered in one domain."""

    title: str
    number: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One assessment as it is read. `answers` and `words` are empty for who may not read workers' words.

    `scores` of a draft are what it would say now. `is_altered`: the text of the instrument is not the one answered.
    """

    instrument: Instrument | None
    title: str
    lines: tuple[ScoreLine, ...]
    open: tuple[Open, ...]
    required: tuple[str, ...]
    answers: Mapping[str, Any]
    words: tuple[tuple[str, str], ...]
    is_told: bool
    is_altered: bool

    @property
    def number_open(self) -> int:
        return sum(domain.number for domain in self.open)


def shown_of(assessment: Assessment, *, is_told: bool) -> Shown:
    """An assessment to read: scores for everybody who may see the case, words and answers only where told."""
    instrument, is_draft = instrument_of(assessment), assessment.completed_at is None
    answers = assessment.answers or {} if is_told or is_draft else {}
    scores = _scores_now(instrument, answers) if is_draft else tuple(scores_in(assessment).values())
    if is_draft and not is_told:
        answers, scores = {}, ()
    required = required_open(instrument, answers) if instrument and is_draft and is_told else []
    return Shown(
        instrument=instrument,
        title=title_of(instrument) if instrument else assessment.instrument,
        lines=tuple(score_lines(instrument, scores)) if instrument else (),
        open=tuple(_open(instrument, scores, is_told=is_told)) if instrument else (),
        required=tuple(map(question_of, required)),
        answers=answers,
        words=_words_of(assessment) if is_told else (),
        is_told=is_told,
        is_altered=instrument is not None and not is_draft and instrument.digest != assessment.digest,
    )


def _scores_now(instrument: Instrument | None, answers: Mapping[str, Any]) -> tuple[DomainScore, ...]:
    if instrument is None:
        return ()
    try:
        return score(instrument.scheme(), answers)
    except AnswerError:
        # The text of an instrument was changed behind its version: its old answers have no score.
        return ()


def _open(instrument: Instrument, scores: tuple[DomainScore, ...], *, is_told: bool) -> list[Open]:
    titles = {domain.code: title_of(domain) for domain in instrument.domains}
    return [
        Open(
            titles.get(found.code, found.code),
            found.of - found.answered,
            lacking(instrument, found) if is_told else (),
        )
        for found in scores
        if found.answered < found.of
    ]


def _words_of(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """What was written in words, under its heading; what was left empty is left out."""
    headings = {
        "client_view": _("Pandangan orang itu sendiri"),
        "family_view": _("Pandangan keluarga"),
        "observed": _("Yang dilihat petugas"),
        "strengths": _("Kekuatan dan yang dapat diandalkan"),
        "conclusion": _("Masalah utama dan kesimpulan"),
    }
    said = ((heading, getattr(assessment, name)) for name, heading in headings.items())
    return tuple((heading, words) for heading, words in said if words)
