"""What a drawing of people and their ties is made of: plain values, no database, the same for the same input.

Lengths are units of the drawing's own view box. `""` is the key of the client.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CLIENT = ""
LINE_HEIGHT = 15
_LETTERS = 15

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Someone:
    """One person or body to be drawn. `sex` is L, P or nothing; `kind` a ConcernedKind."""

    key: str
    name: str
    sex: str = ""
    kind: str = "person"
    is_alive: bool = True
    lives_with_client: bool = False
    born_year: int | None = None

    @property
    def is_client(self) -> bool:
        return self.key == CLIENT


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie between two of them; `kind` is a TieKind."""

    one: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """The room that somebody takes, name and all; `x` and `y` are its upper left corner."""

    key: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, point: Point, margin: float = 0) -> bool:
        x, y = point
        return (
            self.x - margin <= x <= self.x + self.width + margin
            and self.y - margin <= y <= self.y + self.height + margin
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A line or shape, as the `d` of a path. `sign` names what it means, for the legend."""

    path: str
    sign: str
    is_dashed: bool = False
    is_thick: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose middle stands at `x`."""

    x: str
    y: str
    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything to be drawn. `boxes` and `enclosures` say where people stand and who is enclosed together."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    enclosures: tuple[tuple[Point, ...], ...] = ()

    @property
    def signs(self) -> frozenset[str]:
        return frozenset(mark.sign for mark in self.marks)


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


def wrapped(name: str) -> tuple[str, ...]:
    """A name in at most two lines that fit under a shape; what is cut off stands in the list below."""
    lines = [""]
    for word in name.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= _LETTERS or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return tuple(line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…" for line in lines)


def labels(lines: Iterable[str], x: float, first: float, *, is_bold: bool = False) -> list[Label]:
    """Lines of text under each other, the first on the height `first`."""
    return [
        Label(shown(x), shown(first + place * LINE_HEIGHT), line, is_bold) for place, line in enumerate(lines)
    ]
