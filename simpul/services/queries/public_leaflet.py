"""A leaflet for one village or kecamatan: numbers to call, and what help is near, on one sheet of A4 with a QR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import segno
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue import services as catalogue
from simpul.places.queries import FoundRegion
from simpul.services.queries.public_page import PublicLine, lines_of
from simpul.services.queries.public_search import Wanted, found
from simpul.services.queries.shown import unconfirmed
from simpul.services.stages import Listing
from simpul.ui.templatetags.ui import tanggal
from simpul.ui.typeset import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "services" / "leaflet.typ"
# What fits on one sheet in letters that an older person can read.
MOST = 12
_LONGEST_NAME, _LONGEST_LINE = 50, 160


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of help on the leaflet."""

    kind: str
    lines: tuple[PublicLine, ...]


def leaflet(area: str, on: date, at: datetime) -> tuple[Group, ...]:
    """The nearest services by kind. Paper cannot be called back: only what somebody confirmed lately is on it."""
    rows = found(Wanted(area=area), on, at).exclude(unconfirmed(on) | Q(listing=Listing.PAUSED))
    lines = lines_of(rows[:MOST], area, on, at)
    kinds = dict.fromkeys(line.kind for line in lines)
    return tuple(Group(kind, tuple(line for line in lines if line.kind == kind)) for kind in kinds)


def said_on_leaflet(place: FoundRegion, groups: tuple[Group, ...], address: str, on: date) -> dict[str, Any]:
    """Everything that the sheet says."""
    language = get_language() or "id"
    return {
        "language": language,
        "title": _("Bantuan apa, di mana?"),
        "place": str(place),
        "urgent": _("Dalam bahaya? Telepon sekarang"),
        "numbers": [
            {"dial": number.dial, "title": str(number.title.in_language(language))}
            for number in catalogue.emergencies()
        ],
        "groups": [{"kind": group.kind, "lines": [_said(line) for line in group.lines]} for group in groups],
        "none": _(
            "Belum ada layanan yang tercatat untuk wilayah ini. Tanyakan kepada Dinas Sosial setempat."
        ),
        "more": _("Pindai kode ini atau buka alamatnya untuk melihat semua layanan dan meminta bantuan."),
        "qr_words": _("Kode QR ke direktori layanan"),
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2),
        "made": _("Dibuat %(day)s dari direktori layanan. Telepon dahulu sebelum datang.")
        % {"day": tanggal(on)},
    }


def _said(line: PublicLine) -> dict[str, str]:
    service = line.service
    told = (line.place, line.hours, line.cost)
    return {
        "name": _short(line.name, _LONGEST_NAME),
        "body": _short(str(service.organisation), _LONGEST_NAME),
        "phone": service.phone,
        "told": _short(" · ".join(part for part in told if part), _LONGEST_LINE),
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def leaflet_pdf(place: FoundRegion, groups: tuple[Group, ...], address: str, on: date) -> bytes:
    """The sheet as PDF."""
    return typeset(TEMPLATE, said_on_leaflet(place, groups, address, on))
