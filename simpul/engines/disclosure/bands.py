"""Bands of age, and columns that keep what is not known beside what is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from simpul.engines.disclosure.tables import ALL, Dimension, Tree

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Band:
    """Completed years from `first` to `last`, both within; `last` is None for the open one at the end."""

    code: str
    first: int
    last: int | None = None

    def holds(self, years: int) -> bool:
        return self.first <= years and (self.last is None or years <= self.last)


@dataclass(frozen=True)
class Bands:
    """A set of bands without gaps from 0 years on. Raises ValueError where a year has none or two."""

    code: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        starts = [0, *(-1 if band.last is None else band.last + 1 for band in self.bands)]
        if [band.first for band in self.bands] != starts[:-1] or starts[-1] != -1:
            raise ValueError(f"the bands of {self.code!r} do not follow each other from 0 to an open end")

    @classmethod
    def read(cls, code: str, rows: Iterable[Mapping[str, object]]) -> Bands:
        """From rows as a catalogue has them: { code = "0-5", from = 0, to = 5 }, the last without "to"."""
        return cls(code, tuple(_band(row) for row in rows))

    @property
    def codes(self) -> tuple[str, ...]:
        """The columns of a table by these bands: the bands and, always, those whose age is not known."""
        return (*(band.code for band in self.bands), UNKNOWN)

    def of(self, years: int | None) -> str:
        """The band of somebody of so many completed years; UNKNOWN for None. Raises ValueError below 0."""
        if years is None:
            return UNKNOWN
        found = next((band.code for band in self.bands if band.holds(years)), None)
        if found is None:
            raise ValueError(f"nobody is {years} years old")
        return found

    def dimension(self, name: str, *, within: Bands | None = None) -> Dimension:
        """These bands as a direction of a table, within wider ones where they are given.

        A wider band that is the same as one of these is not told twice. Raises ValueError where one lies in two.
        """
        if within is None:
            return Dimension(name, Tree(dict.fromkeys(self.codes, ALL)))
        above: dict[str, str] = {UNKNOWN: ALL}
        for wide in within.bands:
            parts = [band.code for band in self.bands if wide.holds(band.first)]
            if not all(_inside(band, wide) for band in self.bands if band.code in parts):
                raise ValueError(f"the bands of {self.code!r} do not lie within {wide.code!r}")
            if len(parts) > 1:
                above[wide.code] = ALL
            above |= dict.fromkeys(parts, wide.code if len(parts) > 1 else ALL)
        return Dimension(name, Tree(above))


def _band(row: Mapping[str, object]) -> Band:
    code, first, last = row["code"], row["from"], row.get("to")
    if not isinstance(code, str) or not isinstance(first, int) or not isinstance(last, int | None):
        raise ValueError(f"{row!r} is not a band")
    return Band(code, first, last)


def _inside(band: Band, wide: Band) -> bool:
    return wide.last is None or (band.last is not None and band.last <= wide.last)


def column(value: str | None, known: Collection[str]) -> str:
    """The column of a value: its own where it is one of those known, else UNKNOWN; nobody is dropped."""
    return value if value is not None and value in known else UNKNOWN
