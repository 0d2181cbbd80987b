"""The page of item analysis: do the items of an instrument work for those who answered it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Instrument
from simpul.catalogue.instruments.analysis import norms
from simpul.catalogue.text import Text
from simpul.engines.statistics.items import FEW_ITEMS, FEW_PEOPLE, Item, ItemAnalysis, analyse_items
from simpul.instruments.models import AnswerSheet
from simpul.instruments.queries.records import item_answers
from simpul.instruments.queries.words import shown

_PERCENT = 100


@dataclass(frozen=True)
class ItemLine:
    """One item in words: "62 %" difficulty, its correlation, alpha without it, and why to look at it again."""

    question: str
    answered: int
    mean: str
    difficulty: str
    item_total: str
    alpha_without: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class AspectAnalysis:
    """One aspect in words. `figures` is false where too few people answered for any number to be shown."""

    title: str
    people: int
    complete: int
    figures: bool
    alpha: str
    floor: str
    ceiling: str
    is_crowded: bool
    items: tuple[ItemLine, ...]


def analysis_page(instrument: Instrument, sheets: Iterable[AnswerSheet]) -> list[AspectAnalysis]:
    """Every scored aspect over the locked sheets of this version. One person counts once: give the sheets of one wave."""
    return [_aspect(instrument, analyse_items(table)) for table in item_answers(sheets, instrument)]


def _aspect(instrument: Instrument, found: ItemAnalysis) -> AspectAnalysis:
    title = _said(instrument.domain(found.aspect).title)
    if found.people < norms()["fewest_people"].value:
        # With very few people a mean is nearly somebody's answer.
        return AspectAnalysis(title, found.people, found.complete, False, "", "", "", False, ())
    return AspectAnalysis(
        title,
        found.people,
        found.complete,
        True,
        _alpha(found),
        _end(found.floor, found.floor_percent),
        _end(found.ceiling, found.ceiling_percent),
        found.is_crowded,
        tuple(_line(instrument, item) for item in found.items),
    )


def _alpha(found: ItemAnalysis) -> str:
    if found.alpha is None:
        return {
            FEW_ITEMS: _("Tidak dapat dihitung: hanya ada satu butir."),
            FEW_PEOPLE: _("Tidak dapat dihitung: belum ada dua orang yang menjawab semua butir."),
        }.get(found.why_not, _("Tidak dapat dihitung: semua orang memperoleh nilai yang sama."))
    told = {
        "alpha": shown(found.alpha),
        "low": shown(found.alpha_low or 0),
        "high": shown(found.alpha_high or 0),
    }
    words = _("Alfa Cronbach %(alpha)s (rentang 95 %%: %(low)s sampai %(high)s)") % told
    if found.complete < norms()["steady_people"].value:
        return f"{words}. {_said(norms()['steady_people'].why)}"
    return words


def _end(count: int, share: float | None) -> str:
    told = {"count": count, "share": shown(share or 0)}
    return ngettext("%(count)s orang (%(share)s %%)", "%(count)s orang (%(share)s %%)", count) % told


def _line(instrument: Instrument, item: Item) -> ItemLine:
    return ItemLine(
        _said(instrument.item(item.code).question),
        item.answered,
        _figure(item.mean),
        "" if item.difficulty is None else f"{shown(item.difficulty * _PERCENT)} %",
        _figure(item.item_total),
        _figure(item.alpha_without),
        tuple(_remarks(item)),
    )


def _remarks(item: Item) -> list[str]:
    told, limits = [], norms()
    if item.difficulty is not None and item.difficulty < limits["hard_below"].value:
        told.append(_said(limits["hard_below"].why))
    if item.difficulty is not None and item.difficulty > limits["easy_above"].value:
        told.append(_said(limits["easy_above"].why))
    if item.item_total is not None and item.item_total < limits["loose_below"].value:
        told.append(_said(limits["loose_below"].why))
    return told


def _figure(value: float | None) -> str:
    return "–" if value is None else shown(value)


def _said(text: Text) -> str:
    return text.in_language(get_language() or "id")
