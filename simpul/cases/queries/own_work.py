"""What was done in a case, as the client reads it in the own file: part by part, in plain lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.models import (
    Agreement,
    Assessment,
    Case,
    Ending,
    FollowUp,
    Goal,
    GoalScore,
    Handover,
    HandoverState,
    Preparation,
    RightsGiven,
    Satisfaction,
)
from simpul.cases.queries.comparisons import comparison_of
from simpul.cases.queries.ending import PROCESS, TRANSITION, reason_name, said_outcome
from simpul.cases.queries.goals import said_level
from simpul.cases.queries.linking import said_parts
from simpul.cases.queries.plans import kind_name, plan_of
from simpul.cases.queries.support import support_of
from simpul.engines.scoring import DomainScore
from simpul.instruments.queries import find_all, score_lines


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: a heading with its day, and what is told of it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file; `code` is a word for addresses inside the page."""

    code: str
    title: str
    entries: tuple[Entry, ...]


def work_in(case: Case) -> tuple[Part, ...]:
    """Every part in which something stands, in the order of the work."""
    parts = (
        Part("rights", _("Hak yang dijelaskan"), tuple(_rights(case))),
        Part("assessments", _("Asesmen"), tuple(_assessments(case))),
        Part("changes", _("Perubahan sejak asesmen awal"), tuple(_changes(case))),
        Part("support", _("Orang di sekitar Anda, dan layanan"), tuple(_support(case))),
        Part("prepared", _("Persiapan untuk layanan"), tuple(_prepared(case))),
        Part("levels", _("Pencapaian tujuan"), tuple(_levels(case))),
        Part("crisis", _("Rencana saat krisis"), tuple(_crisis(case))),
        Part("opinions", _("Pendapat Anda tentang layanan"), tuple(_opinions(case))),
        Part("agreements", _("Kesepakatan layanan"), tuple(_agreements(case))),
        Part("handovers", _("Serah terima"), tuple(_handovers(case))),
        Part("ending", _("Evaluasi dan pengakhiran"), tuple(_ending(case))),
        Part("afterwards", _("Bimbingan lanjut"), tuple(_afterwards(case))),
    )
    return tuple(part for part in parts if part.entries)


def _entry(on: date, title: str, lines: Iterable[str | None]) -> Entry:
    day = date_format(on, "j F Y")
    return Entry(f"{day} · {title}" if title else day, tuple(line for line in lines if line))


def _labelled(label: object, words: str | None) -> str:
    return f"{label}: {words}" if words else ""


def _rights(case: Case) -> Iterable[Entry]:
    for row in RightsGiven.objects.filter(case=case).order_by("on", "at"):
        yield _entry(row.on, "", (row.how,))


def _agreements(case: Case) -> Iterable[Entry]:
    for row in Agreement.objects.filter(case=case).order_by("on", "at"):
        yield _entry(row.on, str(row.get_capacity_display()), (row.signer, row.words))


def _measured(rows: Iterable[Assessment | Satisfaction]) -> Iterable[tuple[str, list[str]]]:
    """The name of each instrument, and its scores in words; nothing of one whose text is not kept."""
    listed = list(rows)
    found = find_all({(row.instrument, row.instrument_version) for row in listed})
    for row in listed:
        instrument = found.get((row.instrument, int(row.instrument_version)))
        if instrument is None:
            yield row.instrument, []
            continue
        scores = [DomainScore.from_json(kept) for kept in row.scores or ()]
        lines = [_labelled(line.title, line.figure) for line in score_lines(instrument, scores)]
        yield instrument.title.in_language(get_language() or "id"), lines


def _assessments(case: Case) -> Iterable[Entry]:
    rows = list(Assessment.objects.filter(case=case, completed_at__isnull=False).order_by("on", "at"))
    for row, (name, lines) in zip(rows, _measured(rows), strict=True):
        words = (
            _labelled(_("Pandangan Anda"), row.client_view),
            _labelled(_("Yang dilihat petugas"), row.observed),
            _labelled(_("Kekuatan"), row.strengths),
            _labelled(_("Kesimpulan"), row.conclusion),
        )
        yield _entry(row.on, name, (row.get_occasion_display(), *lines, *words))


def _changes(case: Case) -> Iterable[Entry]:
    rows = Assessment.objects.filter(case=case, completed_at__isnull=False).order_by("instrument")
    for code in rows.values_list("instrument", flat=True).distinct():
        compared = comparison_of(case, code)
        if compared.now is None:
            continue
        lines = (
            _labelled(row.title, ". ".join(filter(None, (row.direction_words, row.verdict))))
            for row in compared.rows
        )
        yield _entry(compared.now.on, compared.title, lines)


def _support(case: Case) -> Iterable[Entry]:
    """The levels alone: the words tell of others."""
    for review in reversed(support_of(case, is_told=False).reviews):
        lines = (_labelled(title, judged.name) for title, judged in review.sides)
        yield _entry(review.on, review.moment_name, lines)


def _prepared(case: Case) -> Iterable[Entry]:
    rows = Preparation.objects.filter(case=case).select_related("step").order_by("on", "at")
    for row in rows:
        lines = (_labelled(title, words) for title, words in said_parts(row))
        yield _entry(row.on, kind_name(row.step.service_kind), lines)


def _levels(case: Case) -> Iterable[Entry]:
    scores: dict[object, list[GoalScore]] = {}
    for score in GoalScore.objects.filter(case=case).order_by("on", "at"):
        scores.setdefault(score.goal_id, []).append(score)
    for goal in Goal.objects.filter(case=case).order_by("number"):
        lines = [
            f"{date_format(score.on, 'j F Y')}: {said_level(score.level)} ({score.get_moment_display()})"
            + (f" – {score.because}" if score.because else "")
            for score in scores.get(goal.pk, ())
        ]
        lines.append(_labelled(_("Alasan berakhir"), goal.ended_because))
        if told := tuple(filter(None, lines)):
            yield Entry(f"{goal.number}. {goal.words or ''}", told)


def _crisis(case: Case) -> Iterable[Entry]:
    plan = plan_of(case)
    if plan is not None and plan.crisis:
        on = plan.agreed_on or timezone.localtime(plan.at).date()
        yield _entry(on, "", (plan.crisis,))


def _opinions(case: Case) -> Iterable[Entry]:
    rows = list(Satisfaction.objects.filter(case=case).order_by("on", "at"))
    for row, (name, lines) in zip(rows, _measured(rows), strict=True):
        yield _entry(row.on, name, (row.get_entered_display(), *lines, row.words))


def _handovers(case: Case) -> Iterable[Entry]:
    rows = Handover.objects.filter(case=case, state=HandoverState.ACCEPTED).order_by("starts_on", "at")
    for row in rows:
        who = _("dari %(from)s kepada %(to)s") % {"from": row.by_name, "to": row.to_name}
        promises = _labelled(_("Janji yang belum selesai"), row.open_promises)
        yield _entry(row.starts_on, f"{row.get_kind_display()} {who}", (promises,))


def _ending(case: Case) -> Iterable[Entry]:
    row = Ending.objects.filter(case=case, completed_at__isnull=False).first()
    if row is None:
        return
    goals = {str(goal.pk): goal.number for goal in Goal.objects.filter(case=case).only("number")}
    outcomes = (
        _("Tujuan %(number)s: %(level)s")
        % {"number": goals.get(key, "?"), "level": said_outcome(told["level"])}
        + (f" – {told['words']}" if told["words"] else "")
        for key, told in (row.outcomes or {}).items()
    )
    t_score = "" if row.t_score is None else number_format(row.t_score, 1)
    yield _entry(
        row.on,
        reason_name(row.reason) if row.reason else "",
        (
            _labelled(_("Hasil bagi Anda"), row.effect),
            *outcomes,
            _labelled(_("Nilai-T semua tujuan"), t_score),
            *(_labelled(label, (row.process or {}).get(key)) for key, label in PROCESS.items()),
            *(_labelled(label, (row.transition or {}).get(key)) for key, label in TRANSITION.items()),
            _labelled(_("Diserahkan kepada"), row.handed_to),
            _labelled(_("Pernyataan Anda"), row.statement),
        ),
    )


def _afterwards(case: Case) -> Iterable[Entry]:
    for row in FollowUp.objects.filter(case=case, done_on__isnull=False).order_by("done_on", "at"):
        if row.done_on is not None:
            condition = row.get_condition_display() if row.condition else ""
            decision = row.get_decision_display() if row.decision else ""
            yield _entry(row.done_on, condition, (row.words, _labelled(_("Selanjutnya"), decision)))
