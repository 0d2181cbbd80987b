"""What a drawing of people and their ties is made of: plain values, no database, the same for the same input.

Lengths are units of the drawing's own view box. `""` is the key of the client.
"""

from __future__ import annotations

from dataclasses import dataclass

from simpul.ui.drawings import Label, Mark, Point

CLIENT = ""
# Of one line of a name under a shape.
MOST_LETTERS = 15


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
