"""Who and what stands around a client: the list, what each may be told, and the two drawings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case, Concerned, Tie, TieKind
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.drawings import CLIENT, Bond, Drawing, Someone
from simpul.cases.queries.ecomap import ECOMAP, ecomap
from simpul.cases.queries.generations import FAMILY
from simpul.cases.queries.genogram import genogram
from simpul.cases.stages import Kind
from simpul.people.models import Person, Relation
from simpul.people.queries import members_of, search

SHOWN_ON_CASE = 6
_FOUND_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody or something around the client.

    What is in a worker's own words is empty for who may not read those. `person` is the key of the registered
    person, and nothing for who cannot reach that one.
    """

    key: UUID
    kind: str
    kind_name: str
    person: UUID | None
    name: str
    relation: str
    phone: str
    tells: str
    tells_words: str
    told_what: str
    sex: str
    born_year: int | None
    is_alive: bool
    lives_with_client: bool
    is_guardian: bool
    ended_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie, as a sentence."""

    key: UUID
    kind: str
    words: str

    @property
    def is_family(self) -> bool:
        return self.kind in FAMILY


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody of the client's household who is not yet in the list."""

    key: UUID
    name: str
    relation: str

    @property
    def about_person(self) -> UUID:
        return self.key


@dataclass(frozen=True, slots=True)
class Around:
    """The page of those around a client. Ties and drawings only for who may read what workers wrote."""

    is_told: bool
    rows: tuple[Row, ...]
    ended: tuple[Row, ...]
    ties: tuple[TieRow, ...]
    genogram: Drawing | None
    ecomap: Drawing | None

    @property
    def family_ties(self) -> tuple[TieRow, ...]:
        return tuple(tie for tie in self.ties if tie.is_family)

    @property
    def other_ties(self) -> tuple[TieRow, ...]:
        return tuple(tie for tie in self.ties if not tie.is_family)


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of the case tells of those around the client."""

    is_told: bool
    rows: tuple[Row, ...]
    total: int

    @property
    def further(self) -> int:
        return self.total - len(self.rows)


def panel(case: Case, viewer: User, on: date) -> Panel:
    """Guardians first, then who lives there; `on` is the day asked about. Two questions to the database."""
    is_told = sees_all(case, viewer)
    standing = [row for row in concerned_in(case) if row.ended_on is None or row.ended_on > on]
    standing.sort(key=lambda row: (not row.is_guardian, not row.lives_with_client, row.at))
    # Whether a registered person is within reach costs a question, and the link stands on the part's own page.
    rows = tuple(_row(row, is_told, frozenset()) for row in standing[:SHOWN_ON_CASE])
    return Panel(is_told, rows, len(standing))


def around_of(case: Case, viewer: User) -> Around:
    """Everybody around the client of a case that this viewer has reached."""
    is_told = sees_all(case, viewer)
    found = concerned_in(case)
    linked = [row.person_id for row in found if row.person_id]
    reached = Person.objects.reachable(viewer, Permission.PERSON_VIEW).filter(pk__in=linked)
    within = frozenset(reached.values_list("pk", flat=True)) if linked else frozenset()
    rows = [_row(row, is_told, within) for row in found]
    standing = tuple(row for row in rows if row.ended_on is None)
    ended = tuple(row for row in rows if row.ended_on is not None)
    if not is_told:
        return Around(is_told, standing, ended, (), None, None)
    ties = ties_of(case)
    people = _drawn(case, standing)
    bonds = [Bond(_end(tie.one_id), _end(tie.other_id), tie.kind) for tie in ties]
    return Around(
        is_told,
        standing,
        ended,
        _sentences(case, ties, standing),
        genogram(people, bonds) if any(bond.kind in FAMILY for bond in bonds) else None,
        ecomap([one for one in people if one.is_alive], bonds) if standing else None,
    )


def concerned_in(case: Case) -> list[Concerned]:
    """Everybody ever noted around this client, in the order in which they were noted."""
    return list(Concerned.objects.filter(case=case).order_by("at", "pk"))


def ties_of(case: Case) -> list[Tie]:
    """The ties that stand, between those who still matter."""
    rows = Tie.objects.filter(case=case, ended_on=None, one__ended_on=None, other__ended_on=None)
    return list(rows.order_by("at", "pk"))


def client_name(case: Case) -> str:
    """What the client is called in a drawing: a person, or whoever they are together."""
    if case.kind == Kind.FAMILY:
        return _("Keluarga %(name)s") % {"name": case.person.name}
    return str(case.group_name or case.person.name)


def _row(row: Concerned, is_told: bool, within: frozenset[UUID]) -> Row:
    def told(words: str | None) -> str:
        return (words or "") if is_told else ""

    return Row(
        key=row.pk,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        person=row.person_id if row.person_id in within else None,
        name=row.name or "",
        relation=told(row.relation),
        phone=told(row.phone),
        tells=row.tells,
        tells_words=row.get_tells_display(),
        told_what=told(row.told_what),
        sex=row.sex,
        born_year=row.born_year,
        is_alive=row.is_alive,
        lives_with_client=row.lives_with_client,
        is_guardian=row.is_guardian,
        ended_on=row.ended_on,
        version=row.version,
    )


def _drawn(case: Case, rows: Iterable[Row]) -> list[Someone]:
    person = case.person
    client = Someone(CLIENT, client_name(case), person.sex, born_year=person.born_year)
    return [client, *(_someone(row) for row in rows)]


def _someone(row: Row) -> Someone:
    return Someone(
        str(row.key), row.name, row.sex, row.kind, row.is_alive, row.lives_with_client, row.born_year
    )


def _end(key: UUID | None) -> str:
    return CLIENT if key is None else str(key)


def _sentences(case: Case, ties: Sequence[Tie], rows: Iterable[Row]) -> tuple[TieRow, ...]:
    names: dict[UUID | None, str] = {row.key: row.name for row in rows}
    names[None] = client_name(case)
    return tuple(
        TieRow(tie.pk, tie.kind, f"{names[tie.one_id]} {tie.get_kind_display()} {names[tie.other_id]}")
        for tie in ties
    )


# --- forms ---


def ends_of(case: Case) -> tuple[tuple[str, str], ...]:
    """Who can stand at the end of a tie: the client ("client") and those around, by key."""
    rows = Concerned.objects.filter(case=case, ended_on=None).order_by("at", "pk")
    return (("client", client_name(case)), *((str(row.pk), row.name or "") for row in rows))


@dataclass(frozen=True, slots=True)
class KindOfTie:
    """One sign of the legend."""

    code: str
    words: str


def ties_by_drawing() -> tuple[tuple[str, tuple[KindOfTie, ...]], ...]:
    """The kinds of tie to choose from, by the drawing that shows them."""
    return (
        (_("Keluarga"), tuple(KindOfTie(code, str(TieKind(code).label)) for code in FAMILY)),
        (_("Dukungan dan hubungan"), tuple(KindOfTie(code, str(TieKind(code).label)) for code in ECOMAP)),
    )


def people_like(viewer: User, name: str) -> list[Person]:
    """Registered people within reach who may be the one named; nobody out of reach."""
    return [found.person for found in search(viewer, name=name, limit=_FOUND_AT_MOST)] if name else []


def person_within(viewer: User, key: UUID) -> Person | None:
    """A registered person within reach, or nothing."""
    reached = Person.objects.reachable(viewer, Permission.PERSON_VIEW).filter(pk=key, erased_at=None)
    found: Person | None = reached.first()
    return found


def offered_of(case: Case, viewer: User) -> tuple[Offered, ...]:
    """The client's household, as far as this viewer reaches, without those who are in the list already."""
    home = case.household_id or case.person.household_id
    known = set(Concerned.objects.filter(case=case, ended_on=None).values_list("person", flat=True))
    people = [
        person
        for person in members_of(viewer, home)
        if person.pk not in {*known, case.person_id} and not person.is_erased
    ]
    return tuple(Offered(one.pk, one.name, relation_words(case.person, one)) for one in people)


def carried_of(case: Case, viewer: User) -> tuple[Concerned, ...]:
    """Those who still stand around the client in the episode before and are not noted in this one.

    Nobody for who may not read there what workers wrote in their own words.
    """
    reached = Case.objects.reachable(viewer, Permission.SENSITIVE_VIEW).filter(pk=case.earlier_id)
    if case.earlier_id is None or not reached.exists():
        return ()
    known = same_in(case)
    return tuple(row for row in _standing_before(case) if row.pk not in known)


def same_in(case: Case) -> dict[UUID | None, UUID | None]:
    """Who of the episode before stands in this one as well: their row there to their row here. None is the client.

    The same is whoever is the same registered person, or has the same name.
    """
    here = list(Concerned.objects.filter(case=case, ended_on=None))
    by_person = {row.person_id: row.pk for row in here if row.person_id}
    by_name = {(row.kind, (row.name or "").casefold()): row.pk for row in here}
    same: dict[UUID | None, UUID | None] = {None: None}
    for row in _standing_before(case):
        found = by_person.get(row.person_id) or by_name.get((row.kind, (row.name or "").casefold()))
        if found:
            same[row.pk] = found
    return same


def _standing_before(case: Case) -> list[Concerned]:
    rows = Concerned.objects.filter(case=case.earlier_id, ended_on=None)
    return list(rows.exclude(person__erased_at__isnull=False).order_by("at", "pk"))


def as_offered(rows: Iterable[Concerned]) -> tuple[Offered, ...]:
    """These rows to choose from."""
    return tuple(Offered(row.pk, row.name or "", row.relation or row.get_kind_display()) for row in rows)


def relation_words(client: Person, member: Person) -> str:
    """What a member of the household is to the client, as far as the register tells."""
    if client.relation_to_head == Relation.HEAD and member.relation_to_head:
        return str(member.get_relation_to_head_display())
    if member.relation_to_head == Relation.HEAD:
        return _("Kepala keluarga")
    return _("Serumah")
