"""The paper of the plan: needs, goals, steps, what is done in a crisis, and who agreed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from simpul.cases.models import Goal, GoalState, Plan, PlanStep, StepState
from simpul.cases.queries.linking import PARTS, Part, prepared_in
from simpul.cases.queries.papers.filling import Filling, day, lines_of
from simpul.cases.queries.papers.shapes import Block, Field, Section, Table, boxes, section
from simpul.cases.queries.plans import kind_name, plan_of, said_alternatives
from simpul.people.models import Capacity
from simpul.ui.templatetags.ui import rupiah


def plan(filling: Filling) -> tuple[Section, ...]:
    """The version in force, or the one being written."""
    found = plan_of(filling.case) if filling.case else None
    return (
        section(
            _("Rencana"),
            Field(_("Versi"), str(found.number) if found else ""),
            Field(_("Keadaan"), found.get_state_display() if found else ""),
        ),
        section(_("Tujuan"), _goals(filling)),
        section(_("Langkah dan layanan"), *_steps(filling, found)),
        section(_("Persiapan klien untuk layanan"), prepared(filling, found)),
        section(
            _("Bila keadaan memburuk"),
            Field(_("Rencana saat krisis"), filling.words(found, "crisis"), lines=5),
        ),
        section(_("Kesepakatan"), *_agreed(filling, found)),
        section(_("Tanda tangan"), filling.signatures(_("Supervisor"))),
    )


def _goals(filling: Filling) -> Table:
    goals = Goal.objects.filter(case=filling.case).exclude(state=GoalState.DROPPED) if filling.case else ()
    rows = [
        (
            str(goal.number),
            filling.words(goal, "words"),
            goal.get_term_display(),
            filling.words(goal, "criterion"),
            day(goal.target_on),
            str(goal.priority),
        )
        for goal in sorted(goals, key=lambda goal: (goal.priority, goal.number))
    ]
    head = ("No.", _("Tujuan"), _("Jangka"), _("Terlihat dari"), _("Sasaran"), _("Prioritas"))
    return filling.table("", head, rows, widths=(1, 5, 2, 4, 2, 2))


def _steps(filling: Filling, found: Plan | None) -> tuple[Table | Field, ...]:
    steps = (
        list(PlanStep.objects.filter(plan=found).select_related("goal").order_by("order")) if found else []
    )
    head = (
        _("Kebutuhan"),
        _("Layanan dan tindakan"),
        _("Penyedia"),
        _("Penanggung jawab"),
        _("Tanggal"),
        _("Biaya"),
    )
    rows = [_step(filling, step) for step in steps]
    alternatives = (
        f"{filling.words(step, 'need')}: {'; '.join(said_alternatives(step.alternatives))}"
        for step in steps
        if step.alternatives and filling.is_told
    )
    unmet = (filling.words(step, "need") for step in steps if step.state == StepState.NO_SERVICE)
    return (
        filling.table("", head, rows, widths=(4, 4, 3, 3, 2, 2), empty=6),
        Field(_("Pilihan lain"), lines_of(alternatives), lines=2),
        Field(_("Kebutuhan yang belum menemukan layanan"), lines_of(unmet), lines=2),
    )


def _step(filling: Filling, step: PlanStep) -> tuple[str, ...]:
    goal = _("untuk tujuan %(number)s") % {"number": step.goal.number} if step.goal else ""
    return (
        lines_of((filling.words(step, "need"), goal)),
        lines_of((kind_name(step.service_kind), filling.words(step, "action"), step.get_state_display())),
        filling.words(step, "provider"),
        step.in_charge_name,
        day(step.due_on),
        rupiah(step.cost),
    )


def prepared(filling: Filling, found: Plan | None) -> Table:
    """Step by step, what the client was told, what may be hard, what was practised, who comes along."""
    steps = PlanStep.objects.filter(plan=found).order_by("order") if found else ()
    held = prepared_in(filling.case, is_told=filling.is_told) if filling.case else {}
    rows = [
        (
            f"{step.order}. {kind_name(step.service_kind)}",
            *(_said(filling, part) for part in held[step.line].parts),
        )
        for step in steps
        if step.line in held
    ]
    head = (_("Langkah"), *map(str, PARTS.values()))
    return filling.table("", head, rows, widths=(3, 4, 4, 4, 3), empty=4)


def _said(filling: Filling, part: Part) -> str:
    """The day, and the words under it as far as who prints may read them."""
    if not part.is_done:
        return ""
    words = part.words if filling.is_told else filling.told("-")
    return lines_of((day(part.on), words, filling.others(part.others)))


def _agreed(filling: Filling, found: Plan | None) -> tuple[Block, ...]:
    capacity = {found.agreed_capacity} if found else ()
    return (
        boxes(_("Disetujui oleh"), Capacity.choices, capacity),
        Field(_("Nama"), filling.words(found, "agreed_by")),
        Field(_("Disepakati pada"), day(found.agreed_on) if found else ""),
        Field(_("Cara menyepakati"), filling.words(found, "agreed_how"), lines=2),
        Field(_("Disepakati tim pada"), day(found.team_agreed_on) if found else ""),
        Field(_("Pendapat tim"), filling.words(found, "team_says"), lines=2),
        Field(_("Disetujui supervisor"), found.approved_by_name if found else ""),
    )
