"""Pictures of an evaluation: lines from before to after, and intervals around nothing changed. Each has its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from simpul.engines.statistics import label, written
from simpul.ui.drawings import Mark, circle, diamond, path, shown, wrapped
from simpul.ui.reports import Picture, Word

# Units of the drawings, which are as wide as a small phone.
WIDTH = 352
_TOP, _BOTTOM, _HEIGHT = 30, 190, 216
_LEFT, _RIGHT = 96, 256
_ROW, _FIRST = 46, 26
_EDGE = 12
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line from a value before to one after; `name` is only for the words about the picture."""

    name: str
    before: float
    after: float
    is_thick: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval."""

    name: str
    low: float
    at: float
    high: float


def paired_lines(
    title: str, lines: Sequence[Line], *, lowest: float | None, highest: float | None, language: str
) -> Picture | None:
    """Lines from before to after on one scale: that of the instrument, or of what was seen. None without lines."""
    if not lines:
        return None
    values = [value for line in lines for value in (line.before, line.after)]
    low = min(values) if lowest is None else lowest
    high = max(values) if highest is None else highest
    high = high if high > low else low + 1
    scale = _Scale(low, high)
    marks = [Mark(path(((x, _TOP), (x, _BOTTOM)))) for x in (_LEFT, _RIGHT)]
    for line in lines:
        ends = ((_LEFT, scale.height(line.before)), (_RIGHT, scale.height(line.after)))
        marks.append(Mark(path(ends), is_thick=line.is_thick))
        marks += [Mark(circle(x, y, 3.5)) for x, y in ends]
    thick = next((line for line in lines if line.is_thick), None)
    words = [
        Word(shown(_LEFT), "18", label("mean_before", language), is_bold=True),
        Word(shown(_RIGHT), "18", label("mean_after", language), is_bold=True),
    ]
    for value, y in ((low, _BOTTOM), (high, _TOP)):
        words.append(Word("10", shown(y + 4), short_number(value, language), "start"))
    if thick is not None:
        places = ((thick.before, _LEFT - 8, "end"), (thick.after, _RIGHT + 8, "start"))
        for value, x, anchor in places:
            height = shown(scale.height(value) + 4)
            words.append(Word(shown(x), height, short_number(value, language), anchor, is_bold=True))
    return Picture(title, _lines_about(lines, language), WIDTH, _HEIGHT, tuple(marks), tuple(words))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def height(self, value: float) -> float:
        return _BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)


def _lines_about(lines: Sequence[Line], language: str) -> str:
    told = [
        _("%(name)s dari %(before)s menjadi %(after)s")
        % {
            "name": line.name,
            "before": short_number(line.before, language),
            "after": short_number(line.after, language),
        }
        for line in lines
    ]
    return "; ".join(told)


def intervals(title: str, rows: Sequence[Interval], language: str) -> Picture | None:
    """Values with their intervals under each other, on one scale that holds nought. None without rows."""
    if not rows:
        return None
    low, high = min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows))
    room = (high - low) or 1.0

    def place(value: float) -> float:
        return _EDGE + (value - low) / room * (WIDTH - 2 * _EDGE)

    height = _FIRST + _ROW * len(rows)
    marks = [Mark(path(((place(0), 6), (place(0), height - 18))), is_dashed=True)]
    words = [Word(shown(min(max(place(0), 20), WIDTH - 20)), shown(height - 4), "0")]
    for number, row in enumerate(rows):
        y = _FIRST + number * _ROW
        marks.append(Mark(path(((place(row.low), y), (place(row.high), y))), is_thick=True))
        marks += [Mark(path(((place(end), y - 4), (place(end), y + 4)))) for end in (row.low, row.high)]
        marks.append(Mark(diamond(place(row.at), y, 6)))
        told = f"{wrapped(row.name, _LONGEST_NAME)[0]}: {short_number(row.at, language)}"
        words.append(Word(shown(_EDGE + 8), shown(y - 10), told, "start"))
    about = "; ".join(
        _("%(name)s %(at)s, dari %(low)s sampai %(high)s")
        % {
            "name": row.name,
            "at": short_number(row.at, language),
            "low": short_number(row.low, language),
            "high": short_number(row.high, language),
        }
        for row in rows
    )
    return Picture(title, about, WIDTH, height, tuple(marks), tuple(words))


def short_number(value: float, language: str) -> str:
    """With two decimals, or none where it is whole."""
    told = written("", value, language)
    comma = "." if language.startswith("en") else ","
    return told.removesuffix(f"{comma}00")
