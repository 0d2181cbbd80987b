"""Words that give a secret place away: free text about a safe house is told to everybody only without them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from simpul.organisations.models import Organisation
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.places.models import DISTRICT_SIGNS, PROVINCE_SIGNS
from simpul.places.queries import names_of

_WORD = re.compile(r"[^\W_]+")
# Words of addresses and names of places that many share, so that they lead nowhere by themselves.
_OF_MANY = frozenset(
    _WORD.findall("""
    jalan jln jl gang gg lorong blok komplek kompleks perumahan nomor no rt rw dusun kampung desa kelurahan kel
    kecamatan kec kabupaten kab kota provinsi prov kode pos indonesia lantai gedung ruko samping depan belakang
    dekat dan di ke dari yang barat timur utara selatan tengah baru lama besar kecil atas bawah dalam luar
""")
)
_SHORTEST = 3


def tells_place(organisation: Organisation, text: str) -> bool:
    """Whether a text names the village, the kecamatan or a word of the address of a body whose place is secret.

    Rather once too often than too seldom: what is held back can be written anew without the name.
    """
    return bool(text) and is_place_secret(organisation) and telling(organisation)(text)


def open_text(organisation: Organisation, text: str) -> str:
    """The text as everybody may read it; empty where it would give a secret place away."""
    return "" if tells_place(organisation, text) else text


def telling(organisation: Organisation, former: Collection[tuple[str, str]] = ()) -> Callable[[str], bool]:
    """The question of `tells_place` for many texts of one body, its names read once, whatever it is now.

    `former` are regions and addresses where it was before: an older text names these.
    """
    places = {(str(organisation.region), str(organisation.address)), *former}
    secrets = frozenset[str]().union(*(_secrets(region, address) for region, address in places))

    def tells(text: str) -> bool:
        words = _words(text)
        said = f" {' '.join(words)} "
        return any(f" {secret} " in said or secret.replace(" ", "") in words for secret in secrets)

    return tells


def _secrets(code: str, address: str) -> frozenset[str]:
    """The names, and each telling word of them and of the address, but nothing of what is told anyhow."""
    near = {code[:DISTRICT_SIGNS], code} - {code[:TOLD_SIGNS]}
    wide = {code[:PROVINCE_SIGNS], code[:TOLD_SIGNS]}
    places = names_of(near | wide)
    told = {word for one in wide if one in places for word in _words(places[one].name)}
    names = [_words(places[one].name) for one in near if one in places]
    phrases = {" ".join(word for word in name if not _is_kind(word)) for name in names}
    singles = {word for part in (*names, _words(address)) for word in part}
    leading = {word for word in singles if len(word) >= _SHORTEST and not word.isdigit()}
    return frozenset((phrases | (leading - _OF_MANY)) - told - {""})


def _is_kind(word: str) -> bool:
    return word in {"desa", "kelurahan", "kel", "kecamatan", "kec"}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
