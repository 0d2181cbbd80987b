"""Until when each listing should be confirmed, as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.utils.translation import gettext as _

from simpul.catalogue.services import norms
from simpul.services.models import Service
from simpul.services.queries.open_words import open_name

# A line holds 75 octets: a name is cut so that none has to be folded.
_MOST = 28
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": " ", "\r": ""})


def calendar_of(services: Iterable[Service]) -> str:
    """An entry on the last day of each confirmed listing, with the reminders of the norms before it.

    The same listings give the same file, so that a calendar follows it. They come with their organisation.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Simpul//Simpul//ID", "CALSCALE:GREGORIAN"]
    for service in services:
        lines += _entry(service)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"])


def _entry(service: Service) -> list[str]:
    if service.confirmed_on is None:
        return []
    last = service.confirmed_on + timedelta(days=norms().unconfirmed_days)
    words = _("Pastikan layanan: %(name)s") % {"name": _cut(open_name(service))}
    said = words.translate(_ESCAPED)
    reminders = (
        ("BEGIN:VALARM", f"TRIGGER:-P{days}D", "ACTION:DISPLAY", f"DESCRIPTION:{said}", "END:VALARM")
        for days in norms().remind_before_days
    )
    return [
        "BEGIN:VEVENT",
        f"UID:{service.pk}@simpul",
        f"DTSTAMP:{service.modified_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{service.version - 1}",
        f"DTSTART;VALUE=DATE:{last:%Y%m%d}",
        f"SUMMARY:{said}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        *(line for reminder in reminders for line in reminder),
        "END:VEVENT",
    ]


def _cut(name: str) -> str:
    return name if len(name) <= _MOST else f"{name[: _MOST - 1].rstrip()}…"
