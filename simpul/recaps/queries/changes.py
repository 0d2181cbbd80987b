"""R15: from one kept register to another: who was of a type, came, left and why, and is of it at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.queries.numbers import counted as cases_counted
from simpul.catalogue.needs import NeedType
from simpul.engines.disclosure.counting import NO_REASON, Flow
from simpul.people.models import Person
from simpul.population.queries.register import Register, register_on, within
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Table
from simpul.recaps.queries.people import (
    counted,
    day_words,
    edition_of,
    heading,
    in_asked_area,
    named_type,
    unit_words,
)
from simpul.recaps.queries.reached import case_reach
from simpul.recaps.queries.restricted import known_to, shown_needs

GRADUATED, REFUSED, MOVED, DIED, IN_ERROR = "graduated", "refused", "moved", "died", "in_error"
REASONS = (GRADUATED, REFUSED, MOVED, DIED, IN_ERROR, NO_REASON)
# Ends of a case with which a need is over, not only the accompaniment.
_NEED_OVER = ("goals_reached", "needs_met_elsewhere")


def reason_words() -> dict[str, str]:
    return {
        GRADUATED: _("tujuan tercapai"),
        REFUSED: _("diputuskan tidak lagi"),
        MOVED: _("pindah wilayah atau lembaga"),
        DIED: _("meninggal dunia"),
        IN_ERROR: _("data ganda atau dihapus"),
        NO_REASON: _("alasan tidak dicatat"),
    }


def changes(user: User, asked: Asked) -> Recap:
    """R15: by type and for distinct persons. Start and new less those who left are those at the end."""
    title, edition = str(_TITLE), edition_of(asked)
    eve = asked.since - timedelta(days=1)
    first, last = register_on(eve, asked.edition or None), register_on(asked.until, asked.edition or None)
    if first is None or last is None or first.key == last.key:
        return Recap("R15", title, asked, (), limits=(_none_kept(eve, first, last),))
    frame = compared(user, asked, first, last)
    kinds = [need for need in shown_needs(user, edition, last) if need.code in first.types]
    by_unit = {
        unit: [need for need in kinds if need.unit == unit] for unit in ("person", "family", "community")
    }
    types = [_types(frame, some, first, last, unit) for unit, some in by_unit.items() if some]
    told = (
        (_("Keadaan awal"), day_words(first.on)),
        *heading(last, edition, asked, user),
    )
    return Recap(
        "R15",
        title,
        asked,
        (_persons(frame), *types),
        told,
        _not_that_day(eve, first, asked, last),
        last.made_at,
    )


def _none_kept(eve: date, first: Register | None, last: Register | None) -> str:
    if first is not None and last is not None:
        return _("Dari hari pertama sampai hari terakhir hanya ada satu register yang disimpan (%(day)s), jadi tidak ada yang dapat dibandingkan. Pilih jangka yang lebih panjang.") % {"day": day_words(last.on)}  # fmt: skip
    return _("Register tanggal %(day)s atau sebelumnya tidak disimpan, jadi keadaan awal tidak diketahui. Pilih hari pertama yang lebih baru.") % {"day": day_words(eve)}  # fmt: skip


def _not_that_day(eve: date, first: Register, asked: Asked, last: Register) -> tuple[str, ...]:
    told = []
    if first.on != eve:
        told.append(
            _("Register tanggal %(asked)s tidak disimpan; keadaan awal dihitung dari %(used)s.")
            % {"asked": day_words(eve), "used": day_words(first.on)}
        )
    if last.on != asked.until:
        told.append(
            _("Register tanggal %(asked)s tidak disimpan; keadaan akhir dihitung dari %(used)s.")
            % {"asked": day_words(asked.until), "used": day_words(last.on)}
        )
    return tuple(told)


def compared(user: User, asked: Asked, first: Register, last: Register) -> pl.DataFrame:
    """Everybody who was within reach and area on either day: `before` and `after` are their words, `why` they left.

    A word is empty where somebody was not there: died, elsewhere, or in no register.
    """
    before = _words(user, asked, first, "before")
    after = _words(user, asked, last, "after")
    both = before.join(after, on="person", how="full", coalesce=True)
    zero = pl.lit(0, dtype=pl.UInt64)
    both = both.with_columns(pl.col("before").fill_null(zero), pl.col("after").fill_null(zero))
    ended = known_to(user, last).people.select("person", "gone", pl.col("refused").alias("refused_now"))
    told = both.join(ended, on="person", how="left")
    return told.with_columns(
        pl.col("refused_now").fill_null(zero),
        pl.col("person").is_in(_over(user, asked)).alias("is_over"),
        pl.col("person").is_in(_in_error(told)).alias("is_error"),
        pl.col("person").is_in(after["person"].implode()).alias("is_there"),
    )


def _words(user: User, asked: Asked, register: Register, name: str) -> pl.DataFrame:
    seen = known_to(user, within(register, user, Permission.RECAP_VIEW))
    people = in_asked_area(seen.people.filter(pl.col("gone") == ""), asked)
    return counted(register.of_people(people), asked).select("person", pl.col("counted").alias(name))


def _over(user: User, asked: Asked) -> list[str]:
    """Whose case ended in the period because the need was over."""
    rows = cases_counted.by_reason(case_reach(user, asked)).rows.filter(ended_because__in=_NEED_OVER)
    return [str(key) for key in rows.values_list("person", flat=True).distinct()]


def _in_error(told: pl.DataFrame) -> list[str]:
    """Those who are in no register any more because their record was merged into another, or was erased."""
    lost = told.filter(pl.col("gone").is_null())["person"].to_list()
    there = {str(key) for key in Person.objects.filter(pk__in=lost, merged_into=None, erased_at=None).values_list("pk", flat=True)}  # fmt: skip
    return [key for key in lost if key not in there]


def _why(refused: pl.Expr) -> pl.Expr:
    """Why somebody is not of a type any more; the first that is so."""
    return (
        pl.when(pl.col("gone") == "died")
        .then(pl.lit(DIED))
        .when(pl.col("is_error"))
        .then(pl.lit(IN_ERROR))
        .when(~pl.col("is_there"))
        .then(pl.lit(MOVED))
        .when(pl.col("is_over"))
        .then(pl.lit(GRADUATED))
        .when(refused)
        .then(pl.lit(REFUSED))
        .otherwise(pl.lit(NO_REASON))
    )


def _flow(frame: pl.DataFrame, before: pl.Expr, after: pl.Expr, refused: pl.Expr) -> Flow:
    marked = frame.select(before.alias("was"), after.alias("is"), _why(refused).alias("why"))
    left = marked.filter(pl.col("was") & ~pl.col("is"))
    return Flow(
        marked.filter(pl.col("was")).height,
        marked.filter(pl.col("is") & ~pl.col("was")).height,
        dict(left.group_by("why").len().iter_rows()),
    )


def _cells(flow: Flow) -> tuple[int, ...]:
    return (flow.start, flow.new, *(flow.leaving.get(reason, 0) for reason in REASONS), flow.left, flow.end)


def _columns() -> tuple[Column, ...]:
    group = _("Tidak lagi, menurut alasan")
    return (
        Column("start", _("Awal")),
        Column("new", _("Baru")),
        *(Column(f"why:{reason}", words, group) for reason, words in reason_words().items()),
        Column("left", _("semua"), group),
        Column("end", _("Akhir")),
    )


def _persons(frame: pl.DataFrame) -> Table:
    nothing = pl.lit(0, dtype=pl.UInt64)
    any_ = _flow(
        frame, pl.col("before") != nothing, pl.col("after") != nothing, pl.col("refused_now") != nothing
    )
    line = Line("all", _("Orang dengan sedikitnya satu jenis"), _cells(any_))
    notes = (_("Siapa yang berganti jenis tetap dihitung di sini sebagai satu orang."),)
    return Table(
        "persons", _("Orang unik"), unit_words("person"), _("Siapa"), _columns(), (line,), None, notes
    )


def _types(
    frame: pl.DataFrame, kinds: Iterable[NeedType], first: Register, last: Register, unit: str
) -> Table:
    lines = []
    for need in kinds:
        code = need.code
        flow = _flow(
            frame,
            _bit("before", first.place(code)),
            _bit("after", last.place(code)),
            _bit("refused_now", last.place(code)),
        )
        lines.append(Line(code, named_type(need), _cells(flow)))
    titles: Mapping[str, str] = {
        "person": _("Tiap jenis orang"),
        "family": _("Orang dalam keluarga dari jenis itu"),
        "community": _("Orang dalam komunitas dari jenis itu"),
    }
    notes = (_("Satu orang dapat punya beberapa jenis, jadi jumlah ke bawah tidak ditulis."),)
    return Table(
        f"types-{unit}", titles[unit], unit_words("person"), _("Jenis"), _columns(), tuple(lines), None, notes
    )


def _bit(word: str, place: int) -> pl.Expr:
    return (pl.col(word) & pl.lit(1 << place, dtype=pl.UInt64)) != 0


_TITLE = gettext_lazy("Perubahan PPKS")

DEFINITIONS = (
    Definition(
        "R15",
        _TITLE,
        gettext_lazy(
            "Tiap jenis: yang ada pada awal, yang baru, yang tidak lagi dan mengapa, yang ada pada akhir."
        ),
        changes,
        uses=frozenset({"area", "period", "edition", "suggested"}),
    ),
)
