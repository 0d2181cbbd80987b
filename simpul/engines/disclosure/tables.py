"""Tables of counts that are published together, and everything that adds up in them.

A cell is named by what it counts: (("area", "21.02"), ("sex", "F")). What is not named is not told apart, so a cell
without "sex" counts all sexes. Two tables that have the same cell are linked by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

Key = tuple[tuple[str, str], ...]
Trees = Mapping[str, "Tree"]

ALL = ""
# In a dimension whose parts overlap: the sum of the parts, beside the number of distinct units.
PAIRS = "*"


def key(**codes: str) -> Key:
    """The name of a cell: key(area="21.02", sex="F"); a dimension that is not told apart may be left out or ALL."""
    return tuple(sorted((name, code) for name, code in codes.items() if code != ALL))


@dataclass(frozen=True)
class Tree:
    """How the codes of a dimension lie within each other: of every code the one above it, ALL for the uppermost.

    Where parts are `overlapping`, a unit may be in several (a person of two types): their sum has the code PAIRS, and
    the number of distinct units is at most that and at least as large as any part. Such a tree has one level.
    """

    above: Mapping[str, str]
    overlapping: bool = False

    def __post_init__(self) -> None:
        if self.overlapping and any(upper != ALL for upper in self.above.values()):
            raise ValueError("parts that overlap have no parts of their own")
        for code in self.above:
            if code in (ALL, PAIRS) or code in self._ancestors(code):
                raise ValueError(f"{code!r} cannot be the code of a part")

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """Of every code that has parts, its parts in order."""
        found: dict[str, list[str]] = {}
        for code, upper in sorted(self.above.items()):
            found.setdefault(upper, []).append(code)
        return {upper: tuple(codes) for upper, codes in found.items()}

    def upwards(self, code: str, top: str = ALL) -> tuple[str, ...]:
        """The code and all in which it lies, up to `top`. Raises ValueError where it does not lie there."""
        chain = (code, *self._ancestors(code))
        if top not in chain:
            raise ValueError(
                f"{code!r} is not known here" if top == ALL else f"{code!r} is not within {top!r}"
            )
        return chain[: chain.index(top) + 1]

    def below(self, top: str = ALL) -> tuple[str, ...]:
        """`top` and everything within it, from above."""
        return (top, *(code for part in self.parts.get(top, ()) for code in self.below(part)))

    def _ancestors(self, code: str) -> tuple[str, ...]:
        chain: list[str] = []
        while code in self.above and len(chain) <= len(self.above):
            code = self.above[code]
            chain.append(code)
        return tuple(chain)


@dataclass(frozen=True)
class Dimension:
    """One direction of a table. `top` is the code of its whole margin: ALL, or a region ("21.02") or a band."""

    name: str
    tree: Tree
    top: str = ALL

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that the table has, its margin first; with PAIRS where parts overlap."""
        return (*self.tree.below(self.top), *((PAIRS,) if self.tree.overlapping else ()))

    @property
    def innermost(self) -> tuple[str, ...]:
        return tuple(code for code in self.tree.below(self.top) if code not in self.tree.parts)


def plain(name: str, codes: Iterable[str], *, overlapping: bool = False) -> Dimension:
    """A dimension of one level: sexes, or types of which a person may have several (`overlapping`)."""
    return Dimension(name, Tree(dict.fromkeys(codes, ALL), overlapping))


def areas(name: str, codes: Iterable[str], *, top: str = ALL) -> Dimension:
    """Regions by their codes, each within the one before its last dot; what lies between is added."""
    above: dict[str, str] = {}
    for code in codes:
        while code != ALL:
            above[code] = code.rpartition(".")[0]
            code = above[code]
    return Dimension(name, Tree(above), top)


def months(name: str, codes: Iterable[str]) -> Dimension:
    """Months "2026-10" within their years."""
    above: dict[str, str] = {}
    for code in codes:
        above |= {code: code[:4], code[:4]: ALL}
    return Dimension(name, Tree(above))


@dataclass(frozen=True)
class Table:
    """A table as it is published: every cell with its count, margins too. All cells of a dimension or none.

    `fixed` is what all of its cells have in common: {"count": "household"}.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    counts: Mapping[Key, int]
    fixed: Mapping[str, str] = field(default_factory=dict)

    def key(self, *codes: str) -> Key:
        """The cell at these codes, in the order of the dimensions."""
        names = (dimension.name for dimension in self.dimensions)
        return key(**{**self.fixed, **dict(zip(names, codes, strict=True))})


def tabulate(
    name: str,
    dimensions: Iterable[Dimension],
    inner: Mapping[tuple[str, ...], int],
    *,
    persons: Mapping[tuple[str, ...], int] | None = None,
    fixed: Mapping[str, str] | None = None,
) -> Table:
    """The table with all margins and sub-totals, from its innermost counts; what is not there counts 0.

    Where a dimension overlaps (one at most), its margin cannot be added up: `persons` has the distinct units by the
    codes of the other dimensions, as fine as `inner`. Raises ValueError for codes that the table does not have.
    """
    kinds = tuple(dimensions)
    overlapping = [number for number, kind in enumerate(kinds) if kind.tree.overlapping]
    if len(overlapping) > 1 or bool(overlapping) != (persons is not None):
        raise ValueError("one dimension at most may overlap, and then the distinct units must be given")
    named = Table(name, kinds, {}, dict(fixed or {}))
    counts = {named.key(*codes): 0 for codes in product(*(kind.codes for kind in kinds))}
    for codes, count in inner.items():
        steps = [_raised(kind, code) for kind, code in zip(kinds, codes, strict=True)]
        for higher in product(*steps):
            counts[named.key(*higher)] += count
    for codes, count in (persons or {}).items():
        filled = (*codes[: overlapping[0]], ALL, *codes[overlapping[0] :])
        steps = [kind.tree.upwards(code, kind.top) for kind, code in zip(kinds, filled, strict=True)]
        for higher in product(*steps):
            counts[named.key(*higher)] += count
    return Table(name, kinds, counts, named.fixed)


def _raised(kind: Dimension, code: str) -> tuple[str, ...]:
    if code not in kind.innermost:
        raise ValueError(f"{code!r} is not an innermost code of {kind.name}")
    return (code, PAIRS) if kind.tree.overlapping else kind.tree.upwards(code, kind.top)


@dataclass(frozen=True, slots=True)
class Relation:
    """What everybody knows of some cells: the sum of each times its factor is 0, or at most 0 where not `equal`."""

    factors: tuple[tuple[Key, int], ...]
    equal: bool = True

    @classmethod
    def balance(cls, left: Iterable[Key], right: Iterable[Key]) -> Relation:
        """Both sides sum to the same: start and new on the left, leaving and end on the right."""
        return cls((*((one, 1) for one in left), *((one, -1) for one in right)))


def merged(tables: Iterable[Table]) -> dict[str, Tree]:
    """The tree of every dimension, over all tables. Raises ValueError where they contradict each other."""
    found: dict[str, Tree] = {}
    for dimension in (one for table in tables for one in table.dimensions):
        held = found.setdefault(dimension.name, Tree({}, dimension.tree.overlapping))
        both = {
            code
            for code in held.above
            if held.above[code] != dimension.tree.above.get(code, held.above[code])
        }
        if both or held.overlapping != dimension.tree.overlapping:
            raise ValueError(f"tables contradict each other in {dimension.name}: {', '.join(sorted(both))}")
        found[dimension.name] = Tree({**held.above, **dimension.tree.above}, held.overlapping)
    return found


def joined(tables: Iterable[Table]) -> dict[Key, int]:
    """Every cell of all tables once. Raises ValueError for a count below 0 or two counts for one cell."""
    cells: dict[Key, int] = {}
    for table in tables:
        for one, count in table.counts.items():
            if count < 0 or cells.setdefault(one, count) != count:
                raise ValueError(f"{table.name}: {count} cannot be the count of {written(one)}")
    return dict(sorted(cells.items()))


def relations(cells: Iterable[Key], trees: Trees) -> tuple[Relation, ...]:
    """Everything that follows from how codes lie within each other, over all tables at once.

    Raises ValueError where some parts of a cell are published and others are not: what is left over could be
    computed and would be a cell that nobody protects.
    """
    known = dict.fromkeys(sorted(cells))
    return tuple(
        relation for cell in known for name in sorted(trees) for relation in _within(cell, name, trees, known)
    )


def _within(cell: Key, name: str, trees: Trees, known: Mapping[Key, object]) -> Iterator[Relation]:
    codes, tree = dict(cell), trees[name]
    parts = tuple(key(**{**codes, name: part}) for part in tree.parts.get(codes.get(name, ALL), ()))
    there = sum(part in known for part in parts)
    if not there:
        return
    if there < len(parts):
        raise ValueError(f"only some parts of {written(cell)} by {name} are published: all or none")
    if not tree.overlapping:
        yield Relation.balance([cell], parts)
        return
    pairs = key(**{**codes, name: PAIRS})
    if pairs in known:
        yield Relation.balance([pairs], parts)
    yield Relation(((cell, 1), *((part, -1) for part in parts)), equal=False)
    yield from (Relation(((part, 1), (cell, -1)), equal=False) for part in parts)


def written(cell: Key) -> str:
    """The name of a cell as one text: "area=21.02 sex=F"."""
    return " ".join(f"{name}={code}" for name, code in cell) or "all"
