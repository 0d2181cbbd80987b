"""What can happen to a case: the only writes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.cases.models import Case, NumberSeries, StageMove
from simpul.cases.queries import case_of
from simpul.cases.stages import Stage
from simpul.people.models import Person
from simpul.screening.actions import end
from simpul.screening.models import Screening
from simpul.screening.queries import confirmed_types
from simpul.screening.stages import Ending, State, Urgency

_LONGEST_SUMMARY = 300


@action(Permission.CASE_OPEN, tells=("urgency",))
def open_case(
    subject: Screening | Person,
    /,
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    summary: str,
    urgency: str = "",
) -> Case:
    """Open a case from a decided screening, or for a person who needs help before any screening.

    A screening has at most one case: pressing twice gives the same. The confirmed types, and the
    urgency unless another is given, come from the screening.
    """
    if repeated := Case.objects.filter(pk=key).first():
        return _same_subject(repeated, subject)
    if isinstance(subject, Screening):
        screening = (
            Screening.objects.select_for_update(of=("self",)).select_related("person").get(pk=subject.pk)
        )
        if existing := case_of(screening):
            return existing
        _require_decided(screening)
        person, needs = screening.person, list(confirmed_types(screening))
        urgency = urgency or screening.urgency
        end(screening, by=by, ending=Ending.CASE, because="", on=on, at=at)
    else:
        person, screening, needs = subject, None, []
    return _opened(person, screening, needs, by=by, key=key, on=on, at=at, summary=summary, urgency=urgency)


def _opened(
    person: Person,
    screening: Screening | None,
    needs: list[str],
    *,
    by: User,
    key: UUID,
    on: date,
    at: datetime,
    summary: str,
    urgency: str,
) -> Case:
    if urgency not in Urgency.values:
        raise Refusal(_("Pilih seberapa cepat orang ini perlu ditangani."))
    series = str(person.organisation or person.region[:5])
    case = Case(
        pk=key,
        number=_next_number(series, on.year),
        series=series,
        person=person,
        screening=screening,
        organisation=person.organisation,
        region=person.region,
        province=person.province,
        stage=Stage.INTAKE,
        urgency=urgency,
        need_types=needs,
        opened_at=at,
        opened_on=on,
        worker=by.pk,
        worker_name=str(by),
    )
    case.summary = _summary(summary)
    case.save(force_insert=True)
    StageMove.objects.create(case=case, stage_from="", stage_to=Stage.INTAKE, at=at, by_name=str(by))
    return case


def _same_subject(case: Case, subject: Screening | Person) -> Case:
    is_same = (
        case.screening_id == subject.pk if isinstance(subject, Screening) else case.person_id == subject.pk
    )
    if not is_same:
        raise Refusal(_("Halaman ini sudah dipakai untuk kasus lain. Buka lagi dari halaman orangnya."))
    return case


def _require_decided(screening: Screening) -> None:
    if screening.state is State.ENDED:
        raise Refusal(
            _("Penapisan ini sudah diakhiri sebagai: %(ending)s.")
            % {"ending": screening.get_ending_display()}
        )
    if screening.state is not State.DECIDED:
        raise Refusal(_("Putuskan dahulu hasil penapisan ini, baru buka kasusnya."))


def _summary(text: str) -> str:
    sentence = " ".join(text.split())
    if not sentence:
        raise Refusal(_("Tulis satu kalimat tentang orang ini dan apa yang diharapkannya."))
    if len(sentence) > _LONGEST_SUMMARY:
        raise Refusal(
            _("Kalimat itu terlalu panjang. Paling banyak %(most)s huruf; sisanya nanti di catatan.")
            % {"most": _LONGEST_SUMMARY}
        )
    return sentence


def _next_number(series: str, year: int) -> str:
    """The next free number of this keeper and year. The row stays locked until the case is written."""
    NumberSeries.objects.get_or_create(series=series, year=year)
    numbers = NumberSeries.objects.select_for_update().get(series=series, year=year)
    numbers.last += 1
    numbers.save(update_fields=["last"])
    return f"{year}-{numbers.last:03}"
