"""Schemes that an office enters itself from a regulation that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.accreditation.models import OwnScheme
from simpul.accreditation.queries.own_schemes import free_code
from simpul.catalogue.accreditation import SchemeFault, from_words, to_words


class SchemeRefused(Refusal):
    """A scheme that cannot be used. Says where its first mistake stands."""


@action(Permission.ACCREDITATION_SECRETARY)
def enter_scheme(
    where: Where, /, *, by: User, key: UUID, words: Mapping[str, Any], on: date, at: datetime
) -> OwnScheme:
    """Keep a scheme, checked by the same reader as the catalogue's. Sent twice it is one.

    One that was used stays as it is: under the same code it becomes a new version, which is a row of its own with
    the next free code, and the earlier one of the same regulation is no longer offered. Raises SchemeRefused.
    """
    # Two presses come from one person: the second waits here, and then finds what the first made.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if found := made_before(OwnScheme, key, by=by.pk, region=where.region):
        return found
    try:
        read = from_words(words)
        code = free_code(read.code)
        scheme = from_words({**words, "code": code})
    except SchemeFault as fault:
        sentence = fault.sentence.in_language(get_language() or "id")
        raise SchemeRefused(f"{fault.place}: {sentence}" if fault.place else sentence) from fault
    made: OwnScheme = OwnScheme.objects.create(
        id=key,
        code=scheme.code,
        regulation=scheme.regulation[:200],
        source=scheme.source,
        region=where.region,
        valid_from=scheme.valid_from,
        words=to_words(scheme),
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    earlier = OwnScheme.objects.filter(region=made.region, regulation=made.regulation, closed_on=None)
    earlier.exclude(pk=made.pk).update(closed_on=max(on, made.valid_from))
    return made


@action(Permission.ACCREDITATION_SECRETARY)
def close_scheme(own: OwnScheme, /, *, by: User, on: date) -> OwnScheme:
    """No longer offered to who begins anew; runs that began with it go on by it. Closed twice it is closed once."""
    current: OwnScheme = OwnScheme.objects.select_for_update().get(pk=own.pk)
    if current.closed_on is None:
        current.closed_on = on
        current.save(update_fields=["closed_on"])
    return current
