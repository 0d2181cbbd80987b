"""One source of help: where it is kept, what it learnt and gave, what was agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.organisations.models import HoursGiven, Listing, Organisation, Source, Training

MOST_BODIES = 8


# --- where it is kept ---


def place_to_keep(user: User, region: str, organisation: UUID | None) -> Where | None:
    """For which body, and where, this worker keeps a source of help; None where no grant covers it.

    Who works for one body keeps it there, whatever was chosen.
    """
    grants = sorted(user.grants_with(Permission.SOURCE_EDIT), key=lambda grant: grant.granted_at)
    for grant in grants:
        where = Where(organisation=organisation or grant.organisation, region=region)
        if where.is_within(grant):
            return where
    return None


def bodies_to_link(user: User, text: str, chosen: UUID | None) -> list[Organisation]:
    """Bodies within reach for choosing: the one chosen first, then what the words find."""
    rows = Organisation.objects.reachable(user, Permission.SOURCE_EDIT).filter(is_closed=False)
    # Read before the form judges it: PostgreSQL refuses the zero character, which no name holds.
    text = text.replace("\0", "")
    if not text and any(grant.organisation is None for grant in user.grants_with(Permission.SOURCE_EDIT)):
        return list(rows.filter(pk=chosen)) if chosen else []
    found = list(rows.filter(name__icontains=text).order_by("name", "pk")[:MOST_BODIES])
    missing = chosen is not None and all(body.pk != chosen for body in found)
    return [*(rows.filter(pk=chosen) if missing else ()), *found]


# --- one source ---


def trainings_of(source: Source) -> list[Training]:
    """Trainings and certificates, the newest first; struck ones last."""
    rows = list(Training.objects.filter(source=source))
    return sorted(rows, key=lambda row: (not row.struck_because, row.held_on or date.min), reverse=True)


def listing_of(source: Source, on: date) -> Listing | None:
    """What was agreed about the public list and holds on that day."""
    found: Listing | None = Listing.objects.fitting_on(on).filter(source=source).first()
    return found


def listings_of(source: Source) -> list[Listing]:
    """All agreements, the newest first."""
    return list(Listing.objects.filter(source=source).order_by("-at", "-pk"))


def also_as(source: Source, user: User) -> list[Source]:
    """The same number in other types, within reach."""
    if source.nik_index is None:
        return []
    rows = Source.objects.reachable(user, Permission.SOURCE_VIEW).filter(nik_index=source.nik_index)
    return list(rows.exclude(pk=source.pk).order_by("type_code", "pk"))


def hours_of(source: Source) -> QuerySet[HoursGiven]:
    """Hours given, the newest first, struck ones too."""
    rows: QuerySet[HoursGiven] = (
        HoursGiven.objects.filter(source=source).select_related("organisation").order_by("-on", "-at", "-pk")
    )
    return rows


def hours_by_year(source: Source) -> list[tuple[int, Decimal]]:
    """The hours of each year, the newest first; struck ones do not count."""
    rows = HoursGiven.objects.filter(source=source, struck_because="").values("on__year")
    totals = rows.annotate(total=Sum("hours")).order_by("-on__year")
    return [(row["on__year"], row["total"]) for row in totals]
