"""Pages of forums: all of them, one, its members, its meetings, and what became of their decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.partners.actions import forums as actions
from simpul.partners.forms.forums import FollowUpForm, ForumForm, JoinForm, MeetingForm
from simpul.partners.models import Decision, Forum, ForumMember, Meeting
from simpul.partners.queries import forums as queries
from simpul.places.queries import find, path
from simpul.ui.doing import done, form_page, pressed, pressed_on
from simpul.ui.render import page

_VIEW, _EDIT = Permission.PARTNER_VIEW, Permission.PARTNER_EDIT
_A_PAGE = 50


@needs(_VIEW)
def forums(request: Entered) -> HttpResponse:
    """All forums within reach."""
    rows = Paginator(queries.forums_within_reach(request.user), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "partners/forums.html",
        rows=rows,
        shown=[(row, path(row.region)) for row in rows.object_list],
        may_found=request.user.can(_EDIT),
    )


@needs(_EDIT)
def forum_found(request: Entered) -> HttpResponse:
    """A new forum: first its area, then what is said of it."""
    region = request.GET.get("wilayah", "")
    if not region:
        text = request.GET.get("q", "")
        found = find(text, limit=12) if text else []
        return page(request, "partners/forum_area.html", text=text, found=found)
    form = ForumForm(request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "about": form.about()}
        where = queries.founding_place(request.user, region)
        if made := done(request, form, actions.found_forum, where, **details):
            messages.success(request, _("Forum disimpan. Sekarang catat anggotanya."))
            return redirect("partners:forum", made.pk)
    back = reverse("partners:forums")
    return form_page(request, "ui/form.html", form, title=_("Forum baru"), back=back, about=path(region))


@needs(_VIEW)
def forum(request: Entered, pk: UUID) -> HttpResponse:
    """One forum."""
    row = look_up(Forum, pk, by=request.user, permission=_VIEW)
    return page(
        request,
        "partners/forum.html",
        shown=queries.whole(row, request.user),
        place=path(row.region),
        today=timezone.localdate(),
    )


@needs(_EDIT)
def forum_change(request: Entered, pk: UUID) -> HttpResponse:
    """Another name, aim or chair."""
    row = look_up(Forum, pk, by=request.user, permission=_EDIT)
    form = ForumForm.of(row, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change_forum, row, version=version, about=form.about()):
            return redirect("partners:forum", pk)
    return _form(request, form, row, _("Ubah forum"))


@needs(_EDIT)
def forum_end(request: Entered, pk: UUID) -> HttpResponse:
    """It meets no more; asked once more before."""
    row = look_up(Forum, pk, by=request.user, permission=_EDIT)
    if request.method == "POST":
        pressed(request, actions.end_forum, row, _("Forum dicatat berakhir."))
        return redirect("partners:forum", pk)
    return page(request, "partners/forum_end.html", row=row)


@needs(_EDIT)
@pressed_on("partners:forum")
def forum_resume(request: Entered, pk: UUID) -> HttpResponse:
    """It meets again after all."""
    row = look_up(Forum, pk, by=request.user, permission=_EDIT)
    pressed(request, actions.resume_forum, row, _("Forum berjalan lagi."))
    return redirect("partners:forum", pk)


@needs(_EDIT)
def forum_join(request: Entered, pk: UUID) -> HttpResponse:
    """A body joins."""
    row = look_up(Forum, pk, by=request.user, permission=_EDIT)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "called": form.cleaned_data["called"]}
        if joined := done(request, form, actions.join, row, **details):
            messages.success(request, _("%s dicatat sebagai anggota.") % joined.name)
            return redirect("partners:forum", pk)
    return _form(request, form, row, _("Tambah anggota"))


@needs(_EDIT)
def member_leave(request: Entered, pk: UUID) -> HttpResponse:
    """A body is no longer a member."""
    row = look_up(ForumMember, pk, by=request.user, permission=_EDIT, related=("forum",))
    if request.method == "POST":
        pressed(request, actions.leave, row, _("%s tidak lagi menjadi anggota.") % row.name)
        return redirect("partners:forum", row.forum_id)
    return page(request, "partners/leave.html", row=row)


@needs(_EDIT)
def meeting_hold(request: Entered, pk: UUID) -> HttpResponse:
    """A meeting, planned or held."""
    row = look_up(Forum, pk, by=request.user, permission=_EDIT)
    form = MeetingForm(row, request.POST or None)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "minutes": form.told()}
        if held := done(request, form, actions.meet, row, **details):
            messages.success(request, _("Rapat disimpan."))
            return redirect("partners:meeting", held.pk)
    return _form(request, form, row, _("Rapat forum"), template="partners/meeting_form.html")


@needs(_VIEW)
def meeting(request: Entered, pk: UUID) -> HttpResponse:
    """One meeting with its decisions."""
    row = look_up(Meeting, pk, by=request.user, permission=_VIEW, related=("forum",))
    return page(
        request,
        "partners/meeting.html",
        row=row,
        came=queries.came_to(row),
        decisions=row.decisions.order_by("order"),
        may_edit=is_within_reach(row, request.user, _EDIT),
        today=timezone.localdate(),
    )


@needs(_EDIT)
def meeting_change(request: Entered, pk: UUID) -> HttpResponse:
    """What was noted is mended, decisions are added."""
    row = look_up(Meeting, pk, by=request.user, permission=_EDIT, related=("forum",))
    form = MeetingForm.of(row, request.POST or None)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(request, form, actions.change_meeting, row, version=version, minutes=form.told()):
            messages.success(request, _("Rapat disimpan."))
            return redirect("partners:meeting", pk)
    return _form(request, form, row.forum, _("Rapat forum"), template="partners/meeting_form.html")


@needs(_EDIT)
def decision(request: Entered, pk: UUID) -> HttpResponse:
    """What became of a decision."""
    row = look_up(Decision, pk, by=request.user, permission=_EDIT, related=("meeting",))
    form = FollowUpForm.of(row, request.POST or None)
    if form.is_valid() and done(request, form, actions.follow_up, row, **form.cleaned_data):
        messages.success(request, _("Tindak lanjut dicatat."))
        return redirect("partners:meeting", row.meeting_id)
    back = reverse("partners:meeting", args=[row.meeting_id])
    return form_page(request, "ui/form.html", form, title=_("Tindak lanjut"), back=back, about=row.words)


def _form(
    request: Entered, form: Any, row: Forum, title: str, template: str = "ui/form.html"
) -> HttpResponse:
    back = reverse("partners:forum", args=[row.pk])
    return form_page(request, template, form, title=title, back=back, about=row.name)
