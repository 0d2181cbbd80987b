"""What anybody is told who holds a paper: its printed words, whether the mark belongs to them, how it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest

from simpul.organisations.models import Certificate
from simpul.organisations.queries.certificates import (
    CODE_LENGTH,
    Standing,
    mark_of,
    standing_on,
    title_of,
    words,
)

_TAGS = {Standing.VALID: "yes", Standing.NOT_YET: "open"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, and nothing beside it: no link to the body, no reason, no other certificate."""

    title: str
    lines: list[dict[str, str]]
    is_marked: bool
    standing: str
    tag: str
    since: date | None


def checked(code: str, mark: str, on: date) -> Checked | None:
    """What the check says on that day; None for a code that was never given."""
    if len(code) != CODE_LENGTH:
        return None
    row: Certificate | None = Certificate.objects.filter(code=code).first()
    if row is None:
        return None
    standing = standing_on(row, on)
    return Checked(
        title=title_of(row.kind),
        lines=words(row),
        is_marked=compare_digest(mark_of(row), mark),
        standing=str(standing.label),
        tag=_TAGS.get(standing, "act"),
        since=_since(row, standing),
    )


def _since(row: Certificate, standing: Standing) -> date | None:
    """The first day on which it stands so; None for one that holds."""
    if standing == Standing.RUN_OUT and row.valid_to is not None:
        return row.valid_to + timedelta(days=1)
    return None if standing == Standing.VALID else row.state_on
