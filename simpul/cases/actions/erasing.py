"""What becomes of cases when the data of their client are erased, and when they may not be erased yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.secrets import sealed_fields
from simpul.cases.models import (
    Attachment,
    Case,
    Concerned,
    Disclosure,
    Ending,
    Note,
    OfCase,
    Preparation,
    SupportReview,
    Tells,
    Tie,
)
from simpul.cases.queries.attachments import path_of
from simpul.people.actions import Emptying
from simpul.people.models import ERASED_NAME, Person
from simpul.people.queries import Hold

# What of somebody around a client is told without words.
_NOBODY = {
    "person": None,
    "sex": "",
    "born_year": None,
    "is_alive": True,
    "is_guardian": False,
    "lives_with_client": False,
    "tells": Tells.NOTHING,
}
# Every row of every case of this person keeps its place and date, with nothing in its words.
_WORDS = Emptying(
    "cases",
    lambda person: (
        *(
            table._default_manager.filter(case__person=person)
            for table in OfCase.__subclasses__()
            if sealed_fields(table)
        ),
        Case.objects.filter(person=person),
    ),
)


class CasesEmptied:
    """Empties the cases of a person, their files, and what stands about that person in cases of others."""

    def __call__(self, person: Person) -> dict[str, int]:
        _destroy_files(person)
        emptied = _WORDS(person)
        Attachment.objects.filter(case__person=person).update(file_key_sealed=None)
        Concerned.objects.filter(case__person=person).update(**_NOBODY)
        # Who stands how to whom draws a family that neighbours would know without any name.
        Tie.objects.filter(case__person=person).delete()
        Ending.objects.filter(case__person=person).update(reason="", t_score=None)
        SupportReview.objects.filter(case__person=person).update(network=None, providers=None)
        Preparation.objects.filter(case__person=person).update(company="")
        # With whom somebody lived would tell who it was; the shell has a home of its own.
        Case.objects.filter(person=person).update(household=None)
        emptied["cases"] += _forget_in_cases_of_others(person)
        return emptied


def _destroy_files(person: Person) -> None:
    """Once the erasing stands, and not before: what is taken back must find its files again."""
    for row in Attachment.objects.filter(case__person=person, file_key_sealed__isnull=False):
        transaction.on_commit(partial(path_of(row).unlink, missing_ok=True))


def _forget_in_cases_of_others(person: Person) -> int:
    """Somebody stays in the file of another client, to whom the tie matters; who it was goes."""
    rows = list(Concerned.objects.select_for_update(of=("self",)).filter(person=person))
    for row in rows:
        for field in sealed_fields(Concerned).values():
            field.empty(row)
        row.name, row.version = ERASED_NAME, row.version + 1
        for name, nothing in _NOBODY.items():
            setattr(row, name, nothing)
        row.save()
    told = list(Disclosure.objects.filter(concerned__in=rows))
    for disclosure in told:
        disclosure.to_whom = ERASED_NAME
    Disclosure.objects.bulk_update(told, ["to_whom_sealed"], batch_size=500)
    return len(rows) + len(told)


ERASER = CasesEmptied()


class OpenCases:
    """A case that still runs forbids erasing: somebody is being helped by what it holds."""

    def __call__(self, person: Person, on: date) -> Iterable[Hold]:
        for number in Case.objects.filter(person=person).open().values_list("number", flat=True):
            yield Hold(_("Kasus %(number)s masih berjalan.") % {"number": number}, is_absolute=True)


HOLD = OpenCases()


class LastEntry:
    """When something was last noted in a case of this person: from then the time to keep the file runs."""

    def __call__(self, person: Person) -> datetime | None:
        cases = Case.objects.filter(person=person).aggregate(opened=Max("opened_at"), closed=Max("closed_on"))
        noted = Note.objects.filter(case__person=person).aggregate(at=Max("at"))["at"]
        closed = cases["closed"]
        moments = (
            cases["opened"],
            noted,
            closed and timezone.make_aware(datetime.combine(closed, time.min)),
        )
        return max((moment for moment in moments if moment is not None), default=None)


LAST_ENTRY = LastEntry()
