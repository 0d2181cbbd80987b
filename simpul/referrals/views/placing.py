"""Pages of placing many at once: the rounds, one proposal, what is decided about each person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.cases.queries.plans import kind_name
from simpul.engines.reasons import Answer
from simpul.places.queries import named
from simpul.referrals.actions import placing as actions
from simpul.referrals.forms.placing import NOBODY, ChoiceForm, DropForm, RoundForm
from simpul.referrals.models import Placing, PlacingRound, RoundState
from simpul.referrals.queries import placing as queries
from simpul.referrals.queries.finding import Found, case_of, ranking
from simpul.services.models import Service
from simpul.services.queries.open_words import open_name
from simpul.ui.doing import done, form_page, pressed, pressed_on, read_version
from simpul.ui.render import page

PAGE_LENGTH = 25
MOST_OFFERED = 15


@needs(Permission.PLACING_MAKE)
def rounds(request: Entered) -> HttpResponse:
    """Every proposal within reach, the newest first."""
    found = PlacingRound.objects.reachable(request.user, Permission.PLACING_MAKE).order_by("-at", "pk")
    cut = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = [(row, kind_name(row.need_kind)) for row in cut]
    return page(request, "referrals/placing.html", rows=rows, page=cut)


@needs(Permission.PLACING_MAKE)
def new_round(request: Entered) -> HttpResponse:
    """Calculate a proposal."""
    form = RoundForm(request.POST or None, viewer=request.user)
    if form.is_valid():
        made = done(request, form, actions.make_round, form.where(), **form.details())
        if made:
            return redirect("referrals:placing-round", made.pk)
    return form_page(request, "referrals/placing_new.html", form)


@needs(Permission.PLACING_MAKE)
def one_round(request: Entered, pk: UUID) -> HttpResponse:
    """One proposal: everybody with the proposed service and why, and who is left over and why."""
    found = look_up(PlacingRound, pk, by=request.user, permission=Permission.PLACING_MAKE)
    cut = Paginator(queries.placings_of(found, request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = queries.rows_of(cut)
    note_shown(rows, by=request.user, permission=Permission.PLACING_MAKE)
    return page(
        request,
        "referrals/placing_round.html",
        round=found,
        rows=rows,
        page=cut,
        tally=queries.tally(found, request.user),
        kind=kind_name(found.need_kind),
        place=named(found.region) if found.region else None,
        is_open=found.state == RoundState.PROPOSED,
    )


@needs(Permission.PLACING_MAKE)
@pressed_on("referrals:placing-choose")
def confirm(request: Entered, pk: UUID) -> HttpResponse:
    """Confirm the proposed service for one person."""
    row = _placing(request, pk)
    if row.proposed is None:
        raise Http404
    version = read_version(request)
    pressed(request, actions.decide, row, _("Usulan disetujui."), service=row.proposed, version=version)
    return redirect("referrals:placing-round", row.round_id)


@needs(Permission.PLACING_MAKE)
def choose(request: Entered, pk: UUID) -> HttpResponse:
    """Choose another service for one person, or none."""
    row = _placing(request, pk)
    row.step.case = case_of(row.step)
    offered = _offered(request, row)
    told = [
        (str(one.service.pk), f"{open_name(one.service)} · {one.service.organisation.name}")
        for one in offered
    ]
    initial = {"service": str(row.chosen_id or row.proposed_id or NOBODY), "version": row.version}
    form = ChoiceForm(request.POST or None, offered=told, initial=initial)
    if form.is_valid():
        chosen = form.cleaned_data["service"]
        service = None if chosen == NOBODY else get_object_or_404(Service.objects.public(), pk=chosen)
        if done(request, form, actions.decide, row, service=service, version=form.cleaned_data["version"]):
            messages.success(request, _("Keputusan disimpan."))
            return redirect("referrals:placing-round", row.round_id)
        row.refresh_from_db(fields=["version"])
    return form_page(
        request, "referrals/placing_choose.html", form, row=queries.rows_of([row])[0], offered=offered
    )


def _offered(request: Entered, row: Placing) -> tuple[Found, ...]:
    """The best that may take this person; what was proposed or chosen stands among them."""
    found = ranking(row.step, request.user, timezone.localdate())
    kept = {str(key) for key in (row.proposed_id, row.chosen_id) if key}
    fitting = [one for one in found.rows if one.eligible is not Answer.NO and one.offer.key in found.taking]
    best = fitting[:MOST_OFFERED]
    return found.shown([*best, *(one for one in fitting[MOST_OFFERED:] if one.offer.key in kept)])


@needs(Permission.PLACING_MAKE)
@pressed_on("referrals:placing-round")
def apply(request: Entered, pk: UUID) -> HttpResponse:
    """Propose a referral for everybody confirmed."""
    found = look_up(PlacingRound, pk, by=request.user, permission=Permission.PLACING_MAKE)
    ready = queries.tally(found, request.user).ready
    words = ngettext(
        "%(number)s rujukan diusulkan. Minta persetujuan masing-masing sebelum dikirim.",
        "%(number)s rujukan diusulkan. Minta persetujuan masing-masing sebelum dikirim.",
        ready,
    )
    pressed(request, actions.apply_round, found, words % {"number": ready}, version=read_version(request))
    return redirect("referrals:placing-round", pk)


@needs(Permission.PLACING_MAKE)
def drop(request: Entered, pk: UUID) -> HttpResponse:
    """Not use a proposal."""
    found = look_up(PlacingRound, pk, by=request.user, permission=Permission.PLACING_MAKE)
    form = DropForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and done(request, form, actions.drop_round, found, **form.cleaned_data):
        return redirect("referrals:placing-round", pk)
    return form_page(request, "referrals/placing_drop.html", form, round=found)


def _placing(request: Entered, pk: UUID) -> Placing:
    related = (
        "round",
        "case__person",
        "step__plan",
        "proposed__organisation",
        "chosen__organisation",
        "referral",
    )
    return look_up(Placing, pk, by=request.user, permission=Permission.PLACING_MAKE, related=related)
