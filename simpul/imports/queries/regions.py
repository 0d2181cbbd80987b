"""Where somebody of a list lives: by code, or by the names of village, kecamatan and kabupaten as lists write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.imports.queries.days import Wrong
from simpul.places import queries as places
from simpul.places.models import CODE_SIGNS, Kind, Level, Region

# The fields of a file that name a place, from the widest to the narrowest.
LEVELS = (
    ("province", Level.PROVINCE),
    ("regency", Level.REGENCY),
    ("district", Level.DISTRICT),
    ("village", Level.VILLAGE),
)
NAMES = tuple(name for name, _level in LEVELS)
_KIND_WORD = re.compile(
    r"^(?:provinsi|propinsi|prov|kabupaten|kab|kota administrasi|kota adm|kota|kecamatan|kec|kelurahan|kel|desa|ds)\b\.?\s*",
    re.IGNORECASE,
)
_CITY = re.compile(r"^kota\b", re.IGNORECASE)
_CLOSE = 0.84


class Places:
    """Finds regions by what a list writes. Only those of the areas given; of all where none is."""

    def __init__(self, areas: Collection[str], default: str = "") -> None:
        self.default = default
        self._codes: dict[int, dict[str, list[str]]] = {level: defaultdict(list) for level in Level.values}
        self._cities: set[str] = set()
        self._all: set[str] = set()
        self._memo: dict[tuple[str, ...], str | Wrong] = {}
        # What was read otherwise than it was written, for the picture: "Pangkee" is taken for "Pangke".
        self.corrected: dict[str, str] = {}
        rows = Region.objects.filter(valid_to=None)
        if areas:
            inside = Q()
            for area in areas:
                above = [area[:signs] for signs in CODE_SIGNS if signs <= len(area)]
                inside |= Q(code__startswith=f"{area}.") | Q(code__in=above)
            rows = rows.filter(inside)
        for code, level, kind, name in rows.values_list("code", "level", "kind", "search_name"):
            self._codes[level][name].append(code)
            self._all.add(code)
            if kind == Kind.CITY:
                self._cities.add(code)

    def found(self, code: str, names: tuple[str, ...]) -> str:
        """The code of the region; the default where nothing is written. Raises Wrong."""
        key = (code, *names)
        held = self._memo.get(key)
        if held is None:
            try:
                held = self._by_code(code) if code else self._by_names(names)
            except Wrong as wrong:
                held = wrong
            self._memo[key] = held
        if isinstance(held, Wrong):
            raise held
        return held

    def _by_code(self, code: str) -> str:
        digits = re.sub(r"\D", "", code.removesuffix(".0"))
        parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
        dotted = ".".join(part for part in parts if part)
        if dotted in self._all:
            return dotted
        renewed = places.named(dotted) if len(dotted) in CODE_SIGNS else None
        if renewed is None:
            raise Wrong(
                _("kode wilayah %(code)s tidak dikenal; pakai kode Kemendagri, bukan kode BPS")
                % {"code": code[:20]}
            )
        return renewed.code

    def _by_names(self, names: tuple[str, ...]) -> str:
        if not any(names):
            return self.default
        above: list[str] = []
        for written, (_name, level) in zip(names, LEVELS, strict=True):
            if written:
                above = self._narrowed(written, level, above)
        if len(above) > 1:
            raise Wrong(
                _("ada beberapa wilayah bernama “%(name)s”; tambahkan kolom kecamatan atau kabupatennya")
                % {"name": next(name for name in reversed(names) if name)[:40]}
            )
        return above[0]

    def _narrowed(self, written: str, level: int, above: list[str]) -> list[str]:
        wanted = places.searched(_KIND_WORD.sub("", written.strip())) or places.searched(written)
        known = self._codes[level]
        codes = _within(known.get(wanted, ()), above)
        if not codes:
            codes = self._close(written, wanted, level, above)
        if level == Level.REGENCY and len(codes) > 1:
            # Bogor is a kota and a kabupaten; the word before it tells which.
            cities = [code for code in codes if code in self._cities]
            codes = cities if _CITY.match(written) else [code for code in codes if code not in cities]
        if not above and len(codes) > 1:
            codes = self._near(codes)
        if not codes:
            raise Wrong(
                _("wilayah “%(name)s” tidak ditemukan di wilayah kerja Anda; periksa ejaannya")
                % {"name": written[:40]}
            )
        return codes

    def _close(self, written: str, wanted: str, level: int, above: list[str]) -> list[str]:
        """A slip of the pen, where only one place nearby is meant."""
        inside = above or ([self.default] if self.default else [])
        known = {name for name, codes in self._codes[level].items() if _within(codes, inside)}
        close = get_close_matches(wanted, known, n=2, cutoff=_CLOSE) if inside else []
        codes = _within(self._codes[level][close[0]], inside) if close else []
        if codes:
            self.corrected[written] = close[0].capitalize()
        return codes

    def _near(self, codes: list[str]) -> list[str]:
        """Of several of that name, those in the area that the list is about; the narrowest that holds one."""
        for signs in sorted(CODE_SIGNS, reverse=True):
            if len(self.default) >= signs and (near := _within(codes, [self.default[:signs]])):
                return near
        return codes


def _within(codes: Iterable[str], above: Collection[str]) -> list[str]:
    if not above:
        return list(codes)
    return [code for code in codes if any(code == one or code.startswith(f"{one}.") for one in above)]
