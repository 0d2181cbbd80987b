"""The rows of a people file, checked: those that can be judged, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from simpul.catalogue.facts import Fact
from simpul.commands.headings import NIK
from simpul.commands.language import _
from simpul.commands.people_file import SPOILT
from simpul.engines.rules import FactKind, FactSpec
from simpul.engines.rules.ages import latest_start
from simpul.engines.rules.columns import OLDEST_PERSON, Refused, Typed, typed

NIK_SPOILT, NIK_NOT_16 = "nik_spoilt", "nik_not_16"


def sentence(code: str, fact: Fact | None) -> str:
    """Why a value was not believed, and what would be."""
    sentences = {
        Refused.NOT_YES_OR_NO: _("bukan ya atau tidak"),
        Refused.NOT_A_NUMBER: _("bukan bilangan bulat"),
        Refused.NOT_A_CHOICE: _("bukan pilihan yang dikenal"),
        Refused.NOT_A_DATE: _("bukan tanggal; tulis 1954-08-17 atau 17-08-1954"),
        Refused.OUT_OF_BOUNDS: _("di luar batas yang masuk akal"),
        Refused.BORN_LATER: _("tanggal lahir sesudah hari penapisan"),
        Refused.TOO_OLD: _("tanggal lahir terlalu lama berlalu; periksa tahunnya"),
        Refused.RANGE_REVERSED: _("perkiraan tanggal berakhir sebelum dimulai"),
        NIK_SPOILT: _(
            "NIK tersimpan sebagai angka, sehingga angka terakhirnya hilang; jadikan kolom itu teks lalu isi lagi"
        ),
        NIK_NOT_16: _("NIK harus 16 angka"),
    }
    said = sentences.get(code, code)
    if code == Refused.NOT_A_CHOICE and fact:
        return f"{said}: {', '.join(choice.code for choice in fact.choices)}"
    if code == Refused.OUT_OF_BOUNDS and fact:
        return f"{said}: {fact.minimum if fact.minimum is not None else '…'}–{fact.maximum or '…'}"
    return said


def checked(piece: pl.DataFrame, facts: Mapping[str, Fact], specs: Mapping[str, FactSpec], on: date) -> Typed:
    """Type the facts of a piece (its rows numbered in `row`) and refuse whole rows with a value we cannot believe."""
    worded = piece.with_columns(_with_codes(piece, facts))
    result = typed(worded, specs, on, row="row")
    if NIK not in piece.columns:
        return result
    wrong = _wrong_niks(piece)
    if wrong.is_empty():
        return result
    refused = pl.concat([result.refused, wrong]).sort("row", maintain_order=True)
    return Typed(result.frame.join(wrong.select("row"), on="row", how="anti", maintain_order="left"), refused)


def _with_codes(piece: pl.DataFrame, facts: Mapping[str, Fact]) -> list[pl.Expr]:
    """Choices written in words, in either language and any capitals, become their codes."""
    expressions = []
    for name in piece.columns:
        fact = facts.get(name)
        if fact is None or fact.kind is not FactKind.CHOICE or piece.schema[name] != pl.String:
            continue
        words = {choice.code.lower(): choice.code for choice in fact.choices}
        for choice in fact.choices:
            words.setdefault(choice.label.id.lower(), choice.code)
            words.setdefault(choice.label.en.lower(), choice.code)
        plain = pl.col(name).str.strip_chars().str.to_lowercase()
        expressions.append(
            plain.replace_strict(words, default=pl.col(name), return_dtype=pl.String).alias(name)
        )
    return expressions


def _wrong_niks(piece: pl.DataFrame) -> pl.DataFrame:
    """One line for each NIK that is no NIK. An empty one is fine: not everybody has one."""
    text = pl.col(NIK).cast(pl.String).str.strip_chars()
    spoilt = text.str.starts_with(SPOILT) | text.str.contains(r"(?i)^\d[\d.,]*e\+?\d+$")
    if piece.schema[NIK].is_float():
        spoilt = text.is_not_null()
    code = (
        pl.when(spoilt)
        .then(pl.lit(NIK_SPOILT))
        .when((text.str.len_chars() > 0) & ~text.str.contains(r"^\d{16}$"))
        .then(pl.lit(NIK_NOT_16))
    )
    return piece.select(
        pl.col("row").cast(pl.UInt32),
        pl.lit(NIK).alias("column"),
        text.str.strip_prefix(SPOILT).str.strip_chars().alias("value"),
        code.alias("code"),
    ).filter(pl.col("code").is_not_null())


def oldest_birth(on: date) -> date:
    """Nobody born before this day is believed to be alive on that day."""
    return latest_start(OLDEST_PERSON + 1, on)
