"""Merging two records of one person, and undoing it. The record that goes keeps its row, its name and its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import current, made_before
from simpul.duplicates.actions.deciding import _worded
from simpul.duplicates.models import Merge, Pair, PairState
from simpul.duplicates.queries.attached import Pointer, obstacles, pointer_again, pointers
from simpul.people.models import Fact, Person, fact_fingerprint

_PIECE = 500


class NotMergeable(Refusal):
    """Something has to be finished first; the sentence says what."""


class NotUndoable(Refusal):
    """A later merge builds on this one, or the data were erased meanwhile."""


@action(Permission.PERSON_MERGE)
def merge(
    pair: Pair, /, *, by: User, key: UUID, survivor: UUID, version: int, at: datetime, because: str = ""
) -> Merge:
    """Make one person of two records: all that hangs on the other one goes to `survivor`, whose own data stay.

    The other one keeps its row and is found by its name and numbers; opening it leads to the survivor. Exactly what
    was moved is noted. All or nothing. Raises NotMergeable. Sent twice it is one merge.
    """
    said = _worded(because)
    if before := made_before(Merge, key, pair_id=pair.pk, survivor_id=survivor):
        return before
    held = current(pair, version)
    people = _locked(held.about_people)
    if survivor not in people:
        raise NotMergeable(_("Pilih catatan mana yang dipertahankan."))
    if held.state == PairState.SAME:
        raise NotMergeable(_("Kedua catatan ini sudah digabung."))
    kept, loser = people.pop(survivor), people.popitem()[1]
    if told := obstacles(loser, kept):
        raise NotMergeable(" ".join(told))
    row = Merge(id=key, pair=held, survivor=kept, loser=loser, at=at, by=by.pk, by_name=str(by))
    row.before, row.because = _decided(held), said or None
    row.moved = [_moved(pointer) for pointer in pointers(loser, kept) if pointer.rows.exists()]
    row.save(force_insert=True)
    _mark(loser, kept)
    held.state, held.version = PairState.SAME, version + 1
    held.decided_at, held.decided_by, held.decided_by_name = at, by.pk, str(by)
    held.save()
    return row


@action(Permission.PERSON_MERGE)
def undo(done: Merge, /, *, by: User, at: datetime, because: str = "") -> Merge:
    """Make two of them again: what was moved goes back, what came since stays with the survivor.

    Raises NotUndoable. Sent twice it is one.
    """
    said = _worded(because)
    held = current(done)
    if not held.stands:
        return held
    people = _locked(held.about_people)
    survivor, loser = people[held.survivor_id], people[held.loser_id]
    if survivor.is_erased or loser.is_erased:
        raise NotUndoable(_("Data orang ini sudah dihapus, jadi penggabungan tidak dapat dibatalkan."))
    if survivor.merged_into_id is not None:
        raise NotUndoable(
            _(
                "Catatan ini kemudian digabung lagi dengan catatan lain. Batalkan dulu penggabungan yang lebih baru."
            )
        )
    for entry in held.moved:
        back = pointer_again(entry["table"], entry["field"], old=UUID(entry["to"]), new=UUID(entry["from"]))
        _moved(back, entry["keys"])
    _mark(loser, None)
    _restored(current(held.pair), held.before).save()
    held.undone_at, held.undone_by, held.undone_by_name, held.undone_because = (
        at,
        by.pk,
        str(by),
        said or None,
    )
    held.save()
    return held


def _locked(keys: Iterable[UUID]) -> dict[UUID, Person]:
    """In the order of their keys, so that two merges at once do not wait for each other."""
    rows = Person.everybody.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    return {row.pk: row for row in rows}


def _moved(pointer: Pointer, keys: list[str] | None = None) -> dict[str, Any]:
    """Moves rows (all, or those named that are still there) and says which, as `Merge.moved` keeps it."""
    wanted = [str(key) for key in pointer.rows.values_list("pk", flat=True)] if keys is None else keys
    for start in range(0, len(wanted), _PIECE):
        piece = wanted[start : start + _PIECE]
        going = list(pointer.rows.filter(pk__in=piece).values_list("pk", flat=True))
        pointer.rows.filter(pk__in=going).update(**{pointer.field: pointer.new})
        if pointer.model is Fact:
            _found_again(going)
    return {
        "table": pointer.table,
        "field": pointer.field,
        "from": str(pointer.old),
        "to": str(pointer.new),
        "keys": sorted(wanted),
    }


def _found_again(keys: list[UUID]) -> None:
    """The name of a fact is found by a fingerprint that is bound to whom the fact is about."""
    facts = list(Fact.objects.filter(pk__in=keys))
    for fact in facts:
        fact.name_index = fact_fingerprint(fact.name, fact.person_id or fact.household_id)
    Fact.objects.bulk_update(facts, ["name_index"])


def _mark(loser: Person, survivor: Person | None) -> None:
    Person.everybody.filter(pk=loser.pk).update(merged_into=survivor)


def _decided(pair: Pair) -> dict[str, Any]:
    """What the pair said before. Its reason stays where it is sealed."""
    return {
        "state": pair.state,
        "version": pair.version,
        "decided_at": pair.decided_at.isoformat() if pair.decided_at else None,
        "decided_by": str(pair.decided_by) if pair.decided_by else None,
        "decided_by_name": pair.decided_by_name,
    }


def _restored(pair: Pair, before: dict[str, Any]) -> Pair:
    pair.state, pair.version = before["state"], before["version"]
    pair.decided_at = parse_datetime(before["decided_at"]) if before["decided_at"] else None
    pair.decided_by = UUID(before["decided_by"]) if before["decided_by"] else None
    pair.decided_by_name = before["decided_by_name"]
    return pair
