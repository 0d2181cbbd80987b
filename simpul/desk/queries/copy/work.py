"""The parts of a copy about the work on cases: assessed, aimed at, planned, given, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.models import (
    Assessment,
    Ending,
    FollowUp,
    Goal,
    GoalScore,
    Plan,
    PlanStep,
    Satisfaction,
    ServiceCheck,
)
from simpul.cases.queries.ending import PROCESS, TRANSITION, reason_name, said_outcome
from simpul.cases.queries.goals import said_level
from simpul.cases.queries.plans import kind_name, said_alternatives
from simpul.catalogue.instruments import Instrument
from simpul.desk.queries.copy.copying import Copying, Row, Section, row
from simpul.desk.queries.copy.of_cases import case_of, of_cases, section_of
from simpul.engines.scoring import REASONS, DomainScore
from simpul.instruments.queries import find_all, level_words, score_lines
from simpul.ui.templatetags.ui import rupiah

Instruments = dict[tuple[str, int], Instrument]


# --- assessments ---


def assessments(copying: Copying) -> Section:
    """Each assessment with what was answered and its scores."""
    rows = of_cases(Assessment, copying, "on")
    found = find_all({(one.instrument, one.instrument_version) for one in rows})
    told = [entry for one in rows for entry in _assessment(one, copying, found)]
    return Section("assessments", _("Asesmen"), tuple(told))


def _assessment(one: Assessment, copying: Copying, found: Instruments) -> Iterator[Row]:
    copying.others(one.family_view)
    yield row(
        case_of(one),
        *_instrument(one, found),
        ("occasion", _("Kesempatan"), one.occasion, one.get_occasion_display()),
        ("completed_at", _("Selesai"), one.completed_at),
        ("client_view", _("Pandangan orang itu sendiri"), copying.words(one.client_view)),
        ("observed", _("Yang dilihat petugas"), copying.words(one.observed)),
        ("strengths", _("Kekuatan"), copying.words(one.strengths)),
        ("conclusion", _("Kesimpulan"), copying.words(one.conclusion)),
        ("by", _("Petugas"), one.by_name),
        *_answered(one, copying, found),
    )


def satisfactions(copying: Copying) -> Section:
    """What the person thinks of the help."""
    rows = of_cases(Satisfaction, copying, "on")
    found = find_all({(one.instrument, one.instrument_version) for one in rows})
    told = (
        row(
            case_of(one),
            *_instrument(one, found),
            ("words", _("Dengan kata-kata"), copying.words(one.words)),
            *_answered(one, copying, found),
        )
        for one in rows
    )
    return Section("satisfaction", _("Pendapat tentang layanan"), tuple(told))


def _instrument(one: Any, found: Instruments) -> tuple[Any, ...]:
    instrument = found.get((one.instrument, int(one.instrument_version)))
    name = instrument.title.in_language(get_language() or "id") if instrument else one.instrument
    return (
        ("instrument", _("Instrumen"), f"{one.instrument} {one.instrument_version}", name),
        ("on", _("Tanggal"), one.on),
    )


def _answered(one: Any, copying: Copying, found: Instruments) -> tuple[Any, ...]:
    """Answers and scores of an instrument whose text is still kept; what was written freely is a worker's words."""
    instrument = found.get((one.instrument, int(one.instrument_version)))
    if instrument is None:
        return ()
    answers: dict[str, Any] = one.answers or {}
    told = [_said(instrument, code, answer, copying) for code, answer in answers.items() if code != REASONS]
    scores = [DomainScore.from_json(kept) for kept in one.scores or ()]
    lines = [f"{line.title}: {line.figure}" for line in score_lines(instrument, scores)]
    return (
        ("answers", _("Jawaban"), [answer for answer in told if answer]),
        ("reasons", _("Alasan"), copying.words("; ".join(answers.get(REASONS, {}).values()))),
        ("scores", _("Nilai"), lines),
    )


def _said(instrument: Instrument, code: str, answer: Any, copying: Copying) -> str:
    item = instrument.item(code)
    words = level_words(item, answer)
    if item.kind == "text":
        words = copying.words(words) or ""
    return f"{item.question.in_language(get_language() or 'id')}: {words}" if words else ""


# --- goals, plans and services ---


def goals(copying: Copying) -> Section:
    """Each goal, and every level that was noted of it."""
    rows = of_cases(Goal, copying, "number")
    scores: dict[Any, list[GoalScore]] = {}
    for score in GoalScore.objects.filter(goal__in=[one.pk for one in rows]).order_by("on", "at"):
        scores.setdefault(score.goal_id, []).append(score)
    told = [entry for one in rows for entry in _goal(one, copying, scores.get(one.pk, []))]
    return Section("goals", _("Tujuan"), tuple(told))


def _goal(one: Goal, copying: Copying, scores: list[GoalScore]) -> Iterator[Row]:
    yield row(
        case_of(one),
        ("goal", _("Nomor tujuan"), one.number),
        ("term", _("Jangka"), one.term, one.get_term_display()),
        ("words", _("Tujuan"), copying.words(one.words)),
        ("criterion", _("Terlihat dari"), copying.words(one.criterion)),
        ("target_on", _("Sasaran"), one.target_on),
        ("state", _("Keadaan"), one.state, one.get_state_display()),
        ("ended_because", _("Alasan"), copying.words(one.ended_because)),
    )
    for score in scores:
        yield row(
            case_of(one),
            ("goal", _("Nomor tujuan"), one.number),
            ("moment", _("Saat"), score.moment, score.get_moment_display()),
            ("on", _("Tanggal"), score.on),
            ("level", _("Tingkat"), score.level, said_level(score.level)),
            ("because", _("Yang terlihat"), copying.words(score.because)),
            ("by", _("Petugas"), score.by_name),
        )


def plans(copying: Copying) -> Section:
    """Each version of the plan with its steps."""
    rows = of_cases(Plan, copying, "number")
    return section_of("plans", _("Rencana"), rows, _plan, copying)


def _plan(one: Plan, copying: Copying) -> Iterator[Row]:
    yield row(
        case_of(one),
        ("plan", _("Versi"), one.number),
        ("state", _("Keadaan"), one.state, one.get_state_display()),
        ("crisis", _("Rencana saat krisis"), copying.words(one.crisis)),
        ("agreed_on", _("Disepakati pada"), one.agreed_on),
        ("agreed_capacity", _("Disetujui oleh"), one.agreed_capacity, one.get_agreed_capacity_display()),
        ("agreed_how", _("Cara menyepakati"), copying.words(one.agreed_how)),
        ("team_says", _("Pendapat tim"), copying.words(one.team_says)),
        ("approved_by", _("Disetujui supervisor"), one.approved_by_name),
    )
    for step in PlanStep.objects.filter(plan=one).order_by("order", "at"):
        yield _step(one, step, copying)


def _step(plan: Plan, step: PlanStep, copying: Copying) -> Row:
    return row(
        case_of(plan),
        ("plan", _("Versi"), plan.number),
        ("step", _("Langkah"), step.order),
        ("service_kind", _("Jenis layanan"), step.service_kind, kind_name(step.service_kind)),
        ("need", _("Kebutuhan"), copying.words(step.need)),
        ("action", _("Tindakan"), copying.words(step.action)),
        ("provider", _("Penyedia"), copying.words(step.provider)),
        ("alternatives", _("Pilihan lain"), copying.words("; ".join(said_alternatives(step.alternatives)))),
        ("in_charge", _("Penanggung jawab"), step.in_charge_name),
        ("due_on", _("Paling lambat"), step.due_on),
        ("cost", _("Biaya"), step.cost, rupiah(step.cost)),
        ("state", _("Keadaan"), step.state, step.get_state_display()),
        ("outcome", _("Hasil"), copying.words(step.outcome)),
    )


def service_checks(copying: Copying) -> Section:
    """Whether what was agreed was given."""
    rows = of_cases(ServiceCheck, copying, "on")
    return section_of("service_checks", _("Pemantauan layanan"), rows, _check, copying)


def _check(one: ServiceCheck, copying: Copying) -> Iterator[Row]:
    kind = one.step.service_kind
    yield row(
        case_of(one),
        ("service_kind", _("Jenis layanan"), kind, kind_name(kind)),
        ("on", _("Tanggal"), one.on),
        ("delivered", _("Diberikan"), one.delivered, one.get_delivered_display()),
        ("quantity", _("Jumlah"), copying.words(one.quantity)),
        ("quality", _("Mutu (1-4)"), one.quality),
        ("cost", _("Biaya"), one.cost, rupiah(one.cost)),
        ("fits_plan", _("Sesuai rencana"), one.fits_plan, one.get_fits_plan_display()),
        ("unmet", _("Yang tidak terpenuhi"), copying.words(one.unmet)),
        ("words", _("Keterangan"), copying.words(one.words)),
    )


# --- the end ---


def endings(copying: Copying) -> Section:
    """How each case ended: why, with which outcomes, and what the person said of it."""
    rows = of_cases(Ending, copying)
    return section_of("endings", _("Evaluasi dan pengakhiran"), rows, _ending, copying)


def _ending(one: Ending, copying: Copying) -> Iterator[Row]:
    numbers = {str(goal.pk): goal.number for goal in Goal.objects.filter(case=one.case).only("number")}
    outcomes = [
        ": ".join(
            filter(
                None, (str(numbers.get(key, "?")), said_outcome(told["level"]), copying.words(told["words"]))
            )
        )
        for key, told in (one.outcomes or {}).items()
    ]
    yield row(
        case_of(one),
        ("on", _("Tanggal"), one.on),
        ("completed_at", _("Selesai"), one.completed_at),
        ("reason", _("Alasan berakhir"), one.reason, reason_name(one.reason)),
        ("outcomes", _("Hasil tiap tujuan"), outcomes),
        ("t_score", _("Nilai-T semua tujuan"), one.t_score),
        ("effect", _("Hasil bagi orang itu"), copying.words(one.effect)),
        *((key, label, copying.words((one.process or {}).get(key))) for key, label in PROCESS.items()),
        *((key, label, copying.words((one.transition or {}).get(key))) for key, label in TRANSITION.items()),
        ("handed_to", _("Diserahkan kepada"), copying.words(one.handed_to)),
        ("statement", _("Pernyataan klien"), copying.words(one.statement)),
    )


def follow_ups(copying: Copying) -> Section:
    """The looks afterwards."""
    rows = of_cases(FollowUp, copying, "due_on")
    return section_of("follow_ups", _("Bimbingan lanjut"), rows, _follow_up, copying)


def _follow_up(one: FollowUp, copying: Copying) -> Iterator[Row]:
    yield row(
        case_of(one),
        ("due_on", _("Direncanakan"), one.due_on),
        ("done_on", _("Dilakukan"), one.done_on),
        ("condition", _("Keadaan"), one.condition, one.get_condition_display()),
        ("words", _("Yang terlihat"), copying.words(one.words)),
        ("decision", _("Selanjutnya"), one.decision, one.get_decision_display()),
        ("by", _("Petugas"), one.done_by_name),
    )
