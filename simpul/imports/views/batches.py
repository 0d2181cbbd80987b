"""Imports: the list, one of them with what it would do or did, and its buttons."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.jobs import latest
from simpul.access.models import Job
from simpul.access.permissions import Permission
from simpul.imports import actions
from simpul.imports.models import Batch
from simpul.imports.queries.hanging import hanging
from simpul.imports.queries.page import batches_of, counts_of
from simpul.imports.queries.refused import refused_file
from simpul.imports.stages import Fate, State
from simpul.places import queries as places
from simpul.ui.doing import pressed, pressed_on
from simpul.ui.render import page
from simpul.ui.sheets import CSV, XLSX

PAGE_LENGTH = 25


@needs(Permission.IMPORT_MAKE)
def batches(request: Entered) -> HttpResponse:
    """The imports within reach, the newest first."""
    found = Paginator(batches_of(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(request, "imports/batches.html", page=found)


@needs(Permission.IMPORT_MAKE)
def batch(request: Entered, pk: UUID) -> HttpResponse:
    """One import: work under way, what the file would do, or what came of it."""
    held = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    job = _newest(held)
    picture = held.picture or {}
    regions = places.names_of([region for _number, _name, region in picture.get("examples", [])])
    return page(
        request,
        "imports/batch.html",
        batch=held,
        job=job,
        is_busy=job is not None and job.is_open,
        picture=picture,
        counts=counts_of(held),
        news=held.count(Fate.NEW) + held.count(Fate.ADDED),
        doubtful=held.count(Fate.DOUBTFUL),
        waiting=held.doubts.filter(decided="").count(),
        examples=[
            (number, name, str(regions.get(region, region)))
            for number, name, region in picture.get("examples", [])
        ],
        stage=_stage(held),
    )


def _newest(held: Batch) -> Job | None:
    jobs = [latest(name, held.pk) for name in (actions.TRY, actions.RUN, actions.UNDO)]
    return max((job for job in jobs if job), key=lambda job: job.wanted_at, default=None)


def _stage(held: Batch) -> int:
    return {State.SENT: 2, State.TRIED: 3}.get(State(held.state), 4)


@needs(Permission.IMPORT_MAKE)
@pressed_on("imports:batch")
def start(request: Entered, pk: UUID) -> HttpResponse:
    """The yes to what was shown: the file is loaded in the background."""
    held = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    pressed(request, actions.ask_to_run, held)
    return redirect("imports:batch", pk)


@needs(Permission.IMPORT_MAKE)
@pressed_on("imports:batch")
def drop(request: Entered, pk: UUID) -> HttpResponse:
    """The file is thrown away before anything was loaded."""
    held = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    pressed(request, actions.drop, held, _("Berkas sudah dihancurkan. Tidak ada yang dimuat."))
    return redirect("imports:batches")


@needs(Permission.IMPORT_MAKE)
def undo(request: Entered, pk: UUID) -> HttpResponse:
    """What would be taken back, or what prevents it; a press begins."""
    held = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE)
    if held.state != State.DONE:
        return redirect("imports:batch", pk)
    if request.method == "POST":
        pressed(request, actions.ask_to_undo, held)
        return redirect("imports:batch", pk)
    return page(request, "imports/undo.html", batch=held, found=hanging(held), counts=counts_of(held))


@needs(Permission.IMPORT_MAKE)
def refused(request: Entered, pk: UUID) -> HttpResponse:
    """The refused rows as a file of the same kind, each with its reason. That it was fetched is recorded each time."""
    held = look_up(Batch, pk, by=request.user, permission=Permission.IMPORT_MAKE, always=True)
    data, form = refused_file(held)
    response = HttpResponse(data, content_type=CSV if form == "csv" else XLSX)
    name = f"{_('ditolak')}-{held.at:%Y-%m-%d}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
