"""The ecomap: the client in the middle, people and bodies around, and what passes between them (Hartman 1978).

Support is a plain line, care a thick one, strain a zigzag, and a tie that broke is interrupted. Plain
functions, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin

from simpul.cases.queries.drawings import CLIENT, MOST_LETTERS, Bond, Box, Drawing, Someone
from simpul.ui.drawings import LINE_HEIGHT, Label, Mark, Point, labels, path, shown, wrapped

CARES, SUPPORTS, STRAINED, BROKEN = "cares_for", "supports", "strained", "broken"
ECOMAP = (CARES, SUPPORTS, STRAINED, BROKEN)
_WIDTH, _HEIGHT, _MARGIN = 116, 48, 20
_LEAST_RADIUS = 175
_STEPS = 60


def ecomap(people: Sequence[Someone], bonds: Iterable[Bond]) -> Drawing:
    """Everybody and everything around the client, on one ring, with the ties that were recorded."""
    others = [one for one in people if not one.is_client]
    radius = _radius(len(others))
    middle = radius + _WIDTH / 2 + _MARGIN, radius + _HEIGHT / 2 + _MARGIN
    places = {one.key: middle for one in people if one.is_client}
    for number, one in enumerate(others):
        turn = 2 * pi * number / len(others) - pi / 2
        places[one.key] = (middle[0] + radius * cos(turn), middle[1] + radius * sin(turn))
    boxes = {
        key: Box(key, x - _WIDTH / 2, y - _HEIGHT / 2, _WIDTH, _HEIGHT) for key, (x, y) in places.items()
    }
    marks = [mark for one in people for mark in _figure(one, boxes[one.key])]
    told = dict.fromkeys(
        bond for bond in bonds if bond.kind in ECOMAP and {bond.one, bond.other} <= set(places)
    )
    beside: dict[frozenset[str], int] = {}
    for bond in told:
        pair = frozenset((bond.one, bond.other))
        beside[pair] = beside.get(pair, -1) + 1
        marks += _tie(bond, boxes, _curve(bond, places, beside[pair]))
    words = [label for one in people for label in _words(one, places[one.key])]
    return Drawing(
        round(2 * middle[0]), round(2 * middle[1]), tuple(boxes.values()), tuple(marks), tuple(words)
    )


def _radius(number: int) -> float:
    """Wide enough for two neighbours whichever way they lie: their distance is at least a box's diagonal."""
    apart = hypot(_WIDTH, _HEIGHT) + 6
    return max(_LEAST_RADIUS, apart / (2 * sin(pi / number))) if number > 1 else _LEAST_RADIUS


def _figure(one: Someone, box: Box) -> list[Mark]:
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if one.kind == "body":
        return [
            Mark(path(((left, top), (right, top), (right, bottom), (left, bottom)), is_closed=True), "body")
        ]
    if one.kind == "community":
        y, cut = (top + bottom) / 2, 12
        corners = ((left + cut, top), (right - cut, top), (right, y), (right - cut, bottom), (left + cut, bottom), (left, y))  # fmt: skip
        return [Mark(path(corners, is_closed=True), "community")]
    marks = [Mark(_pill(left, top, right, bottom), "someone")]
    if one.is_client:
        marks.append(Mark(_pill(left + 5, top + 5, right - 5, bottom - 5), "client"))
    return marks


def _pill(left: float, top: float, right: float, bottom: float) -> str:
    half = (bottom - top) / 2
    arc = f"a{shown(half)} {shown(half)} 0 0 1 0"
    straight = shown(right - left - 2 * half)
    return f"M{shown(left + half)} {shown(top)}h{straight}{arc} {shown(2 * half)}h-{straight}{arc} -{shown(2 * half)}Z"


def _words(one: Someone, place: Point) -> list[Label]:
    lines = wrapped(one.name, MOST_LETTERS)
    first = place[1] + 5 - (len(lines) - 1) * LINE_HEIGHT / 2
    return labels(lines, place[0], first, is_bold=one.is_client)


# --- ties ---


def _curve(bond: Bond, places: dict[str, Point], earlier: int) -> list[Point]:
    """Points from one to the other: straight to the client, bent inwards between two on the ring.

    A second tie between the same two is bent further, so that it does not lie on the first.
    """
    start, end = places[bond.one], places[bond.other]
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    half = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    bend = 26.0 * ((earlier + 1) // 2) * (1 if earlier % 2 else -1)
    if CLIENT not in (bond.one, bond.other) and CLIENT in places:
        middle = places[CLIENT]
        inwards = (middle[0] - half[0], middle[1] - half[1])
        if hypot(*inwards) < 2 * _HEIGHT:
            bend += 3.2 * _HEIGHT
        else:
            half = (half[0] + inwards[0] * 0.45, half[1] + inwards[1] * 0.45)
    through = (half[0] + across[0] * bend, half[1] + across[1] * bend)
    return [_between(start, through, end, step / _STEPS) for step in range(_STEPS + 1)]


def _between(start: Point, through: Point, end: Point, part: float) -> Point:
    weights = ((1 - part) ** 2, 2 * part * (1 - part), part**2)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, (start, through, end), strict=True))
        for axis in (0, 1)
    )
    return x, y


def _tie(bond: Bond, boxes: dict[str, Box], curve: list[Point]) -> list[Mark]:
    ends = boxes[bond.one], boxes[bond.other]
    free = [point for point in curve if not any(box.holds(point, 4) for box in ends)]
    if len(free) < 2:
        return []
    if bond.kind == STRAINED:
        return [Mark(path(_zigzag(free)), STRAINED)]
    if bond.kind == BROKEN:
        return _interrupted(free)
    return [Mark(path(free), bond.kind, is_thick=bond.kind == CARES)]


def _zigzag(points: list[Point]) -> list[Point]:
    found = [points[0]]
    for number, (x, y) in enumerate(points[1:-1:2]):
        dx, dy = _direction(points, 1 + 2 * number)
        side = 5 if number % 2 else -5
        found.append((x - dy * side, y + dx * side))
    return [*found, points[-1]]


def _interrupted(points: list[Point]) -> list[Mark]:
    """Two halves that end in a bar before they meet."""
    half = len(points) // 2
    first, second = points[: max(half - 1, 1)], points[half + 2 :] or points[-1:]
    marks = [Mark(path(part), BROKEN) for part in (first, second) if len(part) > 1]
    dx, dy = _direction(points, half)
    for x, y in (first[-1], second[0]):
        marks.append(Mark(path(((x - dy * 8, y + dx * 8), (x + dy * 8, y - dx * 8))), BROKEN))
    return marks


def _direction(points: list[Point], place: int) -> Point:
    before, after = points[max(place - 1, 0)], points[min(place + 1, len(points) - 1)]
    length = hypot(after[0] - before[0], after[1] - before[1]) or 1.0
    return (after[0] - before[0]) / length, (after[1] - before[1]) / length
