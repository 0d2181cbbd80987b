"""What pages ask about places: find one by name, name one by its code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import attrgetter, or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from simpul.access.reach import lies_in, within
from simpul.places.models import CODE_SIGNS, VILLAGE_SIGNS, Level, Region, RegionChange

_NOT_SEARCHED = re.compile(r"[^a-z0-9]")
_CODE = re.compile(r"[\d.]{2,13}")
# Words that say what kind of region is meant; people type them, names rarely hold them.
_KIND_WORDS = frozenset(
    ["prov", "provinsi", "kab", "kabupaten", "kota", "kec", "kecamatan", "desa", "kel", "kelurahan"]
)
# A database refuses a text that holds it; people who try out forms send it.
_NUL = "\0"
_MOST_WORDS = 6
_BEFORE_A_WORD = (" ", "-", "/", "(")
_ORDER = ("level", "search_name", "code")


@dataclass(frozen=True, slots=True)
class FoundRegion:
    """A region as it is shown: its name, and all above it in one line."""

    code: str
    name: str
    kind: str
    parents: str

    def __str__(self) -> str:
        return f"{self.name}, {self.parents}" if self.parents else self.name


@dataclass(frozen=True, slots=True)
class CodeList:
    """Which list of codes is loaded."""

    decree: str
    valid_from: date


def searched(text: str) -> str:
    """A name as it is searched: small letters and digits only, marks and spaces gone."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SEARCHED.sub("", plain.lower())


def find(text: str, limit: int = 10, level: int | None = None, near: str = "") -> list[FoundRegion]:
    """Regions for what somebody is typing, best first: the name begins so, then one of its words begins so.

    Names that hold it only inside a word are found when there are no others. Several words narrow by what
    stands above: "pangke karimun". A code or its beginning is found too. `near` is the code of the area
    where the asker works: what is found there comes first.
    """
    near = near.replace(_NUL, "")
    rows: QuerySet[Any] = Region.objects.filter(valid_to=None)
    if level is not None:
        rows = rows.filter(level=level)
    if _CODE.fullmatch(text.strip()):
        return _shown(rows.filter(code__startswith=text.strip()).order_by("code")[:limit])
    words = [word for word in map(searched, text.split()) if word][:_MOST_WORDS]
    there = lies_in("code", near) if near else Q()
    rows = rows.annotate(is_far=Case(When(there, then=0), default=1) if near else Value(0))
    found: dict[str, Region] = {}
    for attempt in _by_beginning(rows, words):
        _collect(found, attempt[:limit])
        if len(found) >= limit:
            break
    # Reading the whole table is dear, so it is done for the one word being typed, or when all else failed.
    if words and (not found or (len(words) == 1 and len(found) < limit)):
        held = list(_holding(rows, words)[:limit])
        in_a_word = [region for region in held if not region.is_inside]
        _collect(found, in_a_word or ([] if found else held))
    best = sorted(found.values(), key=attrgetter("is_far"))
    return _shown(best[:limit])


def with_chosen(found: list[FoundRegion], code: str) -> list[FoundRegion]:
    """What was found, with the place chosen already in front, so that looking further does not lose it."""
    chosen = named(code) if code else None
    if chosen is None:
        return found
    return [chosen] + [place for place in found if place.code != chosen.code]


def _collect(found: dict[str, Any], regions: Iterable[Any]) -> None:
    for region in regions:
        found.setdefault(region.code, region)


def _by_beginning(rows: QuerySet[Any], words: list[str]) -> Iterator[QuerySet[Any]]:
    """From the surest reading of the words to the widest, each answered by the index."""
    plain = [word for word in words if word not in _KIND_WORDS]
    for said in (words, plain) if plain != words else (words,):
        if not said:
            continue
        whole = "".join(said)
        is_longer = Case(When(search_name=whole, then=0), default=1)
        yield rows.filter(_begins_with(whole)).order_by("is_far", is_longer, *_ORDER)
        for count in range(len(said) - 1, 0, -1):
            begun = rows.filter(_begins_with("".join(said[:count])), _above(said[count:]))
            yield begun.order_by("is_far", *_ORDER)
        if len(said) == 2:
            yield rows.filter(_begins_with(said[1]), _above(said[:1])).order_by("is_far", *_ORDER)


def _holding(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """The first word anywhere in the name, the others in the name or above it.

    `is_inside` is 1 where it is only the inner part of a word, as "pangke" is in Klumpang Kebun.
    """
    begun = Q()
    for before in _BEFORE_A_WORD:
        begun |= Q(name__icontains=before + words[0])
    others = (Q(search_name__contains=word) | Q(search_above__contains=word) for word in words[1:])
    held = rows.filter(Q(search_name__contains=words[0]), *others)
    told: QuerySet[Any] = held.annotate(is_inside=Case(When(begun, then=0), default=1))
    return told.order_by("is_inside", "is_far", *_ORDER)


def _above(words: list[str]) -> Q:
    return Q(*(Q(search_above__contains=word) for word in words))


def _begins_with(text: str) -> Q:
    """A range instead of LIKE: only the range uses the index on every database."""
    condition = Q(search_name__gte=text)
    stem = text.rstrip("z")
    if stem:
        after = "a" if stem[-1] == "9" else chr(ord(stem[-1]) + 1)
        condition &= Q(search_name__lt=stem[:-1] + after)
    return condition


def named(code: str) -> FoundRegion | None:
    """The region of that code; of its successor where the code is an old one. None if there is none."""
    return names_of([code]).get(code)


def chosen(code: str) -> str:
    """The code that somebody chose in a form, today's for an old one; nothing for nothing. Raises ValidationError."""
    found = named(code) if code else None
    if code and found is None:
        raise ValidationError(
            _("Wilayah itu tidak ada dalam daftar kode. Cari lagi, lalu pilih dari daftar.")
        )
    return found.code if found else ""


def names_of(codes: Collection[str]) -> dict[str, FoundRegion]:
    """Many at once for a list: the regions by the codes asked for, old codes resolved."""
    wanted = {code for code in codes if code and _NUL not in code}
    found = _by_code(wanted)
    if missing := wanted - found.keys():
        renewed = {old: _renewed(old, changes) for changes in [_changes_for(missing)] for old in missing}
        fresh = _by_code({new for new in renewed.values() if new})
        found |= {old: fresh[new] for old, new in renewed.items() if new in fresh}
    return found


def path(code: str) -> str:
    """The whole line, "Pangke, Kec. Meral Barat, Kab. Karimun, Kepulauan Riau"; the code if unknown."""
    region = named(code)
    return str(region) if region else code


def is_known(code: str) -> bool:
    """Whether a code is in the list, or was in an older one (the beginning of a NIK may be that old)."""
    if _NUL in code:
        return False
    if Region.objects.filter(code=code).exists():
        return True
    return RegionChange.objects.filter(old_code__in=code_and_above(code)).exists()


def is_loaded() -> bool:
    """Whether the code list is there."""
    return Region.objects.exists()


def code_list() -> CodeList | None:
    """Which decree the codes follow, and from when; None before they are loaded."""
    # The newest code of all: those that an older list had already keep the day of that list.
    row = Region.objects.filter(valid_to=None).order_by("-valid_from").first()
    return CodeList(row.decree, row.valid_from) if row else None


def _by_code(codes: Collection[str]) -> dict[str, FoundRegion]:
    if not codes:
        return {}
    rows = {
        row.code: row
        for row in Region.objects.filter(code__in={c for code in codes for c in code_and_above(code)})
    }
    return {code: _found(rows[code], rows) for code in codes if code in rows}


def _shown(regions: Iterable[Region]) -> list[FoundRegion]:
    chosen = list(regions)
    by_code = _by_code([region.code for region in chosen])
    return [by_code[region.code] for region in chosen]


def _found(region: Region, rows: dict[str, Region]) -> FoundRegion:
    above = reversed(code_and_above(region.code)[:-1])
    name = region.title if region.level in (Level.REGENCY, Level.DISTRICT) else region.name
    return FoundRegion(
        region.code, name, region.kind, ", ".join(rows[code].title for code in above if code in rows)
    )


def code_and_above(code: str) -> list[str]:
    """21.02.01 gives 21, 21.02, 21.02.01."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def signs_below(area: str) -> int:
    """How long the codes just below an area are: those of provinces for nothing, of villages for a village."""
    return next((signs for signs in CODE_SIGNS if signs > len(area)), VILLAGE_SIGNS)


def _changes_for(codes: Collection[str]) -> dict[str, str]:
    prefixes = {prefix for code in codes for prefix in code_and_above(code)}
    return dict(RegionChange.objects.filter(old_code__in=prefixes).values_list("old_code", "new_code"))


def _renewed(code: str, changes: dict[str, str]) -> str:
    for prefix in reversed(code_and_above(code)):
        if prefix in changes:
            return changes[prefix] + code[len(prefix) :]
    return ""


def children_of(area: str, on: date | None = None) -> list[Region]:
    """The regions just below one, in the order of their codes; the provinces for nothing.

    Those in force now; of a day those that were in force then, and before the oldest list that list's.
    """
    if len(area) >= VILLAGE_SIGNS:
        return []
    if signs_below(area) == VILLAGE_SIGNS:
        below = Q(level=Level.VILLAGE, code__startswith=f"{area}.")
    else:
        below = _two_figures_after(f"{area}." if area else "")
    return list(Region.objects.filter(below, _in_force(on)).order_by("code"))


def successors_on(codes: Iterable[str], on: date) -> dict[str, str]:
    """By which codes those among these that were not in force on a day any more had been replaced until then."""
    changes = dict(RegionChange.objects.values_list("old_code", "new_code"))
    renewed = {code: new for code in codes if (new := _renewed(code, changes))}
    asked = {*renewed, *renewed.values()}
    held = set(Region.objects.filter(_in_force(on), code__in=asked).values_list("code", flat=True))
    return {old: new for old, new in renewed.items() if old not in held and new in held}


def lies_in_on(path: str, area: str, on: date) -> Q:
    """The rows whose region code, at the end of that path, lies in an area by the codes in force on a day.

    Those kept under a code that was replaced until then count where it went; all rows count where no area is named.
    """
    if not area:
        return Q()
    came, went = _exchanged(area, on)
    inside = reduce(or_, (lies_in(path, code) for code in (area, *came)))
    return inside & ~reduce(or_, (lies_in(path, code) for code in went)) if went else inside


def codes_on(area: str, on: date) -> list[str]:
    """An area's code, and the older ones under which rows of it may still be kept on that day."""
    return [area, *_exchanged(area, on)[0]]


def _exchanged(area: str, on: date) -> tuple[list[str], list[str]]:
    """Older codes elsewhere that came into an area until a day, and those in it that went elsewhere."""
    came, went = [], []
    for old, new in RegionChange.objects.values_list("old_code", "new_code"):
        if within(new, area) and not within(old, area):
            came.append(old)
        elif within(old, area) and not within(new, area):
            went.append(old)
        elif new != area and within(area, new):
            # What lies above it was replaced, and it with that.
            came.append(old + area[len(new) :])
    replaced = successors_on((*came, *went), on) if came or went else {}
    return [code for code in came if code in replaced], [code for code in went if code in replaced]


def _two_figures_after(stem: str) -> Q:
    """Naming every code that there can be is answered by the key, on either database."""
    return Q(code__in=[f"{stem}{number:02}" for number in range(1, 100)])


def _in_force(on: date | None) -> Q:
    if on is None:
        return Q(valid_to=None)
    provinces = Region.objects.filter(_two_figures_after("")).order_by("valid_from")
    begun = Q(valid_from__lte=on) | Q(valid_from=Subquery(provinces.values("valid_from")[:1]))
    return begun & (Q(valid_to=None) | Q(valid_to__gt=on))


def villages_in(code: str) -> list[Region]:
    """Every village in force below a region, by code."""
    return list(
        Region.objects.filter(code__startswith=f"{code}.", level=Level.VILLAGE, valid_to=None).order_by(
            "code"
        )
    )
