"""Who is compared with whom, and which pairs are known already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import Q

from simpul.access.jobs import latest
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.secrets import unseal
from simpul.duplicates.models import Pair, PairState
from simpul.engines.linkage.records import Record
from simpul.people.models import Person

# The name of the work in the background.
FIND = "duplicates.find"
_ROWS = 5_000
_COLUMNS = (
    "pk", "name_key", "name_sound", "name_first", "name_long", "mother_name_key",
    "born_earliest", "born_latest", "sex", "nik_sealed", "region",
)  # fmt: skip


def where_of(user: User) -> Where | None:
    """For which place this person looks for duplicates; None for who may not."""
    grants = sorted(user.grants_with(Permission.DUPLICATE_VIEW), key=lambda grant: grant.granted_at)
    return Where(grants[0].organisation, grants[0].region) if grants else None


def last_search(user: User) -> Job | None:
    """The newest search of this person."""
    return latest(FIND, user.pk)


def records_within(user: User) -> Iterator[Record]:
    """Everybody within reach, as they are compared. Numbers are opened here, and nowhere written."""
    reach = Person.objects.reachable(user, Permission.DUPLICATE_VIEW).filter(erased_at=None)
    for row in reach.order_by().values_list(*_COLUMNS).iterator(_ROWS):
        key, words, sound, first, longest, mother, earliest, latest_, sex, nik, region = row
        yield Record(
            key=str(key),
            words=words,
            sound=sound,
            first=first,
            longest=longest,
            mother=mother,
            earliest=earliest,
            latest=latest_,
            sex=sex,
            nik=unseal(nik, Person.nik.context_of(Person, key)) if nik is not None else "",
            region=region,
        )


def standing_pairs(people: Collection[UUID]) -> Iterator[Pair]:
    """The pairs known of these people, whatever was decided. Many people: the pairs are fewer than they."""
    for row in Pair.objects.filter(left__merged_into=None, right__merged_into=None).iterator(_ROWS):
        if row.left_id in people and row.right_id in people:
            yield row


def known_different() -> set[tuple[UUID, UUID]]:
    """What was decided of a record holds for the one into which it was merged, too."""
    rows = Pair.objects.filter(state=PairState.DIFFERENT)
    rows = rows.filter(Q(left__merged_into__isnull=False) | Q(right__merged_into__isnull=False))
    names = ("left", "right", "left__merged_into", "right__merged_into")
    return {
        _ordered(into_left or left, into_right or right)
        for left, right, into_left, into_right in rows.values_list(*names)
    }


def _ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)
