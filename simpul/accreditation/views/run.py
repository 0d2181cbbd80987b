"""The runs of one body, one run with its next step, starting and withdrawing, and the secretariat's queue."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.accreditation.actions import run as actions
from simpul.accreditation.forms.run import BecauseForm, StartForm
from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries.assignment import all_assignments
from simpul.accreditation.queries.eligibility import again_from, eligibility, reasons
from simpul.accreditation.queries.home import recommendations as recommended
from simpul.accreditation.queries.home import rooms
from simpul.accreditation.queries.panel import counts, next_step, queue, runs_of
from simpul.accreditation.queries.plenary import kept_away
from simpul.accreditation.queries.run import is_of_the_body, standing, steps_of
from simpul.accreditation.queries.scheme import scheme_of, schemes_for
from simpul.accreditation.queries.scores import has_locks
from simpul.accreditation.queries.self_assessment import progress_of
from simpul.accreditation.queries.shown import grade_label
from simpul.accreditation.queries.visit import agreements_for, visits_of
from simpul.accreditation.stages import ENDED, MAY_FOLLOW, Stage
from simpul.organisations.models import Organisation
from simpul.organisations.queries.oversight_flags import standing_flags
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

PAGE_LENGTH = 30


@needs(Permission.DESK_VIEW)
def home(request: Entered) -> HttpResponse:
    """What this person has in accreditation, whether or not something waits."""
    return page(request, "accreditation/home.html", rooms=rooms(request.user, timezone.localdate()))


@needs(Permission.ACCREDITATION_RECOMMEND)
def recommendations(request: Entered) -> HttpResponse:
    """All runs that wait for the recommendation of one's office."""
    found = Paginator(recommended(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(request, "accreditation/recommendations.html", page=found)


@needs(Permission.ACCREDITATION_VIEW)
def of(request: Entered, pk: UUID) -> HttpResponse:
    """The accreditations of one body."""
    body = get_object_or_404(Organisation, pk=pk)
    rows = runs_of(body, request.user)
    runs = [
        {"run": row, "grade": grade_label(row.grade, scheme_of(row)) if row.grade else ""} for row in rows
    ]
    may_start = is_within_reach(body, request.user, Permission.ACCREDITATION_APPLY)
    is_running = any(row.stage not in ENDED for row in rows)
    return page(
        request,
        "accreditation/of.html",
        organisation=body,
        runs=runs,
        may_start=may_start and not is_running,
    )


@needs(Permission.ACCREDITATION_VIEW)
def run(request: Entered, pk: UUID) -> HttpResponse:
    """One run: where it stands, the one next step, and everything that happened."""
    found = look_up(
        Accreditation,
        pk,
        by=request.user,
        permission=Permission.ACCREDITATION_VIEW,
        related=("organisation", "certificate", "earlier"),
    )
    scheme = scheme_of(found)
    for_the_body = is_of_the_body(found, request.user)
    may_withdraw = Stage.WITHDRAWN in MAY_FOLLOW[Stage(found.stage)] and not has_locks(found)
    may_name = is_within_reach(found, request.user, Permission.ACCREDITATION_SECRETARY)
    away = kept_away(found, request.user)
    return page(
        request,
        "accreditation/run.html",
        run=found,
        scheme=scheme,
        step=next_step(found, request.user),
        steps=steps_of(found, for_the_body=for_the_body),
        progress=progress_of(found, scheme),
        team=standing(found),
        kept_away=away,
        visits=() if away else visits_of(found),
        agreements=() if away else agreements_for(found, for_the_body=for_the_body),
        grade=grade_label(found.grade, scheme) if found.grade else "",
        may_withdraw=may_withdraw and is_within_reach(found, request.user, Permission.ACCREDITATION_APPLY),
        may_name=may_name,
        flags=standing_flags(found.organisation, timezone.localdate()) if may_name else (),
    )


@needs(Permission.ACCREDITATION_APPLY)
def start(request: Entered, pk: UUID) -> HttpResponse:
    """Whether the body may begin, with reasons, and by which scheme."""
    body = look_up(Organisation, pk, by=request.user, permission=Permission.ACCREDITATION_APPLY)
    today = timezone.localdate()
    schemes = schemes_for(body, today)
    usable = [scheme for scheme in schemes if scheme.is_usable]
    form = StartForm(request.POST or None, schemes=usable)
    if form.is_valid():
        details = {"key": form.cleaned_data["once"], "scheme": form.cleaned_data["scheme"]}
        if made := done(request, form, actions.start, body, **details):
            messages.success(request, _("Akreditasi dimulai. Isi evaluasi diri, sedikit demi sedikit boleh."))
            return redirect("accreditation:self-assessment", made.pk)
    conditions = [
        {"scheme": scheme, "reasons": reasons(eligibility(body, scheme, today), scheme, body)}
        for scheme in usable
    ]
    return form_page(
        request,
        "accreditation/start.html",
        form,
        organisation=body,
        conditions=conditions,
        again_from=again_from(body),
        today=today,
        unusable=[scheme for scheme in schemes if not scheme.is_usable],
        has_usable=bool(usable),
    )


@needs(Permission.ACCREDITATION_APPLY)
def withdraw(request: Entered, pk: UUID) -> HttpResponse:
    """The body takes its run back."""
    found = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_APPLY)
    form = BecauseForm(request.POST or None, initial={"version": found.version})
    if form.is_valid() and done(request, form, actions.withdraw, found, **form.cleaned_data):
        messages.success(request, _("Akreditasi ditarik. Isiannya tetap tersimpan."))
        return redirect("accreditation:run", pk)
    return form_page(request, "accreditation/withdraw.html", form, run=found)


@needs(Permission.ACCREDITATION_SECRETARY)
def queued(request: Entered) -> HttpResponse:
    """The secretariat's runs, those that wait longest first; of one stage when asked."""
    stage = request.GET.get("stage", "")
    stage = stage if stage in Stage.values else ""
    in_conflict = request.GET.get("benturan") == "1"
    rows = queue(request.user, stage, is_in_conflict=in_conflict)
    found = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "accreditation/queue.html",
        page=found,
        counts=counts(request.user),
        stage=stage,
        stage_words=_("Perlu pengganti karena benturan")
        if in_conflict
        else (Stage(stage).label if stage else ""),
        today=timezone.localdate(),
    )


@needs(Permission.ACCREDITATION_VIEW)
def people(request: Entered, pk: UUID) -> HttpResponse:
    """Everybody who was ever named for a run, with what they declared."""
    found = look_up(Accreditation, pk, by=request.user, permission=Permission.ACCREDITATION_VIEW)
    may_read = is_within_reach(found, request.user, Permission.ACCREDITATION_SECRETARY)
    rows = all_assignments(found)
    return page(request, "accreditation/people.html", run=found, rows=rows, shows_words=may_read)
