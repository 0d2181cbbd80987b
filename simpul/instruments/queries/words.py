"""Scores and changes as pages show them: a line per domain, with words beside every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Domain, Instrument, Item, Level
from simpul.catalogue.text import Text
from simpul.engines.reasons import Answer
from simpul.engines.scoring import DomainScore
from simpul.engines.statistics import ReliableChange, Verdict, reliable_change

_BAR = 100
# Where a score rests on whichever items were answered, another selection of them is another measure.
_OVER_ITEMS = ("mean", "sum")


@dataclass(frozen=True)
class ScoreLine:
    """One domain: its name, its score in words, and the bar. Widths are in hundredths of the bar; None where not known."""

    title: str
    is_known: bool
    figure: str  # "3,25", or "belum diketahui"
    span: str  # "1 sampai 4; makin tinggi makin baik"
    words: str  # "mendekati “Cukup baik”", or why it is not known
    asked: str  # the domain's own question, where it has one
    answer: Answer | None
    answer_words: str
    width: int | None
    width_before: int | None = None
    figure_before: str = ""


@dataclass(frozen=True)
class DomainChange:
    """One domain twice: the line of today, and what can be said about the change."""

    line: ScoreLine
    change: ReliableChange
    difference: str  # "+0,5"
    words: str


def score_lines(
    instrument: Instrument, scores: Sequence[DomainScore], before: Sequence[DomainScore] = ()
) -> list[ScoreLine]:
    """What a page shows of these scores, beside earlier ones of the same instrument. Domains that are never scored are left out."""
    earlier = {score.code: score for score in before}
    by_code = {score.code: score for score in scores}
    return [
        _line(domain, by_code[domain.code], earlier.get(domain.code))
        for domain in instrument.domains
        if domain.is_scored and domain.code in by_code
    ]


def compare(
    instrument: Instrument, before: Sequence[DomainScore], after: Sequence[DomainScore]
) -> list[DomainChange]:
    """Domain by domain against the baseline, and whether the change is more than error of measurement."""
    first = {score.code: score for score in before}
    last = {score.code: score for score in after}
    both = [
        domain for domain in instrument.domains if domain.is_scored and {domain.code} <= {*first} & {*last}
    ]
    return [_change(domain, first[domain.code], last[domain.code]) for domain in both]


def level_words(item: Item, answer: object) -> str:
    """An answer as it is read: the name of its level, "tidak tahu", a number, or the text itself."""
    if isinstance(answer, dict):
        return state_words(str(answer.get("state", "")))
    if answer is None:
        return state_words("unanswered")
    if item.levels and isinstance(answer, int):
        try:
            return _said(item.level(answer).label)
        except KeyError:
            return str(answer)
    return str(answer)


def purpose_title(purpose: str) -> str:
    """What an instrument is made for."""
    return {
        "assessment": _("asesmen"),
        "satisfaction": _("pendapat penerima manfaat"),
        "learning": _("belajar"),
        "accreditation": _("akreditasi"),
        "session": _("pendapat peserta"),
        "organisation": _("keadaan lembaga"),
        "survey": _("survei"),
    }.get(purpose, purpose)


def state_words(state: str) -> str:
    """Why an item has no level."""
    return {
        "unknown": _("tidak tahu"),
        "refused": _("tidak mau menjawab"),
        "not_applicable": _("tidak berlaku"),
        "unanswered": _("belum dijawab"),
    }.get(state, "")


def _line(domain: Domain, score: DomainScore, before: DomainScore | None) -> ScoreLine:
    return ScoreLine(
        title=_said(domain.title),
        is_known=score.score is not None,
        figure=_("belum diketahui") if score.score is None else shown(score.score),
        span=_span(domain, score),
        words=_missing(score) if score.score is None else _near(domain, score.score),
        asked="" if domain.asks is None else _said(domain.asks),
        answer=score.answer,
        answer_words=_answer_words(score.answer),
        width=_width(score),
        width_before=None if before is None else _width(before),
        figure_before="" if before is None or before.score is None else shown(before.score),
    )


def _span(domain: Domain, score: DomainScore) -> str:
    ends = {"least": shown(score.minimum), "most": shown(score.maximum)}
    if domain.higher_is_better:
        return _("%(least)s sampai %(most)s; makin tinggi makin baik") % ends
    return _("%(least)s sampai %(most)s; makin rendah makin baik") % ends


def _missing(score: DomainScore) -> str:
    told = {"answered": score.answered, "of": score.of, "fewest": score.fewest}
    return (
        ngettext(
            "Baru %(answered)s dari %(of)s butir terjawab; nilai perlu %(fewest)s.",
            "Baru %(answered)s dari %(of)s butir terjawab; nilai perlu %(fewest)s.",
            score.answered,
        )
        % told
    )


def _near(domain: Domain, score: float) -> str:
    """The name of the level that a score is nearest to; empty where the items do not share their levels."""
    levels = _shared_levels(domain)
    if not levels or domain.method == "sum":
        return ""
    nearest = min(levels, key=lambda level: (abs(level.value - score), level.value))
    name = {"level": _said(nearest.label)}
    return ("“%(level)s”" if nearest.value == score else _("mendekati “%(level)s”")) % name


def _shared_levels(domain: Domain) -> tuple[Level, ...]:
    kinds = {
        tuple((level.value, level.label.id) for level in item.levels)
        for item in domain.items
        if item.kind == "scale" and not item.is_reversed
    }
    whole = next((item.levels for item in domain.items if item.kind == "scale"), ())
    return whole if len(kinds) == 1 else ()


def _answer_words(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return {Answer.YES: _("ya"), Answer.NO: _("tidak"), Answer.UNKNOWN: _("belum pasti")}[answer]


def _width(score: DomainScore) -> int | None:
    return None if score.share is None else round(score.share * _BAR)


def _change(domain: Domain, before: DomainScore, after: DomainScore) -> DomainChange:
    if domain.method in _OVER_ITEMS and _differ_in_items(before, after):
        unsaid = ReliableChange(Verdict.CANNOT_BE_SAID, because=("items",))
        return DomainChange(_line(domain, after, before), unsaid, "", _change_words(unsaid))
    change = reliable_change(
        before.score,
        after.score,
        standard_deviation=domain.standard_deviation,
        reliability=domain.reliability,
        higher_is_better=domain.higher_is_better,
    )
    difference = "" if change.change is None else shown(change.change, sign=True)
    return DomainChange(_line(domain, after, before), change, difference, _change_words(change))


def _differ_in_items(before: DomainScore, after: DomainScore) -> bool:
    """Whether both are known, but from answers to different questions."""
    return None not in (before.score, after.score) and _counted(before) != _counted(after)


def _counted(score: DomainScore) -> frozenset[str]:
    return frozenset(reason.about for reason in score.reasons if "counted" in reason.values)


def _change_words(change: ReliableChange) -> str:
    if change.because == ("items",):
        return _("Tidak dapat dikatakan: butir yang dijawab tidak sama pada kedua waktu.")
    if change.verdict is Verdict.BETTER:
        return _("Membaik, lebih dari kesalahan pengukuran.")
    if change.verdict is Verdict.WORSE:
        return _("Memburuk, lebih dari kesalahan pengukuran.")
    if change.verdict is Verdict.NOT_RELIABLE:
        return _("Perubahannya tidak lebih dari kesalahan pengukuran.")
    if change.change is None:
        return _("Belum dapat dikatakan: salah satu nilainya belum diketahui.")
    return _(
        "Belum dapat dikatakan apakah lebih dari kesalahan pengukuran: keandalan instrumen belum diketahui."
    )


def shown(value: float, *, sign: bool = False) -> str:
    """A score as it is written: at most two decimals, a comma in Indonesian."""
    # Decimal rounds halves up, as on paper; a float's own formatting rounds them to the even digit.
    rounded = Decimal(repr(float(value))).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:+f}" if sign and rounded else f"{rounded:f}"
    text = text.rstrip("0").rstrip(".")
    return text if (get_language() or "id").startswith("en") else text.replace(".", ",")


def _said(text: Text) -> str:
    return text.in_language(get_language() or "id")
