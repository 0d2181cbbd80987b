"""The structure of a body as a drawing: its four units from top to bottom, who holds which office, who watches whom.

Plain values, no database, the same for the same input. Lengths are units of the drawing's own view box, which is
narrow, so that its letters can still be read on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from simpul.organisations.stages import Unit
from simpul.ui.drawings import Label, Mark, shown, wrapped

WIDTH = 400
# The rail on the left, along which the founders appoint; then the frames of the units.
_RAIL, _LEFT = 8, 24
_INNER = 12
_COLUMNS = 2
_BOX_WIDTH = (WIDTH - _LEFT - _INNER * (_COLUMNS + 1)) / _COLUMNS
_LINE = 17
_BOX_HEIGHT = 4 * _LINE + 14
_HEADING = 28
_BETWEEN = 26
_LETTERS = 21
# More boxes than these make a drawing that nobody reads; the table below names everybody.
MOST_DRAWN = 8


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office: the unit, the title of the office, the name."""

    unit: str
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of one unit."""

    unit: str
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Organogram:
    """Everything to be drawn; `has_watch` and `has_rule` say which lines the legend must explain."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    lines: tuple[Mark, ...]
    words: tuple[Label, ...]
    has_rule: bool
    has_watch: bool


def organogram(holders: Sequence[Holder]) -> Organogram | None:
    """The drawing; None where nobody holds an office yet."""
    frames: list[Frame] = []
    lines: list[Mark] = []
    words: list[Label] = []
    top = 1.0
    for unit in Unit:
        own = [one for one in holders if one.unit == unit]
        if own:
            frame = Frame(unit, top, top + _height(own))
            frames.append(frame)
            _draw_unit(frame, str(unit.label), own, lines, words)
            top = frame.bottom + _BETWEEN
    if not frames:
        return None
    ties, has_rule, has_watch = _ties({frame.unit: frame for frame in frames})
    height = round(frames[-1].bottom + 1)
    return Organogram(WIDTH, height, tuple(frames), (*lines, *ties), tuple(words), has_rule, has_watch)


def _height(own: Sequence[Holder]) -> float:
    drawn = min(len(own), MOST_DRAWN)
    rows = -(-drawn // _COLUMNS)
    more = _LINE if len(own) > MOST_DRAWN else 0
    return _HEADING + rows * (_BOX_HEIGHT + _INNER) + more


def _draw_unit(
    frame: Frame, title: str, own: Sequence[Holder], lines: list[Mark], words: list[Label]
) -> None:
    lines.append(Mark(_box(_LEFT, frame.top, WIDTH - _LEFT - 1, frame.bottom - frame.top)))
    middle = (_LEFT + WIDTH) / 2
    words.append(Label(shown(middle), shown(frame.top + 19), title, is_bold=True))
    drawn = own[:MOST_DRAWN]
    for number, one in enumerate(drawn):
        row, column = divmod(number, _COLUMNS)
        left = _LEFT + _INNER + column * (_BOX_WIDTH + _INNER)
        if len(drawn) == 1:
            left = middle - _BOX_WIDTH / 2
        _draw_holder(one, left, frame.top + _HEADING + row * (_BOX_HEIGHT + _INNER), lines, words)
    if more := len(own) - len(drawn):
        text = ngettext("dan %(count)s orang lagi", "dan %(count)s orang lagi", more) % {"count": more}
        words.append(Label(shown(middle), shown(frame.bottom - 8), text))


def _draw_holder(one: Holder, left: float, top: float, lines: list[Mark], words: list[Label]) -> None:
    lines.append(Mark(_box(left, top, _BOX_WIDTH, _BOX_HEIGHT)))
    said = [(text, True) for text in wrapped(one.title, _LETTERS)] + [
        (text, False) for text in wrapped(one.name, _LETTERS)
    ]
    first = top + _BOX_HEIGHT / 2 - (len(said) - 1) * _LINE / 2 + 5
    for number, (text, is_bold) in enumerate(said):
        words.append(Label(shown(left + _BOX_WIDTH / 2), shown(first + number * _LINE), text, is_bold))


def _ties(frames: dict[str, Frame]) -> tuple[list[Mark], bool, bool]:
    """Founders appoint overseers and board along the rail; overseers watch the board; the board leads operations."""
    founders, overseers, board, operations = (frames.get(unit) for unit in Unit)
    rules: list[Mark] = []
    below = [frame for frame in (overseers, board) if frame]
    if founders and below:
        rail = f"M{_LEFT} {shown(founders.middle)}H{_RAIL}V{shown(below[-1].middle)}H{_LEFT}"
        rules.append(Mark(rail))
        rules += [Mark(f"M{_RAIL} {shown(frame.middle)}H{_LEFT}") for frame in below[:-1]]
    if board and operations:
        rules.append(Mark(_down(board, operations)))
    watches = [Mark(_down(overseers, board), is_dashed=True)] if overseers and board else []
    return rules + watches, bool(rules), bool(watches)


def _down(upper: Frame, lower: Frame) -> str:
    return f"M{shown((_LEFT + WIDTH) / 2)} {shown(upper.bottom)}V{shown(lower.top)}"


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"M{shown(left)} {shown(top)}h{shown(width)}v{shown(height)}h-{shown(width)}Z"
