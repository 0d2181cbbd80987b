"""Which rows of a list are about people who are known: surely, by their NIK, or perhaps, by all that is known of them.

The weights are those by which one person is compared before being registered. For a hundred thousand rows nobody
can be asked for one by one, so everybody within reach is read once, in pieces, and kept where a key fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.engines.matching.likeness import LIKELY, WEIGHTS, Card, likeness
from simpul.engines.matching.names import first_sound, longest_sound, name_sound
from simpul.imports.queries.lots import lots
from simpul.imports.queries.rows import PersonRow
from simpul.people.models import Person
from simpul.places.models import REGENCY_SIGNS

_AT_ONCE = 20_000
# More than these nobody looks through; the likeliest come first.
_MOST_SHOWN = 5
_COLUMNS = (
    "pk",
    "name",
    "name_sound",
    "name_first",
    "name_long",
    "born_earliest",
    "born_latest",
    "sex",
    "nik_index",
    "mother_name_key",
    "region",
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody within reach whose NIK a row names."""

    key: UUID
    name: str
    household: UUID
    organisation: UUID | None
    region: str
    is_limited: bool


def by_nik(rows: Iterable[PersonRow], by: User) -> dict[bytes, list[Known]]:
    """People within reach by the fingerprint of their NIK; several where one number stands twice."""
    wanted = {row.nik_index for row in rows if row.nik_index}
    found: dict[bytes, list[Known]] = defaultdict(list)
    reach = Person.objects.reachable(by, Permission.PERSON_SEARCH).filter(erased_at=None)
    columns = ("nik_index", "pk", "name", "household_id", "organisation", "region", "limited_since")
    for piece in lots(wanted):
        for nik, key, name, home, organisation, region, limited in reach.filter(
            nik_index__in=piece
        ).values_list(*columns):
            found[bytes(nik)].append(Known(key, name, home, organisation, region, limited is not None))
    return found


def is_other_name(one: str, other: str) -> bool:
    """Whether two names cannot be of one person: then a number that both have is wrong for one of them."""
    parts = likeness(Card(name=one), Card(name=other)).parts
    return any(part.about == "name" and part.values["how"] == "different" for part in parts)


def likely_same(
    rows: list[PersonRow], by: User, progress: Callable[[int, int], None] = lambda done, total: None
) -> dict[int, list[UUID]]:
    """Who may be the same as each row, the likeliest first, by the row's number. Rows like nobody are left out."""
    keys = _Keys(rows)
    for candidate, numbers in _candidates(keys, by, progress):
        for number in numbers:
            keys.weigh(number, candidate)
    return {
        number: [key for _score, key in sorted(held, key=lambda one: (-one[0], str(one[1])))[:_MOST_SHOWN]]
        for number, held in keys.likely.items()
    }


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: UUID
    card: Card


class _Keys:
    """The rows by the keys under which somebody alike would be found."""

    def __init__(self, rows: list[PersonRow]) -> None:
        self.rows = {row.number: row.card for row in rows}
        self.by_sound: dict[str, list[int]] = defaultdict(list)
        self.by_birth: dict[tuple[Any, str], list[int]] = defaultdict(list)
        self.likely: dict[int, list[tuple[int, UUID]]] = defaultdict(list)
        for number, card in self.rows.items():
            self.by_sound[name_sound(card.name)[:250]].append(number)
            if card.earliest and card.earliest == card.latest:
                for part in {first_sound(card.name)[:60], longest_sound(card.name)[:60]}:
                    self.by_birth[card.earliest, part].append(number)

    def meeting(self, sound: str, first: str, longest: str, born: Any) -> set[int]:
        """The rows that share a key with somebody."""
        found = set(self.by_sound.get(sound, ()))
        if born is not None:
            found.update(self.by_birth.get((born, first), ()))
            found.update(self.by_birth.get((born, longest), ()))
        return found

    def weigh(self, number: int, candidate: _Candidate) -> None:
        card = self.rows[number]
        if _at_most(card, candidate.card) >= LIKELY:
            score = int(likeness(card, candidate.card).answer)
            if score >= LIKELY:
                self.likely[number].append((score, candidate.key))


def _candidates(
    keys: _Keys, by: User, progress: Callable[[int, int], None]
) -> Iterator[tuple[_Candidate, set[int]]]:
    """Everybody within reach who shares a key with a row. In pieces by key: behind pgbouncer no cursor is held."""
    reach = Person.objects.reachable(by, Permission.PERSON_SEARCH).filter(erased_at=None)
    total, done, last = reach.count() if keys.rows else 0, 0, UUID(int=0)
    while done < total:
        piece = list(reach.filter(pk__gt=last).order_by("pk").values_list(*_COLUMNS)[:_AT_ONCE])
        if not piece:
            return
        for key, name, sound, first, longest, earliest, latest, sex, nik, mother, region in piece:
            numbers = keys.meeting(sound, first, longest, earliest)
            if numbers:
                card = Card(
                    name, earliest, latest, sex, bytes(nik) if nik is not None else None, mother, region
                )
                yield _Candidate(key, card), numbers
        last, done = piece[-1][0], done + len(piece)
        progress(done, total)


def _at_most(one: Card, other: Card) -> int:
    """No less than the true weight of two cards, in a fraction of its time: most pairs share a name and nothing else."""
    most = WEIGHTS["name"]["same"]
    if one.nik and other.nik:
        most += WEIGHTS["nik"]["same" if one.nik == other.nik else "different"]
    if one.sex and other.sex and one.sex != other.sex:
        most += WEIGHTS["sex"]["different"]
    if one.earliest and other.earliest:
        most += _birth_at_most(one, other)
    if one.mother and other.mother:
        most += WEIGHTS["mother"]["same" if one.mother == other.mother else "alike"]
    if one.region and one.region[:REGENCY_SIGNS] == other.region[:REGENCY_SIGNS]:
        most += WEIGHTS["region"]["same_village"]
    return most


def _birth_at_most(one: Card, other: Card) -> int:
    weights = WEIGHTS["born"]
    mine, theirs = one.earliest, other.earliest
    if mine is None or theirs is None:
        return 0
    if one.earliest != one.latest or other.earliest != other.latest:
        return weights["estimate_fits"]
    if mine == theirs:
        return weights["same"]
    # A slip leaves the year, or the day and month; one within a number changes the year alone.
    if mine.year == theirs.year or (mine.day, mine.month) == (theirs.day, theirs.month):
        return weights["swapped"]
    return weights["near"] if abs(mine.year - theirs.year) <= 2 else weights["different"]
