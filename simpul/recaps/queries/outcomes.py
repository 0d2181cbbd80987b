"""R12: what evaluations of programmes found, aspect by aspect: numbers of groups, never of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.places.queries import lies_in_on
from simpul.programmes.models import Evaluation
from simpul.programmes.queries.evaluation import words_of
from simpul.recaps.facts import Asked, Cell, Column, Definition, Line, Recap, Rows, Table
from simpul.recaps.queries.people import day_words, whole
from simpul.recaps.queries.reached import period_heading


def outcomes(user: User, asked: Asked) -> Recap:
    """R12: the final evaluation of each programme that was run in the period, or its newest without a final one."""
    runs = evaluations(user, asked)
    tables = (_aspects(runs), _categories(runs))
    heading = period_heading(
        asked, _("evaluasi program yang dibuat dalam jangka ini"), _("evaluasi yang disimpan dalam Simpul")
    )
    return Recap("R12", str(_TITLE), asked, tables, heading)


def evaluations(user: User, asked: Asked) -> list[Evaluation]:
    """One for each programme within reach, by title."""
    rows = (
        Evaluation.objects.reachable(user, Permission.RECAP_VIEW)
        .filter(on__range=(asked.since, asked.until))
        .select_related("programme")
        .order_by("is_final", "on", "at", "pk")
    )
    if asked.area:
        rows = rows.filter(lies_in_on("programme__region", asked.area, asked.until))
    newest = {row.programme_id: row for row in rows}
    return sorted(newest.values(), key=lambda row: (row.programme.title, str(row.programme_id)))


def _each(runs: list[Evaluation]) -> Iterator[tuple[str, str, Mapping[str, Any], Any]]:
    """Every aspect of every run: its key, its name with the programme's, what was found, the words of the record."""
    for run in runs:
        words = words_of(run.result)
        for one in run.result["evaluation"]["aspects"]:
            key = f"{run.programme_id}:{one['aspect']['code']}"
            yield key, f"{run.programme.title} · {words.aspect(one['aspect'])}", one, words


def _aspects(runs: list[Evaluation]) -> Table:
    lines = [Line(key, name, _figures(one)) for key, name, one, _words in _each(runs)]
    test = _("Uji berpasangan")
    columns = (
        Column("pairs", _("n"), rows="evaluation"),
        Column("before", _("sebelum"), _("Rata-rata")),
        Column("after", _("sesudah"), _("Rata-rata")),
        Column("difference", _("Selisih")),
        Column("t", "t", test),
        Column("p", "p", test),
    )
    notes = [
        _(
            "n: peserta yang mengisi kedua tes. Kosong: terlalu sedikit peserta untuk dikatakan, atau tidak diuji."
        ),
        *(
            _("%(title)s: evaluasi tanggal %(day)s.")
            % {"title": run.programme.title, "day": day_words(run.on)}
            for run in runs
        ),
    ]
    return Table(
        "aspects",
        str(_TITLE),
        _("peserta"),
        _("Program dan aspek"),
        columns,
        tuple(lines),
        None,
        tuple(notes),
    )


def _figures(one: Mapping[str, Any]) -> tuple[Cell, ...]:
    if "withheld" in one:
        return (None,) * 6
    paired = one["paired"]
    means = (one["before"].get("mean"), one["after"].get("mean"), paired["difference"], paired["t"])
    return (paired["pairs"], *(_rounded(value, 2) for value in means), _rounded(paired["p"], 4))


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _categories(runs: list[Evaluation]) -> Table:
    lines = []
    for key, name, one, words in _each(runs):
        for row in (one.get("shift") or {}).get("standings", ()):
            cells = (row["before"], row["before_percent"], row["after"], row["after_percent"])
            lines.append(Line(f"{key}:{row['code']}", f"{name} · {words.band(one['aspect'], row)}", cells))
    columns = (
        Column("before", _("orang"), _("Sebelum"), rows="evaluation"),
        Column("before_percent", _("persen"), _("Sebelum")),
        Column("after", _("orang"), _("Sesudah"), rows="evaluation"),
        Column("after_percent", _("persen"), _("Sesudah")),
    )
    return Table(
        "categories",
        _("Menurut kategori"),
        _("peserta"),
        _("Program, aspek, kategori"),
        columns,
        tuple(lines),
    )


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The evaluation that a number stands in: it keeps numbers of groups, so nobody stands behind them."""
    runs = evaluations(user, asked)
    found = {one.key: one for one in (_aspects(runs), _categories(runs))}.get(table)
    if found is None or column not in {one.key for one in found.columns if one.rows}:
        return None
    place = [one.key for one in found.columns].index(column)
    keys = {str(run.programme_id): str(run.pk) for run in runs}
    told = [(keys[one.key.partition(":")[0]], one.cells[place]) for one in found.lines if one.key == line]
    return Rows("evaluation", tuple(key for key, _cell in told), tuple(whole(cell) for _key, cell in told))


_TITLE = gettext_lazy("Evaluasi program penguatan")

DEFINITIONS = (
    Definition(
        "R12",
        _TITLE,
        gettext_lazy("Tiap aspek: berapa peserta, sebelum dan sesudah, selisih, dan seberapa pasti."),
        outcomes,
        behind,
        frozenset({"area", "period"}),
    ),
)
