"""The papers of the end: evaluation, termination, follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from simpul.cases.models import (
    Afterwards,
    Condition,
    Delivered,
    Ending,
    FollowUp,
    PlanState,
    PlanStep,
    ServiceCheck,
    StepState,
)
from simpul.cases.queries.ending import PROCESS, TRANSITION, ending_of, outcomes_of, reasons
from simpul.cases.queries.goals import Attainment, attainment
from simpul.cases.queries.papers.beside import support_levels, support_table
from simpul.cases.queries.papers.filling import Filling, day, lines_of
from simpul.cases.queries.papers.shapes import Block, Field, Section, Table, boxes, section
from simpul.cases.queries.plans import kind_name
from simpul.instruments.queries.words import shown
from simpul.people.models import Capacity
from simpul.ui.templatetags.ui import rupiah


def evaluation(filling: Filling) -> tuple[Section, ...]:
    """What came of each goal, of the services, and of both together; for a lasting need the process is enough."""
    ending = ending_of(filling.case) if filling.case else None
    reached = attainment(filling.case, filling.on) if filling.case else Attainment()
    return (
        section(_("Tujuan dan hasilnya"), _outcomes(filling, ending), *_attained(ending, reached)),
        section(_("Layanan: diberikan, mutu, biaya"), _services(filling)),
        section(_("Penilaian proses"), *_parts(filling, ending.process if ending else None, PROCESS)),
        section(_("Jejaring dan penyedia"), support_table(filling), *support_levels(filling)),
        section(
            _("Penilaian hasil"),
            Field(_("Apa yang berubah bagi klien"), filling.words(ending, "effect"), lines=4),
            Field(_("Kebutuhan yang belum terpenuhi"), _unmet(filling), lines=3),
        ),
        section(_("Tanda tangan"), filling.signatures(_("Supervisor"))),
    )


def _outcomes(filling: Filling, ending: Ending | None) -> Table:
    """Every goal but those given up on the way; the final outcome as far as it was judged."""
    found = outcomes_of(filling.case, ending, filling.viewer, filling.on) if filling.case else ()
    rows = [
        (f"{one.number}. {one.words}", one.baseline, one.now or "-", lines_of((one.said, one.because)))
        for one in found
    ]
    head = (_("Tujuan"), _("Awal"), _("Kini"), _("Hasil"))
    return filling.table("", head, rows, widths=(6, 2, 2, 4))


def _attained(ending: Ending | None, reached: Attainment) -> tuple[Field, ...]:
    score = ending.t_score if ending and ending.t_score is not None else reached.now_t
    return (
        Field(
            _("Nilai-T semua tujuan (Kiresuk dan Sherman 1968; 50 = seperti yang diharapkan)"), _number(score)
        ),
        Field(_("Berubah sejak awal"), _number(reached.change, sign=True)),
    )


def _number(value: float | None, *, sign: bool = False) -> str:
    return "" if value is None else shown(value, sign=sign)


def _services(filling: Filling) -> Table:
    found = ServiceCheck.objects.filter(case=filling.case).select_related("step") if filling.case else None
    rows = [_check(filling, check) for check in found.order_by("on", "at")] if found is not None else []
    head = (
        _("Layanan"),
        _("Tanggal"),
        _("Diberikan"),
        _("Jumlah"),
        _("Mutu (1-4)"),
        _("Biaya"),
        _("Sesuai rencana"),
    )
    return filling.table("", head, rows, widths=(4, 2, 3, 2, 2, 2, 2), empty=5)


def _check(filling: Filling, check: ServiceCheck) -> tuple[str, ...]:
    return (
        kind_name(check.step.service_kind),
        day(check.on),
        str(Delivered(check.delivered).label),
        filling.words(check, "quantity"),
        str(check.quality or ""),
        rupiah(check.cost),
        check.get_fits_plan_display(),
    )


def _parts(filling: Filling, told: Mapping[str, str] | None, labels: Mapping[str, Promise]) -> list[Field]:
    """What is kept in parts, each under its own label."""
    return [
        Field(str(label), filling.told((told or {}).get(name)), lines=2) for name, label in labels.items()
    ]


def _unmet(filling: Filling) -> str:
    if filling.case is None:
        return ""
    steps = PlanStep.objects.filter(case=filling.case, state=StepState.NO_SERVICE)
    return lines_of(
        filling.words(step, "need")
        for step in steps.exclude(plan__state=PlanState.REPLACED).order_by("order")
    )


def termination(filling: Filling) -> tuple[Section, ...]:
    """Why it ends, what came of it, how it goes on, and what the client says of it."""
    ending = ending_of(filling.case) if filling.case else None
    capacity = {ending.statement_capacity} if ending else ()
    return (
        section(
            _("Pengakhiran"),
            Field(_("Tanggal"), day(ending.on) if ending else ""),
            boxes(_("Alasan"), reasons(), {ending.reason} if ending else ()),
            Field(_("Hasil pendampingan"), filling.words(ending, "effect"), lines=4),
        ),
        section(
            _("Peralihan"),
            boxes(_("Disusun bersama klien"), _yes_no(), _answered(ending)),
            *_parts(filling, ending.transition if ending else None, TRANSITION),
            Field(_("Diteruskan kepada"), filling.words(ending, "handed_to"), lines=2),
        ),
        section(
            _("Pernyataan klien"),
            Field(
                _("Dengan kata-kata klien, atau mengapa tidak ada"),
                filling.words(ending, "statement"),
                lines=5,
            ),
            boxes(_("Dinyatakan oleh"), Capacity.choices, capacity),
        ),
        section(_("Bimbingan lanjut"), *_planned(filling, ending)),
        section(_("Tanda tangan"), filling.signatures(_("Supervisor"))),
    )


def _yes_no() -> tuple[tuple[str, str], ...]:
    return ("yes", _("ya")), ("no", _("tidak"))


def _answered(ending: Ending | None) -> tuple[str, ...]:
    return () if ending is None else ("yes" if ending.made_with_client else "no",)


def _planned(filling: Filling, ending: Ending | None) -> tuple[Block, ...]:
    case = filling.case
    days = [one.due_on for one in FollowUp.objects.filter(case=case).order_by("due_on")] if case else []
    # Those of a draft are no rows yet.
    days = days or [date.fromisoformat(one) for one in (ending.follow_ups if ending else ())]
    return (
        Field(_("Dijenguk lagi pada"), lines_of(map(day, days)), lines=2),
        Field(_("Yang akan dilihat"), filling.words(ending, "follow_up_words"), lines=3),
    )


def follow_up(filling: Filling) -> tuple[Section, ...]:
    """One look after the ending, and those before and after it."""
    one = filling.picked.follow_up
    return (
        section(
            _("Bimbingan lanjut"),
            Field(_("Direncanakan pada"), day(one.due_on) if one else ""),
            Field(_("Dilakukan pada"), day(one.done_on) if one else ""),
            Field(_("Petugas"), one.done_by_name if one else ""),
        ),
        section(
            _("Keadaan"),
            boxes(_("Dibanding waktu pengakhiran"), Condition.choices, {one.condition} if one else ()),
            Field(_("Yang dilihat dan dibicarakan"), filling.words(one, "words"), lines=6),
        ),
        section(_("Keputusan"), boxes(_("Selanjutnya"), Afterwards.choices, {one.decision} if one else ())),
        section(_("Semua bimbingan lanjut"), _all_follow_ups(filling)),
        section(_("Tanda tangan"), filling.signatures()),
    )


def _all_follow_ups(filling: Filling) -> Table:
    found = FollowUp.objects.filter(case=filling.case).order_by("due_on") if filling.case else ()
    rows = [
        (day(one.due_on), day(one.done_on), one.get_condition_display(), one.get_decision_display())
        for one in found
    ]
    head = (_("Direncanakan"), _("Dilakukan"), _("Keadaan"), _("Selanjutnya"))
    return filling.table("", head, rows, widths=(3, 3, 3, 3), empty=3)
