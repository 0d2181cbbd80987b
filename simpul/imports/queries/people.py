"""What would become of each row of a list of people, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import within
from simpul.engines.matching.names import name_key
from simpul.engines.matching.nik import oddities
from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.alike import Known, by_nik, is_other_name, likely_same
from simpul.imports.queries.columns import Read
from simpul.imports.queries.homes import Homes, homes_with_kk, sorted_homes
from simpul.imports.queries.lots import lots
from simpul.imports.queries.regions import Places
from simpul.imports.queries.rows import PersonRow, home_key, person_key, person_rows, where_of
from simpul.imports.queries.statements import news, once_a_home, statement_key, statements_of, where_kept
from simpul.imports.stages import Decided, Fate, Kind
from simpul.people.actions.bulk import Newcomer, NewHome, Statement
from simpul.people.facts import first_and_last

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class PeoplePlan:
    """What a list of people would do. `homes_known` are households that somebody joins, by their family card."""

    read: Read
    new: list[PersonRow] = field(default_factory=list)
    # Of a list of homes alone: those that nobody knows yet.
    homes: list[PersonRow] = field(default_factory=list)
    doubtful: list[tuple[PersonRow, list[UUID]]] = field(default_factory=list)
    known: list[tuple[PersonRow, Known]] = field(default_factory=list)
    said_before: int = 0
    statements: list[Statement] = field(default_factory=list)
    homes_known: dict[str, UUID] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    added: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what becomes of them; together all rows of the file."""
        return {
            Fate.NEW: len(self.new) + len(self.homes),
            Fate.ADDED: self.added,
            Fate.KNOWN: len(self.known) - self.added + self.said_before,
            Fate.DOUBTFUL: len(self.doubtful),
            Fate.REFUSED: len(self.read.reasons),
        }

    @property
    def odd(self) -> int:
        """How many of the new have a NIK that says otherwise than their birth date or sex."""
        return sum(map(_is_odd, self.new))

    @property
    def refused(self) -> list[list[Any]]:
        """Row numbers with all that is wrong with each."""
        numbers = self.read.table.numbers
        return [[numbers[place], "; ".join(why)] for place, why in sorted(self.read.reasons.items())]


def plan_people(
    read: Read, batch: Batch, by: User, on: date, progress: Progress = lambda done, total: None
) -> PeoplePlan:
    """Hold the rows against what is known within the reach of `by`. Writes nothing."""
    plan = PeoplePlan(read)
    is_of_known = batch.kind != Kind.PEOPLE
    places = Places(_areas(by, batch), batch.default_region or batch.region)
    rows = person_rows(read, where_of(by, places, batch), may_lack_names=is_of_known)
    plan.corrected = places.corrected
    if batch.kind == Kind.HOUSEHOLDS:
        _take_homes(plan, sorted_homes(read, batch, rows, by, on))
        return plan
    if batch.kind != Kind.ANSWERS_DOWN:
        rows = _without_doubles(plan, rows)
    known = by_nik(rows, by)
    if is_of_known:
        _sort_known(plan, rows, known, by)
    else:
        _sort_new(plan, rows, known, by, progress)
        plan.homes_known = homes_with_kk(plan.new, by)
    _say(plan, batch, on)
    return plan


def _take_homes(plan: PeoplePlan, found: Homes) -> None:
    plan.homes, plan.statements = found.new, found.statements
    plan.added, plan.said_before = found.added, found.known


def _areas(by: User, batch: Batch) -> list[str]:
    """Where people may live who are kept by this import; everywhere where a right knows no area."""
    regions = [grant.region for grant in by.grants_with(Permission.PERSON_REGISTER)]
    return [] if not all(regions) else [region for region in regions if _meets(region, batch.region)]


def _meets(region: str, other: str) -> bool:
    return not other or within(region, other) or within(other, region)


# --- the same person twice in one file ---


def _without_doubles(plan: PeoplePlan, rows: list[PersonRow]) -> list[PersonRow]:
    """One number for two names is wrong for both; the same person twice is taken once."""
    place_of = {number: place for place, number in enumerate(plan.read.table.numbers)}
    sharing: dict[bytes, list[PersonRow]] = defaultdict(list)
    for row in rows:
        if row.nik_index:
            sharing[row.nik_index].append(row)
    kept: list[PersonRow] = []
    seen: dict[bytes, int] = {}
    for row in rows:
        same = sharing[row.nik_index] if row.nik_index else []
        others = [one.number for one in same if one.number != row.number]
        if others and _names_differ(same):
            plan.read.refuse(
                place_of[row.number],
                _("NIK yang sama dipakai nama lain di baris %(row)s") % {"row": others[0]},
            )
            continue
        mark = row.nik_index or row.fingerprint
        if mark in seen:
            plan.read.refuse(
                place_of[row.number], _("orang yang sama sudah ada di baris %(row)s") % {"row": seen[mark]}
            )
            continue
        seen[mark] = row.number
        kept.append(row)
    return kept


def _names_differ(rows: list[PersonRow]) -> bool:
    names = {name_key(row.changes["name"]) for row in rows}
    first = rows[0].changes["name"]
    return len(names) > 1 and any(is_other_name(first, row.changes["name"]) for row in rows[1:])


# --- known, new, or doubtful ---


def _sort_known(
    plan: PeoplePlan, rows: Iterable[PersonRow], known: dict[bytes, list[Known]], by: User
) -> None:
    """For lists about people who must be known: everybody else is refused with what to do."""
    rows = list(rows)
    decided = dict(_decided_before(rows, by))
    place_of = {number: place for place, number in enumerate(plan.read.table.numbers)}
    for row in rows:
        place = place_of[row.number]
        found = known.get(row.nik_index or b"", [])
        if not found:
            plan.read.refuse(
                place, _("NIK ini belum terdata di wilayah kerja Anda; impor dulu sebagai orang")
            )
        elif same := next((one for one in found if one.key == decided.get(row.fingerprint)), None):
            plan.known.append((row, same))
        elif len(found) > 1 or (row.changes["name"] and is_other_name(row.changes["name"], found[0].name)):
            # One number of two people, or another name: which of them is meant only somebody's look tells.
            plan.doubtful.append((row, [one.key for one in found]))
        else:
            plan.known.append((row, found[0]))


def _sort_new(
    plan: PeoplePlan, rows: list[PersonRow], known: dict[bytes, list[Known]], by: User, progress: Progress
) -> None:
    before = _seen_before(rows, by)
    open_rows = []
    for row in rows:
        found = known.get(row.nik_index or b"", [])
        if len(found) == 1 and not is_other_name(row.changes["name"], found[0].name):
            plan.known.append((row, found[0]))
        elif row.fingerprint in before:
            plan.said_before += 1
        elif found:
            plan.doubtful.append((row, [one.key for one in found]))
        else:
            open_rows.append(row)
    likes = likely_same(open_rows, by, progress)
    for row in open_rows:
        if row.number in likes:
            plan.doubtful.append((row, likes[row.number]))
        else:
            plan.new.append(row)
    plan.doubtful.sort(key=lambda one: one[0].number)


def _decided_before(rows: list[PersonRow], by: User) -> Iterator[tuple[bytes, UUID]]:
    """About whom somebody said that rows such as these are."""
    reach = Doubt.objects.reachable(by, Permission.IMPORT_MAKE).filter(decided=Decided.SAME)
    for piece in lots({row.fingerprint for row in rows}) if reach.exists() else ():
        for mark, key in reach.filter(fingerprint__in=piece).values_list("fingerprint", "person"):
            yield bytes(mark), key


def _seen_before(rows: list[PersonRow], by: User) -> set[bytes]:
    """Rows that an earlier import brought already, or that somebody decided about or still has to."""
    found: set[bytes] = set()
    for model in (Made, Doubt):
        reach = model.objects.reachable(by, Permission.IMPORT_MAKE).exclude(fingerprint=None)
        # Most offices have no doubtful row, and a first list has nothing before it: then nobody is asked for one by one.
        for piece in lots({row.fingerprint for row in rows}) if reach.exists() else ():
            marks = reach.filter(fingerprint__in=piece).values_list("fingerprint", flat=True)
            found.update(map(bytes, marks))
    return found


def _is_odd(row: PersonRow) -> bool:
    """Whether the NIK says otherwise than the birth date or sex beside it: a finding for later, never a refusal."""
    if not row.nik_index:
        return False
    earliest, latest = first_and_last(row.changes.get("born"))
    return bool(
        oddities(row.changes["nik"], earliest=earliest, latest=latest, sex=row.changes.get("sex", ""))
    )


# --- what is said ---


def _say(plan: PeoplePlan, batch: Batch, on: date) -> None:
    """The answers of everybody: all of who is new, and of who is known only what is news."""
    place_of = {number: place for place, number in enumerate(plan.read.table.numbers)}
    fresh: list[Statement] = []
    open_to_us = []
    for row, known in plan.known:
        if row.said and known.is_limited:
            plan.read.refuse(
                place_of[row.number], _("data orang ini sedang dibatasi, jadi tidak boleh ditambah")
            )
        else:
            open_to_us.append((row, known))
            fresh.extend(statements_of(batch, row, known.key, known.household, where_kept(known)))
    plan.known = open_to_us
    kept = list(news(once_a_home(fresh), on))
    fresh_keys = {one.key for one in kept}
    plan.added = sum(
        any(statement_key(batch, row.number, name) in fresh_keys for name in row.said)
        for row, _known in plan.known
    )
    plan.statements = [*kept, *once_a_home(_of_newcomers(plan, batch))]


def _of_newcomers(plan: PeoplePlan, batch: Batch) -> Iterable[Statement]:
    for row in plan.new:
        if row.said:
            newcomer = newcomer_of(batch, row, plan.homes_known)
            yield from statements_of(batch, row, newcomer.key, newcomer.home, row.where)


def newcomer_of(batch: Batch, row: PersonRow, homes_known: dict[str, UUID]) -> Newcomer:
    """Who is registered for a row, in which home."""
    home = homes_known.get(row.kk) if row.kk else None
    return Newcomer(person_key(batch, row), home or home_key(batch, row), row.where, row.changes)


def new_homes(batch: Batch, rows: Iterable[PersonRow], homes_known: dict[str, UUID]) -> list[NewHome]:
    """The homes that are not known yet, each once, as its first row tells."""
    found: dict[UUID, NewHome] = {}
    for row in rows:
        if row.kk not in homes_known:
            key = home_key(batch, row)
            if key not in found:
                found[key] = NewHome(key, row.where, row.address, row.kk)
    return list(found.values())
