"""Tasks as a calendar file (RFC 5545): days and case numbers, never a name or a word about anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta

from django.utils.translation import gettext as _

from simpul.cases.models import Task

# A line holds at most this many octets; what is longer goes on in the next, after one space (RFC 5545, 3.1).
_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_of(tasks: Iterable[Task]) -> str:
    """All-day entries, one for each task. The same tasks give the same file, so that a calendar follows it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Simpul//Simpul//ID", "CALSCALE:GREGORIAN"]
    for task in tasks:
        lines += _entry(task)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _entry(task: Task) -> list[str]:
    words = _("Simpul: %(what)s (kasus %(number)s)") % {
        "what": str(task.get_kind_display()).lower(),
        "number": task.case.number,
    }
    # An entry of one day needs no end, and after the last day that a computer knows there is none.
    ends = [] if task.due_on == date.max else [f"DTEND;VALUE=DATE:{task.due_on + timedelta(days=1):%Y%m%d}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{task.pk}@simpul",
        f"DTSTAMP:{task.at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{task.version - 1}",
        f"DTSTART;VALUE=DATE:{task.due_on:%Y%m%d}",
        *ends,
        f"SUMMARY:{words.translate(_ESCAPED)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, none cut inside a letter."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LINE:
            yield piece
            # The space that begins a piece counts as well.
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece
