"""What the page of one body shows: the parts of its record in words, as far as this reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.organisations.models import Certificate, Change, Officer, Organisation
from simpul.organisations.queries import (
    certificates,
    help_received,
    oversight,
    papers,
    registration,
    standing,
)
from simpul.organisations.queries.bodies import is_place_secret, may_see_address, told_region
from simpul.organisations.queries.changes import Sight, Told, not_taken, sight_of, told_all, waiting_of
from simpul.organisations.queries.organogram import Holder, Organogram, organogram
from simpul.organisations.queries.part_words import RowTold, Said, opened, rows_in_words, told, without_place
from simpul.organisations.queries.parts import INSIDE_PARTS, PARTS, PEOPLE_PARTS, ROWS, Values, values_of
from simpul.organisations.queries.secret_words import telling
from simpul.organisations.stages import ChangeState, Unit

_PANELS = {
    "registration": registration.panel,
    "standing": standing.panel,
    "papers": papers.panel,
    "oversight": oversight.panel,
    "help": help_received.panel,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the record on the page: fields in words, or for a list how many rows, and some of them."""

    code: str
    title: str
    fields: tuple[Said, ...] = ()
    rows: tuple[RowTold, ...] = ()
    is_list: bool = False
    is_inside: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.rows)


@dataclass(frozen=True, slots=True)
class Given:
    """A certificate and how it stands on the day asked about."""

    certificate: Certificate
    words: str
    is_valid: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the page of one body."""

    body: Organisation
    sight: Sight
    hides_place: bool
    region: str
    sections: tuple[Section, ...]
    certificates: tuple[Given, ...]
    waiting: tuple[Told, ...]
    refused: tuple[Told, ...]


def record_of(organisation: Organisation, user: User, on: date) -> Record:
    """The record of a body as this person may see it. What is for insiders only is not even asked for."""
    sight = sight_of(organisation, user)
    hides_place = is_place_secret(organisation) and not sight.knows_place
    hidden = frozenset() if sight.inside else INSIDE_PARTS
    shown = [code for code in PARTS if code not in hidden and not (hides_place and code in PEOPLE_PARTS)]
    waiting = waiting_of(organisation).select_related("organisation") if sight.inside else ()
    return Record(
        organisation,
        sight,
        hides_place,
        told_region(organisation) if hides_place else organisation.region,
        tuple(_section(organisation, code, sight, hides_place) for code in shown),
        tuple(_given(row, on) for row in certificates.all_of(organisation)),
        told_all(waiting, knows_place=sight.knows_place),
        told_all(_last_refused(organisation) if sight.inside else (), knows_place=sight.knows_place),
    )


def _section(organisation: Organisation, code: str, sight: Sight, hides_place: bool) -> Section:
    part, values = PARTS[code], values_of(organisation, code)
    inside = code in INSIDE_PARTS
    if not part.is_list:
        fields = told(code, values, hides_place=hides_place)
        if hides_place:
            tells = telling(organisation)
            fields = tuple(one for one in fields if not tells("\n".join(one.lines)))
        if code == "identity" and hides_place:
            fields = (*fields, Said(_("Alamat"), (_("Dirahasiakan"),)))
        return Section(code, str(part.title), fields=fields)
    if code == "area" and hides_place:
        values = without_place(values)
    rows = rows_in_words(part, values if sight.inside else _without_phones(values))
    if hides_place and code != "area":
        rows = opened(rows, telling(organisation))
    return Section(code, str(part.title), rows=rows, is_list=True, is_inside=inside)


def _without_phones(values: Values) -> Values:
    """Officers are known to everybody, their own phone numbers are not."""
    return {ROWS: [{**row, "phone": ""} if "phone" in row else row for row in values[ROWS]]}


def _given(certificate: Certificate, on: date) -> Given:
    stands = certificates.standing_on(certificate, on)
    return Given(certificate, str(stands.label), certificates.is_valid(certificate, on))


def _last_refused(organisation: Organisation) -> list[Change]:
    """The refusals that nothing newer about the same part has answered."""
    refused = list(not_taken(organisation).filter(state=ChangeState.REFUSED)[:10])
    rows = Change.objects.filter(organisation=organisation, part__in={row.part for row in refused})
    newest = {row["part"]: row["pk"] for row in rows.order_by("at", "pk").values("part", "pk")}
    return [row for row in refused if newest.get(row.part) == row.pk]


def panels_of(organisation: Organisation, user: User, on: date) -> dict[str, Any]:
    """What the other parts of the register show on this page, by name; None where this person may not see it."""
    return {name: panel(organisation, user, on) for name, panel in _PANELS.items()}


# --- the structure ---


@dataclass(frozen=True, slots=True)
class UnitTold:
    """One unit of the structure and who holds an office in it. `is_over` of a row: the term has run out."""

    title: str
    rows: tuple[tuple[Officer, bool], ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """The organogram and the table under it."""

    picture: Organogram | None
    units: tuple[UnitTold, ...]


def may_see_people(organisation: Organisation, user: User) -> bool:
    """Whether it is told who works and holds an office there: who goes to a secret place could be followed."""
    return may_see_address(organisation, user)


def structure_of(organisation: Organisation, on: date) -> Structure:
    """Who holds which office. An officer whose term has run out still stands there, and the table says so."""
    rows = list(
        Officer.objects.filter(organisation=organisation, ended_on=None).order_by(*PARTS["officers"].order)
    )
    picture = organogram([Holder(row.unit, row.title, row.name) for row in rows])
    units = tuple(
        UnitTold(str(unit.label), own)
        for unit in Unit
        if (own := tuple((row, bool(row.until and row.until < on)) for row in rows if row.unit == unit))
    )
    return Structure(picture, units)
