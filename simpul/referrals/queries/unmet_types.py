"""Needs that found nothing by PPKS type: derived each time from what was decided, since it is stored nowhere in the open.

One person may have several types, and counts in each. Very sensitive types are told to those only who may see them in
that case; to everybody else such a need counts by its other types, and where it has none, beside those of which
nothing is decided: so neither a number nor its absence tells that there is something to hide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.permissions import Permission
from simpul.cases.models import Case
from simpul.catalogue import editions
from simpul.catalogue.services.matching import matching
from simpul.engines.reasons import Answer
from simpul.places.queries import names_of
from simpul.referrals.queries.finding_need import types_of
from simpul.referrals.queries.unmet import Line, Scope, Table, lines_of, reason_name, told_cells, visible_to
from simpul.screening.facts import HIGHLY_RESTRICTED

# No type is decided, or none that may be told.
OTHER = ("", "")
Type = tuple[str, str]
Group = tuple[str, Type, str]


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One line of the table by type. None: so few that it is not told."""

    area: str
    place: str
    type_name: str
    reason_name: str
    recorded: int | None
    open: int | None


@dataclass(frozen=True, slots=True)
class TypeTable:
    """The report by type. There is no sum: one need may count in several of its rows."""

    rows: tuple[TypeRow, ...]
    is_cut: bool


def types_table_of(scope: Scope, table: Table) -> TypeTable:
    """The report of a scope by area, type and reason. `table` is the one by kind that is told beside it."""
    lines = lines_of(scope)
    keys = {line.case for line in lines}
    visible, types = visible_to(keys, scope.viewer), _types_told(keys, scope)
    groups: dict[Group, list[Line]] = {}
    for line in lines:
        for found in types.get(line.case, (OTHER,)):
            groups.setdefault((line.area, found, line.reason), []).append(line)
    counts = {
        group: (sum(line.is_recorded for line in held), sum(line.is_open for line in held))
        for group, held in groups.items()
    }
    guarded = {group for group, held in groups.items() if any(line.case not in visible for line in held)}
    told = _told(counts, guarded, table)
    places, names = names_of({group[0] for group in groups if group[0]}), _names(groups)
    order = sorted(groups, key=lambda group: (group[0], group[1] == OTHER, names[group[1]], group))
    rows = tuple(
        TypeRow(
            area=group[0],
            place=str(places.get(group[0], group[0])),
            type_name=names[group[1]],
            reason_name=reason_name(group[2]),
            recorded=told[group][0],
            open=told[group][1],
        )
        for group in order
    )
    return TypeTable(rows, is_cut=any(None in (row.recorded, row.open) for row in rows))


# --- which types are told ---


def _types_told(keys: Collection[UUID], scope: Scope) -> dict[UUID, tuple[Type, ...]]:
    """The decided types of each case, by edition and code, as far as this viewer may be told of them."""
    rows = Case.objects.filter(pk__in=keys).select_related("screening", "person").order_by()
    # Whose data are limited, of them nothing more is worked with than that there is a need.
    cases = [case for case in rows if case.screening is not None and case.person.limited_since is None]
    open_to = Case.objects.reachable(scope.viewer, Permission.SENSITIVE_VIEW)
    seen = set(open_to.filter(pk__in=[case.pk for case in cases]).order_by().values_list("pk", flat=True))
    said = types_of(cases)
    found: dict[UUID, tuple[Type, ...]] = {}
    for case in cases:
        edition = case.screening.edition
        hidden = frozenset() if case.pk in seen else _secret(edition)
        codes = sorted(
            code for code, answer in said[case.pk].items() if answer is Answer.YES and code not in hidden
        )
        found[case.pk] = tuple((edition, code) for code in codes) or (OTHER,)
    return found


def _secret(edition: str) -> frozenset[str]:
    return frozenset(
        need.code for need in editions.get(edition).types if need.sensitivity == HIGHLY_RESTRICTED
    )


def _names(groups: Collection[Group]) -> dict[Type, str]:
    """Each type in words; with its list where types of several lists stand in one table."""
    language, types = get_language() or "id", {group[1] for group in groups}
    lists = {edition for edition, _code in types if edition}
    names = {OTHER: _("jenis lain atau belum ditetapkan")}
    for edition, code in types - {OTHER}:
        name = editions.get(edition).type(code).display.in_language(language)
        names[edition, code] = f"{name} ({edition})" if len(lists) > 1 else name
    return names


# --- which counts are told ---


def _told(
    counts: Mapping[Group, tuple[int, int]], guarded: Collection[Group], table: Table
) -> dict[Group, tuple[int | None, int | None]]:
    hidden = (_hidden(counts, guarded, table, 0), _hidden(counts, guarded, table, 1))
    return {
        group: (None if group in hidden[0] else both[0], None if group in hidden[1] else both[1])
        for group, both in counts.items()
    }


def _hidden(
    counts: Mapping[Group, tuple[int, int]], guarded: Collection[Group], table: Table, column: int
) -> set[Group]:
    """Small counts, those from which one could be reckoned, and what would tell what the table by kind leaves out."""
    untold = {(row.area, row.reason) for row in table.rows if (row.recorded, row.open)[column] is None}
    hidden = {
        group for group in guarded
        if counts[group][column] and (
            counts[group][column] < matching().smallest_told or (group[0], group[2]) in untold
        )
    }  # fmt: skip
    # In another type of the same area and reason, and in another area of the same type and reason.
    for alike in (lambda group: (group[0], group[2]), lambda group: group[1:]):
        hidden |= told_cells(counts, hidden, column, alike)
    return hidden
