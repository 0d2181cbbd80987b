"""Drawings in templates: a drawing of the people around a client with the legend of its signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template import Library
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.cases.queries.drawings import Drawing
from simpul.ui.drawings import circle, diamond, path, square

register = Library()
# The room of one sign in the legend.
_WIDTH, _HEIGHT = 44, 24
_LEVEL = ((4, 12), (40, 12))


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a drawing, and what it means."""

    words: Promise
    path: str
    is_dashed: bool = False
    is_thick: bool = False


SIGNS = {
    "man": Sign(_("laki-laki"), square(22, 12, 9)),
    "woman": Sign(_("perempuan"), circle(22, 12, 9)),
    "unknown_sex": Sign(_("jenis kelamin belum diketahui"), diamond(22, 12, 10)),
    "someone": Sign(_("orang"), "M14 4h16a8 8 0 0 1 0 16h-16a8 8 0 0 1 0 -16Z"),
    "body": Sign(_("lembaga atau layanan"), path(((5, 4), (39, 4), (39, 20), (5, 20)), is_closed=True)),
    "community": Sign(
        _("lingkungan, kelompok, atau tempat ibadah"),
        path(((10, 4), (34, 4), (40, 12), (34, 20), (10, 20), (4, 12)), is_closed=True),
    ),
    "client": Sign(_("garis ganda: penerima manfaat"), f"{circle(22, 12, 10)} {circle(22, 12, 6)}"),
    "died": Sign(_("sudah meninggal"), f"{path(((14, 4), (30, 20)))} {path(((30, 4), (14, 20)))}"),
    "lives_with": Sign(
        _("tinggal serumah dengan penerima manfaat"),
        path(((4, 4), (40, 4), (40, 20), (4, 20)), is_closed=True),
        is_dashed=True,
    ),
    "partner_of": Sign(_("pasangan"), path(((4, 6), (4, 16), (40, 16), (40, 6)))),
    "former_partner_of": Sign(
        _("pernah menjadi pasangan"),
        f"{path(((4, 6), (4, 16), (40, 16), (40, 6)))} {path(((17, 21), (23, 11)))} {path(((22, 21), (28, 11)))}",
    ),
    "parent_of": Sign(
        _("orang tua, garis turun ke anak"),
        path(((22, 3), (22, 12), (6, 12), (6, 21), (6, 12), (38, 12), (38, 21))),
    ),
    "sibling_of": Sign(_("saudara kandung"), path(((6, 20), (6, 6), (38, 6), (38, 20)))),
    "cares_for": Sign(_("garis tebal: mengasuh atau merawat"), path(_LEVEL), is_thick=True),
    "supports": Sign(_("garis biasa: mendukung"), path(_LEVEL)),
    "strained": Sign(
        _("garis berliku: hubungan tegang"),
        path(((4, 12), (9, 6), (15, 18), (21, 6), (27, 18), (33, 6), (40, 12))),
    ),
    "broken": Sign(
        _("garis terputus: hubungan terputus"),
        f"{path(((4, 12), (18, 12)))} {path(((18, 5), (18, 19)))} {path(((26, 5), (26, 19)))} {path(((26, 12), (40, 12)))}",
    ),
}


@register.inclusion_tag("cases/_drawing.html")
def drawing(picture: Drawing, name: str, title: str, about: str) -> dict[str, Any]:
    """A drawing as SVG. `name` makes its ids; `about` tells in words what it shows."""
    legend = [sign for code, sign in SIGNS.items() if code in picture.signs]
    return {"picture": picture, "name": name, "title": title, "about": about, "legend": legend}
