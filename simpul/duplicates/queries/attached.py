"""What hangs on a person: every row of every table that points at them or, where nobody else lives there, at their home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.refusal import Refusal
from simpul.cases.models import Concerned
from simpul.people.models import Household, Person
from simpul.people.queries import require_not_limited

# What this subject itself keeps of two people says what was done with them, and stays.
_OURS = "duplicates"
# What one person may have once, and what to do where both have it.
_ONCE: dict[str, Promise] = {
    "one_running_screening_per_person": gettext_lazy(
        "Keduanya sedang ditapis. Selesaikan atau hentikan dulu salah satu penapisan."
    ),
}
# Whoever merges may not know of a case: its rows go along without being counted, and no obstacle tells of them.
_OF_CASES = frozenset({"cases", "referrals"})
_NAMES: dict[str, Promise] = {
    "people.consent": gettext_lazy("persetujuan"),
    "people.fact": gettext_lazy("jawaban dan fakta"),
    "people.datarequest": gettext_lazy("permintaan atas data"),
    "people.person": gettext_lazy("catatan yang pernah digabung"),
}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points at people or homes, and from whom to whom its rows go."""

    model: type[Model]
    field: str
    old: UUID
    new: UUID

    @property
    def table(self) -> str:
        return self.model._meta.label_lower

    @property
    def is_of_cases(self) -> bool:
        """Whether even that there is a row may be a secret of somebody's case."""
        return self.model._meta.app_label in _OF_CASES

    @property
    def rows(self) -> QuerySet[Any]:
        # Every row: also of those tables whose usual list leaves something out.
        return self.model._base_manager.filter(**{self.field: self.old})


def pointers(loser: Person, survivor: Person) -> Iterator[Pointer]:
    """Every column whose rows go along. A home goes along only where nobody else lives in it."""
    for model, field in _columns_to(Person):
        yield Pointer(model, field, loser.pk, survivor.pk)
    if not moves_home(loser, survivor):
        return
    for model, field in _columns_to(Household):
        if model is not Person:
            yield Pointer(model, field, loser.household_id, survivor.household_id)


def moves_home(loser: Person, survivor: Person) -> bool:
    """Whether what is known of the home belongs to this person alone."""
    others = Person.objects.filter(household=loser.household_id).exclude(pk=loser.pk)
    return loser.household_id != survivor.household_id and not others.exists()


def _columns_to(target: type[Model]) -> Iterator[tuple[type[Model], str]]:
    # Hidden ones too: a table that asks for no way back from a person still points at them.
    for relation in target._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not hasattr(relation, "field"):
            continue
        field = relation.field
        if isinstance(field, ForeignKey) and field.model._meta.app_label != _OURS:
            yield field.model, field.name


def pointer_again(table: str, field: str, *, old: UUID, new: UUID) -> Pointer:
    """A column as a merge noted it down."""
    return Pointer(apps.get_model(table), field, old, new)


def counts(loser: Person, survivor: Person) -> list[tuple[str, int]]:
    """How many rows of what would go along, in words. Of closed files not even that they exist is told."""
    found: Counter[str] = Counter()
    for pointer in (one for one in pointers(loser, survivor) if not one.is_of_cases):
        found[str(_NAMES.get(pointer.table, _("catatan lain")))] += pointer.rows.count()
    return [(words, number) for words, number in found.items() if number]


def obstacles(loser: Person, survivor: Person) -> list[str]:
    """What has to be finished before these two can be merged, each as a sentence."""
    told = [*_closed(loser, survivor), *_both_have(loser, survivor), *_in_each_others_case(loser, survivor)]
    # Once, however many there are: how many would tell of the cases too.
    return list(dict.fromkeys(told))


def _closed(loser: Person, survivor: Person) -> Iterator[str]:
    for person in (loser, survivor):
        try:
            require_not_limited(person)
        except Refusal as refusal:
            yield f"{person.name}: {refusal}"
        if person.held_since is not None:
            yield _("%(name)s: data ini sedang ditahan untuk suatu proses. Tunggu sampai dilepas.") % {
                "name": person.name
            }
        if person.merged_into_id is not None:
            yield _("%(name)s: catatan ini sudah digabung dengan catatan lain.") % {"name": person.name}


def _both_have(loser: Person, survivor: Person) -> Iterator[str]:
    for pointer in pointers(loser, survivor):
        for name, others, condition in _once_each(pointer.model, pointer.field):
            theirs = pointer.rows.filter(condition) if condition is not None else pointer.rows
            ours = pointer.model._base_manager.filter(**{pointer.field: pointer.new})
            ours = ours.filter(condition) if condition is not None else ours
            if set(_values(theirs, others)) & set(_values(ours, others)):
                yield _of_cases() if pointer.is_of_cases else _of_both(name, pointer)


def _of_both(name: str, pointer: Pointer) -> str:
    words = _("Ada catatan yang hanya boleh satu untuk setiap orang, dan keduanya memilikinya (%(what)s).")
    return str(_ONCE.get(name) or words % {"what": _NAMES.get(pointer.table, pointer.table)})


def _of_cases() -> str:
    """The same whatever the case is and whoever stands in it."""
    return _("Ada catatan pendampingan yang perlu diperiksa lebih dulu. Mintalah supervisor kasus.")


def _values(rows: QuerySet[Any], names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    return iter(rows.values_list(*names)) if names else iter([()] if rows.exists() else [])


def _once_each(model: type[Model], field: str) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """What the database keeps from standing twice for one person: name, the other columns, and when it holds."""
    column = model._meta.get_field(field)
    if getattr(column, "unique", False):
        yield field, (), None
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field in constraint.fields:
            others = tuple(name for name in constraint.fields if name != field)
            yield constraint.name, others, constraint.condition


def _in_each_others_case(loser: Person, survivor: Person) -> Iterator[str]:
    """Somebody is not somebody around themselves."""
    for client, around in ((loser, survivor), (survivor, loser)):
        if Concerned.objects.filter(person=around, case__person=client, ended_on=None).exists():
            yield _of_cases()
            return
