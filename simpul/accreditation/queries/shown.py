"""A grade finding in words, to the last item: what each contributed, and why not the next grade."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.accreditation import Scheme
from simpul.engines.reasons import Answer, Finding


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item: its score (empty while not known) and the points it gives of those it could."""

    code: str
    text: str
    value: str
    most: int
    points: str
    weight: str


@dataclass(frozen=True, slots=True)
class StandardShown:
    """One standard: what of it was reached, in percent, and what it gives to the whole."""

    title: str
    reached: str
    points: str
    weight: str
    items: tuple[ItemShown, ...]


@dataclass(frozen=True, slots=True)
class GradeShown:
    """One grade: whether it is reached, and each minimum in a sentence."""

    code: str
    label: str
    answer: Answer
    minima: tuple[tuple[Answer, str], ...]
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole: the grade in words, the points, and the parts. `is_known` without open items that decide."""

    label: str
    total: str
    is_known: bool
    open: int
    standards: tuple[StandardShown, ...]
    grades: tuple[GradeShown, ...]
    next: GradeShown | None
    is_example: bool
    source: str
    verified: str


def grade_shown(finding: Finding, scheme: Scheme) -> Shown:
    """What `accreditation/_grade.html` shows of the finding of `grade`."""
    language = get_language() or "id"
    grades = tuple(_grade(part, scheme, language) for part in finding.parts if part.kind == "grade")
    reached = finding.answer if isinstance(finding.answer, str) else ""
    return Shown(
        label=_label(finding, scheme, language),
        total=_range(finding, "low", "high"),
        is_known=finding.answer is not Answer.UNKNOWN,
        open=int(finding.values["open"]),
        standards=tuple(
            _standard(part, scheme, language) for part in finding.parts if part.kind == "standard"
        ),
        grades=grades,
        next=_next(grades, reached) if finding.answer is not Answer.UNKNOWN else None,
        is_example=scheme.is_example_weights,
        source=scheme.weights_source,
        verified=scheme.weights_verified,
    )


def grade_label(code: str, scheme: Scheme) -> str:
    """How a grade is called; in words also where none is reached."""
    if not code:
        return _("Tidak terakreditasi")
    return scheme.grade(code).label.in_language(get_language() or "id")


def _label(finding: Finding, scheme: Scheme, language: str) -> str:
    if finding.answer is not Answer.UNKNOWN:
        return grade_label(str(finding.answer), scheme)
    low, high = str(finding.values["lowest_grade"]), str(finding.values["highest_grade"])
    return _("Belum pasti: antara %(low)s dan %(high)s") % {
        "low": grade_label(low, scheme),
        "high": grade_label(high, scheme),
    }


def _next(grades: tuple[GradeShown, ...], reached: str) -> GradeShown | None:
    """The grade just above the one that is reached; the least one where none is."""
    codes = [grade.code for grade in grades]
    place = codes.index(reached) if reached else len(codes)
    return grades[place - 1] if place else None


def _number(value: object) -> str:
    # As far as it is told: 86 as 86, 73.63 as 73,63.
    number = float(str(value))
    return str(number_format(int(number) if number.is_integer() else number))


def _range(finding: Finding, low: str, high: str) -> str:
    least, most = _number(finding.values[low]), _number(finding.values[high])
    return least if least == most else _("%(low)s sampai %(high)s") % {"low": least, "high": most}


def _standard(part: Finding, scheme: Scheme, language: str) -> StandardShown:
    standard = scheme.standard(part.about)
    texts = {item.code: item.text.in_language(language) for item in standard.items}
    return StandardShown(
        title=standard.title.in_language(language),
        reached=_range(part, "low", "high"),
        points=_range(part, "points_low", "points_high"),
        weight=_number(part.values["weight"]),
        items=tuple(
            ItemShown(
                code=item.about,
                text=texts[item.about],
                value="" if item.answer is Answer.UNKNOWN else str(int(item.answer)),
                most=int(item.values["most"]),
                points=_range(item, "points_low", "points_high"),
                weight=_number(item.values["weight"]),
            )
            for item in part.parts
        ),
    )


def _grade(part: Finding, scheme: Scheme, language: str) -> GradeShown:
    minima = tuple((one.answer, _minimum(one, scheme, language)) for one in part.parts)
    return GradeShown(
        code=part.about,
        label=grade_label(part.about, scheme),
        answer=part.answer,
        minima=minima,
        failing=tuple(words for answer, words in minima if answer is not Answer.YES),
    )


def _minimum(one: Finding, scheme: Scheme, language: str) -> str:
    if one.kind == "required_item":
        value = one.values["value"]
        return _("%(item)s: nilai %(value)s, paling sedikit %(bound)s") % {
            "item": scheme.item(one.about).text.in_language(language),
            "value": _("belum diketahui") if value is None else value,
            "bound": one.values["bound"],
        }
    told = {"reached": _range(one, "low", "high"), "bound": _number(one.values["bound"])}
    if one.kind == "min_per_standard":
        title = scheme.standard(one.about).title.in_language(language)
        return _("%(standard)s: %(reached)s, paling sedikit %(bound)s") % {"standard": title, **told}
    return _("Nilai akhir: %(reached)s, paling sedikit %(bound)s") % told
