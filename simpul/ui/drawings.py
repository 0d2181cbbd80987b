"""Lines, shapes and words of a drawing (SVG) as plain values: no style, the same for the same input.

Lengths are units of the drawing's own view box. Beside or below every drawing stands the same as a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LINE_HEIGHT = 15

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line or shape, as the `d` of a path. `sign` names what it means, for the legend."""

    path: str
    sign: str = ""
    is_dashed: bool = False
    is_thick: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose middle stands at `x`."""

    x: str
    y: str
    text: str
    is_bold: bool = False


def shown(number: float) -> str:
    """A length as an SVG reads it, in whichever language the page is."""
    return f"{number:.1f}".removesuffix(".0")


def path(points: Iterable[Point], *, is_closed: bool = False) -> str:
    """Straight lines from point to point."""
    steps = " L".join(f"{shown(x)} {shown(y)}" for x, y in points)
    return f"M{steps}{'Z' if is_closed else ''}"


def circle(x: float, y: float, radius: float) -> str:
    arc, across = f"a{shown(radius)} {shown(radius)} 0 1 0", shown(2 * radius)
    return f"M{shown(x - radius)} {shown(y)}{arc} {across} 0{arc} -{across} 0Z"


def square(x: float, y: float, half: float) -> str:
    corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
    return path(corners, is_closed=True)


def diamond(x: float, y: float, half: float) -> str:
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    return path(corners, is_closed=True)


def wrapped(text: str, most: int) -> tuple[str, ...]:
    """At most two lines of so many letters; what is cut off stands in the list below a drawing."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(line if len(line) <= most else f"{line[: most - 1]}…" for line in lines)


def labels(lines: Iterable[str], x: float, first: float, *, is_bold: bool = False) -> list[Label]:
    """Lines of text under each other, the first on the height `first`."""
    return [
        Label(shown(x), shown(first + place * LINE_HEIGHT), line, is_bold) for place, line in enumerate(lines)
    ]
