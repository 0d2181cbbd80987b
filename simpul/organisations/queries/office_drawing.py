"""What one tile of an area is drawn of: a bar for its number, a shape and a figure for each type. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from simpul.organisations.queries.office_asked import NO_TYPE

WIDTH = 112
_BAR, _ROW, _COLUMNS, _HALF = 6, 22, 3, 6


@dataclass(frozen=True, slots=True)
class Shape:
    """One type: its shape as the `d` of a path, and how many, written beside it. Whole numbers only."""

    type: str
    path: str
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileDrawing:
    """Lengths in the units of its own view box."""

    width: int
    height: int
    bar: int
    bar_height: int
    shapes: tuple[Shape, ...]

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def track(self) -> str:
        """Where the bar of the largest number would reach."""
        return _bar(self.width, self.bar_height)

    @property
    def path(self) -> str:
        """The bar and all shapes at once: a map of forty tiles is drawn of many."""
        return _bar(self.bar, self.bar_height) + "".join(shape.path for shape in self.shapes)

    @property
    def figures(self) -> SafeString:
        """How many of each type, beside its shape."""
        return format_html_join(
            "",
            '<text x="{}" y="{}" font-size="13">{}</text>',
            ((shape.x, shape.y, localize(shape.number)) for shape in self.shapes),
        )


def drawn(share: float, types: Iterable[tuple[str, int]]) -> TileDrawing:
    """The drawing of one tile; `share` is its number beside the largest, from 0 to 1."""
    shapes = []
    for place, (type_, number) in enumerate(types):
        row, column = divmod(place, _COLUMNS)
        x, y = 8 + column * (WIDTH // _COLUMNS), _BAR + 14 + row * _ROW
        shapes.append(Shape(type_, shape_of(type_, x, y), number, x + 10, y + 4))
    rows = -(-len(shapes) // _COLUMNS)
    bar = max(2, round(share * WIDTH)) if share > 0 else 0
    return TileDrawing(WIDTH, _BAR + 4 + rows * _ROW, bar, _BAR, tuple(shapes))


def _bar(length: int, height: int) -> str:
    return f"M0 0h{length}v{height}h-{length}Z"


def shape_of(type_: str, x: int, y: int) -> str:
    """A shape of its own for each type, so that nobody needs colours: circle, square, diamond, triangle, line."""
    near, far = -_HALF, _HALF
    return {
        "A": f"M{x + near} {y}a{far} {far} 0 1 0 {2 * far} 0a{far} {far} 0 1 0 -{2 * far} 0Z",
        "B": f"M{x + near} {y + near}h{2 * far}v{2 * far}h-{2 * far}Z",
        "C": f"M{x} {y + near}l{far} {far}l-{far} {far}l-{far} -{far}Z",
        "D": f"M{x} {y + near}l{far} {2 * far}h-{2 * far}Z",
        NO_TYPE: f"M{x + near} {y - 1}h{2 * far}v2h-{2 * far}Z",
    }[type_]
