"""Registering a source of help, changing it, answering its criteria."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.catalogue import sources as catalogue
from simpul.organisations.actions.sources import answer_criteria, edit_source, register_source
from simpul.organisations.actions.sources_record import LooksTheSame, SourceClash
from simpul.organisations.forms.sources import FORMS, AnswersForm, SourceForm, started_from
from simpul.organisations.models import Organisation, Source
from simpul.organisations.queries.source_types import offered_to, source_type
from simpul.organisations.queries.sources_alike import Alike
from simpul.organisations.queries.sources_judged import questions
from simpul.organisations.queries.sources_list import type_name
from simpul.organisations.queries.sources_one import listing_of, place_to_keep
from simpul.ui.doing import act, form_page, unjudged
from simpul.ui.render import page


@needs(Permission.SOURCE_EDIT)
def new(request: Entered) -> HttpResponse:
    """Which type it is to be."""
    return page(
        request,
        "organisations/sources_new.html",
        official=catalogue.edition().types,
        local=catalogue.local_types(),
        own=offered_to(request.user),
    )


@needs(Permission.SOURCE_EDIT)
def register(request: Entered, code: str) -> HttpResponse:
    """The form of that type; everything typed stays."""
    known = source_type(code)
    if known is None:
        raise Http404
    form = FORMS[known.unit](
        request.POST or None,
        user=request.user,
        alike="alike" in request.POST,
        initial={"once": uuid.uuid4()},
    )
    found: list[Alike] = []
    if form.is_bound and form.looks_up:
        unjudged(form)
    elif form.is_valid():
        made, found = _registered(request, form, code)
        if made is not None:
            messages.success(request, _("%(name)s sudah dicatat. Jawab kriterianya.") % {"name": made.name})
            return redirect("organisations:source-answers", made.pk)
    return _form_page(request, form, known, alike=found)


def _registered(request: Entered, form: SourceForm, code: str) -> tuple[Source | None, list[Alike]]:
    """The new source; or nothing, the reason in the form, and those alike."""
    cleaned = form.cleaned_data
    body = cleaned.get("organisation")
    where = place_to_keep(request.user, cleaned["region"], body.pk if body else None)
    if where is None:
        form.add_error("region", _("Wilayah atau lembaga itu di luar jangkauan Anda. Pilih yang lain."))
        return None, []
    details = form.details()
    if body is None and where.organisation is not None:
        details["organisation"] = Organisation.objects.filter(pk=where.organisation).first()
    try:
        made = register_source(
            where,
            by=request.user,
            key=cleaned.get("once") or uuid.uuid4(),
            type_code=code,
            details=details,
            on=timezone.localdate(),
            at=timezone.now(),
            is_another=bool(cleaned.get("is_another")),
        )
    except LooksTheSame as refusal:
        form.add_error(None, str(refusal))
        return None, refusal.found
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None, []
    return made, []


def _form_page(request: Entered, form: SourceForm, known: Any, **shown: Any) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    language = get_language() or "id"
    # A box for "this is another one" appears once there is somebody to compare with.
    if shown.get("alike") and "is_another" not in form.fields:
        form.offer_another()
    alike = [(one, type_name(one.source.type_code, language)) for one in shown.pop("alike", [])]
    kept = {"source": None, "clash": None, "alike": alike, **shown}
    name = known.display.in_language(language) if known else ""
    return page(
        request,
        "organisations/sources_form.html",
        status=status,
        form=form,
        type=known,
        type_name=name,
        **kept,
    )


@needs(Permission.SOURCE_EDIT)
def edit(request: Entered, pk: UUID) -> HttpResponse:
    """Change what is kept; a change that somebody else made in between is shown beside."""
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_EDIT, related=("organisation",))
    known = source_type(found.type_code)
    form = FORMS[found.unit](
        request.POST or None,
        user=request.user,
        alike="alike" in request.POST,
        initial=started_from(found),
    )
    shown: dict[str, Any] = {"source": found}
    was_listed = listing_of(found, timezone.localdate()) is not None
    if form.is_bound and form.looks_up:
        unjudged(form)
    elif form.is_valid() and _saved(request, found, form, shown):
        messages.success(request, _("Perubahan disimpan."))
        if was_listed and listing_of(found, timezone.localdate()) is None:
            messages.warning(
                request, _("Persetujuan daftar umum berakhir, karena datanya berubah. Tanyakan lagi.")
            )
        return redirect("organisations:source", found.pk)
    return _form_page(request, form, known, **shown)


def _saved(request: Entered, source: Source, form: SourceForm, shown: dict[str, Any]) -> bool:
    """Whether it was saved; otherwise the reason is in the form, and what to look at in `shown`."""
    try:
        edit_source(
            source,
            by=request.user,
            version=form.cleaned_data.get("version") or 0,
            changes=form.details(),
            on=timezone.localdate(),
            at=timezone.now(),
            is_another=bool(form.cleaned_data.get("is_another")),
        )
    except SourceClash as clash:
        source.refresh_from_db()
        form.based_on(source.version)
        form.add_error(None, str(clash))
        shown["clash"] = clash
        return False
    except LooksTheSame as refusal:
        form.add_error(None, str(refusal))
        shown["alike"] = refusal.found
        return False
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@needs(Permission.SOURCE_EDIT)
def answers(request: Entered, pk: UUID) -> HttpResponse:
    """The criteria, each with what would prove it."""
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_EDIT)
    asked = questions(found, timezone.localdate())
    form = AnswersForm(request.POST or None, questions=asked, version=found.version)
    clash: SourceClash | None = None
    if form.is_valid():
        clash = _answered(request, found, form)
        if not form.errors:
            messages.success(request, _("Jawaban disimpan."))
            return redirect("organisations:source", found.pk)
    return form_page(
        request,
        "organisations/sources_answers.html",
        form,
        source=found,
        clash=clash,
        type_name=type_name(found.type_code, get_language() or "id"),
    )


def _answered(request: Entered, source: Source, form: AnswersForm) -> SourceClash | None:
    """Keeps the answers; where not, the reason is in the form, and a clash is given back to be shown."""
    try:
        act(
            request,
            answer_criteria,
            source,
            version=form.cleaned_data["version"],
            answers=form.answers(),
        )
    except SourceClash as clash:
        source.refresh_from_db()
        form.based_on(source.version)
        form.add_error(None, str(clash))
        return clash
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None
