"""Where somebody came from: the list with which they were registered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from simpul.imports.models import Batch, Doubt, Made
from simpul.imports.queries.values import need_words_shown
from simpul.imports.stages import Table


@dataclass(frozen=True, slots=True)
class Origin:
    """That somebody came with a list, and what the list called them."""

    batch: Batch
    number: int
    said: str


def origin_of(person: UUID) -> Origin | None:
    """The list with which somebody was registered; None for who was registered by hand."""
    from_list = _made(person)
    if from_list is None:
        return None
    said = need_words_shown(from_list.said) if from_list.said else ""
    return Origin(from_list.batch, from_list.number, said)


def _made(person: UUID) -> Made | None:
    found: Made | None = Made.objects.filter(pk=person, table=Table.PERSON).select_related("batch").first()
    return found


def batches_about(person: UUID) -> list[UUID]:
    """The imports that concern somebody: that registered them, or whose doubtful row is about them.

    Their events stand in the record under the import (`subject_kind` imports.batch), not one for each of its people.
    """
    held = _made(person)
    keys = {held.batch_id} if held else set()
    keys.update(Doubt.objects.filter(person=person).values_list("batch", flat=True))
    return sorted(keys, key=str)
