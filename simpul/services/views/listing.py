"""Pages of listings: one's own, one body's, the unconfirmed ones of an area, one of them, a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.catalogue.services import situations_for
from simpul.organisations.models import Organisation
from simpul.services.actions import listing as actions
from simpul.services.forms.parts import PartForm
from simpul.services.forms.room import PauseForm, RoomForm
from simpul.services.models import Service
from simpul.services.queries import listing as queries
from simpul.services.queries.calendar import calendar_of
from simpul.services.queries.history import history_of
from simpul.services.queries.page import record_of
from simpul.services.queries.parts import PARTS
from simpul.services.queries.rules import RuleRefused, vocabulary, words_of
from simpul.services.views.asking import EDIT, done, has_clashed, kept_body, kept_service
from simpul.ui.doing import form_page, pressed, pressed_on
from simpul.ui.render import file_answer, page

_A_PAGE = 50


@needs(EDIT)
def mine(request: Entered) -> HttpResponse:
    """Every listing that this person keeps, with what needs a look."""
    today = timezone.localdate()
    rows = Paginator(queries.mine(request.user), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "services/mine.html",
        page=rows,
        lines=queries.lines_of(rows, today),
        body=queries.keeps_one_body(request.user),
        unconfirmed=queries.unconfirmed_within(request.user, today).count(),
    )


@needs(EDIT)
def calendar(request: Entered) -> HttpResponse:
    """Until when each listing should be confirmed, as a file for a calendar."""
    rows = queries.mine(request.user).filter(listing__in=queries.KEPT)
    return file_answer(calendar_of(rows), "text/calendar; charset=utf-8", "simpul-layanan.ics")


@needs(EDIT)
def unconfirmed(request: Entered) -> HttpResponse:
    """Listings within reach that nobody confirmed in time: whom to call."""
    today = timezone.localdate()
    found = queries.unconfirmed_within(request.user, today)
    rows = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    soon = queries.lines_of(queries.soon_unconfirmed_within(request.user, today)[:_A_PAGE], today)
    return page(
        request, "services/unconfirmed.html", page=rows, lines=queries.lines_of(rows, today), soon=soon
    )


@needs(Permission.ORGANISATION_VIEW)
def of(request: Entered, pk: UUID) -> HttpResponse:
    """What one body offers. That it exists is public; drafts are for those who keep them."""
    body = get_object_or_404(Organisation, pk=pk)
    today = timezone.localdate()
    rows = Paginator(queries.of_body(body, request.user), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "services/of.html",
        organisation=body,
        page=rows,
        lines=queries.lines_of(rows, today),
        may_keep=queries.may_keep(body, request.user),
    )


@needs(EDIT)
def one(request: Entered, pk: UUID) -> HttpResponse:
    """One listing, part by part, and what it needs."""
    service = kept_service(request, pk)
    record = record_of(service, timezone.localdate())
    return page(request, "services/one.html", service=service, record=record, room=RoomForm())


@needs(EDIT)
def history(request: Entered, pk: UUID) -> HttpResponse:
    """What happened to a listing."""
    service = kept_service(request, pk)
    return page(request, "services/history.html", service=service, happenings=history_of(service))


@needs(EDIT)
def new(request: Entered, pk: UUID) -> HttpResponse:
    """A new listing: its name and kind; all else follows on its own page."""
    body, part = kept_body(request, pk), PARTS["what"]
    empty = Service(organisation=body)
    form = PartForm(request.POST or None, part=part, service=empty, is_new=True)
    if form.is_valid():
        made = done(
            request, form, actions.add_service, body, key=form.cleaned_data["once"], values=form.values()
        )
        if made:
            messages.success(request, _("Disimpan sebagai draf. Lengkapi, lalu buka."))
            return redirect("services:one", made.pk)
    return form_page(request, "services/new.html", form, organisation=body)


@needs(EDIT)
def part(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """One part of a listing."""
    service, known = kept_service(request, pk), PARTS.get(code)
    if known is None:
        raise Http404
    form = PartForm(request.POST or None, part=known, service=service)
    if form.is_valid() and "look" not in request.POST:
        told = {"version": form.version, "part": code, "values": form.values()}
        if done(request, form, actions.change_service, service, **told):
            messages.success(request, _("Disimpan."))
            return redirect("services:one", pk)
        if has_clashed(form):
            service.refresh_from_db(fields=["version"])
            form.based_on(service.version)
    return _part_page(request, form, service)


def _part_page(request: Entered, form: PartForm, service: Service) -> HttpResponse:
    """The form with what helps to fill it: the words of a rule, situations that fit the kind."""
    language = get_language() or "id"
    shown: dict[str, Any] = {"service": service, "vocabulary": (), "suggested": (), "told": ""}
    if form.part.code == "rule":
        shown |= {"vocabulary": tuple(vocabulary(language)), "told": _looked_at(form)}
    if form.part.code == "found" and not service.situations:
        titles = situations_for(service.kind, service.need_types)
        shown["suggested"] = [situation.title.in_language(language) for situation in titles]
    looks = "look" in request.POST and not form.errors
    return page(
        request, "services/part.html", status=422 if form.is_bound and not looks else 200, form=form, **shown
    )


def _looked_at(form: PartForm) -> str:
    """The typed rule in plain words, for who wants to see it before it is kept; its mistake at the field."""
    typed = str(form["rule"].value() or "")
    try:
        return words_of(typed)
    except RuleRefused as refusal:
        if form.is_bound and not form.errors:
            form.add_error("rule", str(refusal))
        return ""


@needs(EDIT)
@pressed_on("services:one")
def open_listing(request: Entered, pk: UUID) -> HttpResponse:
    pressed(
        request,
        actions.open_service,
        kept_service(request, pk),
        _("Layanan dibuka: orang dapat menemukannya."),
    )
    return redirect("services:one", pk)


@needs(EDIT)
def pause(request: Entered, pk: UUID) -> HttpResponse:
    """Closed for a while, with words for everybody."""
    service = kept_service(request, pk)
    form = PauseForm(request.POST or None)
    if form.is_valid() and done(
        request, form, actions.pause_service, service, words=form.cleaned_data["words"]
    ):
        messages.success(request, _("Layanan ditandai tutup sementara."))
        return redirect("services:one", pk)
    return form_page(request, "services/pause.html", form, service=service)


@needs(EDIT)
def end(request: Entered, pk: UUID) -> HttpResponse:
    """Ask once more, then take it out of every list."""
    service = kept_service(request, pk)
    if request.method == "POST":
        pressed(request, actions.end_service, service, _("Layanan ditandai tidak ada lagi."))
        return redirect("services:one", pk)
    return page(request, "services/end.html", service=service)
