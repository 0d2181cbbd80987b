"""Pages of how a body stands: why this level, office and type; its indicators; confirming the type; earlier ones."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed
from simpul.catalogue.organisations import standing as catalogue
from simpul.engines.reasons import Answer
from simpul.organisations.actions.standing import confirm_type, note_indicators, see_indicators
from simpul.organisations.forms.standing import ConfirmForm, IndicatorsForm
from simpul.organisations.models import Organisation
from simpul.organisations.queries import may_see_address
from simpul.organisations.queries import standing_area as areas
from simpul.organisations.queries import standing_page as shown
from simpul.organisations.queries import standing_words as words
from simpul.organisations.queries.standing_types import (
    OWN_WORD,
    answers_of,
    confirmed_of,
    history_of,
    said_by_hand,
    type_of,
)
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_INSIDE, _CLASSIFY = Permission.ORGANISATION_INSIDE, Permission.ORGANISATION_CLASSIFY
_A_PAGE = 20


@needs(_INSIDE)
def standing(request: Entered, pk: UUID) -> HttpResponse:
    """Level, office and type with their reasons, and what the record says of the other axes."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    today = timezone.localdate()
    suggested = type_of(found, today)
    confirmed = confirmed_of(found, today, suggested)
    level = words.level_shown(areas.level_of(found, today))
    if not may_see_address(found, request.user):
        # What was counted are the villages around a safe house.
        level = replace(level, reasons=(), regions=())
    return page(
        request,
        "organisations/standing.html",
        organisation=found,
        level=level,
        authority=words.authority_shown(areas.authority_of(found, today)),
        suggested=shown.type_shown(suggested),
        own_word=shown.own_word_only(suggested),
        confirmed=confirmed and shown.confirmed_shown(confirmed.row),
        changed=confirmed and shown.changed_words(confirmed),
        axes=shown.axes_of(found),
        edition=catalogue.standards().edition,
        types=shown.type_rows(),
        hand=shown.hand_of(found, request.user),
    )


@needs(_INSIDE)
def indicators(request: Entered, pk: UUID, group: str) -> HttpResponse:
    """The indicators of one group, answered by the body itself or by an officer who saw them."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    groups = catalogue.groups()
    place = next((number for number, one in enumerate(groups) if one.code == group), None)
    hand = shown.hand_of(found, request.user)
    if place is None:
        raise Http404
    if not hand:
        raise NotAllowed
    is_officer = hand == "officer"
    before = said_by_hand(found, "visit" if is_officer else OWN_WORD)
    answered = answers_of(found, timezone.localdate())
    form = IndicatorsForm(groups[place], answered, before, request.POST or None, is_officer=is_officer)
    if form.is_valid():
        noted = done(
            request, form, see_indicators if is_officer else note_indicators, found, **form.details()
        )
        if noted is not None:
            return _onwards(request, found, place, len(noted))
    form.shown_again()
    return form_page(
        request,
        "organisations/standing_indicators.html",
        form,
        organisation=found,
        title=words.said(groups[place].title),
        number=place + 1,
        total=len(groups),
        previous=groups[place - 1].code if place else "",
        is_officer=is_officer,
    )


def _onwards(request: Entered, organisation: Organisation, place: int, noted: int) -> HttpResponse:
    """To the next group, or back to the whole when that was asked for or nothing follows."""
    if noted:
        messages.success(
            request,
            ngettext("%(count)s jawaban dicatat.", "%(count)s jawaban dicatat.", noted) % {"count": noted},
        )
    groups = catalogue.groups()
    if "next" in request.POST and place + 1 < len(groups):
        return redirect("organisations:indicators", organisation.pk, groups[place + 1].code)
    return redirect("organisations:standing", organisation.pk)


@needs(_CLASSIFY)
def confirm(request: Entered, pk: UUID) -> HttpResponse:
    """An officer confirms the type, or another with a reason."""
    found = look_up(Organisation, pk, by=request.user, permission=_CLASSIFY)
    suggested = type_of(found, timezone.localdate())
    answer = suggested.finding.answer
    proposed = "" if answer is Answer.UNKNOWN else str(answer)
    form = ConfirmForm(proposed, suggested.mark(found), request.POST or None)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("confirmed", "mark", "because")}
        made = done(request, form, confirm_type, found, key=form.cleaned_data["once"], **told)
        if made:
            messages.success(
                request, _("Tipe %(type)s ditetapkan.") % {"type": words.type_name(made.confirmed)}
            )
            return redirect("organisations:standing", found.pk)
    return form_page(
        request,
        "organisations/standing_confirm.html",
        form,
        organisation=found,
        suggested=shown.type_shown(suggested),
        own_word=shown.own_word_only(suggested),
        mark=suggested.mark(found),
    )


@needs(_INSIDE)
def classifications(request: Entered, pk: UUID) -> HttpResponse:
    """Every type that was confirmed, the newest first."""
    found = look_up(Organisation, pk, by=request.user, permission=_INSIDE)
    listed = Paginator(history_of(found), _A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "organisations/standing_history.html",
        organisation=found,
        listed=listed,
        rows=[shown.confirmed_shown(row) for row in listed.object_list],
    )
