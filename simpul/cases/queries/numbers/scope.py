"""What is counted: whose reach, which days, which area and organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.cases.models import Case
from simpul.organisations.queries import named
from simpul.places.models import DISTRICT_SIGNS, REGENCY_SIGNS
from simpul.places.queries import names_of


class Period(TextChoices):
    """Spans of days that offices report by."""

    THIS_MONTH = "month", _("Bulan ini")
    LAST_MONTH = "last_month", _("Bulan lalu")
    THIS_QUARTER = "quarter", _("Triwulan ini")
    LAST_QUARTER = "last_quarter", _("Triwulan lalu")
    THIS_YEAR = "year", _("Tahun ini")
    LAST_YEAR = "last_year", _("Tahun lalu")
    OWN = "own", _("Tanggal lain")


_MONTHS = {Period.THIS_MONTH: 1, Period.LAST_MONTH: 1, Period.THIS_QUARTER: 3, Period.LAST_QUARTER: 3}
_BEFORE = (Period.LAST_MONTH, Period.LAST_QUARTER, Period.LAST_YEAR)


def period_of(period: str, on: date) -> tuple[date, date]:
    """The first and last day of a period; one that still runs ends on the day asked about."""
    months = _MONTHS.get(Period(period), 12)
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    if period not in _BEFORE:
        return first, on
    last = first - timedelta(days=1)
    return date(last.year, (last.month - 1) // months * months + 1, 1), last


@dataclass(frozen=True, slots=True)
class Scope:
    """Cases within reach of the viewer, in an area and of an organisation where those are given.

    What happened is counted from `since` to `until`, both days among them; what stands is counted as it is now,
    on the day `on`.
    """

    viewer: User
    on: date
    since: date
    until: date
    region: str = ""
    organisation: UUID | None = None

    def cases(self) -> Any:
        """Every case that is looked at, whether it runs or ended."""
        reached = Case.objects.reachable(self.viewer, Permission.CASE_VIEW)
        return reached.filter(self.within("person__region")).order_by()

    def keys(self) -> Any:
        return self.cases().values("pk")

    def within(self, region: str) -> Q:
        """The area and organisation asked about, `region` being the path to the code of the place."""
        asked = Q()
        if self.region:
            asked &= lies_in(region, self.region)
        if self.organisation:
            asked &= Q(organisation=self.organisation)
        return asked

    def in_period(self, path: str) -> Q:
        return Q(**{f"{path}__range": (self.since, self.until)})


# Villages would make the list too long to choose from.
_CHOSEN = (REGENCY_SIGNS, DISTRICT_SIGNS)


def areas_of(viewer: User) -> tuple[tuple[str, str], ...]:
    """The regencies and districts in which this person reaches cases, with their names."""
    reached = Case.objects.reachable(viewer, Permission.CASE_VIEW).order_by()
    villages = set(reached.values_list("person__region", flat=True).distinct()) - {""}
    codes = {village[:length] for village in villages for length in _CHOSEN if len(village) >= length}
    names = names_of(codes)
    return tuple((code, str(names.get(code, code))) for code in sorted(codes))


def organisations_of(viewer: User) -> tuple[tuple[str, str], ...]:
    """The organisations whose cases this person reaches, by name."""
    reached = Case.objects.reachable(viewer, Permission.CASE_VIEW).exclude(organisation=None).order_by()
    names = named(set(reached.values_list("organisation", flat=True).distinct()))
    return tuple(sorted(((str(key), name) for key, name in names.items()), key=lambda pair: pair[1]))
