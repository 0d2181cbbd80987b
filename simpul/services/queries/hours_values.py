"""What may stand in one row of hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.refusal import fitting
from simpul.catalogue.services import zone_of
from simpul.organisations.queries.secret_words import tells_place
from simpul.services.models import AtPlace, Place, Service
from simpul.services.queries.hours import DAYS, ZONE_WORDS
from simpul.services.queries.parts import Values
from simpul.services.queries.places import standing
from simpul.services.queries.values import ValueWrong
from simpul.services.stages import Frequency

WEEKS = ("1", "2", "3", "4", "-1")
_MOST_INTERVAL = 12


def checked_hours(service: Service, values: Mapping[str, Any]) -> Values:
    """One row as it would be kept. Raises ValueWrong.

    `values`: frequency, days (two letters each), weeks (numbers of the month, "-1" the last), opens_at and
    closes_at (times, both or none), interval, valid_from, valid_to, starts_on, place, words.
    """
    frequency = str(values.get("frequency") or "")
    if frequency not in Frequency.values:
        raise ValueWrong("frequency", _("Pilih berulang setiap minggu atau setiap bulan."))
    by_day = _by_day(frequency, values)
    opens_at, closes_at = _times(values)
    kept: Values = {
        "frequency": frequency,
        "by_day": by_day,
        "interval": _interval(values.get("interval")),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "zone": zone_of(service.region),
        "words": fitting(str(values.get("words") or ""), _("Keterangan"), 300),
        "place": _place(service, values.get("place")),
    }
    kept |= {name: _day(values.get(name)) for name in ("starts_on", "valid_from", "valid_to")}
    _require(service, kept)
    return kept


def _require(service: Service, kept: Values) -> None:
    if kept["interval"] > 1 and kept["starts_on"] is None:
        raise ValueWrong("starts_on", _("Tulis tanggal pertama kali, supaya jelas minggu yang mana."))
    if kept["valid_from"] and kept["valid_to"] and kept["valid_to"] < kept["valid_from"]:
        raise ValueWrong("valid_to", _("Tanggal selesai mendahului tanggal mulai. Periksa kedua tanggalnya."))
    if tells_place(service.organisation, kept["words"]):
        raise ValueWrong("words", _("Keterangan itu menyebut tempat yang dirahasiakan. Tulis ulang."))


def _by_day(frequency: str, values: Mapping[str, Any]) -> str:
    days = [day for day in DAYS if day in (values.get("days") or ())]
    if not days:
        raise ValueWrong("days", _("Pilih paling sedikit satu hari."))
    if frequency == Frequency.WEEKLY:
        return ",".join(days)
    weeks = [week for week in WEEKS if week in (values.get("weeks") or ())]
    if not weeks:
        raise ValueWrong("weeks", _("Pilih minggu ke berapa dalam bulan."))
    return ",".join(f"{week}{day}" for week in weeks for day in days)


def _times(values: Mapping[str, Any]) -> tuple[time | None, time | None]:
    opens, closes = values.get("opens_at"), values.get("closes_at")
    if (opens is None) != (closes is None):
        raise ValueWrong("closes_at", _("Isi jam buka dan jam tutup keduanya, atau kosongkan keduanya."))
    return opens, closes


def _interval(value: Any) -> int:
    interval = value if isinstance(value, int) and not isinstance(value, bool) else 1
    if not 1 <= interval <= _MOST_INTERVAL:
        raise ValueWrong("interval", _("Jarak pengulangan antara 1 dan 12."))
    return interval


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _place(service: Service, value: Any) -> Place | None:
    if not value:
        return None
    row = AtPlace.objects.filter(standing(), service=service, place=UUID(str(value))).first()
    if row is None:
        raise ValueWrong("place", _("Tempat itu tidak ada lagi di layanan ini. Pilih yang lain."))
    place: Place = row.place
    return place


def zone_words(zone: int) -> str:
    """WIB, WITA or WIT."""
    return ZONE_WORDS.get(zone, f"UTC+{zone}")
