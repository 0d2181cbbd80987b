"""To which area and body somebody narrowed the work lists, from what they typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from simpul.desk.queries.found_names import BODIES
from simpul.desk.queries.quality_seen import Scope
from simpul.organisations.queries.bodies import name_of
from simpul.organisations.queries.public import place_of

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was typed, what it was taken for, and what was not found. Places and bodies may stand in addresses."""

    di: str
    lembaga: str
    scope: Scope
    told: str = ""
    missed: str = ""

    @property
    def address(self) -> str:
        """The same once more for the lists behind the numbers."""
        typed = {"di": self.di, "lembaga": self.lembaga}
        return urlencode({name: words for name, words in typed.items() if words})


def narrowed_by(di: str, lembaga: str) -> Narrowed:
    """The best region and the best body that the words find; nothing narrower where they find none."""
    di, lembaga = di.replace("\0", "")[:_LONGEST].strip(), lembaga.replace("\0", "")[:_LONGEST].strip()
    place = place_of(di, "").taken if di else None
    bodies = BODIES.letters().find(lembaga, limit=1).keys if lembaga else ()
    body = bodies[0] if bodies else None
    told = [str(place) if place else "", name_of(body)]
    missed = ""
    if di and place is None:
        missed = _("Wilayah itu tidak ditemukan. Coba nama kecamatan, kabupaten, atau kotanya.")
    elif lembaga and body is None:
        missed = _("Lembaga itu tidak ditemukan. Periksa ejaannya.")
    scope = Scope(place.code if place else "", body)
    return Narrowed(di, lembaga, scope, " · ".join(one for one in told if one), missed)
