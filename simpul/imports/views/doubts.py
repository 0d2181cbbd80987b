"""Doubtful rows: the work list, and one row beside those it may be about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.imports import actions
from simpul.imports.forms import DecideForm
from simpul.imports.models import Batch, Doubt
from simpul.imports.queries.doubts import (
    about_page,
    beside,
    decided_words,
    doubts_of,
    likes_of,
    name_in,
    said_in,
)
from simpul.imports.queries.page import is_of_people
from simpul.imports.stages import Decided
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

PAGE_LENGTH = 25


@needs(Permission.IMPORT_MAKE)
def doubts(request: Entered, pk: UUID) -> HttpResponse:
    """The rows that wait for somebody's look, then those that were decided."""
    batch = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    found = Paginator(doubts_of(batch), PAGE_LENGTH).get_page(request.GET.get("page"))
    lines = [(row, name_in(row), "" if row.is_open else decided_words(row)) for row in found]
    waiting = batch.doubts.filter(decided="").count()
    return page(request, "imports/doubts.html", batch=batch, page=found, lines=lines, waiting=waiting)


@needs(Permission.IMPORT_MAKE)
def doubt(request: Entered, pk: UUID) -> HttpResponse:
    """One row beside whom it may be about; the answer leads to the next one."""
    held = look_up(Doubt, pk, by=request.user, permission=Permission.IMPORT_MAKE, related=("batch",))
    likes = likes_of(held, request.user)
    if is_of_people(held.batch):
        note_shown([like.row for like in likes], by=request.user, permission=Permission.PERSON_SEARCH)
    form = DecideForm(
        request.POST or None,
        likes=[(str(like.key), _same(held) % {"name": like.name}) for like in likes],
        kind=held.batch.kind,
        initial={"version": held.version},
    )
    if request.method == "POST" and form.is_valid() and _decided(request, form, held):
        messages.success(request, _("Sudah disimpan."))
        following = doubts_of(held.batch).filter(decided="").first()
        return (
            redirect("imports:doubt", following.pk)
            if following
            else redirect("imports:doubts", held.batch_id)
        )
    return form_page(
        request,
        "imports/doubt.html",
        form,
        doubt=held,
        likes=likes,
        lines=beside(held, likes),
        said=said_in(held),
        is_of_people=is_of_people(held.batch),
        decided=decided_words(held) if held.decided else "",
        about=about_page(held),
    )


def _decided(request: Entered, form: DecideForm, held: Doubt) -> Any:
    choice = form.cleaned_data["choice"]
    is_one_of_them = choice not in (Decided.NEW, Decided.SKIPPED)
    return done(
        request,
        form,
        actions.decide,
        held,
        version=form.cleaned_data["version"],
        decided=Decided.SAME if is_one_of_them else choice,
        person=UUID(choice) if is_one_of_them else None,
    )


def _same(held: Doubt) -> str:
    return _("Orang yang sama: %(name)s") if is_of_people(held.batch) else _("Yang sama: %(name)s")
