"""What becomes of pairs and merges when the data of somebody are erased: who decided what stays, without its reasons."""

from __future__ import annotations

from django.db.models import Q

from simpul.duplicates.models import Merge, Pair
from simpul.people.actions import Emptying
from simpul.people.models import Person

_WORDS = Emptying(
    "pairs",
    lambda person: (
        Pair.objects.filter(Q(left__in=_known_as(person)) | Q(right__in=_known_as(person))),
        Merge.objects.filter(Q(survivor=person) | Q(loser__in=_known_as(person))),
    ),
)


class PairsEmptied:
    """What was compared tells of the person too: how a name or a birth agrees."""

    def __call__(self, person: Person) -> dict[str, int]:
        emptied = _WORDS(person)
        about = Q(left__in=_known_as(person)) | Q(right__in=_known_as(person))
        Pair.objects.filter(about).update(parts=[])
        return {word: count for word, count in emptied.items() if count}


def _known_as(person: Person) -> list[Person]:
    """All records of one person."""
    return [person, *Person.everybody.filter(merged_into=person)]


ERASER = PairsEmptied()
