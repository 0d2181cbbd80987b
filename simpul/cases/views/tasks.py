"""Pages of tasks: a new one, one that is there, and all of mine as a calendar file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.cases.actions.tasks import add_task, drop_task, edit_task, finish_task, postpone_task
from simpul.cases.forms.tasks import DropForm, EditForm, FinishForm, PostponeForm, TaskForm
from simpul.cases.models import Case, Task, TaskState
from simpul.cases.queries.calendar import calendar_of
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.tasks import ASKED_AGAIN, Line, line_of, mine
from simpul.cases.views.entering import require_form
from simpul.ui.doing import done, form_page
from simpul.ui.render import file_answer, page


@needs(Permission.CASE_NOTE)
def task_add(request: Entered, pk: UUID) -> HttpResponse:
    """Set a task: what, by when, whose."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    require_form(request, case)
    form = TaskForm(case, request.user, request.POST or None, on=timezone.localdate())
    if form.is_valid() and _added(request, case, form):
        return redirect("cases:case", case.pk)
    return form_page(request, "cases/task_add.html", form, case=case)


def _added(request: Entered, case: Case, form: TaskForm) -> bool:
    typed = dict(form.cleaned_data)
    key = typed.pop("once")
    if not done(request, form, add_task, case, key=key, **typed):
        return False
    messages.success(request, _("Tugas disimpan."))
    return True


@needs(Permission.CASE_NOTE)
def task(request: Entered, pk: UUID, task: UUID) -> HttpResponse:
    """One task: done, postponed, changed, or dropped with a reason."""
    found = look_up(Task, task, by=request.user, permission=Permission.CASE_NOTE)
    if found.case_id != pk:
        raise Http404
    deed = request.POST.get("do", "")
    forms = _forms(found, request.user, deed, request.POST)
    if deed in forms and _did(request, found, deed, forms[deed]):
        return redirect("cases:case", pk)
    found.refresh_from_db()
    status = 422 if deed in forms else 200
    shown = _shown(found, request.user)
    return page(
        request, "cases/task.html", status=status, deed=deed, forms=list(forms.values()), **shown, **forms
    )


def _shown(task: Task, user: Any) -> dict[str, Any]:
    """The task as it stands now."""
    return {
        "case": task.case,
        "task": task,
        "line": _line(task, user),
        "is_waiting": task.state == TaskState.OPEN,
        "answers": _answers(task, user),
        "may_answer": is_within_reach(task, user, Permission.CASE_APPROVE),
    }


def _line(task: Task, user: Any) -> Line:
    return line_of(task, timezone.localdate(), is_told=sees_all(task.case, user))


def _answers(task: Task, user: Any) -> bool:
    """A second postponement waits for this person's answer."""
    return task.postponed >= ASKED_AGAIN and is_within_reach(task, user, Permission.CASE_APPROVE)


def _forms(task: Task, user: Any, deed: str, typed: Any) -> dict[str, Any]:
    """One form for each thing that can be done; the one that was sent holds what was typed."""
    return {
        "finish": FinishForm(typed if deed == "finish" else None),
        "postpone": PostponeForm(typed if deed == "postpone" else None),
        "edit": EditForm(
            task, _line(task, user), user, typed if deed == "edit" else None, on=timezone.localdate()
        ),
        "drop": DropForm(typed if deed == "drop" else None),
    }


_DEEDS = {"finish": finish_task, "postpone": postpone_task, "edit": edit_task, "drop": drop_task}


def _did(request: Entered, task: Task, deed: str, form: Form) -> bool:
    if not form.is_valid():
        return False
    changed = done(request, form, _DEEDS[deed], task, **form.cleaned_data)
    if not changed:
        return False
    messages.success(request, _words_after(deed, changed))
    return True


def _words_after(deed: str, task: Task) -> str:
    """What came of it."""
    if deed == "finish":
        return _("Tugas selesai.")
    if deed == "drop":
        return _("Tugas dicatat tidak jadi.")
    if deed == "edit":
        return _("Perubahan sudah disimpan.")
    if task.postponed >= ASKED_AGAIN:
        return _("Tugas ini sudah pernah diundur, jadi supervisor yang memutuskan. Tanggalnya belum berubah.")
    return _("Tanggal tugas sudah disimpan.")


@needs(Permission.CASE_NOTE)
def calendar(request: Entered) -> HttpResponse:
    """My tasks as a file for a calendar, without names."""
    tasks = mine(request.user, timezone.localdate()).select_related("case").order_by("due_on", "pk")
    return file_answer(calendar_of(tasks), "text/calendar; charset=utf-8", "simpul-tugas.ics")
