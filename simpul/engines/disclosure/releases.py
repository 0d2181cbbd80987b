"""What is published: computed once for a period, kept, and shown as it is by every door (page, file, map, interface).

There are no free filters: a choice of cells that nobody has looked at together could tell what each alone does not.
Between releases the rule is: a count that both show may not differ by 1 to threshold - 1, since that is the number of
people who came or left (at least); and what is hidden in one must leave as many differences open as "<5" does.
Not covered: a reader who takes for granted that a number hidden now is still what an earlier release showed. Few
releases (a year, half a year) and hiding the same cells again leave least to such a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from simpul.engines.disclosure.outsider import Outsider, Range, System
from simpul.engines.disclosure.tables import Key, Relation, Tree, Trees, relations, written
from simpul.engines.reasons import Answer, Finding

# In place of a number that would tell another one; it may be any number but 0.
HIDDEN = "–"


def small_sign(threshold: int) -> str:
    """In place of a count from 1 to threshold - 1."""
    return f"<{threshold}"


@dataclass(frozen=True)
class Release:
    """Every published cell with its number or sign. Tells nothing that may not be told: may be kept and sent."""

    period: str
    threshold: int
    shown: Mapping[Key, int | str]
    trees: Trees
    balances: tuple[Relation, ...] = ()

    def outsider(self) -> Outsider:
        """The reader of this release alone."""
        known = (*relations(self.shown, self.trees), *self.balances)
        system = System(self.shown, known)
        ends = [self._ends(self.shown[one]) for one in system.keys]
        return Outsider(system, [low for low, _ in ends], [high for _, high in ends])

    def _ends(self, told: int | str) -> tuple[int, float]:
        if isinstance(told, int):
            return told, told
        return 1, self.threshold - 1 if told == small_sign(self.threshold) else float("inf")

    def to_json(self) -> dict[str, Any]:
        """A dictionary that json can write, in the same order for the same release."""
        return {
            "period": self.period,
            "threshold": self.threshold,
            "shown": [[dict(one), told] for one, told in sorted(self.shown.items())],
            "trees": {
                name: {"above": dict(sorted(tree.above.items())), "overlapping": tree.overlapping}
                for name, tree in sorted(self.trees.items())
            },
            "balances": [
                {"factors": [[dict(one), factor] for one, factor in rel.factors], "equal": rel.equal}
                for rel in self.balances
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Release:
        """The release that to_json wrote."""
        return cls(
            data["period"],
            data["threshold"],
            {_key(codes): told for codes, told in data["shown"]},
            {name: Tree(tree["above"], tree["overlapping"]) for name, tree in data["trees"].items()},
            tuple(
                Relation(tuple((_key(codes), factor) for codes, factor in rel["factors"]), rel["equal"])
                for rel in data["balances"]
            ),
        )


def _key(codes: Mapping[str, str]) -> Key:
    return tuple(sorted(codes.items()))


def near_earlier(counts: Mapping[Key, int], earlier: Iterable[Release], threshold: int) -> set[Key]:
    """The cells that differ by 1 to threshold - 1 from what an earlier release shows, or lets compute too nearly."""
    found: set[Key] = set()
    for release in earlier:
        both = [one for one in release.shown if counts.get(one, 0) >= threshold]
        for one in both:
            told = release.shown[one]
            if isinstance(told, int) and 0 < abs(counts[one] - told) < threshold:
                found.add(one)
        guarded = [one for one in both if not isinstance(release.shown[one], int)]
        for one, span in release.outsider().narrow(guarded, threshold - 1).items():
            if any(
                0 < abs(counts[one] - told) < threshold
                for told in range(span.low, span.low + int(span.values))
            ):
                found.add(one)
    return found


def audit(releases: Iterable[Release]) -> Finding:
    """What a reader of all these releases could compute that they should not: the answer is yes where nothing.

    Parts of kind "small" name a cell of one release of which fewer than threshold - 1 counts below the threshold are
    left, parts of kind "change" a cell of two releases whose difference is as narrow and small. Uses published
    numbers only, so that it needs no trust in whoever hid them.
    """
    kept = tuple(releases)
    readers = [(release, release.outsider()) for release in kept]
    narrow = [reader.narrow(_signs(release), release.threshold - 1) for release, reader in readers]
    problems = [
        problem for release, found in zip(kept, narrow, strict=True) for problem in _small(release, found)
    ]
    for (first, spans), (second, others) in combinations(zip(kept, narrow, strict=True), 2):
        problems += _changes(first, spans, second, others)
    values = {"releases": tuple(release.period for release in kept)}
    return Finding(Answer.of(not problems), "disclosure_audit", values=values, parts=tuple(problems))


def _signs(release: Release) -> Collection[Key]:
    return [one for one, told in release.shown.items() if not isinstance(told, int)]


def _small(release: Release, narrow: Mapping[Key, Range]) -> Iterator[Finding]:
    for one, told in sorted(release.shown.items()):
        span = Range(told, told) if isinstance(told, int) else narrow.get(one)
        if span is None or span.high is None or span.high < 1 or span.high >= release.threshold:
            continue
        values = {"period": release.period, "low": span.low, "high": span.high}
        yield Finding(Answer.NO, "small", written(one), values)


def _changes(
    first: Release, spans: Mapping[Key, Range], second: Release, others: Mapping[Key, Range]
) -> Iterator[Finding]:
    """Cells that neither release leaves open: those it shows, and those it hides too poorly."""
    threshold = max(first.threshold, second.threshold)
    for one in sorted(first.shown.keys() & second.shown.keys()):
        before, after = _span(first, one, spans), _span(second, one, others)
        if before is None or after is None:
            continue
        low, high = after.minus(before)
        small = 0 < low <= high < threshold or -threshold < low <= high < 0
        if small and high - low + 1 < threshold - 1:
            values = {"periods": (first.period, second.period), "low": int(low), "high": int(high)}
            yield Finding(Answer.NO, "change", written(one), values)


def _span(release: Release, one: Key, narrow: Mapping[Key, Range]) -> Range | None:
    told = release.shown[one]
    return Range(told, told) if isinstance(told, int) else narrow.get(one)
