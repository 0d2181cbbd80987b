"""To which area and body somebody narrowed the work lists, from what they typed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.desk.queries.found_names import BODIES
from simpul.desk.queries.quality_seen import Scope
from simpul.engines.matching.letters import Found, words_of
from simpul.organisations.queries.bodies import named
from simpul.organisations.queries.public import place_of

_LONGEST = 100
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was typed, what it was taken for, and what was not found. Places and bodies may stand in addresses."""

    di: str
    lembaga: str
    scope: Scope
    told: str = ""
    missed: str = ""
    # Other bodies that the words find as well, the best first, and how many are not named.
    others: tuple[str, ...] = ()
    more: int = 0

    @property
    def address(self) -> str:
        """The same once more for the lists behind the numbers."""
        typed = {"di": self.di, "lembaga": self.lembaga}
        return urlencode({name: words for name, words in typed.items() if words})


def narrowed_by(di: str, lembaga: str) -> Narrowed:
    """The best region and the best body that the words find; nothing narrower where they find none.

    A body called exactly so comes before all others; without one the other bodies are named too, to choose from.
    """
    di, lembaga = di.replace("\0", "")[:_LONGEST].strip(), lembaga.replace("\0", "")[:_LONGEST].strip()
    place = place_of(di, "").taken if di else None
    found: Found[UUID] = BODIES.letters().find(lembaga, limit=_MOST_NAMED) if lembaga else Found((), 0)
    known, asked = named(found.keys), set(words_of(lembaga))
    # A name that has the very words comes before one that has longer words, however rare those are.
    best = sorted(
        (key for key in found.keys if key in known), key=lambda key: not asked <= set(words_of(known[key]))
    )
    names = {key: known[key] for key in best}
    exact = [key for key, name in names.items() if name.casefold() == lembaga.casefold()]
    body = next(iter((*exact, *names)), None)
    others = () if exact else tuple(name for key, name in names.items() if key != body)
    told = [str(place) if place else "", names[body] if body else ""]
    missed = ""
    if di and place is None:
        missed = _("Wilayah itu tidak ditemukan. Coba nama kecamatan, kabupaten, atau kotanya.")
    elif lembaga and body is None:
        missed = _("Lembaga itu tidak ditemukan. Periksa ejaannya.")
    scope = Scope(place.code if place else "", body)
    words, more = " · ".join(one for one in told if one), 0 if exact else found.count - len(names)
    return Narrowed(di, lembaga, scope, words, missed, others, more)
