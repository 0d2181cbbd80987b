"""What a paper is filled from: a case, as far as who prints it may read it. Without a case it stays blank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.models import Assessment, Case, Conference, FollowUp
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.papers.shapes import Field, Signature, Signatures, Table
from simpul.catalogue.instruments import Instrument
from simpul.catalogue.text import Text
from simpul.people.models import Person
from simpul.places.queries import path
from simpul.ui.templatetags.ui import tanggal


@dataclass(frozen=True, slots=True)
class Picked:
    """Which of several things a paper is about; `instrument` alone is for a blank one."""

    assessment: Assessment | None = None
    instrument: Instrument | None = None
    compared: str = ""
    conference: Conference | None = None
    follow_up: FollowUp | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """`is_told`: workers' own words may be read by who prints. `is_inside`: the paper does not go to the client,
    so what others said and who they are may stand on it. `shows_identity`: NIK, address and phone in full."""

    viewer: User
    on: date
    case: Case | None = None
    picked: Picked = field(default_factory=Picked)
    is_told: bool = False
    is_inside: bool = False
    shows_identity: bool = False

    @property
    def person(self) -> Person | None:
        return self.case.person if self.case else None

    def words(self, row: Any, name: str) -> str:
        """What a worker wrote, for who may read it; nothing from a row that is not there."""
        return self.told(getattr(row, name, None))

    def told(self, words: str | None) -> str:
        if not words:
            return ""
        return str(words) if self.is_told else _("Tidak dicetak: hanya untuk yang mendampingi kasus ini.")

    def others(self, words: str | None) -> str:
        """What others said or who they are: left out of what the client receives."""
        if not words:
            return ""
        return self.told(words) if self.is_inside else _("Tidak disertakan: menyangkut orang lain.")

    def table(
        self,
        label: str,
        head: Iterable[str],
        rows: Iterable[Iterable[str]] = (),
        *,
        widths: tuple[int, ...] = (),
        empty: int = 4,
    ) -> Table:
        """A table; a blank paper leaves empty rows, a filled one says that there is nothing."""
        heads, told = tuple(head), tuple(tuple(row) for row in rows)
        if not told and self.case:
            nothing = _("Belum ada yang dicatat.")
            told = ((nothing, *("" for _column in heads[1:])),)
        return Table(label, heads, told, widths, 0 if told else empty)

    def signatures(self, *roles: str, client: bool = True) -> Signatures:
        """Places to sign: the client, the worker, and whoever else has to."""
        person, case = self.person, self.case
        people = [Signature(_("Klien"), person.name if person else "")] if client else []
        people.append(Signature(_("Petugas"), case.worker_name if case else ""))
        return Signatures((*people, *(Signature(role) for role in roles)))


def filling_of(case: Case, viewer: User, on: date, *, picked: Picked, is_inside: bool) -> Filling:
    """What this person may print of a case that was looked up."""
    return Filling(
        viewer=viewer,
        on=on,
        case=case,
        picked=picked,
        is_told=sees_all(case, viewer),
        is_inside=is_inside,
        shows_identity=is_inside and is_within_reach(case.person, viewer, Permission.PERSON_IDENTITY_VIEW),
    )


def said(text: Text) -> str:
    """A text of the catalogue in the language of the paper."""
    return text.in_language(get_language() or "id")


def day(value: Any) -> str:
    """A day in words; nothing for nothing."""
    return tanggal(value)


def lines_of(entries: Iterable[str]) -> str:
    """Several things in one cell, one under the other."""
    return "\n".join(entry for entry in entries if entry)


def identity(filling: Filling) -> tuple[Field, ...]:
    """Who it is. The NIK is masked, and address and phone left to the pen, unless the paper stays inside."""
    person = filling.person
    if person is None:
        labels = (_("Nama"), _("Nama panggilan"), _("Jenis kelamin"), _("Tanggal lahir"), "NIK")
        return (*(Field(label) for label in labels), Field(_("Alamat"), lines=2), Field(_("Telepon")))
    home, inside = person.household, filling.shows_identity
    place = path(person.region) if person.region else ""
    return (
        Field(_("Nama"), person.name),
        Field(_("Nama panggilan"), person.called or "-"),
        Field(_("Jenis kelamin"), person.get_sex_display()),
        Field(_("Tanggal lahir"), day(person.born)),
        Field("NIK", (person.nik or "") if inside else person.nik_masked),
        Field(_("Alamat"), lines_of(((home.address or "") if inside else "", place)), lines=2),
        Field(_("Telepon"), (person.phone or "") if inside else ""),
    )
