"""Places in templates: the name of a code, and the choices of a place field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.template import Context, Library

from simpul.places import queries
from simpul.places.queries import FoundRegion

register = Library()


@register.filter
def place_name(code: str | None) -> str:
    """The whole line of a code; nothing for nothing."""
    return queries.path(code) if code else ""


@register.simple_tag
def place_names(rows: Iterable[Any]) -> dict[str, FoundRegion]:
    """The places of all rows of a list (by their `region`) in one question to the database."""
    return queries.names_of({row.region for row in rows})


@register.filter
def named(names: Mapping[str, FoundRegion], code: str) -> str:
    """The line of a code among names fetched already; the code itself where it is not there."""
    return str(names.get(code, code))


@register.simple_tag(takes_context=True)
def places_found(
    context: Context, text: str | None, code: str | None = "", level: str | int = ""
) -> list[FoundRegion]:
    """What a place field offers: what the words find, and the place chosen already in front.

    Of equal names those in the area where the reader works come first (`my_area` of the page).
    """
    near = str(context.get("my_area", ""))
    found = queries.find(text, level=int(level) if level else None, near=near) if text else []
    return queries.with_chosen(found, code or "")


@register.simple_tag
def code_list_in_use() -> queries.CodeList | None:
    """Which decree the codes follow."""
    return queries.code_list()
