"""What the columns of a file are."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.imports import actions
from simpul.imports.forms import ColumnsForm
from simpul.imports.models import Batch
from simpul.imports.queries.page import is_of_people, questions
from simpul.imports.stages import State
from simpul.ui.doing import act, done, form_page, pressed_on, read_version


@needs(Permission.IMPORT_MAKE)
def columns(request: Entered, pk: UUID) -> HttpResponse:
    """The proposal for each column, which may be changed; then the try begins."""
    batch = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    if batch.state not in (State.SENT, State.TRIED):
        return redirect("imports:batch", pk)
    form = ColumnsForm(request.POST or None, batch=batch)
    looks_up = "region_find" in request.POST
    if request.method == "POST" and not looks_up and form.is_valid():
        told = form.cleaned_data
        named = done(
            request,
            form,
            actions.name_columns,
            batch,
            version=told["version"],
            mapping=told["mapping"],
            default_region=told["region"],
        )
        if named is not None:
            act(request, actions.ask_to_try, named)
            return redirect("imports:batch", pk)
    return form_page(
        request,
        "imports/columns.html",
        form,
        batch=batch,
        picture=batch.picture or {},
        questions=questions(batch.kind) if form.has_questions else [],
        is_of_people=is_of_people(batch),
        looks_up=looks_up,
    )


@needs(Permission.IMPORT_MAKE)
@pressed_on("imports:batch")
def ignore(request: Entered, pk: UUID) -> HttpResponse:
    """A column whose cells are not understood is left out, and the file is tried again."""
    batch = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    kept = {place: code for place, code in batch.mapping.items() if place != request.POST.get("place", "")}
    try:
        named = act(request, actions.name_columns, batch, version=read_version(request), mapping=kept)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        act(request, actions.ask_to_try, named)
    return redirect("imports:batch", pk)
