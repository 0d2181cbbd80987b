"""After a fresh key: everything sealed is sealed again with it, a piece at a time.

Old keys stay in the file and still open what they sealed, so this may be stopped at any moment and begun again.
Reasons in the record of events are left as they are: events never change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from simpul.access.models import Event
from simpul.access.second_factors import is_old_text, opened_text, sealed_text
from simpul.access.secrets import SealBroken, Sealed, is_under_active_key, seal, sealed_fields, unseal

PIECE = 500


@dataclass(frozen=True)
class SealedValue:
    """One sealed value as it lies in its table."""

    model: type[Model]
    pk: Any
    field: str
    held: bytes
    context: str

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower} {self.pk}, {self.field}"


def sealed_tables() -> Iterator[tuple[type[Model], dict[str, Sealed]]]:
    for model in apps.get_models():
        if not model._meta.proxy and (fields := sealed_fields(model)):
            yield model, fields


def sealed_values(model: type[Model], fields: dict[str, Sealed]) -> Iterator[list[SealedValue]]:
    """Everything sealed in a table, in pieces of rows."""
    rows = model._base_manager.order_by("pk")
    columns = [field.column for field in fields.values()]
    last = None
    while piece := list(
        (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", *columns)[:PIECE]
    ):
        yield [
            SealedValue(model, pk, name, bytes(held), field.context_of(model, pk))
            for pk, *row in piece
            for (name, field), held in zip(fields.items(), row, strict=True)
            if held is not None
        ]
        last = piece[-1][0]


def reseal_all(told: Callable[[int], None] = lambda count: None) -> int:
    """Seal everything again that an older key sealed; returns how many values that were.

    Each piece is whole or not at all. What does not open is left as it is: the audit names it.
    `told` hears the count after each piece.
    """
    done = 0
    for model, fields in sealed_tables():
        if model is Event:
            continue
        for piece in sealed_values(model, fields):
            with transaction.atomic():
                done += sum(_reseal(value, fields[value.field]) for value in piece)
            told(done)
    return done + _reseal_second_factors()


def _reseal(value: SealedValue, field: Sealed) -> int:
    if is_under_active_key(value.held):
        return 0
    try:
        fresh = seal(unseal(value.held, value.context), value.context)
    except SealBroken:
        return 0
    # Only where it is still what we read: somebody may be writing a newer value, under the new key.
    rows = value.model._base_manager.filter(pk=value.pk, **{field.column: value.held})
    return rows.update(**{field.column: fresh})


def _reseal_second_factors() -> int:
    done = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if factor is None:
                continue
            fresh = {name: _fresh(held) for name, held in factor.data.items()}
            if fresh != factor.data:
                factor.data = fresh
                factor.save(update_fields=["data"])
                done += 1
    return done


def _fresh(held: Any) -> Any:
    if isinstance(held, list):
        return [_fresh(part) for part in held]
    return sealed_text(opened_text(held)) if isinstance(held, str) and is_old_text(held) else held
