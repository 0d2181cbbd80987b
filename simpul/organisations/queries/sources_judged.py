"""Whether a source of help meets the criteria of its type on a day: what is met, missing, not known, and what settles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.catalogue import sources as catalogue
from simpul.catalogue.sources import Rule, SourceFact
from simpul.engines.rules import Answer, Facts, Finding, Value
from simpul.organisations.models import Source, Training
from simpul.organisations.queries.source_types import source_type


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion as the page tells it: the finding, its text, what is behind it, which papers would settle it."""

    finding: Finding
    text: str
    why: str
    settles: tuple[str, ...]
    is_status: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgement by one rule. `finding` is of the whole; `lines` follow the text of the rule."""

    finding: Finding
    title: str
    source: str
    mark: str
    note: str
    lines: tuple[Line, ...]

    def count(self, answer: Answer) -> int:
        """How many deciding criteria have this answer."""
        return sum(line.finding.answer is answer for line in self.lines if not line.is_status)

    @property
    def met(self) -> int:
        return self.count(Answer.YES)

    @property
    def unmet(self) -> int:
        return self.count(Answer.NO)

    @property
    def open(self) -> int:
        return self.count(Answer.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion that a worker can answer: its fact, and what is known so far (None: not known)."""

    fact: SourceFact
    told: bool | None


def facts_of(source: Source, trainings: Iterable[Training], on: date) -> Facts:
    """What is known about a source on that day. What is absent is not known.

    A certificate in force is a yes; where all of a kind have run out it is a no, whatever was told earlier.
    """
    known: dict[str, Value | None] = {
        "born": source.born,
        "sex": source.sex or None,
        "education": source.education or None,
        "youngest_born": source.youngest_born,
        "oldest_born": source.oldest_born,
        **(source.answers or {}),
    }
    held = [row for row in trainings if not row.struck_because]
    for name, fact in catalogue.facts().items():
        papers = [row for row in held if row.kind == fact.paper] if fact.paper else []
        if papers:
            known[name] = any(row.is_valid_on(on) for row in papers)
    return {name: value for name, value in known.items() if value is not None}


def judged(source: Source, trainings: Iterable[Training], on: date, language: str) -> Judged | None:
    """By the list's own criteria; None where the type is no longer in the catalogue."""
    known = source_type(source.type_code)
    if known is None:
        return None
    finding = known.judge(facts_of(source, trainings, on), on)
    note = known.note.in_language(language) if known.note else ""
    title = known.display.in_language(language)
    return Judged(finding, title, known.source, known.verified, note, _lines(known.rule, finding, language))


def judged_otherwise(
    source: Source, trainings: Iterable[Training], on: date, language: str
) -> tuple[Judged, ...]:
    """By the other rules of that day and place about the same type."""
    known = source_type(source.type_code)
    if known is None:
        return ()
    facts = facts_of(source, trainings, on)
    found = []
    for variant in known.variants_on(on, source.region):
        finding = variant.rule.judge(known.code, facts, on)
        found.append(
            Judged(
                finding,
                variant.title.in_language(language),
                variant.source,
                variant.verified,
                variant.note.in_language(language),
                _lines(variant.rule, finding, language),
            )
        )
    return tuple(found)


def _lines(rule: Rule, finding: Finding, language: str) -> tuple[Line, ...]:
    facts = catalogue.facts()
    return tuple(
        Line(
            part,
            criterion.text.in_language(language),
            _why(part, language),
            tuple(dict.fromkeys(fact.proof.in_language(language) for fact in catalogue.missing(part, facts))),
            criterion.supporting,
        )
        for criterion, part in zip(rule.criteria, finding.parts, strict=True)
    )


def _why(part: Finding, language: str) -> str:
    # A plain yes or no is told by its tag alone.
    if len(part.parts) == 1 and part.parts[0].kind == "fact":
        return ""
    return catalogue.why(part, catalogue.facts(), language)


def questions(source: Source, on: date) -> tuple[Question, ...]:
    """What can be answered about the criteria of this source, in the order of the text.

    What the record or a certificate tells is not asked.
    """
    known = source_type(source.type_code)
    if known is None:
        return ()
    told: Mapping[str, bool] = source.answers or {}
    facts = catalogue.facts()
    asked = (facts[name] for name in known.asked(on, source.region) if facts[name].given != "record")
    return tuple(Question(fact, told.get(fact.name)) for fact in asked)


def answers_by_source(
    sources: Iterable[Source], trainings: Mapping[UUID, list[Training]], on: date
) -> dict[UUID, Finding | None]:
    """The finding of each of many, for a list."""
    found: dict[UUID, Finding | None] = {}
    for source in sources:
        known = source_type(source.type_code)
        facts = facts_of(source, trainings.get(source.pk, []), on)
        found[source.pk] = known.judge(facts, on) if known else None
    return found
