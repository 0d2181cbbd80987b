"""What many people answered, item by item: counts and percentages, never one person's answer."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Instrument, Item
from simpul.catalogue.instruments.analysis import norms
from simpul.engines.statistics.counts import percent
from simpul.instruments.queries.records import SCORED_KINDS, AnswerRecord
from simpul.instruments.queries.words import shown, state_words

# The shipped survey whose answers give more than counts, and what its own questions are called.
HOME_WORK = "home-based-work"
_YES, _WOMAN = 1, 1
_PER = 100


@dataclass(frozen=True)
class Line:
    """One answer, or one figure, and how many gave it."""

    title: str
    figure: str


@dataclass(frozen=True)
class ItemSummary:
    """One item: its question and what was answered to it."""

    question: str
    lines: tuple[Line, ...]


def is_shown(records: Sequence[AnswerRecord]) -> bool:
    """Whether enough people answered for anything to be shown."""
    return len({record.person for record in records}) >= norms()["fewest_people"].value


def summaries(instrument: Instrument, records: Sequence[AnswerRecord]) -> list[ItemSummary]:
    """Every item that is not answered in words. Nothing where too few people answered."""
    if not is_shown(records):
        return []
    language = get_language() or "id"
    return [
        ItemSummary(item.question.in_language(language), tuple(_lines(item, records)))
        for item in instrument.items
        if item.kind in SCORED_KINDS
    ]


def _lines(item: Item, records: Sequence[AnswerRecord]) -> list[Line]:
    given = [answer for record in records if (answer := record.answers.get(item.code)) is not None]
    told = _counts(item, given) if item.levels else _figures(given)
    states = Counter(state for record in records if (state := record.states.get(item.code, "")))
    return [*told, *(Line(state_words(state), str(count)) for state, count in sorted(states.items()))]


def _counts(item: Item, given: Sequence[int]) -> list[Line]:
    counts, language = Counter(given), get_language() or "id"
    return [
        Line(level.label.in_language(language), _share(counts[level.value], len(given)))
        for level in item.levels
    ]


def _share(count: int, of: int) -> str:
    if not of:
        return "0"
    return _("%(count)s dari %(of)s (%(share)s %%)") % {
        "count": count,
        "of": of,
        "share": shown(percent(count, of)),
    }


def _figures(given: Sequence[int]) -> list[Line]:
    """Numbers by their middle half: the smallest and the largest would each be one person's answer."""
    if len(given) < norms()["fewest_people"].value:
        return [Line(_("Menjawab"), str(len(given)))]
    low, middle, high = statistics.quantiles(given, n=4, method="inclusive")
    return [
        Line(_("Menjawab"), str(len(given))),
        Line(_("Nilai tengah"), shown(middle)),
        Line(_("Separuh orang di antara"), f"{shown(low)} – {shown(high)}"),
    ]


# --- what follows from the answers of home-based workers ---


def net_hourly_pay(answers: Mapping[str, int | None]) -> float | None:
    """What an hour of the last order brought, in rupiah, after own costs and deductions; None where it is not known.

    Costs or deductions that were not told are not taken as nothing.
    """
    gross, costs, deductions, hours = (
        answers.get(code) for code in ("gross", "costs", "deductions", "hours")
    )
    if gross is None or costs is None or deductions is None or not hours:
        return None
    return (gross - costs - deductions) / hours


def home_work_figures(records: Sequence[AnswerRecord]) -> list[Line]:
    """Net pay by the hour, women, written terms, insurance, delay and injuries. Nothing where too few people answered."""
    if not is_shown(records):
        return []
    told = [record.answers for record in records]
    pay = [net for answers in told if (net := net_hourly_pay(answers)) is not None]
    lines = []
    if len(pay) >= norms()["fewest_people"].value:
        lines.append(Line(_("Upah bersih satu jam, nilai tengah (rupiah)"), shown(statistics.median(pay))))
    lines += [
        Line(_("Perempuan"), _with(told, "sex", _WOMAN)),
        Line(_("Dengan perjanjian tertulis"), _with(told, "written", _YES)),
        Line(_("Punya BPJS Ketenagakerjaan"), _with(told, "work_insured", _YES)),
        Line(_("Upah dibayar terlambat"), _late(told)),
    ]
    injuries = [answers["accidents"] for answers in told if answers.get("accidents") is not None]
    if injuries:
        rate = sum(number or 0 for number in injuries) * _PER / len(injuries)
        lines.append(Line(_("Luka karena pekerjaan, setiap 100 orang setahun"), shown(rate)))
    return lines


def _with(told: Iterable[Mapping[str, int | None]], code: str, value: int) -> str:
    given = [answers[code] for answers in told if answers.get(code) is not None]
    return _share(sum(answer == value for answer in given), len(given))


def _late(told: Iterable[Mapping[str, int | None]]) -> str:
    days = [days for answers in told if (days := answers.get("delay_days")) is not None]
    return _share(sum(day > 0 for day in days), len(days))
