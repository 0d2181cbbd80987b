"""One order for everybody who changes a case: the case first, then the row, then the key that came with a form.

Of two presses at one moment the second then finds what the first made, nobody puts a reminder into a case that
is just being ended, and two who change two rows of one case wait for each other instead of locking each other out.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import QuerySet

from simpul.cases.models import Case, OfCase
from simpul.people.models import Person

R = TypeVar("R", bound=OfCase)


def locked_case(case: Case) -> Case:
    """The case as it stands now, kept for this action. To be asked before anything else is looked for."""
    found: Case = _kept(Case.objects.select_related("person")).get(pk=case.pk)
    return found


def locked_row(row: R, *related: str) -> R:
    """A row of a case as it stands now, its case locked before it; `case.person` and `related` are at hand."""
    _kept(Case.objects.all()).get(pk=row.case_id)
    rows: QuerySet[Any] = type(row).objects.select_related("case__person", *related)
    found: R = _kept(rows).get(pk=row.pk)
    return found


def locked_person(person: Person) -> Person:
    """The person as it stands now, for what is begun before there is a case."""
    found: Person = _kept(Person.objects.all()).get(pk=person.pk)
    return found


def _kept(rows: QuerySet[Any]) -> QuerySet[Any]:
    # Without the key: rows that only point here may still be written, or two such actions would wait in a circle.
    return rows.select_for_update(of=("self",), no_key=True)
