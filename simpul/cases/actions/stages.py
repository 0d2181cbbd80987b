"""What can happen to a case: the only writes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.access.gate import action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.cases.models import Case, NumberSeries, StageMove
from simpul.cases.queries import case_of, stood_before
from simpul.cases.stages import NEXT, SIDE, Stage, skipped
from simpul.people.models import Person
from simpul.screening.actions import ConsentNeeded, end
from simpul.screening.models import Screening
from simpul.screening.queries import confirmed_types, has_basis
from simpul.screening.stages import Ending, State, Urgency

_LONGEST_SUMMARY = 300
_LONGEST_NOTE = 500
_SHORTEST_REASON = 5


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
    urgency unless another is given, come from the screening. Raises ConsentNeeded without consent or
    another stated legal basis.
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
    if not has_basis(person, on):
        raise ConsentNeeded(person)
    return _opened(person, screening, needs, by=by, key=key, on=on, at=at, summary=summary, urgency=urgency)


@action(Permission.CASE_MOVE, tells=("to",))
def move(
    case: Case, /, *, by: User, to: str, version: int, on: date, at: datetime, because: str = ""
) -> Case:
    """Let a case pass to another stage, as the table of stages allows, and keep who, when and why.

    A side state, a stage left out, and going on elsewhere than where a suspended case stood need a reason.
    The same move sent twice changes nothing. Raises Clash when somebody moved the case since the page was
    opened, Refusal otherwise.
    """
    current: Case = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
    because = " ".join(because.split())
    if to not in Stage.values:
        raise Refusal(_("Tahap itu tidak dikenal."))
    if current.version == version + 1 and _is_repeated(current, by, to, because):
        return current
    if current.version != version:
        raise Clash(_("Tahap kasus ini"), current.get_stage_display(), str(Stage(to).label))
    if to not in NEXT[Stage(current.stage)]:
        raise Refusal(_what_may_follow(current))
    if on < current.opened_on:
        raise Refusal(_("Tanggal itu sebelum kasus ini dibuka. Periksa tanggalnya."))
    _require_told(current, Stage(to), because)
    step = StageMove(case=current, stage_from=current.stage, stage_to=to, at=at, by_name=str(by))
    step.because = because or None
    step.save(force_insert=True)
    current.stage, current.version = to, version + 1
    current.save(update_fields=["stage", "version"])
    return current


def _is_repeated(case: Case, by: User, to: str, because: str) -> bool:
    """The newest move is this very one, sent twice."""
    newest = case.moves.order_by("at").last()
    return (
        newest is not None
        and (newest.stage_to, newest.by_name) == (to, str(by))
        and (newest.because or "") == because
    )


def _what_may_follow(case: Case) -> str:
    now, next_ones = case.get_stage_display(), NEXT[Stage(case.stage)]
    if not next_ones:
        return _(
            "Kasus ini sudah berakhir: %(now)s. Bila orang ini perlu didampingi lagi, buka kasus baru."
        ) % {"now": now}
    onward = ", ".join(str(stage.label) for stage in Stage if stage in next_ones - SIDE)
    return _(
        "Dari tahap %(now)s, yang dapat menyusul: %(onward)s. Bila ada keadaan lain, pilih dari daftarnya."
    ) % {"now": now, "onward": onward}


def _require_told(case: Case, to: Stage, because: str) -> None:
    """What must not happen silently has a reason."""
    if len(because) > _LONGEST_NOTE:
        raise Refusal(
            _("Catatan itu terlalu panjang. Paling banyak %(most)s huruf.") % {"most": _LONGEST_NOTE}
        )
    if len(because) >= _SHORTEST_REASON:
        return
    if to in SIDE:
        raise Refusal(_("Tulis alasannya, satu kalimat saja sudah cukup."))
    if left_out := skipped(case.stage, to):
        names = ", ".join(str(stage.label) for stage in left_out)
        raise Refusal(_("Tulis alasan mengapa tahap ini dilewati: %(stages)s.") % {"stages": names})
    stood = stood_before(case) if case.stage == Stage.SUSPENDED else to
    if stood != to:
        raise Refusal(
            _(
                "Sebelum ditangguhkan, kasus ini di tahap %(stood)s. Tulis alasan bila dilanjutkan di tahap lain."
            )
            % {"stood": stood.label if stood else "-"}
        )


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
        opened_at=at,
        opened_on=on,
        worker=by.pk,
        worker_name=str(by),
    )
    case.summary, case.need_types = _summary(summary), needs
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
