"""The genogram: generations in rows, with the signs that the field agreed on (McGoldrick and others).

A man is a square, a woman a circle, unknown sex a diamond; the client has a double outline, who died a cross.
Partners are joined by a line below them, with two slashes where it is over; children hang from it. A dashed
line goes around who lives with the client. Plain functions, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from simpul.cases.queries.drawings import MOST_LETTERS, Bond, Box, Drawing, Someone
from simpul.cases.queries.enclosures import Grid
from simpul.cases.queries.generations import FORMER, Family, columns_of, family_of, rows_of
from simpul.ui.drawings import LINE_HEIGHT, Label, Mark, circle, diamond, labels, path, square, wrapped

CELL, ROOM = 124, 104
_HALF = 18  # of a shape
_UNIT = 2 * _HALF + 3 * LINE_HEIGHT + 8  # a shape, its name and year
_TRACK, _AIR, _MARGIN = 12, 14, 16
_LEAST_WIDTH = 760  # so that two people do not fill a screen
_PORTS = (0, 8, -8, 16, -16, 24, -24)


@dataclass(eq=False)
class _Lane:
    """A level piece of line between two rows; its track is given when all are known."""

    gap: int  # gap n lies above row n
    left: float
    right: float
    is_upper: bool  # lines of couples lie above those of children
    track: int = 0


@dataclass
class _Plan:
    """Where everybody stands, and every line still without its heights."""

    family: Family
    row: dict[str, int]
    column: dict[str, int]
    depth: dict[str, float]  # how far a shape with its name and year reaches down
    lanes: list[_Lane] = field(default_factory=list)
    above: dict[str, int] = field(default_factory=dict)
    below: dict[str, int] = field(default_factory=dict)
    corridors: int = 0
    # Lines as points whose height is a lane, or the key of who it starts (below) or ends (above) at.
    lines: list[tuple[str, list[tuple[float, _Lane | tuple[str, str]]]]] = field(default_factory=list)

    def x(self, key: str) -> float:
        return self.column[key] * CELL + CELL / 2

    def port(self, key: str, *, is_above: bool) -> float:
        """Where the next line touches this person: beside the one before."""
        used = self.above if is_above else self.below
        used[key] = used.get(key, -1) + 1
        return self.x(key) + _PORTS[used[key] % len(_PORTS)]

    def lane(self, gap: int, one: float, other: float, *, is_upper: bool = False) -> _Lane:
        made = _Lane(gap, min(one, other), max(one, other), is_upper)
        self.lanes.append(made)
        return made


def genogram(people: Sequence[Someone], bonds: Iterable[Bond]) -> Drawing:
    """Everybody who belongs to the family, drawn. The client must be among the people."""
    family = family_of(people, bonds)
    row = rows_of(family)
    depth = {one.key: 2.0 * _HALF + len(_lines(one)) * LINE_HEIGHT + 8 for one in family.people}
    plan = _Plan(family, row, columns_of(family, row), depth)
    knots = _draw_couples(plan)
    _draw_children(plan, knots)
    _draw_siblings(plan)
    tops = _heights(plan)
    width = max(_LEAST_WIDTH, (max(plan.column.values()) + 1) * CELL)
    aside = (width - (max(plan.column.values()) + 1) * CELL) / 2
    marks = [_line(plan, sign, points, tops, aside) for sign, points in plan.lines]
    marks += [mark for pair, knot in knots.items() for mark in _slashes(plan, pair, knot, tops, aside)]
    places = {key: (plan.row[key], column) for key, column in plan.column.items()}
    at_home = {one.key for one in family.people if one.lives_with_client or one.is_client}
    enclosures = Grid(places, tops, _UNIT, CELL, aside).outlines(at_home)
    marks += [Mark(path(corners, is_closed=True), "lives_with", is_dashed=True) for corners in enclosures]
    boxes, words = [], []
    for one in family.people:
        x, top = plan.x(one.key) + aside, tops[plan.row[one.key]]
        boxes.append(Box(one.key, x - ROOM / 2, top, ROOM, plan.depth[one.key]))
        marks += _figure(one, x, top + _HALF)
        words += _name(one, x, top)
    height = tops[-1] + _MARGIN
    return Drawing(width, round(height), tuple(boxes), tuple(marks), tuple(words), tuple(enclosures))


# --- lines, still without heights ---


@dataclass(frozen=True)
class _Knot:
    """The middle of the line of a couple, from which their children hang."""

    x: float
    lane: _Lane


def _draw_couples(plan: _Plan) -> dict[tuple[str, str], _Knot]:
    knots = {}
    for (one, other), kind in plan.family.couples.items():
        start, end = plan.port(one, is_above=False), plan.port(other, is_above=False)
        lane = plan.lane(plan.row[one] + 1, start, end, is_upper=True)
        plan.lines.append(
            (kind, [(start, ("below", one)), (start, lane), (end, lane), (end, ("below", other))])
        )
        knots[one, other] = _Knot((start + end) / 2, lane)
    return knots


def _draw_children(plan: _Plan, knots: dict[tuple[str, str], _Knot]) -> None:
    """Children hang from the line of the couple, or from one parent where no couple was told."""
    hanging: dict[tuple[str, ...], list[str]] = {}
    for child in dict.fromkeys(child for _parent, child in plan.family.parents):
        parents = sorted(plan.family.parents_of(child))
        couple = next((pair for pair in knots if set(pair) <= set(parents)), None)
        if couple:
            hanging.setdefault(couple, []).append(child)
        for parent in parents:
            if not couple or parent not in couple:
                hanging.setdefault((parent,), []).append(child)
    for parents_told, children in hanging.items():
        if len(parents_told) == 2:
            knot = knots[parents_told[0], parents_told[1]]
            _hang(plan, children, knot.x, knot.lane, knot.lane.gap)
        else:
            (parent,) = parents_told
            start = plan.port(parent, is_above=False)
            _hang(plan, children, start, ("below", parent), plan.row[parent] + 1)


def _hang(plan: _Plan, children: list[str], x: float, start: _Lane | tuple[str, str], gap: int) -> None:
    near = [child for child in children if plan.row[child] == gap]
    ends = {child: plan.port(child, is_above=True) for child in children}
    if near:
        places = [x, *(ends[child] for child in near)]
        bar = plan.lane(gap, min(places), max(places))
        plan.lines.append(("parent_of", [(x, start), (x, bar)]))
        plan.lines.append(("parent_of", [(bar.left, bar), (bar.right, bar)]))
        plan.lines += [("parent_of", [(ends[child], bar), (ends[child], ("above", child))]) for child in near]
    for child in children:
        if child not in near:
            # No row may be crossed where somebody could stand: between two columns nobody does.
            plan.corridors += 1
            way = plan.x(child) - CELL / 2 + (plan.corridors % 5 - 2) * 3
            first = plan.lane(gap, x, way)
            last = plan.lane(plan.row[child], way, ends[child])
            corners: list[tuple[float, _Lane | tuple[str, str]]] = [
                (x, start), (x, first), (way, first), (way, last), (ends[child], last),
            ]  # fmt: skip
            plan.lines.append(("parent_of", [*corners, (ends[child], ("above", child))]))


def _draw_siblings(plan: _Plan) -> None:
    """A line above two siblings whose parents were not told; who shares a parent hangs together already."""
    for one, other in plan.family.siblings:
        if not set(plan.family.parents_of(one)) & set(plan.family.parents_of(other)):
            start, end = plan.port(one, is_above=True), plan.port(other, is_above=True)
            lane = plan.lane(plan.row[one], start, end)
            corners: list[tuple[float, _Lane | tuple[str, str]]] = [
                (start, ("above", one)), (start, lane), (end, lane), (end, ("above", other)),
            ]  # fmt: skip
            plan.lines.append(("sibling_of", corners))


# --- heights ---


def _heights(plan: _Plan) -> list[float]:
    """The top of each row, and of what would be the next, once every level line has its own track."""
    rows = max(plan.row.values()) + 1
    top, tops = float(_MARGIN), []
    for gap in range(rows + 1):
        top += _AIR * 2 + _give_tracks([lane for lane in plan.lanes if lane.gap == gap]) * _TRACK
        tops.append(top)
        top += _UNIT
    return tops


def _give_tracks(lanes: list[_Lane]) -> int:
    """No two level lines run into each other. How many tracks that takes."""
    taken: list[_Lane] = []
    base = most = 0
    for is_upper in (True, False):
        for lane in sorted(
            (one for one in lanes if one.is_upper is is_upper),
            key=lambda one: (one.right - one.left, one.left),
        ):
            beside = {one.track for one in taken if one.left - 6 < lane.right and lane.left < one.right + 6}
            lane.track = next(track for track in range(base, base + len(lanes) + 1) if track not in beside)
            taken.append(lane)
            most = max(most, lane.track + 1)
        base = most
    return most


def _height(plan: _Plan, at: _Lane | tuple[str, str], tops: list[float]) -> float:
    if isinstance(at, _Lane):
        above = tops[at.gap - 1] + _UNIT if at.gap else float(_MARGIN)
        return above + _AIR + at.track * _TRACK
    side, key = at
    return tops[plan.row[key]] + (plan.depth[key] if side == "below" else 0)


def _line(
    plan: _Plan,
    sign: str,
    points: list[tuple[float, _Lane | tuple[str, str]]],
    tops: list[float],
    aside: float,
) -> Mark:
    return Mark(path((x + aside, _height(plan, at, tops)) for x, at in points), sign)


def _slashes(plan: _Plan, pair: tuple[str, str], knot: _Knot, tops: list[float], aside: float) -> list[Mark]:
    if plan.family.couples[pair] != FORMER:
        return []
    y = _height(plan, knot.lane, tops)
    places = (knot.x + aside + 12, knot.x + aside + 18)
    return [Mark(path(((x - 3, y + 6), (x + 3, y - 6))), FORMER) for x in places]


# --- people ---


def _figure(one: Someone, x: float, y: float) -> list[Mark]:
    shape, sign = {"L": (square, "man"), "P": (circle, "woman")}.get(one.sex, (diamond, "unknown_sex"))
    marks = [Mark(shape(x, y, _HALF), sign)]
    if one.is_client:
        marks.append(Mark(shape(x, y, _HALF - 5), "client"))
    if not one.is_alive:
        cross = f"{path(((x - 15, y - 15), (x + 15, y + 15)))} {path(((x + 15, y - 15), (x - 15, y + 15)))}"
        marks.append(Mark(cross, "died"))
    return marks


def _lines(one: Someone) -> list[str]:
    return [*wrapped(one.name, MOST_LETTERS), *([str(one.born_year)] if one.born_year else [])]


def _name(one: Someone, x: float, top: float) -> list[Label]:
    return labels(_lines(one), x, top + 2 * _HALF + LINE_HEIGHT, is_bold=one.is_client)
