"""How those around a client stand to each other, and noting a whole household with its family ties."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.cases.actions.around import About, _fill
from simpul.cases.models import Case, Concerned, ConcernedKind, Tie, TieKind
from simpul.cases.queries.around import offered_of
from simpul.cases.queries.case import require_open, require_ready
from simpul.cases.queries.generations import FAMILY
from simpul.cases.queries.locks import locked_case, locked_row
from simpul.people.models import Person, Relation

_BOTH_WAYS = (TieKind.PARTNER_OF, TieKind.FORMER_PARTNER_OF, TieKind.SIBLING_OF)


@action(Permission.CASE_NOTE)
def tie(
    case: Case,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    kind: str,
    one: UUID | None,
    other: UUID | None,
) -> Tie:
    """Note how two of them stand to each other; None is the client. Pressed twice it is one tie."""
    current = locked_case(case)
    if repeated := made_before(Tie, key, case_id=case.pk):
        return repeated
    require_ready(current, on)
    _require_fitting(current, kind, one, other)
    made = Tie(pk=key, case=current, kind=kind, one_id=one, other_id=other, at=at, by=by.pk, by_name=str(by))
    made.save(force_insert=True)
    return made


@action(Permission.CASE_NOTE)
def end_tie(row: Tie, /, *, by: User, on: date) -> Tie:
    """Say that a tie is over, or was noted wrongly. Ending twice changes nothing."""
    current = locked_row(row)
    require_open(current.case)
    if current.ended_on is None:
        current.ended_on = on
        current.save(update_fields=["ended_on"])
    return current


@action(Permission.CASE_NOTE)
def add_household(
    case: Case, /, *, by: User, key: UUID, on: date, at: datetime, members: Collection[UUID]
) -> tuple[Concerned, ...]:
    """Note the chosen members of the client's household, and the family ties that the register tells.

    Who is out of reach or in the list already is passed over; pressed twice nobody is noted twice.
    """
    case = locked_case(case)
    require_ready(case, on)
    rows = []
    for offered in offered_of(case, by):
        if offered.key in members:
            person = Person.objects.get(pk=offered.key)
            row = Concerned(pk=uuid5(key, str(person.pk)), case=case, at=at, by=by.pk, by_name=str(by))
            about = About(name=person.name, relation=offered.relation, person=person.pk, sex=person.sex)
            _fill(row, about)
            row.born_year, row.lives_with_client = person.born_year, True
            row.save(force_insert=True)
            rows.append(row)
    _tie_household(case, rows, by=by, at=at)
    return tuple(rows)


def _tie_household(case: Case, rows: list[Concerned], *, by: User, at: datetime) -> None:
    """Partner and children of the head: what the register says for certain."""
    relation = dict(
        Person.objects.filter(pk__in=[row.person_id for row in rows]).values_list("pk", "relation_to_head")
    )
    standing = Concerned.objects.filter(case=case, ended_on=None, person__relation_to_head=Relation.HEAD)
    heads = [None] if case.person.relation_to_head == Relation.HEAD else [row.pk for row in standing[:1]]
    ends = [(None, case.person.relation_to_head), *((row.pk, relation[row.person_id]) for row in rows)]
    kinds = {Relation.SPOUSE: TieKind.PARTNER_OF, Relation.CHILD: TieKind.PARENT_OF}
    for head in heads:
        for end, told in ends:
            kind = kinds.get(told)
            if kind and end != head and not _told_already(case, kind, head, end):
                Tie.objects.create(
                    case=case, kind=kind, one_id=head, other_id=end, at=at, by=by.pk, by_name=str(by)
                )


# --- what must hold ---


def _require_fitting(case: Case, kind: str, one: UUID | None, other: UUID | None) -> None:
    if kind not in TieKind.values:
        raise Refusal(_("Pilih hubungan dari daftar."))
    if one == other:
        raise Refusal(_("Pilih dua orang yang berbeda."))
    named = {key for key in (one, other) if key}
    ends = list(Concerned.objects.filter(case=case, ended_on=None, pk__in=named))
    if len(ends) < len(named):
        raise Refusal(_("Orang itu tidak ada dalam daftar kasus ini. Tambahkan dahulu."))
    if kind in FAMILY and any(row.kind != ConcernedKind.PERSON for row in ends):
        raise Refusal(_("Hubungan keluarga hanya di antara orang. Untuk lembaga, pilih jenis dukungannya."))
    if _told_already(case, kind, one, other):
        raise Refusal(_("Hubungan itu sudah dicatat."))
    if kind == TieKind.PARENT_OF and _told_already(case, kind, other, one):
        raise Refusal(_("Yang tercatat sebaliknya: akhiri dahulu hubungan itu bila keliru."))


def _told_already(case: Case, kind: str, one: UUID | None, other: UUID | None) -> bool:
    same = Q(one=one, other=other)
    if kind in _BOTH_WAYS:
        same |= Q(one=other, other=one)
    return Tie.objects.filter(same, case=case, kind=kind, ended_on=None).exists()
