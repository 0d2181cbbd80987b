"""What happened to a listing: confirmed, its room told, changed part by part. The newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from simpul.services.models import Confirmation, Revision, Service
from simpul.services.queries.parts import PARTS
from simpul.services.queries.values import said
from simpul.services.stages import Listing

_MOST = 200


@dataclass(frozen=True, slots=True)
class Differing:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the history."""

    at: datetime
    by_name: str
    title: str
    fields: tuple[Differing, ...] = ()


def history_of(service: Service) -> list[Happening]:
    """The latest two hundred entries. Two queries."""
    confirmed = Confirmation.objects.filter(service=service).order_by("-at")[:_MOST]
    revised = Revision.objects.filter(service=service).order_by("-at")[:_MOST]
    told = [*map(_confirmation, confirmed), *map(_revision, revised)]
    return list(islice(sorted(told, key=lambda one: one.at, reverse=True), _MOST))


def _confirmation(row: Confirmation) -> Happening:
    title = _("Tempat kosong diperbarui") if row.is_room_only else _("Dipastikan: masih sesuai")
    if row.free is None:
        return Happening(row.at, row.by_name, title)
    of = f" / {row.capacity}" if row.capacity is not None else ""
    return Happening(row.at, row.by_name, title, (Differing(_("Tempat kosong"), "", f"{row.free}{of}"),))


def _revision(row: Revision) -> Happening:
    part = PARTS.get(row.part)
    if part is None:
        return Happening(row.at, row.by_name, _others().get(row.part, row.part), _plain(row))
    fields = tuple(
        Differing(
            str(field.label),
            ", ".join(said(field, row.before[field.name])) or "–",
            ", ".join(said(field, row.after.get(field.name))) or "–",
        )
        for field in part.fields
        if field.name in row.before
    )
    return Happening(row.at, row.by_name, _("Diubah: %(part)s") % {"part": part.title}, fields)


def _others() -> dict[str, str]:
    return {
        "listing": _("Keadaan layanan"),
        "places": _("Tempat"),
        "areas": _("Wilayah yang dilayani"),
        "hours": _("Jam buka"),
    }


def _plain(row: Revision) -> tuple[Differing, ...]:
    """Rows are kept as words already; the state of a listing as its code."""
    labels = {code: str(words) for code, words in Listing.choices}

    def words(value: Any) -> str:
        told = value if isinstance(value, list) else [value] if value else []
        return ", ".join(str(labels.get(one, one)) for one in told) or "–"

    names = sorted({*row.before, *row.after})
    return tuple(
        Differing(_others().get(row.part, ""), words(row.before.get(name)), words(row.after.get(name)))
        for name in names
    )
