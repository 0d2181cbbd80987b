"""Which items and domains of two versions may be set side by side, and why others may not.

An item is the same only where it asks the same question, offers the same levels by number and by name, and counts from
the same end: whoever reads another question answers another question. A domain is comparable where all its scored
items are, and the score is put together in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simpul.catalogue.instruments.shapes import Domain, Instrument, Item

# Why something is not the same. The words for people stand in simpul.instruments.queries.versions.
REASONS = (
    "instrument", "added", "removed", "kind", "levels", "level_words", "reversed", "wording", "method", "fewest",
    "direction", "items", "not_scored",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """One item or domain in two versions. `because` holds codes of REASONS, empty where it is the same."""

    code: str
    because: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return not self.because


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of an instrument, item by item and domain by domain: those of the newer, then those it left out."""

    items: tuple[Likeness, ...]
    domains: tuple[Likeness, ...]

    @property
    def same_items(self) -> frozenset[str]:
        return frozenset(one.code for one in self.items if one.is_same)

    @property
    def same_domains(self) -> frozenset[str]:
        return frozenset(one.code for one in self.domains if one.is_same)


def comparable(old: Instrument, new: Instrument) -> Comparison:
    """What of two versions may be compared. Of two different instruments nothing may."""
    other = ("instrument",) if old.code != new.code else ()
    before, after = {item.code: item for item in old.items}, {item.code: item for item in new.items}
    items = tuple(
        Likeness(code, other or _item_reasons(before.get(code), after.get(code)))
        for code in [*after, *(code for code in before if code not in after)]
    )
    same = {one.code for one in items if one.is_same}
    domains_before = {domain.code: domain for domain in old.domains}
    domains_after = {domain.code: domain for domain in new.domains}
    domains = tuple(
        Likeness(code, other or _domain_reasons(domains_before.get(code), domains_after.get(code), same))
        for code in [*domains_after, *(code for code in domains_before if code not in domains_after)]
    )
    return Comparison(items, domains)


def _item_reasons(old: Item | None, new: Item | None) -> tuple[str, ...]:
    if old is None or new is None:
        return ("added",) if old is None else ("removed",)
    return tuple(_item_differences(old, new))


def _item_differences(old: Item, new: Item) -> Iterator[str]:
    if old.kind != new.kind:
        yield "kind"
    if {level.value for level in old.levels} != {level.value for level in new.levels}:
        yield "levels"
    elif _level_words(old) != _level_words(new):
        yield "level_words"
    if old.is_reversed != new.is_reversed:
        yield "reversed"
    if _plain(old.question.id) != _plain(new.question.id):
        yield "wording"


def _domain_reasons(old: Domain | None, new: Domain | None, same: set[str]) -> tuple[str, ...]:
    if old is None or new is None:
        return ("added",) if old is None else ("removed",)
    return tuple(_domain_differences(old, new, same))


def _domain_differences(old: Domain, new: Domain, same: set[str]) -> Iterator[str]:
    before, after = _scored(old), _scored(new)
    if not (before and after):
        yield "not_scored"
        return
    if before != after or not after <= same:
        yield "items"
    if old.method != new.method:
        yield "method"
    if (old.fewest_answered or len(before)) != (new.fewest_answered or len(after)):
        yield "fewest"
    if old.direction != new.direction:
        yield "direction"


def _scored(domain: Domain) -> set[str]:
    return {item.code for item in domain.items if item.kind == "scale"}


def _level_words(item: Item) -> dict[int, tuple[str, str]]:
    return {level.value: (_plain(level.label.id), _plain(level.description.id)) for level in item.levels}


def _plain(text: str) -> str:
    """A text without what nobody reads as a difference: spaces, capitals, a full stop."""
    return " ".join(text.casefold().split()).rstrip(".")
