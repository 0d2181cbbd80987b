"""Reading a drawing back: where its lines go, and what an outline holds."""

from __future__ import annotations

import re
from itertools import pairwise

from simpul.ui.drawings import Mark, Point


def points_of(mark: Mark) -> list[Point]:
    """The corners of a path of straight lines."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", mark.path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def turns_around(outline: tuple[Point, ...], point: Point) -> bool:
    """Whether the point lies inside, by counting the sides to its right."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise((*outline, outline[0])):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
