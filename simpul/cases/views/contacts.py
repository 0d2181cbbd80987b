"""Pages of contacts: noting one, and reading them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.cases.actions.contacts import Next, add_note
from simpul.cases.forms.contacts import NoteForm
from simpul.cases.models import Case, ContactKind, Note
from simpul.cases.queries.case import sees_all
from simpul.cases.queries.contacts import newest_of, note_lines, notes_of, written_just_now
from simpul.cases.views.entering import require_form
from simpul.screening.queries import has_basis
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

PAGE_LENGTH = 50
# How far back the list opens at first, and what else can be chosen, in days.
PERIODS = {
    "90": gettext_lazy("tiga bulan terakhir"),
    "30": gettext_lazy("30 hari terakhir"),
    "semua": gettext_lazy("semua"),
}


@needs(Permission.CASE_VIEW)
def notes(request: Entered, pk: UUID) -> HttpResponse:
    """What was noted in one case, by period and kind, the newest first."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_VIEW)
    kind, period = request.GET.get("jenis", ""), request.GET.get("masa", "90")
    since = timezone.localdate() - timedelta(days=int(period)) if period in ("30", "90") else None
    found = Paginator(notes_of(case, kind=kind, since=since), PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "cases/notes.html",
        case=case,
        notes=note_lines(found, case, is_told=sees_all(case, request.user)),
        page=found,
        kinds=ContactKind.choices,
        kind=kind,
        periods=PERIODS.items(),
        period=period,
        may_note=request.user.can(Permission.CASE_NOTE),
    )


@needs(Permission.CASE_NOTE)
def note_add(request: Entered, pk: UUID) -> HttpResponse:
    """Note what happened, or put an earlier note right."""
    case = look_up(Case, pk, by=request.user, permission=Permission.CASE_NOTE)
    corrected = _corrected(request, case)
    if corrected is None:
        require_form(request, case)
    form = NoteForm(case, request.POST or None, started=_started(request, corrected))
    if form.is_valid() and _noted(request, case, form, corrected):
        return redirect("cases:case", case.pk)
    return form_page(
        request,
        "cases/note.html",
        form,
        case=case,
        corrected=corrected,
        has_basis=has_basis(case.person, timezone.localdate()),
    )


def _corrected(request: Entered, case: Case) -> Note | None:
    """The note that is put right: the newest of its corrections, because that is the one that counts."""
    key = request.POST.get("corrects") or request.GET.get("mengoreksi", "")
    if not key:
        return None
    note = look_up(Note, key, by=request.user, permission=Permission.CASE_NOTE)
    if note.case_id != case.pk:
        raise Http404
    return note if request.method == "POST" else newest_of(note)


def _started(request: Entered, corrected: Note | None) -> dict[str, Any]:
    """What stands in the form when it opens: today, the task it was opened from, or the note to put right."""
    if corrected is None:
        return {"happened_on": timezone.localdate(), "settles": request.GET.getlist("tugas")}
    kept = ("kind", "words", "next_step", "place", "with_whom", "third_party", "goals", "minutes")
    return {"happened_on": corrected.on} | {name: getattr(corrected, name) for name in kept}


def _noted(request: Entered, case: Case, form: NoteForm, corrected: Note | None) -> bool:
    typed = dict(form.cleaned_data)
    if corrected is None and written_just_now(case, request.user, timezone.now(), typed):
        messages.success(request, _("Catatan ini sudah tersimpan tadi; tidak ditulis dua kali."))
        return True
    next_on, next_kind = typed.pop("next_on"), typed.pop("next_kind")
    details = {
        "key": typed.pop("once"),
        "then": Next(next_on, next_kind) if next_on else None,
        "settles": [UUID(key) for key in typed.pop("settles", ())],
        "corrects": corrected,
    }
    if not done(request, form, add_note, case, **details, **typed):
        return False
    messages.success(request, _("Koreksi disimpan.") if corrected else _("Catatan disimpan."))
    return True
