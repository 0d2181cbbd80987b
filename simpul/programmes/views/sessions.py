"""Pages of sessions: planned, who came by the list, materials, what participants thought, one's own programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.programmes.actions import sessions as actions
from simpul.programmes.forms.plans import sent
from simpul.programmes.forms.sessions import AttendanceForm, MaterialForm, OpinionForm, SessionForm
from simpul.programmes.models import Material, Programme, Session
from simpul.programmes.queries import sessions as queries
from simpul.programmes.stages import Part
from simpul.programmes.views.reached import found
from simpul.ui.doing import done, form_page, pressed, pressed_on
from simpul.ui.render import page

_ANY, _MANAGE = Permission.ORGANISATION_VIEW, Permission.PROGRAMME_MANAGE
_ROW = ("programme", "trainer")


@needs(_ANY)
def session(request: Entered, pk: UUID) -> HttpResponse:
    """One session: its content, who came, its materials, what was thought of it."""
    row = found(request, Session, pk, related=_ROW)
    now = timezone.now()
    shown = queries.shown(row, request.user, now, timezone.localdate())
    return page(request, "programmes/session.html", shown=shown, today=timezone.localdate())


@needs(_MANAGE)
def session_add(request: Entered, pk: UUID) -> HttpResponse:
    """A session more."""
    row = look_up(Programme, pk, by=request.user, permission=_MANAGE)
    form = SessionForm(_trainers(row), request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["once"] or form.fields["once"].initial()
        if made := done(request, form, actions.plan_session, row, key=key, told=form.told()):
            messages.success(request, _("Pertemuan disimpan."))
            return redirect("programmes:session", made.pk)
    back = reverse("programmes:programme", args=[pk])
    return form_page(request, "ui/form.html", form, title=_("Pertemuan baru"), back=back, about=row.title)


@needs(_MANAGE)
def session_change(request: Entered, pk: UUID) -> HttpResponse:
    """Another day, place, trainer or content."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = SessionForm.of(row, _trainers(row.programme), request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change_session, row, version=version, told=form.told()):
            messages.success(request, _("Pertemuan disimpan."))
            return redirect("programmes:session", pk)
    return _form(request, form, row, _("Ubah pertemuan"))


def _trainers(programme: Programme) -> list[tuple[str, str]]:
    rows = programme.workers.filter(part=Part.TRAINER).order_by("name", "pk")
    return [(str(one.pk), one.name) for one in rows]


@needs(_MANAGE)
def session_attendance(request: Entered, pk: UUID) -> HttpResponse:
    """Tick all who came. Corrected as often as needed; what stood before is kept."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = AttendanceForm(queries.attendance_rows(row, request.user), request.POST or None)
    if request.method == "POST" and not form.is_bound:
        form = AttendanceForm(form.rows, {})
    if form.is_valid():
        changed = done(request, form, actions.note_attendance, row, came=form.answers())
        if changed is not None:
            messages.success(request, _("Kehadiran dicatat. Yang baru atau berubah: %s.") % changed)
            return redirect("programmes:session", pk)
    return _form(request, form, row, _("Daftar hadir"))


@needs(_MANAGE)
def session_list(request: Entered, pk: UUID) -> HttpResponse:
    """The list on paper, with room to sign."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW, always=True)
    rows = queries.attendance_rows(row, request.user)
    return page(request, "programmes/session_list.html", session=row, rows=rows)


@needs(_MANAGE)
def session_qr(request: Entered, pk: UUID) -> HttpResponse:
    """The QR for the screen of the room, while it is open; the button that opens or closes it."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW)
    is_open, address, picture = queries.is_qr_open(row, timezone.now()), "", ""
    if is_open:
        address = request.build_absolute_uri(reverse("programmes:arrive", args=[row.qr_mark]))
        picture = segno.make(address, error="m", micro=False).svg_inline(scale=8, light="#fff")
    is_today = row.on == timezone.localdate()
    return page(
        request, "programmes/session_qr.html", session=row, is_open=is_open, address=address,
        picture=picture, is_today=is_today,
    )  # fmt: skip


@needs(_MANAGE)
@pressed_on("programmes:session-qr")
def session_qr_open(request: Entered, pk: UUID) -> HttpResponse:
    """From now on for as long as the norm says."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE)
    pressed(request, actions.open_qr, row)
    return redirect("programmes:session-qr", pk)


@needs(_MANAGE)
@pressed_on("programmes:session-qr")
def session_qr_close(request: Entered, pk: UUID) -> HttpResponse:
    """Nobody writes themselves present any more."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE)
    pressed(request, actions.close_qr, row, _("Kode QR ditutup."))
    return redirect("programmes:session", pk)


@needs(_MANAGE)
def material_add(request: Entered, pk: UUID) -> HttpResponse:
    """A paper for those who take part."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = MaterialForm(request.POST or None, request.FILES or None, label_suffix="")
    if form.is_valid():
        key, title = form.cleaned_data["once"], form.cleaned_data["title"]
        if done(request, form, actions.add_material, row, key=key, title=title, file=sent(form)):
            messages.success(request, _("Materi disimpan."))
            return redirect("programmes:session", pk)
    return _form(request, form, row, _("Tambah materi"))


@needs(_ANY)
def material(request: Entered, pk: UUID) -> HttpResponse:
    """A material as a file."""
    return handed_over(found(request, Material, pk))


@needs(_MANAGE)
def opinion_add(request: Entered, pk: UUID) -> HttpResponse:
    """Copy one sheet from paper, without a name."""
    row = look_up(Session, pk, by=request.user, permission=_MANAGE, related=_ROW)
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["once"]
        if done(request, form, actions.say_opinion, row, key=key, answers=form.answers()):
            messages.success(request, _("Pendapat disimpan, tanpa nama."))
            return redirect("programmes:session", pk)
    return _form(request, form, row, _("Pendapat peserta dari kertas"))


@needs(Permission.PROGRAMME_TAKE_PART)
def mine(request: Entered) -> HttpResponse:
    """One's own programme: own sessions, own certificate, own action plan, own tests."""
    return page(request, "programmes/mine.html", programmes=queries.own_programmes(request.user))


def _form(request: Entered, form: Any, row: Session, title: str) -> HttpResponse:
    back = reverse("programmes:session", args=[row.pk])
    return form_page(request, "ui/form.html", form, title=title, back=back, about=row.title)
