"""Age bands: whoever's age is a range that fits into no one band stands with those whose age is not known."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

import polars as pl
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.facts import ROOT

NOT_KNOWN = "?"
_PATH = ROOT / "recaps" / "bands.toml"


@dataclass(frozen=True, slots=True)
class Band:
    """Completed years, both ends included; None where the last has no end."""

    key: str
    least: int
    most: int | None
    label: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        if self.key == NOT_KNOWN:
            return _("Umur tidak diketahui")
        span = f"{self.least}+" if self.most is None else f"{self.least}–{self.most}"
        named = dict(self.label).get(get_language() or "id")
        return f"{named} ({span})" if named else _("%(span)s tahun") % {"span": span}


def bands(code: str = "full") -> tuple[Band, ...]:
    """The bands in order, and last the one of those whose age is not known. `code`: "full" or "compact"."""
    return (*_read()[code], Band(NOT_KNOWN, -1, -1))


@cache
def _read() -> dict[str, tuple[Band, ...]]:
    told = tomllib.loads(_PATH.read_text(encoding="utf-8"))
    return {
        held["code"]: tuple(
            Band(row["code"], row["from"], row.get("to"), tuple(row.get("label", {}).items()))
            for row in held["band"]
        )
        for held in told["set"]
    }


def in_band(steps: tuple[Band, ...]) -> pl.Expr:
    """The key of the band of `age_least` to `age_most`; "?" where these are not known or lie in two bands."""
    least, most = pl.col("age_least"), pl.col("age_most")
    found = pl.lit(NOT_KNOWN)
    for band in steps:
        if band.key == NOT_KNOWN:
            continue
        inside = least >= band.least
        if band.most is not None:
            inside &= most <= band.most
        found = pl.when(inside).then(pl.lit(band.key)).otherwise(found)
    return found
