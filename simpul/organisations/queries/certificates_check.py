"""What anybody is told who holds a paper: its printed words, whether the mark belongs to them, how it stands today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest

from django.utils.translation import gettext as _

from simpul.organisations.models import Certificate, ServedArea
from simpul.organisations.queries.bodies import TOLD_SIGNS, is_place_secret
from simpul.organisations.queries.certificates import (
    CODE_LENGTH,
    Standing,
    mark_of,
    standing_on,
    title_of,
    words,
)
from simpul.organisations.queries.registration_printed import SERVED
from simpul.places.queries import names_of

# "Kab. Karimun, Kepulauan Riau (12 wilayah)": how many areas of it were served.
_COUNTED = re.compile(r" \(\d+ wilayah\)$")
_TAGS = {Standing.VALID: "yes", Standing.NOT_YET: "open"}


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, and nothing beside it: no link to the body, no reason, no other certificate."""

    title: str
    lines: list[dict[str, str]]
    is_marked: bool
    is_masked: bool
    is_recorded: bool
    standing: str
    tag: str
    since: date | None


def checked(code: str, mark: str, on: date) -> Checked | None:
    """What the check says on that day; None for a code that was never given."""
    if len(code) != CODE_LENGTH:
        return None
    row: Certificate | None = Certificate.objects.filter(code=code).select_related("organisation").first()
    if row is None:
        return None
    standing = standing_on(row, on)
    lines, told = words(row), without_place(row)
    return Checked(
        title=title_of(row.kind),
        lines=told,
        is_marked=compare_digest(mark_of(row), mark),
        is_masked=told != lines,
        is_recorded=row.is_recorded,
        standing=str(standing.label),
        tag=_TAGS.get(standing, "act"),
        since=_since(row, standing),
    )


def without_place(row: Certificate) -> list[dict[str, str]]:
    """The printed lines without the area served, where the place became secret after the paper was printed."""
    body, lines = row.organisation, words(row)
    if not is_place_secret(body):
        return lines
    codes = ServedArea.objects.filter(organisation=body).values_list("code", flat=True)
    known = {str(place) for place in names_of({code[:TOLD_SIGNS] for code in (body.region, *codes)}).values()}
    hidden = _("dirahasiakan")
    return [
        {**line, "text": hidden} if line["label"] == SERVED and not _is_wide(line["text"], known) else line
        for line in lines
    ]


def _is_wide(text: str, known: set[str]) -> bool:
    """Whether a printed line names whole kabupaten/kota only."""
    return all(_COUNTED.sub("", place) in known for place in text.split("; "))


def _since(row: Certificate, standing: Standing) -> date | None:
    """The first day on which it stands so; None for one that holds."""
    if standing == Standing.RUN_OUT and row.valid_to is not None:
        return row.valid_to + timedelta(days=1)
    return None if standing == Standing.VALID else row.state_on
