"""What a body says of itself: standard by standard, how far it has come, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from simpul.accreditation.models import Accreditation, Evidence, SelfScore
from simpul.accreditation.queries.scheme import scheme_of
from simpul.accreditation.queries.scores import self_scores_of
from simpul.accreditation.stages import Stage
from simpul.catalogue.accreditation import Item, Scheme, Standard

# A file that came back from the desk is mended with its self-assessment.
WITH_THE_BODY = (Stage.SELF_ASSESSMENT, Stage.RETURNED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many items of a standard were answered; `open` of those are answered with "not known yet"."""

    code: str
    title: str
    answered: int
    of: int
    open: int

    @property
    def is_done(self) -> bool:
        return self.answered == self.of


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item with what the body gave itself and its evidence."""

    item: Item
    text: str
    hint: str
    score: SelfScore | None
    evidence: tuple[Evidence, ...]


def progress_of(accreditation: Accreditation, scheme: Scheme) -> tuple[Progress, ...]:
    """How far the self-assessment has come, standard by standard."""
    given = self_scores_of(accreditation)
    return tuple(_progress(standard, given) for standard in scheme.standards)


def _progress(standard: Standard, given: dict[str, SelfScore]) -> Progress:
    answered = [given[item.code] for item in standard.items if item.code in given]
    return Progress(
        code=standard.code,
        title=standard.title.in_language(get_language() or "id"),
        answered=len(answered),
        of=len(standard.items),
        open=sum(score.value is None for score in answered),
    )


def evidence_of(accreditation: Accreditation, *, is_of_visit: bool) -> dict[str, tuple[Evidence, ...]]:
    """The files that are still there, by item, in the order in which they came."""
    rows = Evidence.objects.filter(accreditation=accreditation, is_of_visit=is_of_visit, removed_at=None)
    found: dict[str, tuple[Evidence, ...]] = {}
    for row in rows.order_by("at", "pk"):
        found[row.item] = (*found.get(row.item, ()), row)
    return found


def lines_of(accreditation: Accreditation, standard: Standard) -> tuple[ItemLine, ...]:
    """The items of one standard as the body answered them."""
    given = self_scores_of(accreditation)
    files = evidence_of(accreditation, is_of_visit=False)
    return tuple(line_of(item, given.get(item.code), files.get(item.code, ())) for item in standard.items)


def line_of(item: Item, score: SelfScore | None, files: tuple[Evidence, ...]) -> ItemLine:
    """One item in the language of the page."""
    language = get_language() or "id"
    hint = item.evidence_hint.in_language(language) if item.evidence_hint else ""
    return ItemLine(item, item.text.in_language(language), hint, score, files)


def standard_named(accreditation: Accreditation, code: str) -> Standard | None:
    """One standard of the run's scheme; None where there is none of that code."""
    return next((one for one in scheme_of(accreditation).standards if one.code == code), None)


def neighbours(scheme: Scheme, code: str) -> tuple[str, str]:
    """The codes of the standard before and after; empty at the ends."""
    codes = ["", *(standard.code for standard in scheme.standards), ""]
    place = codes.index(code)
    return codes[place - 1], codes[place + 1]
