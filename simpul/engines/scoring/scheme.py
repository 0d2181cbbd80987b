"""What scoring needs to know of a questionnaire: its domains, their items, and how they are put together."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

METHODS = ("sum", "mean", "highest")
# Why an item has no level. "unanswered" is never written: it is an item that nobody answered.
STATES = ("unknown", "refused", "not_applicable")
# Among the answers this key holds the reasons given for them, {item: text}; no item may be called so.
REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class ItemScheme:
    """One item: the levels it may have, lowest first. Without levels it is not scored (own words, a number)."""

    code: str
    values: tuple[int, ...] = ()
    is_reversed: bool = False

    def __post_init__(self) -> None:
        if list(self.values) != sorted(set(self.values)):
            raise ValueError(f"The levels of {self.code!r} must stand from lowest to highest, each once.")
        if len(self.values) == 1:
            raise ValueError(f"{self.code!r} has one level only, which measures nothing.")

    def counted(self, value: int) -> int:
        """The value as it enters the score: a reversed item counts from its other end."""
        return self.values[0] + self.values[-1] - value if self.is_reversed else value


@dataclass(frozen=True, slots=True)
class DomainScheme:
    """How one domain is scored.

    method: "sum", "mean" or "highest" (the highest level of any item). fewest_answered: with fewer answers the score
    is not known; None means all items. A score over fewer items takes the others to be as those answered.
    at_least: the level from which one single item settles the domain's question with yes, as in the short
    set of the Washington Group; None where the domain asks no such question. `scored` are the items that enter the
    score, `minimum` and `maximum` the lowest and the highest score there can be (0 where nothing is scored): worked out
    once, since thousands of sheets are scored by one scheme.
    """

    code: str
    items: tuple[ItemScheme, ...]
    method: str = "mean"
    fewest_answered: int | None = None
    at_least: int | None = None
    scored: tuple[ItemScheme, ...] = field(init=False, repr=False, compare=False)
    minimum: float = field(init=False, repr=False, compare=False)
    maximum: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        scored = tuple(item for item in self.items if item.values)
        object.__setattr__(self, "scored", scored)
        if self.method not in METHODS:
            raise ValueError(f"A domain is scored by one of {', '.join(METHODS)}, not {self.method!r}.")
        fewest = self.fewest_answered
        if fewest is not None and not 1 <= fewest <= max(1, len(scored)):
            raise ValueError(f"{self.code!r} cannot rest on {fewest} answers; it has {len(scored)} items.")
        object.__setattr__(self, "minimum", self._together([item.values[0] for item in scored]))
        object.__setattr__(self, "maximum", self._together([item.values[-1] for item in scored]))

    @property
    def fewest(self) -> int:
        """How many answers a score must rest on."""
        return len(self.scored) if self.fewest_answered is None else self.fewest_answered

    def _together(self, values: list[int]) -> float:
        if not values:
            return 0.0
        if self.method == "highest":
            return float(max(values))
        total = float(math.fsum(values))
        return total if self.method == "sum" else total / len(values)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The domains of one questionnaire. Every item stands in one of them, under a code of its own.

    `codes` are those of all items.
    """

    domains: tuple[DomainScheme, ...]
    codes: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = [item.code for domain in self.domains for item in domain.items]
        if len(codes) != len(set(codes)):
            raise ValueError("Two items have the same code.")
        if REASONS in codes:
            raise ValueError(f"No item may be called {REASONS!r}: reasons for the answers stand there.")
        object.__setattr__(self, "codes", frozenset(codes))
