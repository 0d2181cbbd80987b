"""What every answer has in common: its statuses, its pages, and the day and moment at which it is given."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from ninja import Schema

from simpul.api.shapes import Refused

PAGE_LENGTH = 50


class Gate(Schema):
    """Something that has to be there before a stage, and where it is made."""

    code: str
    words: str
    place: str


class NotDone(Refused):
    """Why nothing was written. `lacking` stands there when a stage was refused, `errors` when nothing could be read."""

    lacking: list[Gate] | None = None
    errors: list[dict[str, Any]] | None = None


class Clashed(Refused):
    """Somebody was faster. Nothing was written: read again, and send with the new version what is still wanted."""

    what: str
    theirs: str
    mine: str


class Paged(Schema):
    """One page of a list: which one, of how many pages, and how many rows there are in all."""

    page: int
    pages: int
    count: int


def read(shape: Any) -> dict[int, Any]:
    """What can come back when something is read."""
    return {200: shape, 401: Refused, 403: Refused, 404: Refused, 422: NotDone}


def written(shape: Any) -> dict[int, Any]:
    """What can come back when something is written that carries no version."""
    return read(shape)


def versioned(shape: Any) -> dict[int, Any]:
    """The same for what carries a version."""
    return read(shape) | {409: Clashed}


def cut(rows: Any, page: int) -> Page[Any]:
    """That page of a list; the last one where there are fewer."""
    return Paginator(rows, PAGE_LENGTH).get_page(page)


def paged(page: Page[Any], rows: Any, **more: Any) -> dict[str, Any]:
    """A page with its rows as an answer."""
    counted = {"page": page.number, "pages": page.paginator.num_pages, "count": page.paginator.count}
    return counted | {"rows": rows} | more


def moment() -> dict[str, Any]:
    """The day and the moment, for an action."""
    return {"on": timezone.localdate(), "at": timezone.now()}
