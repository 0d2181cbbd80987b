"""What happens to the record of a source of help: registered, changed, its criteria answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.rows import KeyTaken
from simpul.catalogue import sources as catalogue
from simpul.organisations.actions.sources_life import _end_listings
from simpul.organisations.actions.sources_record import (
    AlreadyThere,
    LooksTheSame,
    SourceGone,
    SourceIncomplete,
    _clash_of,
    _clash_of_answers,
    _fill,
)
from simpul.organisations.models import Source
from simpul.organisations.queries.source_types import holds_in, source_type
from simpul.organisations.queries.sources_alike import alike


@action(Permission.SOURCE_EDIT)
def register_source(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    type_code: str,
    details: Mapping[str, Any],
    on: date,
    at: datetime,
    is_another: bool = False,
) -> Source:
    """A new source of that type; a repeated key gives the same one again.

    `details` are fields by their names; `is_another`: the worker looked at those alike, and keeps this one. Raises
    AlreadyThere, LooksTheSame or another Refusal; nothing is then written.
    """
    found: Source | None = Source.objects.filter(pk=key).first()
    if found is not None:
        return _the_same(found, by, type_code)
    known = source_type(type_code)
    if known is None or not holds_in(type_code, where.region):
        raise SourceIncomplete(_("Pilih jenis sumber bantuan dari daftar."))
    source = Source(
        id=key,
        type_code=known.code,
        edition="" if known.is_local else catalogue.edition().code,
        unit=known.unit,
        region=where.region,
        registered_on=on,
        at=at,
        by=by.pk,
        by_name=str(by),
    )
    _fill(source, {"name": "", "region": where.region, **details}, by=by, on=on)
    _require_new(source, by, is_another=is_another)
    try:
        with transaction.atomic():
            source.save(force_insert=True)
    except IntegrityError:
        # The same form arrived twice at the same moment; the other one was first.
        return _the_same(Source.objects.get(pk=key), by, type_code)
    return source


def _the_same(found: Source, by: User, type_code: str) -> Source:
    if found.by != by.pk or found.type_code != type_code:
        raise KeyTaken
    return found


def _require_new(source: Source, by: User, *, is_another: bool) -> None:
    rows = alike(
        by,
        name=source.name,
        nik=source.nik or "",
        born=source.born,
        unit=source.unit,
        region=source.region,
        but=source.pk,
    )
    for one in rows:
        # One person may serve in two ways, never twice in the same.
        if one.by_number and one.source.type_code == source.type_code:
            raise AlreadyThere(one.source.name)
    if rows and not is_another:
        raise LooksTheSame(rows)


@action(Permission.SOURCE_EDIT)
def edit_source(
    source: Source,
    /,
    *,
    by: User,
    version: int,
    changes: Mapping[str, Any],
    on: date,
    at: datetime,
    is_another: bool = False,
) -> Source:
    """Change the fields of `changes`. Raises SourceClash where somebody saved after `version`, or a Refusal.

    What was agreed about the public list ends where the row is then about another one, or under another body.
    """
    current = _held(source)
    if current.version != version:
        raise _clash_of(current, changes)
    was = _who(current)
    _fill(current, changes, by=by, on=on)
    if _who(current) != was:
        _end_listings(current, by, on, at)
    if changes.keys() & {"nik", "name", "born"}:
        _require_new(current, by, is_another=is_another)
    current.version += 1
    current.save()
    return current


@action(Permission.SOURCE_EDIT)
def answer_criteria(
    source: Source, /, *, by: User, version: int, answers: Mapping[str, bool | None], on: date
) -> Source:
    """Keep what is known about the criteria; None is not known, and takes an earlier answer back.

    Raises SourceClash where somebody saved after `version`.
    """
    current = _held(source)
    if current.version != version:
        raise _clash_of_answers(current, answers)
    known = source_type(current.type_code)
    asked = set(known.asked(on, current.region)) if known else set()
    if stray := set(answers) - asked:
        raise SourceIncomplete(_("Pertanyaan %(what)s tidak dikenal.") % {"what": min(stray)})
    kept = {**(current.answers or {}), **answers}
    current.answers = {name: value for name, value in kept.items() if value is not None} or None
    current.version += 1
    current.save()
    return current


def _who(source: Source) -> tuple[object, ...]:
    """About whom somebody agreed to be listed, and under which body."""
    return source.name, source.born, source.nik, source.unit, source.organisation_id


def _held(source: Source) -> Source:
    """The row as it is now, locked until the action is over."""
    current: Source = Source.objects.select_for_update().get(pk=source.pk)
    if current.is_erased:
        raise SourceGone
    return current
