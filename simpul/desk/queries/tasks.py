"""Tasks and quiet cases in the day's list: what is late, due today, due this week, asked of me, and silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import CharField, DateTimeField, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.cases.models import Case, Task, TaskKind
from simpul.cases.queries import tasks as cases
from simpul.desk.queries.lines import MINE, Line
from simpul.screening.queries import urgency_rank
from simpul.screening.stages import Urgency

OVERDUE, TODAY, WEEK, ASKED, SILENT = "overdue", "due_today", "due_week", "asked", "silent"
_SOON = timedelta(days=7)
# Somebody waits for an answer, whatever the day.
_ANSWERS = (*cases.FOR_SUPERVISORS, TaskKind.HANDOVER)


def rows(viewer: User, on: date) -> Any:
    """My tasks of this week and before, and whatever asks me for an answer, with what the day's list needs."""
    asked = Q(kind__in=_ANSWERS) | (Q(postponed__gte=cases.ASKED_AGAIN) & ~Q(worker=viewer.pk))
    is_overdue = Exists(Task.objects.overdue(on).filter(pk=OuterRef("pk")))
    waits_for = Choice(
        When(is_overdue, then=Value(OVERDUE)),
        When(asked, then=Value(ASKED)),
        When(due_on=on, then=Value(TODAY)),
        default=Value(WEEK),
        output_field=CharField(),
    )
    if not viewer.can(Permission.CASE_VIEW):
        return Task.objects.none().annotate(**_shared(waits_for, "due_on"))
    return (
        cases.mine(viewer, on)
        .filter(asked | Q(due_on__lte=on + _SOON))
        .annotate(**_shared(waits_for, "due_on"))
    )


def _shared(waits_for: Any, day: str) -> dict[str, Any]:
    """What every table in the list has in common."""
    return {
        "part": Value(MINE, IntegerField()),
        "rank": _rank(),
        "since": Cast(day, DateTimeField()),
        "waits_for": waits_for,
        "person_id": F("case__person_id"),
    }


def _rank() -> Choice:
    """The order of urgency_rank, by the case of a task."""
    order = [When(case__urgency=urgency, then=Value(place)) for place, urgency in enumerate(Urgency.values)]
    return Choice(*order, default=Value(Urgency.values.index(Urgency.NORMAL)), output_field=IntegerField())


def lines(found: Any, viewer: User, on: date) -> dict[UUID, Line]:
    """Tasks as lines, by their keys."""
    tasks = list(found.select_related("case__person"))
    told = cases.told_of({task.case_id for task in tasks}, viewer) if tasks else set()
    return {
        task.pk: _line(task, cases.line_of(task, on, is_told=task.case_id in told), viewer) for task in tasks
    }


def _line(task: Any, shown: cases.Line, viewer: User) -> Line:
    person = task.case.person
    return Line(
        key=task.pk,
        person=person.pk,
        name=person.name,
        born=person.born,
        region=person.region,
        why=_why(shown, task.waits_for),
        waits_for=task.waits_for,
        since=None,
        # Whose it is, is worth a word only when it is somebody else's.
        who="" if shown.worker == viewer.pk else shown.worker_name,
        urgency=task.case.urgency,
        href=reverse(shown.door.address, args=shown.keys),
        button=str(shown.door.button),
        is_late=shown.is_overdue,
    )


def _why(line: cases.Line, waits_for: str) -> str:
    what = line.words or line.kind_name
    if line.waits_for_supervisor and line.because:
        what = f"{what} ({line.because})"
    if waits_for == OVERDUE:
        return ngettext(
            "Terlambat %(days)s hari: %(what)s", "Terlambat %(days)s hari: %(what)s", line.days
        ) % {
            "days": line.days,
            "what": what,
        }
    if waits_for == TODAY:
        return _("Hari ini: %(what)s") % {"what": what}
    if waits_for == ASKED:
        return _("Menunggu jawaban Anda: %(what)s") % {"what": what}
    return _("Sampai %(day)s: %(what)s") % {"day": date_format(line.due_on, "l j F"), "what": what}


def silent_rows(viewer: User, on: date) -> Any:
    """My cases in which nobody was met for too long, with what the day's list needs."""
    if not viewer.can(Permission.CASE_NOTE):
        return _quiet(Case.objects.none().annotate(quiet_since=F("opened_on")))
    return _quiet(cases.silent(viewer, on))


def _quiet(found: Any) -> Any:
    return found.annotate(
        part=Value(MINE, IntegerField()),
        rank=urgency_rank(),
        since=Cast("quiet_since", DateTimeField()),
        waits_for=Value(SILENT, CharField()),
    )


def silent_lines(found: Any, _viewer: User, _on: date) -> dict[UUID, Line]:
    """Quiet cases as lines, by their keys."""
    return {case.pk: _silent_line(case) for case in found}


def _silent_line(case: Any) -> Line:
    if case.last_contact_on:
        why = _("Tidak ada kontak sejak %(day)s.")
    else:
        why = _("Belum ada kontak yang dicatat sejak kasus dibuka, %(day)s.")
    return Line(
        key=case.pk,
        person=case.person_id,
        name=case.person.name,
        born=case.person.born,
        region=case.person.region,
        why=why % {"day": date_format(case.quiet_since, "j F Y")},
        waits_for=SILENT,
        since=None,
        who=case.worker_name,
        urgency=case.urgency,
        href=reverse("cases:note-add", args=(case.pk,)),
        button=_("Catat kontak"),
    )
