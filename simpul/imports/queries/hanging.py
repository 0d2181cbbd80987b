"""What an import made, and what was hung on it since: that prevents undoing, and is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from simpul.imports.models import Batch, Made
from simpul.imports.queries.lots import lots
from simpul.imports.queries.statements import statement_key
from simpul.imports.stages import Kind, Table
from simpul.instruments.models import AnswerSheet
from simpul.organisations.models import Change, Organisation, Source
from simpul.people.actions.bulk import _first_key
from simpul.people.models import Fact, Household, Person
from simpul.services.models import Revision, Service

_MOST_NAMED = 5
MODELS: dict[str, Any] = {
    Table.PERSON: Person,
    Table.HOUSEHOLD: Household,
    Table.ORGANISATION: Organisation,
    Table.SOURCE: Source,
    Table.SERVICE: Service,
    Table.SHEET: AnswerSheet,
}


@dataclass(frozen=True, slots=True)
class Hanging:
    """Something that hangs on what an import made, in words, how often, and the first few that it hangs on."""

    words: str
    count: int
    named: tuple[str, ...] = ()


def made_keys(batch: Batch, table: str) -> list[UUID]:
    """The keys of what this import made in a table."""
    return list(
        Made.objects.filter(batch=batch, table=table).order_by("number").values_list("key", flat=True)
    )


def said_keys(batch: Batch) -> list[UUID]:
    """The keys of what it said about people: those of its rows and questions that are there."""
    names = [code.removeprefix("fact:") for code in batch.mapping.values() if code.startswith("fact:")]
    if batch.kind == Kind.ANSWERS_DOWN:
        names = list((batch.picture or {}).get("asked", []))
    wanted = (
        statement_key(batch, number, name) for number in range(1, batch.rows_until + 1) for name in names
    )
    found: list[UUID] = []
    for piece in lots(wanted):
        found += Fact.objects.filter(pk__in=piece).values_list("pk", flat=True)
    return found


def hanging(batch: Batch) -> list[Hanging]:
    """All that prevents undoing; empty where it can be undone."""
    people, homes = made_keys(batch, Table.PERSON), set(made_keys(batch, Table.HOUSEHOLD))
    said = set(said_keys(batch))
    found = [
        *_changed(batch),
        *_on_people(people, said),
        *_in_homes(people, homes, said),
        *_on_things(batch),
    ]
    merged: dict[str, Hanging] = {}
    for one in found:
        held = merged.get(one.words)
        named = (*(held.named if held else ()), *one.named)[:_MOST_NAMED]
        merged[one.words] = Hanging(one.words, one.count + (held.count if held else 0), named)
    return list(merged.values())


def _changed(batch: Batch) -> Iterator[Hanging]:
    for piece in lots(made_keys(batch, Table.PERSON)):
        rows = Person.objects.filter(pk__in=piece).filter(Q(version__gt=1) | Q(erased_at__isnull=False))
        yield from _told(_("data orang sudah diubah sesudahnya"), rows)
        held = Person.objects.filter(pk__in=piece).filter(
            Q(limited_since__isnull=False) | Q(held_since__isnull=False)
        )
        yield from _told(_("data orang sedang dibatasi atau ditahan"), held)
    for model, table in ((Source, Table.SOURCE), (AnswerSheet, Table.SHEET)):
        for piece in lots(made_keys(batch, table)):
            yield from _told(_("sudah diubah sesudahnya"), model.objects.filter(pk__in=piece, version__gt=1))


def _on_people(people: list[UUID], said: set[UUID]) -> Iterator[Hanging]:
    for piece in lots(people):
        for relation in _relations(Person):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": piece})
            if relation.related_model is Fact:
                # What was said with the registration itself goes with it.
                ours = said | {_first_key(key, name) for key in piece for name in ("born", "sex")}
                keys = [key for key in rows.values_list("pk", flat=True) if key not in ours]
                rows = Fact.objects.filter(pk__in=keys)
            yield from _told(_words_of(relation.related_model), rows)
        sheets = AnswerSheet.objects.filter(Q(participant__in=piece) | Q(about__in=piece))
        yield from _told(_words_of(AnswerSheet), sheets)


def _in_homes(people: list[UUID], homes: set[UUID], said: set[UUID]) -> Iterator[Hanging]:
    ours = set(people)
    for piece in lots(homes):
        living = Person.objects.filter(household__in=piece).values_list("pk", flat=True)
        strangers = [key for key in living if key not in ours]
        yield from _told(
            _("orang lain sudah masuk ke rumah tangga itu"), Person.objects.filter(pk__in=strangers)
        )
        for relation in _relations(Household):
            if relation.related_model is Person:
                continue
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": piece})
            keys = [key for key in rows.values_list("pk", flat=True) if key not in said]
            yield from _told(
                _words_of(relation.related_model), relation.related_model._base_manager.filter(pk__in=keys)
            )
        changed = Household.objects.filter(pk__in=piece, version__gt=1)
        yield from _told(_("data rumah tangga sudah diubah sesudahnya"), changed)


def _on_things(batch: Batch) -> Iterator[Hanging]:
    for table in (Table.ORGANISATION, Table.SOURCE, Table.SERVICE, Table.SHEET):
        for piece in lots(made_keys(batch, table)):
            for relation in _relations(MODELS[table]):
                model = relation.related_model
                rows = model._base_manager.filter(**{f"{relation.field.name}__in": piece})
                if model in (Change, Revision):
                    rows = rows.exclude(at=batch.run_at)
                yield from _told(_words_of(model), rows)
            if table == Table.ORGANISATION:
                yield from _told(_words_of(Person), Person.objects.filter(organisation__in=piece))


def _relations(model: type[Model]) -> Collection[Any]:
    """Every table that points at this one."""
    return [one for one in model._meta.related_objects if one.related_model is not None]


def _words_of(model: type[Model]) -> str:
    words = {
        "people.Consent": _("persetujuan"),
        "people.DataRequest": _("permintaan atas data"),
        "people.Fact": _("jawaban yang dicatat sesudahnya"),
        "people.Person": _("orang"),
        "screening.Screening": _("penapisan"),
        "cases.Case": _("kasus"),
        "instruments.AnswerSheet": _("lembar jawaban"),
        "services.Service": _("layanan"),
        "organisations.Registration": _("permohonan tanda daftar"),
        "organisations.Source": _("sumber bantuan"),
    }
    return words.get(model._meta.label, _("catatan lain yang dibuat sesudahnya"))


def _told(words: str, rows: Any) -> Iterator[Hanging]:
    count = rows.count()
    if count:
        yield Hanging(words, count, tuple(_name(row) for row in rows[:_MOST_NAMED]))


def _name(row: Any) -> str:
    """Whom or what it hangs on, as who undoes may see it: they brought these people themselves."""
    person = getattr(row, "person", None)
    if isinstance(row, Person) or isinstance(person, Person):
        return str(row if isinstance(row, Person) else person)
    return str(row) if isinstance(row, Organisation | Service | Source) else ""
