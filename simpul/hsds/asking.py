"""What somebody asks of the interface, read strictly: a parameter that cannot be read is named, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

# What one page may hold; the whole comes as ndjson.
LONGEST_PAGE, PAGE_LENGTH, LAST_PAGE = 500, 25, 1_000_000
# Of whole rows, where nobody says how many: one of them is as much as ten of the others.
WHOLE_PAGE_LENGTH = 10
LONGEST_SEARCH, LONGEST_POSTCODE = 200, 10
FURTHEST = 1_000_000  # metres
FORMATS = ("json", "ndjson")

_WHOLE = re.compile(r"[0-9]{1,9}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class BadParameter(Exception):
    """A parameter that cannot be read. `parameter` is its name; the message says what to write instead."""

    def __init__(self, parameter: str, words: str) -> None:
        self.parameter = parameter
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, with the defaults for the rest. `proximity` in metres."""

    search: str = ""
    page: int = 1
    per_page: int = PAGE_LENGTH
    format: str = "json"
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    parent_id: UUID | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    top_only: bool = False
    postcode: str = ""
    proximity: int | None = None


def _text(most: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        # PostgreSQL keeps no zero character.
        if len(value) > most or "\0" in value:
            raise ValueError(_("tulis paling banyak %(most)s huruf") % {"most": most})
        return value

    return read


def _count(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not (_WHOLE.fullmatch(value) and 1 <= int(value) <= most):
            raise ValueError(_("tulis bilangan dari 1 sampai %(most)s") % {"most": most})
        return int(value)

    return read


def _flag(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError(_("tulis true atau false"))
    return value == "true"


def _key(value: str) -> UUID:
    if not _UUID.fullmatch(value):
        raise ValueError(_("tulis UUID, misalnya 6f1c5a0e-8d0b-5e0c-9f56-3a1d0b6b7c30"))
    return UUID(value)


def _moment(value: str) -> datetime:
    # An address turns the plus sign of a zone into a space.
    told = re.sub(r" (?=\d\d:\d\d$)", "+", value)
    words = _("tulis tanggal atau waktu, misalnya 2026-11-22 atau 2026-11-22T08:00:00Z")
    try:
        found = parse_datetime(told if len(told) > 10 else f"{told}T00:00:00")
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(words)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise ValueError(_("tulis json atau ndjson"))
    return value


_READS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "search": _text(LONGEST_SEARCH),
        "page": _count(LAST_PAGE),
        "per_page": _count(LONGEST_PAGE),
        "format": _format,
        "taxonomy_term_id": _key,
        "taxonomy_id": _key,
        "organization_id": _key,
        "parent_id": _key,
        "modified_after": _moment,
        "minimal": _flag,
        "full": _flag,
        "full_service": _flag,
        "top_only": _flag,
        "postcode": _text(LONGEST_POSTCODE),
        "proximity": _count(FURTHEST),
    }
)


def asked(query: QueryDict, known: tuple[str, ...]) -> Asked:
    """What was asked of an address that knows these parameters; others are let be. Raises BadParameter.

    Whole rows come fewer on a page, where it is not said how many.
    """
    found: dict[str, Any] = {}
    for name in known:
        told = query.getlist(name)
        if not told:
            continue
        if len(told) > 1:
            raise BadParameter(name, _("Parameter %(name)s hanya boleh satu kali.") % {"name": name})
        try:
            found[name] = _READS[name](told[0])
        except ValueError as error:
            words = _("Parameter %(name)s tidak dapat dibaca: %(what)s.")
            raise BadParameter(name, words % {"name": name, "what": str(error)}) from None
    if found.get("full") or found.get("full_service"):
        found.setdefault("per_page", WHOLE_PAGE_LENGTH)
    return Asked(**found)
