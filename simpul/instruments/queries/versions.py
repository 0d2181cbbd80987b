"""Two versions of an instrument beside each other, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.catalogue.instruments import Instrument, Likeness, comparable
from simpul.catalogue.text import Text


@dataclass(frozen=True)
class Compared:
    """One item or aspect: its name, whether it may be compared, and why not."""

    title: str
    is_same: bool
    why: str


@dataclass(frozen=True)
class VersionsPage:
    """What may be compared between two versions."""

    aspects: tuple[Compared, ...]
    items: tuple[Compared, ...]

    @property
    def same_aspects(self) -> int:
        return sum(one.is_same for one in self.aspects)

    @property
    def same_items(self) -> int:
        return sum(one.is_same for one in self.items)


def versions_page(old: Instrument, new: Instrument) -> VersionsPage:
    """Both versions, item by item and aspect by aspect."""
    found = comparable(old, new)
    questions = {item.code: item.question for one in (old, new) for item in one.items}
    titles = {domain.code: domain.title for one in (old, new) for domain in one.domains}
    return VersionsPage(
        tuple(_compared(one, titles) for one in found.domains if one.because != ("not_scored",)),
        tuple(_compared(one, questions) for one in found.items),
    )


def _compared(one: Likeness, names: Mapping[str, Text]) -> Compared:
    title = names[one.code].in_language(get_language() or "id")
    return Compared(title, one.is_same, "; ".join(reason_words(code) for code in one.because))


def reason_words(code: str) -> str:
    """Why an item or an aspect may not be compared."""
    return {
        "instrument": _("instrumennya berbeda"),
        "added": _("baru ada di versi yang lebih baru"),
        "removed": _("tidak ada lagi di versi yang lebih baru"),
        "kind": _("jenis jawabannya berubah"),
        "levels": _("tingkatnya berubah"),
        "level_words": _("kata-kata tingkatnya berubah"),
        "reversed": _("arah hitungnya berubah"),
        "wording": _("kata-kata pertanyaannya berubah"),
        "method": _("cara menghitungnya berubah"),
        "fewest": _("jumlah jawaban yang diperlukan berubah"),
        "direction": _("arti tinggi dan rendahnya berubah"),
        "items": _("butirnya tidak sama"),
        "not_scored": _("tidak dinilai"),
    }[code]
