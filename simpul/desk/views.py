"""Pages that join several subjects: the day, the team, one person's trail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.desk import queries
from simpul.people.models import Person
from simpul.screening.queries import rows_of, team_screenings, team_workers
from simpul.screening.stages import State
from simpul.ui.render import page

PAGE_LENGTH = 100


@needs(Permission.DESK_VIEW)
def today(request: Entered) -> HttpResponse:
    """Who waits for this worker; for roles that meet no people, what they can do here."""
    user = request.user
    if not user.can(Permission.PERSON_VIEW):
        return page(request, "desk/without_people.html", roles=queries.roles(user), **_may(user))
    only = request.GET.get("menunggu", "")
    desk = queries.today(user, only=only)
    found = Paginator(desk.waits, PAGE_LENGTH).get_page(request.GET.get("page"))
    villages = queries.villages_of(found, user)
    lines = [line for village in villages for line in village.lines]
    note_shown(lines, by=user, permission=Permission.DESK_VIEW)
    return page(
        request,
        "desk/today.html",
        desk=desk,
        villages=villages,
        page=found,
        only=only,
        day=timezone.localdate(),
        **_may(user),
    )


def _may(user: Any) -> dict[str, Any]:
    can = user.can
    return {
        "may_register": can(Permission.PERSON_REGISTER),
        "may_see_team": can(Permission.TEAM_VIEW),
        "may_see_cases": can(Permission.CASE_VIEW),
        "may_manage_users": can(Permission.USER_MANAGE),
    }


@needs(Permission.TEAM_VIEW)
def team(request: Entered) -> HttpResponse:
    """The screenings of those this person supervises."""
    state, worker = request.GET.get("keadaan", ""), _uuid(request.GET.get("petugas", ""))
    reach = team_screenings(request.user, state=state, worker=worker)
    found = Paginator(reach, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = rows_of(found)
    note_shown(rows, by=request.user, permission=Permission.TEAM_VIEW)
    return page(
        request,
        "desk/team.html",
        rows=rows,
        page=found,
        states=State.choices,
        state=state,
        workers=team_workers(request.user),
        worker=worker,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@needs(Permission.TRAIL_VIEW)
def trail(request: Entered, person: UUID) -> HttpResponse:
    """Who read or changed anything about one person, and when."""
    subject = look_up(Person, person, by=request.user, permission=Permission.TRAIL_VIEW)
    only = request.GET.get("hanya", "")
    found = Paginator(queries.trail_of(subject.pk, only=only), PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/trail.html",
        person=subject,
        traces=queries.traces_of(found),
        page=found,
        only=only,
        readers=queries.readers_of(subject.pk),
    )
