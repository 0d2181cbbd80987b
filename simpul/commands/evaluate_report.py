"""The report of `simpul evaluate` as words and tables, and as a PDF by typst: what was seen, how sure, what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simpul.commands.language import _, chosen
from simpul.engines.statistics import (
    MEANS,
    SHORT,
    TESTS,
    AspectResult,
    Columns,
    Evaluation,
    Shift,
    heads,
    label,
    method_notes,
    sentence,
    to_json,
    written,
)
from simpul.ui.reports import TEMPLATE
from simpul.ui.typeset import typeset

Rows = Sequence[Sequence[str]]
Block = dict[str, Any]


def number(value: float | int | None, name: str = "") -> str:
    """A number in the chosen language; "-" where there is none."""
    return written(name, value, chosen())


def title_of(result: AspectResult) -> str:
    return result.aspect.title or result.aspect.code


def tables(evaluation: Evaluation) -> list[tuple[Columns, Rows]]:
    """In short, means and tests of all aspects, as the engine makes them everywhere."""
    shown = list(zip(to_json(evaluation)["aspects"], map(title_of, evaluation.aspects), strict=True))
    return [
        (columns, [columns.row(one, title, chosen()) for one, title in shown])
        for columns in (SHORT, MEANS, TESTS)
    ]


def sections(evaluation: Evaluation) -> Iterator[Block]:
    """The whole report, section by section."""
    short, means, tests = (
        _table(columns.heads(chosen()), rows, columns.widths) for columns, rows in tables(evaluation)
    )
    yield _section(_("Hasil singkat"), [short])
    yield _section(_("Yang tidak dapat ditunjukkan oleh rancangan ini"), [_words(_limits(evaluation))])
    explained = _words([label("explained", chosen())])
    yield _section(_("Semua aspek"), [means, _picture(evaluation), tests, explained])
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
        head = heads(("organisation", "pairs", "mean_before", "mean_after", "difference"), chosen())
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
        head = heads(("item", "answered", "difficulty", "item_total", "alpha_without"), chosen())
        rows = [
            [
                item.code,
                number(item.answered),
                *map(number, (item.difficulty, item.item_total, item.alpha_without)),
            ]
            for item in result.items.items
        ]
        yield _table(head, rows, [3, 1, 1, 2, 2])


def _categories(found: Shift) -> tuple[Sequence[str], Rows]:
    head = heads(("category", "mean_before", "mean_after"), chosen())
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
