"""The report of `simpul evaluate` as words and tables, and as a PDF by typst: what was seen, how sure, what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simpul.commands.language import _, chosen
from simpul.engines.statistics import (
    AspectResult,
    Evaluation,
    Shift,
    label,
    method_notes,
    sentence,
    written,
)
from simpul.ui.reports import TEMPLATE
from simpul.ui.typeset import typeset

Rows = Sequence[Sequence[str]]
Block = dict[str, Any]


def number(value: float | int | None, name: str = "") -> str:
    """A number in the chosen language; "-" where there is none."""
    return written(name, value, chosen())


def interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "-"
    return _("%(low)s sampai %(high)s") % {"low": number(low), "high": number(high)}


def chance(p: float | None) -> str:
    """p for a table: "0,012" or "< 0,001"."""
    return number(p, "p").removeprefix("= ")


def title_of(result: AspectResult) -> str:
    return result.aspect.title or result.aspect.code


def means_rows(evaluation: Evaluation) -> Rows:
    """Aspect, pairs, before, after, difference, its interval."""
    return [
        [
            title_of(one),
            number(one.paired.pairs),
            _mean(one.before.mean, one.before.sd),
            _mean(one.after.mean, one.after.sd),
            _mean(one.paired.difference, one.paired.sd),
            interval(one.paired.low, one.paired.high),
        ]
        for one in evaluation.aspects
    ]


def means_head() -> list[str]:
    names = ("aspect", "pairs", "mean_before", "mean_after", "difference", "interval")
    return [label(name, chosen()) for name in names]


def _mean(mean: float | None, sd: float | None) -> str:
    return number(mean) if sd is None else f"{number(mean)} ({number(sd)})"


def test_rows(evaluation: Evaluation) -> Rows:
    """Aspect, t with df, p after Holm, p by organisation after Holm, Wilcoxon, d_z with interval."""
    return [
        [
            title_of(one),
            "-" if one.paired.t is None else f"{number(one.paired.t)} ({one.paired.df})",
            chance(one.holm_p),
            chance(one.clustered_holm_p),
            chance(one.ranks_holm_p),
            number(one.paired.d_z),
            interval(one.paired.d_z_low, one.paired.d_z_high),
        ]
        for one in evaluation.aspects
    ]


def test_head() -> list[str]:
    names = ("aspect", "t", "holm_p", "clustered_holm_p", "wilcoxon_p", "d_z", "interval")
    return [label(name, chosen()) for name in names]


def sections(evaluation: Evaluation) -> Iterator[Block]:
    """The whole report, section by section."""
    yield _section(_("Yang tidak dapat ditunjukkan oleh rancangan ini"), [_words(_limits(evaluation))])
    tables = [
        _table(means_head(), means_rows(evaluation), [3, 1, 2, 2, 2, 3]),
        _words([_("Rata-rata dengan simpangan baku dalam kurung.")]),
        _picture(evaluation),
        _table(test_head(), test_rows(evaluation), [3, 2, 2, 2, 2, 1, 3]),
        _words([_("Semua p sesudah koreksi Holm. Yang menentukan: p lembaga, bila lembaganya diketahui.")]),
    ]
    yield _section(_("Semua aspek"), tables)
    for one in evaluation.aspects:
        told = [sentence(finding, chosen(), title=title_of(one)) for finding in one.findings]
        yield _section(title_of(one), [_list(told), *_details(one)])
    notes = [f"{text} ({source})" for text, source in method_notes(chosen())]
    yield _section(_("Cara menghitung"), [_list(notes)])


def _limits(evaluation: Evaluation) -> list[str]:
    flow = evaluation.flow
    took_part = _("%(people)s orang, %(pairs)s di antaranya dengan tes sebelum dan sesudah.") % {
        "people": number(flow.people),
        "pairs": number(flow.with_pairs),
    }
    return [took_part, *(sentence(finding, chosen()) for finding in evaluation.limits)]


def _details(result: AspectResult) -> Iterator[Block]:
    if result.shift and result.shift.standings:
        yield _table(*_categories(result.shift), [2, 2, 2])
    if len(result.organisations) > 1:
        head = [
            label(name, chosen())
            for name in ("organisation", "pairs", "mean_before", "mean_after", "difference")
        ]
        rows = [
            [
                one.organisation,
                number(one.pairs),
                number(one.before),
                number(one.after),
                number(one.difference),
            ]
            for one in result.organisations
        ]
        yield _table(head, rows, [3, 1, 1, 1, 1])
    if result.items:
        head = [
            label(name, chosen())
            for name in ("item", "answered", "difficulty", "item_total", "alpha_without")
        ]
        rows = [
            [
                item.code,
                number(item.answered),
                *map(number, (item.difficulty, item.item_total, item.alpha_without)),
            ]
            for item in result.items.items
        ]
        yield _table(head, rows, [3, 1, 1, 2, 2])


def _categories(found: Shift) -> tuple[list[str], Rows]:
    head = [label(name, chosen()) for name in ("category", "mean_before", "mean_after")]
    rows = [
        [
            one.title or one.code,
            f"{number(one.before)} ({number(one.before_percent)} %)",
            f"{number(one.after)} ({number(one.after_percent)} %)",
        ]
        for one in found.standings
    ]
    return head, rows


def _picture(evaluation: Evaluation) -> Block:
    """d_z with its interval for every aspect, on one scale that holds zero; in words too, for who cannot see it."""
    drawn = [
        one
        for one in evaluation.aspects
        if one.paired.d_z is not None and one.paired.d_z_low is not None and one.paired.d_z_high is not None
    ]
    ends = [0.0]
    for one in drawn:
        ends += [one.paired.d_z_low or 0.0, one.paired.d_z_high or 0.0]
    low, high = min(ends), max(ends)
    width = (high - low) or 1.0

    def place(value: float | None) -> float:
        return round(((value or 0.0) - low) / width, 4)

    bars = [
        {
            "title": title_of(one),
            "low": place(one.paired.d_z_low),
            "at": place(one.paired.d_z),
            "high": place(one.paired.d_z_high),
        }
        for one in drawn
    ]
    said = "; ".join(f"{title_of(one)} {number(one.paired.d_z)}" for one in drawn)
    caption = _("Ukuran pengaruh d_z dengan selang 95 %; garis tegak: tidak ada perubahan.")
    return {"kind": "bars", "bars": bars, "zero": place(0.0), "caption": caption, "alt": f"{caption} {said}"}


def _section(title: str, blocks: list[Block]) -> Block:
    return {"title": title, "blocks": blocks}


def _words(lines: list[str]) -> Block:
    return {"kind": "words", "lines": lines}


def _list(lines: list[str]) -> Block:
    return {"kind": "list", "lines": lines}


def _table(head: Sequence[str], rows: Rows, widths: Sequence[int]) -> Block:
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "widths": list(widths)}


def pdf(evaluation: Evaluation, *, title: str, about: str) -> bytes:
    """The report as a tagged PDF; the same evaluation gives the same bytes."""
    words = {
        "lang": chosen(),
        "title": title,
        "about": about,
        "pages": _("Halaman {page} dari {total}"),
        "sections": list(sections(evaluation)),
    }
    return typeset(TEMPLATE, words)
