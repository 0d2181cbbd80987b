"""Asking that everybody be screened, and remembering whom to leave out from now on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access import chain
from simpul.access.gate import action
from simpul.access.jobs import begin
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.access.rows import made_before
from simpul.people.models import Person
from simpul.population.models import Asked, Forgotten
from simpul.population.queries.lists import lists_with_rules
from simpul.population.queries.register import ON_DEMAND, TASKS


@action(Permission.POPULATION_SCREEN)
def screen_everybody(
    where: Where,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    day: date | None = None,
    edition: str = "",
    anew: bool = False,
) -> Asked:
    """Have everybody screened as of a day (today, where none is named), by the usual edition and (to compare) by another; done in the background.

    `anew`: everything is opened once more, also what was opened before. Raises Refusal for a day to come, for an
    edition without rules, and as long as another screening waits or runs.
    """
    # Two who press at one moment would both find that nothing waits.
    chain.one_at_a_time()
    day = day or on
    if made := made_before(Asked, key, on=day, edition=edition):
        return made
    if day > on:
        raise Refusal(_("Tanggal itu belum tiba. Pilih hari ini atau hari yang sudah lewat."))
    if edition and edition not in {known.code for known in lists_with_rules()}:
        raise Refusal(
            _("Daftar itu tidak punya aturan, sehingga tidak dapat dipakai menapis. Pilih daftar lain.")
        )
    if Job.objects.filter(task__in=TASKS, state__in=Job.OPEN).exists():
        raise Refusal(
            _("Seluruh register sedang ditapis oleh proses lain. Tunggu sampai selesai, lalu lihat hasilnya.")
        )
    asked: Asked = Asked.objects.create(
        pk=key, on=day, edition=edition, anew=anew, at=at, by=by.pk, by_name=str(by)
    )
    begin(ON_DEMAND, about=asked.pk, by=by, at=at)
    return asked


class _Forgetting:
    """For the eraser of people: who is erased stands in no register from now on, under none of their records."""

    def __call__(self, person: Person) -> dict[str, int]:
        subjects = []
        for record in (person, *Person.everybody.filter(merged_into=person)):
            subjects.append(record.pk)
            if not Person.objects.filter(household=record.household_id).exclude(pk=record.pk).exists():
                subjects.append(record.household_id)
        for subject in subjects:
            Forgotten.objects.get_or_create(pk=subject)
        return {}


ERASER = _Forgetting()
