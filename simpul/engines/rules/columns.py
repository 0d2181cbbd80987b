"""Turns columns as people send them (texts from CSV, cells of spreadsheets) into typed facts.

A row with any value that cannot be believed is left out whole and reported with its number, column, value and the
code of a sentence: to guess would judge somebody by a mistake. An empty cell is not known, and is fine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from simpul.engines.rules.ages import latest_start
from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.population import EARLIEST, LATEST

OLDEST_PERSON = 130

YES = ("ya", "y", "yes", "true", "benar", "1")
NO = ("tidak", "t", "no", "n", "false", "bukan", "0")
NOT_KNOWN = ("", "-", "?", "tidak tahu", "tidak mau menjawab", "not known", "null")

_ISO = r"^\d{4}-\d{1,2}-\d{1,2}( 00:00:00(\.0+)?)?$"
_DASHES = r"^\d{1,2}-\d{1,2}-\d{4}$"
_SLASHES = r"^\d{1,2}/\d{1,2}/\d{4}$"
_PLAIN_NUMBER = r"^-?\d{1,15}(\.0|,00)?$"
_DOTTED_NUMBER = r"^-?\d{1,3}(\.\d{3})+(,00)?$"

_TYPES = {FactKind.BOOL: pl.Boolean, FactKind.NUMBER: pl.Int64, FactKind.DATE: pl.Date}


class Refused(StrEnum):
    """Why a value was not believed. Each code has a sentence in the languages of the pages."""

    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    OUT_OF_BOUNDS = "out_of_bounds"
    BORN_LATER = "born_later"
    TOO_OLD = "too_old"
    RANGE_REVERSED = "range_reversed"


_NOT_READ = {
    FactKind.BOOL: Refused.NOT_YES_OR_NO,
    FactKind.NUMBER: Refused.NOT_A_NUMBER,
    FactKind.CHOICE: Refused.NOT_A_CHOICE,
    FactKind.DATE: Refused.NOT_A_DATE,
}


@dataclass(frozen=True)
class Typed:
    """The rows that can be judged, and one line (row, column, value, code) for each value that cannot."""

    frame: pl.DataFrame
    refused: pl.DataFrame


def schema_of(names: Collection[str], facts: Mapping[str, FactSpec]) -> dict[str, pl.DataType]:
    """The types that typed() gives to those of the named columns that are facts."""
    return {name: _type_of(spec) for name, spec in _fact_columns(names, facts).items()}


def typed(
    frame: pl.DataFrame,
    facts: Mapping[str, FactSpec],
    on: date,
    *,
    births: Collection[str] = ("born",),
    row: str | None = None,
) -> Typed:
    """The frame with its fact columns typed. Other columns stay as they are.

    births are the dates that may be neither later than `on` nor longer ago than people live. row names a column
    that holds the numbers of the rows; without it they are counted from 1.
    """
    columns = _fact_columns(frame.columns, facts)
    number = pl.col(row) if row else pl.int_range(1, pl.len() + 1)
    texts = {name: _text(frame.schema[name], name) for name in columns}
    values = {name: _value(texts[name], columns[name], frame.schema[name], name) for name in columns}
    codes = {
        name: _code(name, texts[name], values[name], spec, on if _base(name) in births else None)
        for name, spec in columns.items()
    }
    checked = frame.select(
        number.alias("row"),
        *(values[name].alias(f"value {name}") for name in columns),
        *(codes[name].alias(f"code {name}") for name in columns),
    ).with_columns(_reversed_ranges(columns))
    refused = _refusals(frame, checked, columns)
    bad = (
        pl.any_horizontal(pl.col(f"code {name}").is_not_null() for name in columns)
        if columns
        else pl.lit(False)
    )
    good = checked.select((~bad).alias("good")).to_series()
    replaced = frame.with_columns(checked.get_column(f"value {name}").alias(name) for name in columns)
    return Typed(replaced.filter(good) if columns else replaced, refused)


def _base(column: str) -> str:
    """The fact that a column is about: `born` for `born_earliest`."""
    return column.removesuffix(EARLIEST).removesuffix(LATEST)


def _fact_columns(names: Collection[str], facts: Mapping[str, FactSpec]) -> dict[str, FactSpec]:
    """The columns that are facts, or an end of an estimated date."""
    found = {}
    for name in names:
        base = _base(name)
        if name in facts:
            found[name] = facts[name]
        elif base in facts and facts[base].kind is FactKind.DATE:
            found[name] = facts[base]
    return found


def _type_of(spec: FactSpec) -> pl.DataType:
    return pl.Enum(spec.choices) if spec.kind is FactKind.CHOICE else _TYPES[spec.kind]()


def _text(kind: pl.DataType, name: str) -> pl.Expr:
    """The value as trimmed text; null where it says that it is not known."""
    text = pl.col(name).cast(pl.String).str.strip_chars()
    if kind == pl.Boolean or kind.is_numeric() or kind.is_temporal():
        return text
    return pl.when(text.str.to_lowercase().is_in(NOT_KNOWN)).then(None).otherwise(text)


def _value(text: pl.Expr, spec: FactSpec, kind: pl.DataType, name: str) -> pl.Expr:
    """The value in the fact's own type; null where the text cannot be read."""
    if kind == _type_of(spec):
        return pl.col(name)
    match spec.kind:
        case FactKind.BOOL:
            word = text.str.to_lowercase()
            return pl.when(word.is_in(YES)).then(True).when(word.is_in(NO)).then(False).otherwise(None)
        case FactKind.CHOICE:
            return text.cast(pl.Enum(spec.choices), strict=False)
        case FactKind.NUMBER:
            return _whole_number(text)
        case FactKind.DATE:
            return _day(text)


def _whole_number(text: pl.Expr) -> pl.Expr:
    """A whole number, also with dots between thousands as in 1.500.000, or as a spreadsheet writes it, 3.0."""
    digits = (
        pl.when(text.str.contains(_DOTTED_NUMBER))
        .then(text.str.replace(",00$", "").str.replace_all(".", "", literal=True))
        .when(text.str.contains(_PLAIN_NUMBER))
        .then(text.str.replace(r"(\.0|,00)$", ""))
        .otherwise(None)
    )
    return digits.cast(pl.Int64, strict=False)


def _day(text: pl.Expr) -> pl.Expr:
    """A day as YYYY-MM-DD, DD-MM-YYYY or DD/MM/YYYY; the 31st of February is none."""
    return (
        pl.when(text.str.contains(_ISO))
        .then(text.str.head(10).str.strip_chars_end().str.to_date("%Y-%m-%d", strict=False))
        .when(text.str.contains(_DASHES))
        .then(text.str.to_date("%d-%m-%Y", strict=False))
        .when(text.str.contains(_SLASHES))
        .then(text.str.to_date("%d/%m/%Y", strict=False))
        .otherwise(None)
    )


def _code(name: str, text: pl.Expr, value: pl.Expr, spec: FactSpec, born_by: date | None) -> pl.Expr:
    """Why the value is refused, or null. born_by is given for births only."""
    cases: list[tuple[pl.Expr, Refused]] = [(text.is_not_null() & value.is_null(), _NOT_READ[spec.kind])]
    if spec.minimum is not None:
        cases.append((value < spec.minimum, Refused.OUT_OF_BOUNDS))
    if spec.maximum is not None:
        cases.append((value > spec.maximum, Refused.OUT_OF_BOUNDS))
    if born_by is not None:
        # The later end of an estimated birth may reach beyond the day; its earlier end may not.
        if not name.endswith(LATEST):
            cases.append((value > born_by, Refused.BORN_LATER))
        cases.append((value <= latest_start(OLDEST_PERSON + 1, born_by), Refused.TOO_OLD))
    return pl.coalesce([pl.when(test).then(pl.lit(str(code))).otherwise(None) for test, code in cases]).cast(
        pl.String
    )


def _reversed_ranges(columns: Mapping[str, FactSpec]) -> list[pl.Expr]:
    """Codes for estimated dates that end before they begin."""
    found = []
    for name in columns:
        last = _base(name) + LATEST
        if name.endswith(EARLIEST) and last in columns:
            reversed_range = pl.col(f"value {name}") > pl.col(f"value {last}")
            code = pl.when(reversed_range).then(pl.lit(str(Refused.RANGE_REVERSED))).otherwise(None)
            found.append(pl.coalesce(f"code {name}", code).alias(f"code {name}"))
    return found


def _refusals(frame: pl.DataFrame, checked: pl.DataFrame, columns: Collection[str]) -> pl.DataFrame:
    lines = []
    for name in columns:
        code = checked.get_column(f"code {name}")
        if code.null_count() == checked.height:
            continue
        lines.append(
            pl.DataFrame(
                {
                    "row": checked.get_column("row").cast(pl.UInt32),
                    "column": pl.Series([name] * checked.height, dtype=pl.String),
                    "value": frame.get_column(name).cast(pl.String),
                    "code": code,
                }
            ).filter(pl.col("code").is_not_null())
        )
    empty = {"row": pl.UInt32, "column": pl.String, "value": pl.String, "code": pl.String}
    return pl.concat(lines).sort("row", maintain_order=True) if lines else pl.DataFrame(schema=empty)
