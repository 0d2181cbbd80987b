"""Needs that found nothing: by area, kind and reason. One function counts for the page, the files and the lists behind.

A need is one line of a plan, counted once in however many versions it stands. It is *recorded* in a period by the day
on which it was said to find nothing, and *open* exactly where cases.queries.plans.unmet_needs counts it: the line says
so today, in a case that still runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import lies_in
from simpul.cases.models import Case, PlanState, PlanStep, StepState
from simpul.cases.queries.plans import kind_name
from simpul.catalogue.services.matching import matching
from simpul.places.models import REGENCY_SIGNS
from simpul.places.queries import names_of, signs_below
from simpul.referrals.models import NeedUnmet
from simpul.referrals.stages import Unmet

# The reason of a line that says it found nothing, without anybody having said why.
UNTOLD = "-"
RECORDED, OPEN = "recorded", "open"
Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted: for whom, where, in which days, and as things stand on which day."""

    viewer: User
    on: date
    since: date
    until: date
    region: str = ""
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One need: which case, where, what kind, why, and whether it counts in each column."""

    case: UUID
    area: str
    kind: str
    reason: str
    is_recorded: bool
    is_open: bool

    @property
    def group(self) -> tuple[str, str, str]:
        return self.area, self.kind, self.reason


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. None: so few that it is not told to who may not see the cases behind it."""

    area: str
    place: str
    kind: str
    kind_name: str
    reason: str
    reason_name: str
    recorded: int | None
    open: int | None
    has_list: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The report. `recorded` and `open` are the sums of what is told; `is_cut` says that some of it is not."""

    rows: tuple[Row, ...]
    recorded: int
    open: int
    is_cut: bool
    smallest: int


def table_of(scope: Scope) -> Table:
    """The whole report for a scope, in a fixed order: by area, then the most frequent first."""
    lines = lines_of(scope)
    visible = visible_to({line.case for line in lines}, scope.viewer)
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    counts = {group: _counts(held) for group, held in groups.items()}
    guarded = {group for group, held in groups.items() if any(line.case not in visible for line in held)}
    told = _told(counts, guarded)
    places = names_of({group[0] for group in groups if group[0]})
    order = sorted(groups, key=lambda group: (group[0], -counts[group][1], -counts[group][0], group))
    rows = tuple(
        Row(
            area=group[0],
            place=str(places.get(group[0], group[0])),
            kind=group[1],
            kind_name=kind_name(group[1]),
            reason=group[2],
            reason_name=reason_name(group[2]),
            recorded=told[group][0],
            open=told[group][1],
            has_list=any(line.case in visible for line in groups[group]),
        )
        for group in order
    )
    return Table(
        rows=rows,
        recorded=sum(row.recorded or 0 for row in rows),
        open=sum(row.open or 0 for row in rows),
        is_cut=any(None in (row.recorded, row.open) for row in rows),
        smallest=matching().smallest_told,
    )


def cases_behind(scope: Scope, area: str, kind: str, reason: str, column: str) -> tuple[UUID, ...]:
    """Exactly the cases behind one number, as far as this viewer sees cases; the newest first."""
    keys = {
        line.case
        for line in lines_of(scope)
        if line.group == (area, kind, reason) and (line.is_open if column == OPEN else line.is_recorded)
    }
    rows = Case.objects.reachable(scope.viewer, Permission.CASE_VIEW).filter(pk__in=keys)
    return tuple(rows.order_by("-opened_at", "pk").values_list("pk", flat=True))


def reason_name(reason: str) -> str:
    """A reason in words."""
    return str(Unmet(reason).label) if reason in Unmet.values else _("Sebab belum dicatat")


# --- what counts ---


def lines_of(scope: Scope) -> tuple[Line, ...]:
    """Every need that counts in one of the columns, each once. Two questions to the database."""
    standing = _standing(scope)
    said = _said(scope)
    found = []
    for key in dict.fromkeys((*said, *standing)):
        on, kind, region, reason = said.get(key) or standing[key]
        line = Line(
            case=key[0],
            area=_cut(region, scope.region),
            kind=kind,
            reason=reason,
            is_recorded=scope.since <= on <= scope.until,
            is_open=key in standing,
        )
        if (line.is_recorded or line.is_open) and _is_asked(line, scope):
            found.append(line)
    return tuple(found)


_Said = tuple[date, str, str, str]


def _said(scope: Scope) -> dict[Key, _Said]:
    """What was said of each line last, up to the end of the period: when, which kind, where, why."""
    rows = NeedUnmet.objects.reachable(scope.viewer, Permission.UNMET_VIEW).filter(on__lte=scope.until)
    told = rows.filter(_within(scope)).order_by("on", "at", "pk")
    fields = ("case", "line", "on", "kind", "case__person__region", "reason")
    return {
        (case, line): (on, kind, region, reason)
        for case, line, on, kind, region, reason in told.values_list(*fields)
    }


def _standing(scope: Scope) -> dict[Key, _Said]:
    """Lines that say today that they found nothing, in cases that run: as the cases' own page counts them."""
    rows = (
        PlanStep.objects.reachable(scope.viewer, Permission.UNMET_VIEW)
        .filter(Q(case__closed_on=None) | Q(case__closed_on__gt=scope.on))
        .filter(_within(scope), state=StepState.NO_SERVICE, state_since__lte=scope.on)
        .exclude(plan__state=PlanState.REPLACED)
        .order_by("plan__number", "pk")
    )
    fields = ("case", "line", "state_since", "service_kind", "case__person__region")
    return {
        (case, line): (since, kind, region, UNTOLD)
        for case, line, since, kind, region in rows.values_list(*fields)
    }


def _within(scope: Scope) -> Q:
    return lies_in("case__person__region", scope.region) if scope.region else Q()


def _cut(region: str, asked: str) -> str:
    """One level below the area asked about: by regency, district, village."""
    return region[: max(signs_below(asked), REGENCY_SIGNS)]


def _is_asked(line: Line, scope: Scope) -> bool:
    return scope.kind in ("", line.kind) and scope.reason in ("", line.reason)


# --- what is told ---


def visible_to(cases: Collection[UUID], viewer: User) -> frozenset[UUID]:
    """Which of these cases this person may see."""
    rows = Case.objects.reachable(viewer, Permission.CASE_VIEW).order_by()
    return frozenset(rows.filter(pk__in=cases).values_list("pk", flat=True))


def _counts(lines: Iterable[Line]) -> tuple[int, int]:
    held = list(lines)
    return sum(line.is_recorded for line in held), sum(line.is_open for line in held)


_Group = tuple[str, str, str]


def _told(
    counts: dict[_Group, tuple[int, int]], guarded: Collection[_Group]
) -> dict[_Group, tuple[int | None, int | None]]:
    """The counts without the small ones of groups in which cases stand that the viewer does not see.

    Where only one area of a kind and reason would be left out, its number could be reckoned from the wider area's:
    so the smallest of the others is left out with it.
    """
    hidden = [_small(counts, guarded, column) for column in (0, 1)]
    return {
        group: (None if group in hidden[0] else both[0], None if group in hidden[1] else both[1])
        for group, both in counts.items()
    }


def _small(counts: dict[_Group, tuple[int, int]], guarded: Collection[_Group], column: int) -> set[_Group]:
    smallest = matching().smallest_told
    hidden = {group for group in guarded if 0 < counts[group][column] < smallest}
    return hidden | told_cells(counts, hidden, column, lambda group: group[1:])


G = TypeVar("G", bound=tuple[object, ...])


def told_cells(
    counts: Mapping[G, tuple[int, int]], hidden: Collection[G], column: int, alike: Callable[[G], Hashable]
) -> set[G]:
    """Told cells that have to be left out too: the smallest beside a single one left out of those that are alike."""
    lines: dict[Hashable, list[G]] = {}
    for group in counts:
        if counts[group][column]:
            lines.setdefault(alike(group), []).append(group)
    found = set()
    for line in lines.values():
        if len([group for group in line if group in hidden]) == 1:
            told = [group for group in line if group not in hidden]
            found |= set(sorted(told, key=lambda group: (counts[group][column], group))[:1])
    return found


def told(count: int | None, smallest: int) -> str:
    """A count in words: a small one that is not told as "less than 5"."""
    return _("kurang dari %(count)s") % {"count": smallest} if count is None else str(count)
