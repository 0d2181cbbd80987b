"""Two workers on one person: what differs, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.refusal import Clash
from simpul.engines.rules import DateRange
from simpul.people.models import Person


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed meanwhile: its name, their value and mine, in words."""

    name: str
    theirs: str
    mine: str

    @property
    def label(self) -> str:
        return _field_words(self.name)


class EditClash(Clash):
    """Somebody saved this person in between; every field that differs is named."""

    def __init__(self, person: Person, differences: list[Difference]) -> None:
        self.person, self.differences = person, differences
        first = differences[0] if differences else Difference("", "", "")
        super().__init__(_field_words(first.name), first.theirs, first.mine)


def _differences(current: Person, changes: Mapping[str, Any]) -> list[Difference]:
    found = []
    for name, mine in changes.items():
        theirs = getattr(current, name, None) if name != "mother" else mine
        if (theirs or "") != (mine or ""):
            found.append(Difference(name, _in_words(name, theirs), _in_words(name, mine)))
    return found


def _in_words(name: str, value: Any) -> str:
    # A clash is no way around the mask: numbers are not repeated in messages.
    if name in ("nik", "phone"):
        return _("(disembunyikan)") if value else _("(kosong)")
    if isinstance(value, DateRange):
        return f"{value.earliest:%d-%m-%Y} … {value.latest:%d-%m-%Y}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return str(value) if value else _("(kosong)")


def _field_words(name: str) -> str:
    words = {
        "name": _("Nama"),
        "called": _("Nama panggilan"),
        "sex": _("Jenis kelamin"),
        "born": _("Tanggal lahir"),
        "nik": _("NIK"),
        "phone": _("Nomor telepon"),
        "region": _("Wilayah"),
        "relation_to_head": _("Hubungan dengan kepala keluarga"),
    }
    return words.get(name, _("Data orang ini"))
