"""Why the rules say something else than in the register before, told type by type as bits."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from simpul.population.facts import CAUSES, carried
from simpul.population.queries.people import naive
from simpul.population.queries.register import Register

_ALL = (1 << 64) - 1
_OF_BEFORE = ("household", "version", "judged", "rule_yes", "rule_unknown", *CAUSES)


def not_in(word: pl.Expr) -> pl.Expr:
    return word ^ pl.lit(_ALL, dtype=pl.UInt64)


def with_causes(
    piece: pl.DataFrame,
    before: Register | None,
    between: pl.DataFrame,
    noted: pl.DataFrame,
    *,
    types: Sequence[str],
    digest: str,
) -> pl.DataFrame:
    """The piece with one word for each cause: the last one through which the rule's answer to a type changed.

    `between` is what the rules say of today's facts on the day of the register before: what differs already there
    came with the facts or with the edition, the rest with time alone. `noted` is when something was said last. A cause
    of an earlier register stays until the answer changes again, so that any two registers can be compared.
    """
    zero = pl.lit(0, dtype=pl.UInt64)
    if before is None:
        return piece.with_columns(zero.alias(word) for word in CAUSES)
    old = before.people.select("person", pl.col(_OF_BEFORE).name.prefix("old_"))
    words = ("rule_yes", "rule_unknown", *CAUSES)
    joined = (
        piece.with_columns(between.get_column(word).alias(f"then_{word}") for word in between.columns)
        .join(old, on="person", how="left", maintain_order="left")
        .join(noted.rename({"noted_at": "noted"}), on="person", how="left", maintain_order="left")
        .with_columns(
            carried(pl.col(f"old_{word}"), before.types, types).alias(f"old_{word}") for word in words
        )
    )
    was_judged = pl.col("old_judged").fill_null(False) & pl.col("judged")
    changed = pl.when(was_judged).then(_differing("old_", "")).otherwise(zero)
    at_once = changed & _differing("old_", "then_")
    through_time = changed & not_in(at_once)
    touched = (
        (pl.col("noted") > naive(before.made_at)).fill_null(False)
        | pl.col("old_version").ne_missing(pl.col("version"))
        | pl.col("old_household").ne_missing(pl.col("household"))
    )
    otherwise = "by_lapsed" if before.digest == digest else "by_edition"
    fresh = dict.fromkeys(CAUSES, zero) | {
        "by_fact": pl.when(touched).then(at_once).otherwise(zero),
        otherwise: pl.when(touched).then(zero).otherwise(at_once),
        "by_birthday": through_time,
    }
    return joined.select(
        *piece.columns,
        *(
            ((pl.col(f"old_{word}").fill_null(0) & not_in(changed)) | now).fill_null(0).alias(word)
            for word, now in fresh.items()
        ),
    )


def _differing(left: str, right: str) -> pl.Expr:
    """The types to which two pairs of words give different answers."""
    yes = pl.col(f"{left}rule_yes") ^ pl.col(f"{right}rule_yes")
    return yes | (pl.col(f"{left}rule_unknown") ^ pl.col(f"{right}rule_unknown"))
