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
from simpul.recaps.facts import Asked, Column, Definition, Line, Recap, Rows, Table
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
    eve, first, last = _registers(asked)
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


def _registers(asked: Asked) -> tuple[date, Register | None, Register | None]:
    """The day before the period, the register of that day, and the one of the last day."""
    eve, edition = asked.since - timedelta(days=1), asked.edition or None
    return eve, register_on(eve, edition), register_on(asked.until, edition)


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


def _marked(frame: pl.DataFrame, before: pl.Expr, after: pl.Expr, refused: pl.Expr) -> pl.DataFrame:
    """Each person by whether they were of it, are of it, and why they would not be any more."""
    return frame.select("person", before.alias("was"), after.alias("is"), _why(refused).alias("why"))


def _flow(marked: pl.DataFrame) -> Flow:
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
        Column("start", _("Awal"), rows="found"),
        Column("new", _("Baru"), rows="found"),
        *(Column(f"why:{reason}", words, group, rows="found") for reason, words in reason_words().items()),
        Column("left", _("semua"), group, rows="found"),
        Column("end", _("Akhir"), rows="found"),
    )


def _of_any(frame: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(0, dtype=pl.UInt64)
    words = (pl.col(word) != nothing for word in ("before", "after", "refused_now"))
    return _marked(frame, *words)


def _of_type(frame: pl.DataFrame, code: str, first: Register, last: Register) -> pl.DataFrame:
    before, after = _bit("before", first.place(code)), _bit("after", last.place(code))
    return _marked(frame, before, after, _bit("refused_now", last.place(code)))


def _persons(frame: pl.DataFrame) -> Table:
    any_ = _flow(_of_any(frame))
    line = Line("all", _("Orang dengan sedikitnya satu jenis"), _cells(any_))
    notes = (_("Siapa yang berganti jenis tetap dihitung di sini sebagai satu orang."),)
    return Table(
        "persons", _("Orang unik"), unit_words("person"), _("Siapa"), _columns(), (line,), None, notes
    )


def _types(
    frame: pl.DataFrame, kinds: Iterable[NeedType], first: Register, last: Register, unit: str
) -> Table:
    lines = [
        Line(need.code, named_type(need), _cells(_flow(_of_type(frame, need.code, first, last))))
        for need in kinds
    ]
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


def behind(user: User, asked: Asked, table: str, line: str, column: str) -> Rows | None:
    """The people behind one number, of one type or of any."""
    _eve, first, last = _registers(asked)
    known = {need.code for need in shown_needs(user, edition_of(asked), last)} if last else set()
    if first is None or last is None or not (table == "persons" or line in known & set(first.types)):
        return None
    frame = compared(user, asked, first, last)
    marked = _of_any(frame) if table == "persons" else _of_type(frame, line, first, last)
    left = pl.col("was") & ~pl.col("is")
    parts = {"start": pl.col("was"), "new": pl.col("is") & ~pl.col("was"), "left": left, "end": pl.col("is")}
    part, _colon, reason = column.partition(":")
    asks = left & (pl.col("why") == reason) if part == "why" else parts.get(part)
    return Rows("found", tuple(marked.filter(asks)["person"])) if asks is not None else None


_TITLE = gettext_lazy("Perubahan PPKS")

DEFINITIONS = (
    Definition(
        "R15",
        _TITLE,
        gettext_lazy(
            "Tiap jenis: yang ada pada awal, yang baru, yang tidak lagi dan mengapa, yang ada pada akhir."
        ),
        changes,
        behind,
        frozenset({"area", "period", "edition", "suggested"}),
    ),
)
