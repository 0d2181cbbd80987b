"""Who stands where in a genogram: generations in rows, partners side by side, children below their parents.

Plain functions; the same people and bonds always give the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from simpul.cases.queries.drawings import CLIENT, Bond, Someone

PARENT, PARTNER, FORMER, SIBLING = "parent_of", "partner_of", "former_partner_of", "sibling_of"
FAMILY = (PARENT, PARTNER, FORMER, SIBLING)
_SWEEPS = 3
_LATEST = 9999


@dataclass(frozen=True)
class Family:
    """The people of a genogram in the order they were told, and the family bonds among them, each once."""

    people: tuple[Someone, ...]
    parents: tuple[tuple[str, str], ...]  # (parent, child)
    couples: Mapping[tuple[str, str], str]  # both keys, sorted: partner or former partner
    siblings: tuple[tuple[str, str], ...]

    def parents_of(self, child: str) -> list[str]:
        return [parent for parent, other in self.parents if other == child]

    def children_of(self, parent: str) -> list[str]:
        return [child for other, child in self.parents if other == parent]


def family_of(people: Sequence[Someone], bonds: Iterable[Bond]) -> Family:
    """Who belongs in a genogram: the client, who has a family bond, and who lives with the client."""
    known = {one.key: one for one in people if one.kind == "person"}
    bound = [
        bond
        for bond in bonds
        if bond.kind in FAMILY and bond.one != bond.other and bond.one in known and bond.other in known
    ]
    named = {key for bond in bound for key in (bond.one, bond.other)}
    kept = tuple(one for one in known.values() if one.is_client or one.lives_with_client or one.key in named)
    couples: dict[tuple[str, str], str] = {}
    for bond in sorted(bound, key=lambda bond: bond.kind != PARTNER):
        if bond.kind in (PARTNER, FORMER):
            couples.setdefault(_pair(bond), bond.kind)
    siblings = dict.fromkeys(_pair(bond) for bond in bound if bond.kind == SIBLING)
    parents = dict.fromkeys((bond.one, bond.other) for bond in bound if bond.kind == PARENT)
    return Family(kept, tuple(parents), couples, tuple(siblings))


def _pair(bond: Bond) -> tuple[str, str]:
    return (bond.one, bond.other) if bond.one <= bond.other else (bond.other, bond.one)


# --- rows: one generation each ---


def rows_of(family: Family) -> dict[str, int]:
    """The row of everybody, the oldest generation 0. Where what was told is a circle, a bond gives way."""
    group = _same_generation(family)
    below: dict[str, set[str]] = {key: set() for key in group.values()}
    for parent, child in family.parents:
        older, younger = group[parent], group[child]
        if older != younger and not _leads(below, younger, older):
            below[older].add(younger)
    level = _levels(below)
    used = {level[key] for key in group.values()}
    place = {number: row for row, number in enumerate(sorted(used))}
    return {key: place[level[head]] for key, head in group.items()}


def _same_generation(family: Family) -> dict[str, str]:
    """For everybody the first of those who share a generation: partners and siblings."""
    head = {one.key: one.key for one in family.people}
    for one, other in (*family.couples, *family.siblings):
        kept, given_up = head[one], head[other]
        head = {key: kept if found == given_up else found for key, found in head.items()}
    # Who has no family bond at all but lives there stands beside the client.
    tied = {key for pair in (*family.couples, *family.siblings, *family.parents) for key in pair}
    return {key: found if key in tied or CLIENT not in head else head[CLIENT] for key, found in head.items()}


def _leads(below: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether a way down leads from one generation to another."""
    waiting, seen = [start], {start}
    while waiting:
        now = waiting.pop()
        if now == end:
            return True
        waiting += below[now] - seen
        seen |= below[now]
    return False


def _levels(below: Mapping[str, set[str]]) -> dict[str, int]:
    """Each one row below its lowest parents, and parents right above their highest child."""
    level = dict.fromkeys(below, 0)
    for _ in below:
        for older, younger in below.items():
            for one in younger:
                level[one] = max(level[one], level[older] + 1)
    for older in sorted(below, key=lambda key: -level[key]):
        if below[older]:
            level[older] = max(level[older], min(level[one] for one in below[older]) - 1)
    return level


# --- columns: nobody shares a place ---


def columns_of(family: Family, row_of: Mapping[str, int]) -> dict[str, int]:
    """The column of everybody, from 0, no two of one row in the same."""
    rows = [_blocks(family, row_of, row) for row in range(max(row_of.values(), default=-1) + 1)]
    column: dict[str, int] = {}
    for blocks in rows:
        row_keys = [key for block in blocks for key in block]
        column |= {key: place for place, key in enumerate(row_keys)}
    for _ in range(_SWEEPS):
        for row, blocks in enumerate(rows):
            rows[row] = _placed(
                blocks, column, lambda key: _around(family.parents_of(key), row_of, column, key)
            )
        for row, blocks in reversed(list(enumerate(rows))):
            rows[row] = _placed(
                blocks, column, lambda key: _around(family.children_of(key), row_of, column, key)
            )
    place = {number: order for order, number in enumerate(sorted(set(column.values())))}
    return {key: place[number] for key, number in column.items()}


def _blocks(family: Family, row_of: Mapping[str, int], row: int) -> list[list[str]]:
    """Those of one row, partners together; older before younger, as far as it was told."""
    here = [one for one in family.people if row_of[one.key] == row]
    here.sort(key=lambda one: one.born_year or _LATEST)
    blocks: list[list[str]] = []
    placed: set[str] = set()
    sex = {one.key: one.sex for one in here}
    for one in here:
        if one.key not in placed:
            block = _couple_row(family, one.key, sex)
            placed.update(block)
            blocks.append(block)
    return blocks


def _couple_row(family: Family, start: str, sex: Mapping[str, str]) -> list[str]:
    """All who are joined by partnerships: who has most partners in the middle, former ones to the left."""
    beside: dict[str, list[tuple[str, str]]] = {}
    for (one, other), kind in family.couples.items():
        beside.setdefault(one, []).append((other, kind))
        beside.setdefault(other, []).append((one, kind))
    joined = [start]
    for key in joined:
        joined += [other for other, _kind in beside.get(key, ()) if other not in joined]
    if len(joined) == 2:
        return sorted(joined, key=lambda key: {"L": 0, "P": 2}.get(sex[key], 1))
    middle = max(joined, key=lambda key: (len(beside.get(key, ())), -joined.index(key)))
    left: list[str] = []
    right: list[str] = []
    seen = [middle]
    for key in seen:
        for other, kind in beside.get(key, ()):
            if other not in seen:
                seen.append(other)
                is_left = key in left or (key == middle and kind == FORMER)
                (left if is_left else right).append(other)
    return [*reversed(left), middle, *right]


def _around(
    others: Sequence[str], row_of: Mapping[str, int], column: Mapping[str, int], key: str
) -> float | None:
    """The middle of these relatives in other rows; None without any."""
    places = [column[other] for other in others if row_of[other] != row_of[key]]
    return sum(places) / len(places) if places else None


def _placed(
    blocks: list[list[str]], column: dict[str, int], wish: Callable[[str], float | None]
) -> list[list[str]]:
    """The blocks in the order of their wishes, each as near to it as the one before leaves room."""
    wished: list[tuple[float, int, list[str]]] = []
    for order, block in enumerate(blocks):
        starts = [place - index for index, key in enumerate(block) if (place := wish(key)) is not None]
        wished.append((sum(starts) / len(starts) if starts else column[block[0]], order, block))
    wished.sort(key=lambda found: found[:2])
    free, strayed = None, 0.0
    for start, _order, block in wished:
        at = floor(start + 0.5) if free is None else max(free, floor(start + 0.5))
        column.update({key: at + index for index, key in enumerate(block)})
        free, strayed = at + len(block), strayed + start - at
    shift = floor(strayed / len(wished) + 0.5) if wished else 0
    for _start, _order, block in wished:
        column.update({key: column[key] + shift for key in block})
    return [block for _start, _order, block in wished]
