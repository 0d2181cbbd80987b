"""What changed between two days, and what another list would change: numbers, and the people behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from django.http import Http404, HttpResponse

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.population.forms import AreaForm, ChangesForm, TrialForm
from simpul.population.queries import Register, newest, register_on
from simpul.population.queries.changes import Comparison, compare, people_behind
from simpul.population.queries.lists import list_called, lists_of_office
from simpul.population.queries.numbers import PEOPLE
from simpul.population.views.register import listed
from simpul.ui.render import page

Told = tuple[AreaForm, Comparison | None]


def _between_days(request: Entered) -> Told:
    form = ChangesForm(request.GET.dict(), viewer=request.user, register=register_on(None))
    days = form.days()
    old, new = (register_on(days[0]), register_on(days[1])) if days else (None, None)
    return form, compare(old, new, request.user, form.region) if old and new else None


def _of_another_list(request: Entered) -> Told:
    form = TrialForm(request.GET.dict(), viewer=request.user, register=register_on(None))
    tried = register_on(None, form.edition) if form.edition else None
    usual = register_on(tried.on) if tried else None
    if usual is None or tried is None:
        return form, None
    # Whoever came or left between the two runs says nothing about the lists.
    return form, compare(_those_in(usual, tried), _those_in(tried, usual), request.user, form.region)


def _those_in(register: Register, other: Register) -> Register:
    known = other.people.get_column("person").implode()
    return register.of_people(register.people.filter(pl.col("person").is_in(known)))


@needs(Permission.POPULATION_VIEW)
def changes(request: Entered) -> HttpResponse:
    """Who stands otherwise than on an earlier day, by type and by cause."""
    return _shown(request, "population/changes.html", _between_days(request))


@needs(Permission.POPULATION_VIEW)
def trial(request: Entered) -> HttpResponse:
    """What another list of types would change, before anybody uses it."""
    told = _of_another_list(request)
    comparison = told[1]
    return _shown(
        request,
        "population/trial.html",
        told,
        is_outdated=comparison and comparison.new.digest != list_called(comparison.new.edition).digest,
        unreadable=[own for own in lists_of_office() if own.faults],
    )


@needs(Permission.SCREENING_VIEW)
def changed_people(request: Entered) -> HttpResponse:
    """The people behind one line of the changes."""
    return _people(request, _between_days, "population:changes")


@needs(Permission.SCREENING_VIEW)
def trial_people(request: Entered) -> HttpResponse:
    """The people for whom another list would say something else."""
    return _people(request, _of_another_list, "population:trial")


def _shown(request: Entered, template: str, told: Told, **more: Any) -> HttpResponse:
    form, comparison = told
    return page(
        request,
        template,
        form=form,
        told=comparison,
        newest=newest(),
        sees_people=request.user.can(PEOPLE),
        may_screen=request.user.can(Permission.POPULATION_SCREEN),
        **more,
    )


def _people(request: Entered, asked: Callable[[Entered], Told], back: str) -> HttpResponse:
    form, told = asked(request)
    if told is None:
        raise Http404
    line = next((line for line in told.changes() if line.mark == request.GET.get("isi", "")), None)
    if line is None:
        raise Http404
    frame = people_behind(told, request.user, line)
    return page(
        request,
        "population/changed_people.html",
        **listed(frame, request),
        line=line,
        told=told,
        form=form,
        back=back,
    )
