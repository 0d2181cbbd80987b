"""What a scheme of accreditation is made of: the same shape for the catalogue's own and for those an office entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from simpul.catalogue.text import Text
from simpul.engines.scoring.grading import Cut, GradedItem, GradedStandard, GradeScheme

# What Simpul itself can judge of a body before it may apply; other conditions are confirmed by the secretariat.
CONDITION_RULES = ("legal_entity", "registered", "direct", "confirmed")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a body must be before it may apply. `rule` is one of CONDITION_RULES."""

    code: str
    text: Text
    rule: str
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Document:
    """One line of the desk's checklist."""

    code: str
    text: Text
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored from 0 to `most`. Grades in `required_for` need at least `required_at` here."""

    code: str
    text: Text
    evidence_hint: Text | None
    most: int
    weight: int
    required_for: tuple[str, ...]
    required_at: int
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Standard:
    """Items that count together; `weight` is its share of the whole in percent."""

    code: str
    title: Text
    weight: int
    items: tuple[Item, ...]
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, from the best to the least: minimum of the whole and of each standard in percent, months it holds.

    `verified` is about the cut-offs, `validity_verified` about how long it holds.
    """

    code: str
    label: Text
    min_score: int
    min_per_standard: int
    validity_months: int
    source: str
    verified: str
    validity_source: str
    validity_verified: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme. Without `is_usable` it only says, in `missing`, what nobody has yet told us.

    `is_example_weights`: weights and cut-offs are an example set without a legal source, and every page says so.
    `wait_months`: after "not accredited" a body may begin anew from then on. `appeal_days`: how long it may
    object after the decision, `answer_days`: how long the answer to that may take. `reminder_months`: so long
    before the end of a certificate. `watch_months`: between two looks afterwards. `assessors`: how many score.
    `time_source`, `time_verified`: where these numbers come from. `valid_to` is the last day, None for open.
    """

    code: str
    regulation: str
    title: Text
    valid_from: date
    valid_to: date | None
    source: str
    verified: str
    about: Text
    missing: Text | None
    is_example_weights: bool
    weights_source: str
    weights_verified: str
    assessors: int
    wait_months: int
    appeal_days: int
    answer_days: int
    watch_months: int
    reminder_months: tuple[int, ...]
    time_source: str
    time_verified: str
    conditions: tuple[Condition, ...]
    documents: tuple[Document, ...]
    standards: tuple[Standard, ...]
    grades: tuple[Grade, ...]

    @property
    def is_usable(self) -> bool:
        """Whether a body can be judged by it at all."""
        return bool(self.standards and self.grades)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the standards."""
        return tuple(item for standard in self.standards for item in standard.items)

    @property
    def for_grading(self) -> GradeScheme:
        """The same as the engine of grading knows it."""
        return GradeScheme(
            standards=tuple(
                GradedStandard(
                    standard.code,
                    standard.weight,
                    tuple(
                        GradedItem(item.code, item.most, item.weight, item.required_for, item.required_at)
                        for item in standard.items
                    ),
                )
                for standard in self.standards
            ),
            grades=tuple(Cut(grade.code, grade.min_score, grade.min_per_standard) for grade in self.grades),
        )

    def holds_on(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def item(self, code: str) -> Item:
        """Raises KeyError."""
        return {item.code: item for item in self.items}[code]

    def standard(self, code: str) -> Standard:
        """Raises KeyError."""
        return {standard.code: standard for standard in self.standards}[code]

    def standard_of(self, item: str) -> Standard:
        """The standard in which an item stands. Raises KeyError."""
        return {found.code: standard for standard in self.standards for found in standard.items}[item]

    def grade(self, code: str) -> Grade:
        """Raises KeyError."""
        return {grade.code: grade for grade in self.grades}[code]
