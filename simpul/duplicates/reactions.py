"""The search in the background: everybody within reach of who wanted it, compared in memory."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.access.jobs import Progress, task
from simpul.access.models import Job
from simpul.access.refusal import NotAllowed, Refusal
from simpul.duplicates.actions.finding import Found, keep_found
from simpul.duplicates.queries.finding import FIND, records_within, where_of
from simpul.engines.linkage.linking import Pair, link
from simpul.engines.linkage.model import LinkageMissing
from simpul.engines.linkage.records import Record


class SearchMissing(Refusal):
    """What compares many records is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Pencarian ini memerlukan bagian tambahan yang belum terpasang. Mintalah pengelola memasang Simpul dengan tambahan “big”."
            )
        )


@task(FIND, says=gettext_lazy("Mencari data ganda"))
def find(job: Job, progress: Progress) -> str:
    """Compare everybody within reach and put what looks the same on the list. Raises SearchMissing."""
    by = job.wanted_by_user()
    where = where_of(by) if by else None
    if by is None or where is None:
        raise NotAllowed
    looked_at: set[UUID] = set()

    def noted() -> Iterator[Record]:
        for record in records_within(by):
            looked_at.add(UUID(record.key))
            yield record

    try:
        linked = link(noted(), progress=progress)
    except LinkageMissing as error:
        raise SearchMissing from error
    found = [_found(pair) for pair in linked.pairs]
    fresh = keep_found(where, by=by, at=job.wanted_at, found=found, looked_at=looked_at)
    return _told(linked.records, fresh)


def _found(pair: Pair) -> Found:
    parts = [(part.about, part.how, round(part.bits, 2)) for part in pair.parts]
    return Found(
        UUID(pair.left),
        UUID(pair.right),
        round(pair.probability, 6),
        round(pair.bits, 2),
        round(pair.start, 2),
        parts,
    )


def _told(people: int, fresh: int) -> str:
    if not fresh:
        return ngettext(
            "%(people)s orang dibandingkan. Tidak ada pasangan baru yang mirip.",
            "%(people)s orang dibandingkan. Tidak ada pasangan baru yang mirip.",
            people,
        ) % {"people": people}
    return ngettext(
        "%(people)s orang dibandingkan. %(fresh)s pasangan baru perlu dilihat.",
        "%(people)s orang dibandingkan. %(fresh)s pasangan baru perlu dilihat.",
        fresh,
    ) % {"people": people, "fresh": fresh}
