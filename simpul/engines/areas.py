"""How far a body serves, and which office registers it: from the codes of the regions it serves.

A code is a province ("21"), a kabupaten/kota ("21.02"), a kecamatan ("21.02.10") or a village ("21.02.10.2003");
a code above a village means that region as a whole. Rule of the six levels: Pedoman Klasifikasi Organisasi
Sosial (Depsos 2008); rule of the office: Permensos 184/2011.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from simpul.engines.reasons import Answer, Finding

# From the narrowest to the widest.
LEVELS = ("village", "district", "regency", "province", "regional", "national")
AUTHORITIES = ("regency", "province", "ministry")

_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_PROVINCE, _REGENCY, _DISTRICT, _VILLAGE = 1, 2, 3, 4
_KINDS = {_PROVINCE: "province", _REGENCY: "regency", _DISTRICT: "district", _VILLAGE: "village"}


@dataclass(frozen=True)
class Served:
    """The regions served, each once, without those that lie within another one that is served as a whole.

    `inside` says of each region left out within which it lies.
    """

    codes: tuple[str, ...]
    inside: tuple[tuple[str, str], ...]

    @cached_property
    def above(self) -> dict[int, frozenset[str]]:
        """By depth, the distinct regions of that depth that are served wholly or in part."""
        return {
            depth: frozenset(_cut(code, depth) for code in self.codes if _depth(code) >= depth)
            for depth in _KINDS
        }

    def whole(self, depth: int) -> tuple[str, ...]:
        """The regions of that depth declared as a whole."""
        return tuple(code for code in self.codes if _depth(code) == depth)


def served(codes: Collection[str]) -> Served:
    """The regions behind these codes. Raises ValueError for what is not a code."""
    for code in codes:
        if not _CODE.fullmatch(code):
            raise ValueError(f"{code!r} is not the code of a region; one looks like 21.02 or 21.02.10.2003.")
    declared = frozenset(codes)
    within = {code: _declared_above(code, declared) for code in sorted(declared)}
    return Served(
        codes=tuple(code for code, outer in within.items() if not outer),
        inside=tuple((code, outer) for code, outer in within.items() if outer),
    )


def half_of(provinces: int) -> int:
    """How many provinces are half of them, rounded up; at least two, since one alone is never "more than one"."""
    return max(2, -(-provinces // 2))


def level(codes: Collection[str], *, provinces: int) -> Finding:
    """The area level: one of LEVELS, or not known where nothing is served.

    `provinces` is how many the country has in the code list of that date. Parts: a Finding of kind "area_rule" for
    every level from the widest down to the one that fits, then what each region adds. Raises ValueError for a code
    that is none, or a country without provinces.
    """
    if provinces < 1:
        raise ValueError("A country has at least one province.")
    area = served(codes)
    counts = {f"{kind}_count": len(area.above[depth]) for depth, kind in _KINDS.items()}
    values = {**counts, "provinces": provinces, "half": half_of(provinces), **_declared(area)}
    if not area.codes:
        return Finding(Answer.UNKNOWN, "area_level", values=values)
    rules: list[Finding] = []
    for rule in _rules(area, provinces):
        rules.append(rule)
        if rule.answer is Answer.YES:
            break
    return Finding(rules[-1].about, "area_level", values=values, parts=(*rules, *_regions(area)))


def authority(codes: Collection[str]) -> Finding:
    """The office that registers: one of AUTHORITIES with its `region`, or not known where nothing is served.

    The region is "21.02", "21", or empty for the ministry. Raises ValueError for a code that is none.
    """
    area = served(codes)
    provinces, regencies = area.above[_PROVINCE], area.above[_REGENCY]
    values = {"province_count": len(provinces), "regency_count": len(regencies), **_declared(area)}
    if not area.codes:
        return Finding(Answer.UNKNOWN, "authority", values=values)
    answer, region = "regency", next(iter(regencies), "")
    if len(provinces) > 1:
        answer, region = "ministry", ""
    elif len(regencies) > 1 or area.whole(_PROVINCE):
        answer, region = "province", next(iter(provinces))
    counted = (
        Finding(len(provinces), "authority_counts", "province", {"regions": tuple(sorted(provinces))}),
        Finding(len(regencies), "authority_counts", "regency", {"regions": tuple(sorted(regencies))}),
    )
    return Finding(
        answer, "authority", values={**values, "region": region}, parts=(*counted, *_regions(area))
    )


def _rules(area: Served, provinces: int) -> tuple[Finding, ...]:
    """Every level from the widest to the narrowest: whether its own rule is met, by which count or which region."""
    count = {depth: len(area.above[depth]) for depth in _KINDS}
    half = half_of(provinces)
    return (
        _rule("national", "province", count[_PROVINCE], half, ()),
        _rule("regional", "province", count[_PROVINCE], 2, ()),
        _rule("province", "regency", count[_REGENCY], 2, area.whole(_PROVINCE)),
        _rule("regency", "district", count[_DISTRICT], 2, area.whole(_REGENCY)),
        _rule("district", "village", count[_VILLAGE], 2, area.whole(_DISTRICT)),
        _rule("village", "village", count[_VILLAGE], 1, ()),
    )


def _rule(about: str, counts: str, count: int, needed: int, whole: tuple[str, ...]) -> Finding:
    """A region served as a whole is more than one of the next kind below it."""
    met = Answer.of(count >= needed or bool(whole))
    return Finding(met, "area_rule", about, {"of": counts, "count": count, "needed": needed, "whole": whole})


def _regions(area: Served) -> tuple[Finding, ...]:
    counted = tuple(Finding(Answer.YES, "area_served", code, {"of": _kind(code)}) for code in area.codes)
    return counted + tuple(
        Finding(Answer.NO, "area_inside", code, {"of": _kind(code), "inside": outer})
        for code, outer in area.inside
    )


def _declared(area: Served) -> dict[str, tuple[str, ...]]:
    return {f"whole_{_KINDS[depth]}": area.whole(depth) for depth in (_PROVINCE, _REGENCY, _DISTRICT)}


def _declared_above(code: str, declared: frozenset[str]) -> str:
    """The widest region declared in which this one lies; empty where none."""
    return next((_cut(code, depth) for depth in range(1, _depth(code)) if _cut(code, depth) in declared), "")


def _depth(code: str) -> int:
    return code.count(".") + 1


def _kind(code: str) -> str:
    return _KINDS[_depth(code)]


def _cut(code: str, depth: int) -> str:
    return ".".join(code.split(".")[:depth])
