"""Rows of people as they were understood: who it is, where they live, what was said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.secrets import blind_index
from simpul.engines.matching.likeness import Card
from simpul.engines.matching.names import name_key
from simpul.imports.models import Batch
from simpul.imports.queries.columns import Read
from simpul.imports.queries.days import Wrong, restored_day
from simpul.imports.queries.regions import NAMES, Places
from simpul.imports.queries.values import Said
from simpul.imports.queries.words import plain_heading, value_words
from simpul.people.facts import first_and_last
from simpul.people.models import Relation
from simpul.people.queries import kk_fingerprint, nik_fingerprint, stored

# What `register` takes as it is; each is a field of a file too.
_PLAIN = ("name", "called", "sex", "nik", "mother", "phone")
_LONGEST: Mapping[str, int] = {"called": 100, "mother": 200, "phone": 32, "address": 400}


@dataclass(slots=True)
class PersonRow:
    """One row of a list of people. `number` is its row in the file; `said` are answers by the fact's name."""

    number: int
    where: Where
    changes: dict[str, Any]
    kk: str = ""
    address: str = ""
    need_type: str = ""
    said: dict[str, Said] = field(default_factory=dict)
    nik_index: bytes | None = None
    kk_index: bytes | None = None
    _mark: bytes | None = None
    _home: UUID | None = None
    _key: UUID | None = None

    @property
    def card(self) -> Card:
        """What is compared with people who are known."""
        earliest, latest = first_and_last(self.changes.get("born"))
        return Card(
            name=self.changes["name"],
            earliest=earliest,
            latest=latest,
            sex=self.changes.get("sex", ""),
            nik=self.nik_index,
            mother=name_key(self.changes.get("mother", ""))[:250],
            region=self.where.region,
        )

    @property
    def fingerprint(self) -> bytes:
        """By which the same row of another file is known again: keyed, because it names somebody."""
        if self._mark is None:
            self._mark = self._marked()
        return self._mark

    def _marked(self) -> bytes:
        born = stored(self.changes.get("born"))
        told = (
            self.changes.get("nik", ""),
            name_key(self.changes["name"]),
            born,
            self.changes.get("sex", ""),
        )
        where = (self.kk, self.where.region, str(self.where.organisation))
        return blind_index("\x1f".join(map(str, (*told, *where))), "import.row")

    def as_json(self) -> dict[str, Any]:
        """The row as a doubtful one waits for somebody's look."""
        changes = {**self.changes, "born": stored(self.changes.get("born"))}
        return {
            "organisation": str(self.where.organisation) if self.where.organisation else None,
            "region": self.where.region,
            "changes": changes,
            "kk": self.kk,
            "address": self.address,
            "need_type": self.need_type,
            "said": {name: [said.state, stored(said.value)] for name, said in self.said.items()},
        }

    @classmethod
    def from_json(cls, number: int, held: Mapping[str, Any]) -> PersonRow:
        """The row again as it waited."""
        organisation = UUID(held["organisation"]) if held["organisation"] else None
        changes = {**held["changes"], "born": restored_day(held["changes"].get("born"))}
        return cls(
            number,
            Where(organisation, held["region"]),
            changes,
            held["kk"],
            held["address"],
            held["need_type"],
            {name: Said(state, value) for name, (state, value) in held["said"].items()},
            nik_fingerprint(changes.get("nik", "")),
            kk_fingerprint(held["kk"]),
        )


def person_key(batch: Batch, row: PersonRow) -> UUID:
    """The key of the person of a row: the same each time, so that a broken run begins again with the same keys."""
    if row._key is None:
        row._key = uuid5(batch.pk, f"row {row.number}")
    return row._key


def home_key(batch: Batch, row: PersonRow) -> UUID:
    """The key of their home: one for everybody with the same family card."""
    if row._home is None:
        # Not the number itself: whoever knows it could find the home by its key.
        row._home = uuid5(batch.pk, f"kk {row.kk_index.hex()}" if row.kk_index else f"home {row.number}")
    return row._home


def where_of(by: User, places: Places, batch: Batch) -> _Wheres:
    """Finds for each region where somebody who lives there is kept, or why not."""
    return _Wheres(by, places, batch)


class _Wheres:
    """Each place is asked about once, however many live there."""

    def __init__(self, by: User, places: Places, batch: Batch) -> None:
        self.places, self._batch = places, batch
        self._grants = by.grants_with(Permission.PERSON_REGISTER)
        self._memo: dict[str, Where | None] = {}

    def found(self, code: str, names: tuple[str, ...]) -> Where:
        """Raises Wrong for a place that is not known, or lies out of reach."""
        region = self.places.found(code, names) or self._batch.region
        if region not in self._memo:
            where = Where(self._batch.organisation, region)
            self._memo[region] = where if any(where.is_within(grant) for grant in self._grants) else None
        where_found = self._memo[region]
        if where_found is None:
            raise Wrong(_("tempat tinggalnya di luar wilayah kerja Anda"))
        return where_found


def person_rows(read: Read, wheres: _Wheres, *, may_lack_names: bool = False) -> list[PersonRow]:
    """The rows that hold, built from the columns; each that does not is refused with its reason."""
    plain = {code: read.column(code) for code in _PLAIN if read.has(code)}
    born = _births(read)
    facts = list(read.of_facts())
    regions = read.column("region")
    names = [read.column(name) for name in NAMES]
    cards = read.column("kk")
    is_of_heads = _head_where_named(read)
    # Once for a family, not for each of them.
    card_index = {card: kk_fingerprint(card) for card in set(cards) if card}
    rows = []
    for place, number in enumerate(read.table.numbers):
        if place in read.reasons:
            continue
        try:
            where = wheres.found(regions[place] or "", tuple(column[place] or "" for column in names))
        except Wrong as wrong:
            read.refuse(place, str(wrong))
            continue
        changes = {code: column[place] for code, column in plain.items() if column[place] is not None}
        if born is not None and born[place] is not None:
            changes["born"] = born[place]
        if may_lack_names:
            changes.setdefault("name", "")
        row = PersonRow(
            number,
            where,
            changes,
            kk=cards[place] or "",
            address=_address(read, place),
            need_type=read.column("need_type")[place] or "" if read.has("need_type") else "",
            said=_said(read, facts, place),
            nik_index=nik_fingerprint(changes.get("nik", "")),
            kk_index=card_index.get(cards[place]),
        )
        if relation := read.column("relation")[place] if read.has("relation") else is_of_heads:
            row.changes["relation_to_head"] = relation
        if reason := _too_long(row):
            read.refuse(place, reason)
        else:
            rows.append(row)
    return rows


def _head_where_named(read: Read) -> str:
    """That everybody of the list heads a household, where the names stand under "Kepala Keluarga"; else empty."""
    heading = plain_heading(read.columns["name"].column.heading) if read.has("name") else ""
    return Relation.HEAD.value if heading in value_words("heads") else ""


def _said(read: Read, facts: Sequence[tuple[str, list[Any]]], place: int) -> dict[str, Said]:
    if read.answers is not None:
        return read.answers[place] or {}
    return {name: column[place] for name, column in facts if column[place] is not None}


def _births(read: Read) -> Sequence[Any] | None:
    """The day of birth; where a row has none, what its age says."""
    if not read.has("age"):
        return read.column("born") if read.has("born") else None
    return [day or age for day, age in zip(read.column("born"), read.column("age"), strict=True)]


def _address(read: Read, place: int) -> str:
    parts = []
    for code, label in (("address", ""), ("rtrw", "RT/RW "), ("rt", "RT "), ("rw", "RW ")):
        if read.has(code) and (told := read.column(code)[place]):
            parts.append(told if told.upper().startswith(label.strip() or told) else label + told)
    return ", ".join(parts)


def _too_long(row: PersonRow) -> str:
    for name, most in _LONGEST.items():
        told = row.address if name == "address" else row.changes.get(name, "")
        if len(told) > most:
            return _("isian lebih dari %(most)s huruf; periksa apakah sel lain ikut tergabung") % {
                "most": most
            }
    return ""
