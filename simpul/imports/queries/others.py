"""What would become of each row of a list of bodies, sources of help, services, or answers to an instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.catalogue.instruments import Instrument, Item
from simpul.catalogue.sources import source_types
from simpul.imports.models import Batch, Doubt
from simpul.imports.queries.columns import Read
from simpul.imports.queries.days import Wrong
from simpul.imports.queries.fields import ITEM
from simpul.imports.queries.regions import NAMES, Places
from simpul.imports.queries.things import ThingPlan, ThingRow
from simpul.imports.queries.things_alike import alike_names
from simpul.imports.queries.words import plain, value_words
from simpul.imports.stages import Kind
from simpul.instruments.queries import (
    AnswerRow,
    checked_answers,
    participant_called,
    plan_import,
    require_whole,
    required_instrument,
    wave_code,
)
from simpul.instruments.queries import Fate as SheetFate
from simpul.organisations.models import Organisation
from simpul.organisations.queries.sources_alike import alike
from simpul.places.models import REGENCY_SIGNS
from simpul.services.models import Service

Judge = Callable[["_Sorting", int, dict[str, Any]], None]


def plan_things(read: Read, batch: Batch, by: User, on: date) -> ThingPlan:
    """Hold the rows against what is there within the reach of `by`. Writes nothing."""
    sorting = _Sorting(read, batch, by, on)
    judge = _JUDGES[Kind(batch.kind)]
    for place in range(len(read.table.numbers)):
        if place not in read.reasons:
            values = {code: known.values[place] for code, known in read.columns.items()}
            try:
                judge(sorting, place, {code: value for code, value in values.items() if value is not None})
            except (Wrong, Refusal) as reason:
                read.refuse(place, str(reason))
    sorting.finish()
    return sorting.plan


class _Sorting:
    """The rows of one list while each gets its fate."""

    def __init__(self, read: Read, batch: Batch, by: User, on: date) -> None:
        self.read, self.batch, self.by, self.on = read, batch, by, on
        self.plan = ThingPlan(read)
        self._places: Places | None = None
        self._seen: dict[Any, int] = {}
        self._answers: list[tuple[int, AnswerRow]] = []
        self._instrument: Instrument | None = None
        self._names: dict[str, set[str]] = {}
        self._visible: dict[str, dict[UUID, str]] = {}
        self._before: set[bytes] | None = None
        self._own: list[Organisation] | None = None

    @property
    def instrument(self) -> Instrument:
        """The instrument that the answers are to. Raises Refusal."""
        if self._instrument is None:
            self._instrument = required_instrument(
                self.by, self.batch.instrument, self.batch.instrument_version
            )
        return self._instrument

    def where(self, values: Mapping[str, Any], permission: Permission) -> Where:
        """Where a body or a source is kept. Raises Wrong."""
        if self._places is None:
            self._places = Places((), self.batch.default_region or self.batch.region)
            self.plan.corrected = self._places.corrected
        names = tuple(values.get(name) or "" for name in NAMES)
        region = self._places.found(values.get("region") or "", names)
        where = Where(region=region)
        if not region or not any(where.is_within(grant) for grant in self.by.grants_with(permission)):
            raise Wrong(_("tempatnya di luar wilayah kerja Anda, atau belum disebut"))
        return where

    def once(self, place: int, mark: Any) -> None:
        """Raises Wrong for what stood in an earlier row already."""
        number = self.read.table.numbers[place]
        if (earlier := self._seen.setdefault(mark, number)) != number:
            raise Wrong(_("sudah ada di baris %(row)s berkas ini") % {"row": earlier})

    def add(
        self,
        place: int,
        values: Mapping[str, Any],
        where: Where,
        *,
        likes: list[UUID],
        body: Organisation | None = None,
    ) -> None:
        """A new row; a doubtful one where there are `likes`, unless an earlier list brought it already."""
        number = self.read.table.numbers[place]
        kept = {name: value for name, value in values.items() if name not in (*NAMES, "region")}
        row = ThingRow(number, kept, where, body)
        if not likes:
            self.plan.new.append(row)
        elif row.fingerprint in self.before:
            self.plan.known += 1
        else:
            self.plan.doubtful.append((row, likes))

    @property
    def before(self) -> set[bytes]:
        """The marks of rows that waited or wait for somebody's look, asked for once."""
        if self._before is None:
            reach = Doubt.objects.reachable(self.by, Permission.IMPORT_MAKE).filter(
                batch__kind=self.batch.kind
            )
            self._before = set(map(bytes, reach.values_list("fingerprint", flat=True)))
        return self._before

    def names_in(self, area: str) -> set[str]:
        """The names of bodies of a kabupaten or kota, asked for once."""
        if area not in self._names:
            names = Organisation.objects.filter(region__startswith=area).values_list("name", flat=True)
            self._names[area] = set(map(plain, names))
        return self._names[area]

    def seen_in(self, area: str) -> dict[UUID, str]:
        """The bodies of a kabupaten or kota that this person may see, by their names, asked for once."""
        if area not in self._visible:
            reach = Organisation.objects.reachable(self.by, Permission.ORGANISATION_VIEW)
            self._visible[area] = dict(reach.filter(region__startswith=area).values_list("pk", "name"))
        return self._visible[area]

    @property
    def own_bodies(self) -> list[Organisation]:
        """Bodies whose services may be listed, asked for once."""
        if self._own is None:
            self._own = list(Organisation.objects.reachable(self.by, Permission.SERVICE_EDIT))
        return self._own

    def answered(self, place: int, row: AnswerRow) -> None:
        self._answers.append((place, row))

    def finish(self) -> None:
        """Answers are compared with those that are kept, all at once."""
        if not self._answers:
            return
        place_of = {row.number: place for place, row in self._answers}
        plan = plan_import(self.instrument, [row for _place, row in self._answers])
        for row, fate in plan.fates:
            if fate is SheetFate.NEW:
                self.plan.sheets.append(row)
            elif fate is SheetFate.SAME:
                self.plan.known += 1
            elif fate is SheetFate.TWICE:
                self.read.refuse(place_of[row.number], _("peserta dan gelombang ini sudah ada di baris lain"))
            else:
                self.read.refuse(
                    place_of[row.number], _("peserta ini sudah punya jawaban lain pada gelombang itu")
                )


def _organisation(sorting: _Sorting, place: int, values: dict[str, Any]) -> None:
    where = sorting.where(values, Permission.ORGANISATION_REGISTER)
    area = where.region[:REGENCY_SIGNS]
    sorting.once(place, (plain(values["name"]), area))
    if plain(values["name"]) in sorting.names_in(area):
        sorting.plan.known += 1
    else:
        sorting.add(place, values, where, likes=alike_names(values["name"], sorting.seen_in(area)))


def _source(sorting: _Sorting, place: int, values: dict[str, Any]) -> None:
    where = sorting.where(values, Permission.SOURCE_EDIT)
    sorting.once(place, (values["source_type"], values.get("nik") or (plain(values["name"]), where.region)))
    found = alike(
        sorting.by,
        name=values["name"],
        nik=values.get("nik", ""),
        born=values.get("born"),
        unit=_unit(values["source_type"]),
        region=where.region,
    )
    same = [one for one in found if one.source.type_code == values["source_type"]]
    if any(one.by_number or plain(one.source.name) == plain(values["name"]) for one in same):
        sorting.plan.known += 1
    else:
        sorting.add(place, values, where, likes=[one.source.pk for one in found])


def _unit(code: str) -> str:
    return known.unit if (known := source_types().get(code)) else ""


def _service(sorting: _Sorting, place: int, values: dict[str, Any]) -> None:
    wanted = plain(values["organisation"])
    bodies = [body for body in sorting.own_bodies if wanted in (plain(body.name), plain(body.short_name))]
    if len(bodies) != 1:
        raise Wrong(
            _(
                "lembaga “%(name)s” tidak ditemukan dalam jangkauan Anda; samakan namanya dengan yang di Simpul"
            )
            % {"name": values["organisation"][:60]}
        )
    sorting.once(place, (bodies[0].pk, plain(values["name"])))
    names = dict(Service.objects.filter(organisation=bodies[0]).values_list("pk", "name"))
    if plain(values["name"]) in map(plain, names.values()):
        sorting.plan.known += 1
    else:
        where = Where(bodies[0].pk, bodies[0].region)
        sorting.add(place, values, where, likes=alike_names(values["name"], names), body=bodies[0])


def _sheet(sorting: _Sorting, place: int, values: dict[str, Any]) -> None:
    instrument = sorting.instrument
    given = dict(_given(instrument, values))
    answers = checked_answers(instrument, given)
    require_whole(instrument, answers)
    day = values.get("filled_on") or sorting.batch.listed_on
    if day > sorting.on:
        raise Wrong(_("tanggal pengisian belum tiba"))
    where = Where(sorting.batch.organisation, sorting.batch.region)
    sorting.answered(
        place,
        AnswerRow(
            number=sorting.read.table.numbers[place],
            participant=participant_called(where, values["participant"]),
            on=day,
            answers=answers,
            label=values.get("label", "")[:200],
            wave=wave_code(values.get("wave", "")),
        ),
    )


def _given(instrument: Instrument, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for item in instrument.items:
        cell = values.get(ITEM + item.code)
        if cell:
            yield item.code, _answer(item, cell)


def _answer(item: Item, cell: str) -> Any:
    """A cell as an answer: a number, the name of a level, that it is not known, or words. Raises Wrong."""
    if item.kind == "text":
        return cell
    state = value_words("nothing").get(plain(cell) or cell)
    if state and cell != "0":
        return None if state == "empty" else {"state": state}
    for level in item.levels:
        if plain(cell) in (plain(level.label.id), plain(level.label.en)):
            return level.value
    digits = cell.removesuffix(".0").removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise Wrong(_("%(item)s: jawaban “%(said)s” tidak dikenal") % {"item": item.code, "said": cell[:40]})
    return int(cell.removesuffix(".0"))


_JUDGES: Mapping[Kind, Judge] = {
    Kind.ORGANISATIONS: _organisation,
    Kind.SOURCES: _source,
    Kind.SERVICES: _service,
    Kind.SHEETS: _sheet,
}
