"""Verdicts as bits: bit i of a word is the type that stands at place i of the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

# One word of a column holds so many types; no list that the state ever printed has half as many.
MOST_TYPES = 64

VERDICTS = ("confirmed", "refused", "rule_yes", "rule_unknown")
# Through which cause the rule's answer changed last, before this register or with it.
CAUSES = ("by_fact", "by_birthday", "by_lapsed", "by_edition")
WORDS = (*VERDICTS, *CAUSES)

COLUMNS: Mapping[str, pl.DataType] = {
    "person": pl.String(),
    "household": pl.String(),
    "organisation": pl.String(),
    "region": pl.String(),
    "sex": pl.String(),
    "age_least": pl.Int16(),
    "age_most": pl.Int16(),
    **{word: pl.UInt64() for word in VERDICTS},
    "gone": pl.String(),
    # Whether the rules were asked at all: not for who took a consent back, is limited, or died.
    "judged": pl.Boolean(),
    "version": pl.Int32(),
    **{word: pl.UInt64() for word in CAUSES},
    # How many answers about the person or their home are too old, and how many contradictions stand in those that hold.
    "faded": pl.UInt16(),
    "unlikely": pl.UInt16(),
}


class TooManyTypes(ValueError):
    """More types than a word has bits."""

    def __init__(self, count: int) -> None:
        super().__init__(f"An edition of {count} types does not fit into {MOST_TYPES} bits.")


def mask_of(codes: Collection[str], types: Sequence[str]) -> int:
    """The word in which exactly these types are set; a code that is none of them is left out."""
    return sum(1 << place for place, code in enumerate(types) if code in codes)


def codes_in(word: int, types: Sequence[str]) -> tuple[str, ...]:
    """The types that a word holds, in their order."""
    return tuple(code for place, code in enumerate(types) if word >> place & 1)


def has(word: str, place: int) -> pl.Expr:
    """Whether the type at that place is set in a column."""
    return (pl.col(word) & pl.lit(1 << place, dtype=pl.UInt64)) != 0


def lies_in(area: str) -> pl.Expr:
    """Whether somebody lives in an area: the rule of `simpul.access.reach.within` for a column."""
    region = pl.col("region")
    return (region == area) | region.str.starts_with(f"{area}.")


def packed(columns: Iterable[pl.Expr]) -> pl.Expr:
    """One word of many Booleans, the first the lowest bit; null counts as not set. Raises TooManyTypes."""
    parts = [
        pl.when(column).then(pl.lit(1 << place, dtype=pl.UInt64)).otherwise(pl.lit(0, dtype=pl.UInt64))
        for place, column in enumerate(columns)
    ]
    if len(parts) > MOST_TYPES:
        raise TooManyTypes(len(parts))
    return pl.sum_horizontal(parts).cast(pl.UInt64) if parts else pl.lit(0, dtype=pl.UInt64)


def carried(word: pl.Expr, types: Sequence[str], other: Sequence[str]) -> pl.Expr:
    """A word over one list of types as a word over another, type by type of the same code."""
    if tuple(types) == tuple(other):
        return word
    zero = pl.lit(0, dtype=pl.UInt64)
    parts = [
        pl.when((word & pl.lit(1 << types.index(code), dtype=pl.UInt64)) != 0)
        .then(pl.lit(1 << place, dtype=pl.UInt64))
        .otherwise(zero)
        for place, code in enumerate(other)
        if code in types
    ]
    return pl.sum_horizontal(parts).cast(pl.UInt64) if parts else zero


def empty() -> pl.DataFrame:
    """Nobody, with every column."""
    return pl.DataFrame(schema=dict(COLUMNS))
