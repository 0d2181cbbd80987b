"""Why two records look like one person: each thing compared as a bar, from where everybody starts to the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.duplicates.models import Pair
from simpul.people.queries import agreement_words
from simpul.ui.drawings import path

# What only the comparison of a whole register tells apart.
_IN_WORDS: dict[tuple[str, str], Promise] = {
    ("born", "near"): gettext_lazy("tanggal lahir beda dua angka"),
    ("nik", "one_slip"): gettext_lazy("NIK beda satu angka atau dua angka tertukar"),
    ("nik", "two_slips"): gettext_lazy("NIK beda dua angka"),
    ("mother", "faintly_alike"): gettext_lazy("nama ibu agak mirip"),
    ("sex", "same"): gettext_lazy("jenis kelamin sama"),
    ("kin", "twins"): gettext_lazy("mungkin saudara kembar: lahir dan ibu sama, nama lain"),
    ("kin", "near_twins_by_number"): gettext_lazy("NIK mirip karena lahir pada hari dan kabupaten yang sama"),
    ("kin", "near_twins"): gettext_lazy("mungkin saudara kembar: lahir dan ibu sama, nama mirip"),
    ("kin", "twins_of_village"): gettext_lazy("mungkin saudara kembar: lahir dan desa sama, nama lain"),
    ("kin", "siblings"): gettext_lazy("mungkin kakak dan adik: ibu sama, nama lain"),
}
# From how many bits a thing speaks strongly, clearly, or a little: a bit doubles the odds.
_STRONG, _CLEAR, _FAINT = 8.0, 3.0, 0.5
WIDTH, ROW, _EDGE = 600, 30, 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing compared. `path` is its bar in the drawing, which begins where the one before ended."""

    words: str
    strength: str
    speaks: str
    bits: float
    path: str


@dataclass(frozen=True)
class Waterfall:
    """All bars, and how high the drawing is; `zero` is the line beyond which one person is likelier than two."""

    bars: tuple[Bar, ...]
    height: int
    zero: str
    percent: int


def waterfall(pair: Pair) -> Waterfall:
    """The bars in the order of their weight, the start first and the sum last."""
    lines = list(_lines(pair))
    sums, total = [(0.0, pair.start)], pair.start
    for _words, bits in lines:
        sums.append((total, total + bits))
        total += bits
    sums.append((0.0, total))
    least, most = min(min(pair_) for pair_ in sums), max(max(pair_) for pair_ in sums)
    scale = (WIDTH - 2 * _EDGE) / max(most - least, 1.0)
    told = [(_("Titik awal: dua catatan sembarang hampir selalu dua orang"), pair.start), *lines]
    told.append((_("Seluruhnya"), total))
    bars = tuple(
        Bar(words, _strength(bits), _speaks(bits), bits, _bar(number, ends, least, scale))
        for number, ((words, bits), ends) in enumerate(zip(told, sums, strict=True))
    )
    zero = path([(_EDGE - least * scale, 0), (_EDGE - least * scale, len(bars) * ROW)])
    # Never certain: a person decides.
    return Waterfall(bars, len(bars) * ROW, zero, min(99, int(pair.probability * 100)))


def in_words(about: str, how: str) -> str:
    """How one thing agrees; empty where it says nothing."""
    return str(_IN_WORDS.get((about, how), "") or agreement_words(about, how))


def _lines(pair: Pair) -> Iterator[tuple[str, float]]:
    for about, how, bits in sorted(pair.parts, key=lambda part: -abs(part[2])):
        if words := in_words(about, how):
            yield words, bits


def _bar(number: int, ends: tuple[float, float], least: float, scale: float) -> str:
    start, end = (_EDGE + (value - least) * scale for value in sorted(ends))
    top, bottom = number * ROW + 6, (number + 1) * ROW - 6
    # A line where nothing is added, or it would not be seen at all.
    end = max(end, start + 2)
    return path([(start, top), (end, top), (end, bottom), (start, bottom)], is_closed=True)


def _strength(bits: float) -> str:
    size = abs(bits)
    if size < _FAINT:
        return _("tidak berpengaruh")
    if bits > 0:
        words = (_("sangat mendukung"), _("mendukung"), _("sedikit mendukung"))
    else:
        words = (_("sangat menentang"), _("menentang"), _("sedikit menentang"))
    return words[0] if size >= _STRONG else words[1] if size >= _CLEAR else words[2]


def _speaks(bits: float) -> str:
    return "open" if abs(bits) < _FAINT else "yes" if bits > 0 else "no"
