"""Pages that join several subjects: the day, the team, one person's trail."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.access.rows import key_in
from simpul.desk import queries
from simpul.desk.queries import quality as quality_lists
from simpul.desk.queries import quality_seen
from simpul.desk.queries.copy import copy_of
from simpul.desk.queries.jobs import Line, jobs_of
from simpul.desk.queries.quality_narrow import Narrowed, narrowed_by
from simpul.organisations.queries import workplaces
from simpul.people.models import Person
from simpul.people.queries import require_copyable
from simpul.referrals.queries import incoming_waiting
from simpul.referrals.queries.waiting import waits as referrals_waiting
from simpul.screening.queries import rows_of, team_screenings, team_workers
from simpul.screening.stages import State
from simpul.ui.render import page

PAGE_LENGTH = 100
JOBS_LENGTH = 20


@needs(Permission.DESK_VIEW)
def today(request: Entered) -> HttpResponse:
    """Who waits for this worker; for roles that meet no people, what they can do here."""
    user = request.user
    if not user.can(Permission.PERSON_VIEW):
        return _without_people(request)
    day, only = timezone.localdate(), request.GET.get("menunggu", "")
    desk = queries.today(user, on=day, only=only)
    found = Paginator(desk.waits, PAGE_LENGTH).get_page(request.GET.get("page"))
    villages = queries.villages_of(found, user, on=day)
    lines = [line for village in villages for line in village.lines]
    note_shown(lines, by=user, permission=Permission.DESK_VIEW)
    return page(
        request,
        "desk/today.html",
        desk=desk,
        villages=villages,
        page=found,
        first=lines[0].key if lines else None,
        only=only,
        day=day,
        to_complete=quality_lists.to_complete(user, on=day, at=timezone.now()),
        typed="",
        **_bodies(user, day),
        **_may(user),
    )


@needs(Permission.DESK_VIEW)
def work(request: Entered) -> HttpResponse:
    """One's own long work and what became of each."""
    found = Paginator(jobs_of(request.user), JOBS_LENGTH).get_page(request.GET.get("page"))
    return page(request, "desk/jobs.html", lines=[Line(job) for job in found], page=found)


def _without_people(request: Entered) -> HttpResponse:
    """The start page of a role that meets no people: its work with organisations, or what it can do here."""
    user = request.user
    roles, waiting = queries.roles(user), _bodies(user, timezone.localdate())
    return page(request, "desk/without_people.html", roles=roles, typed="", **waiting, **_may(user))


def _bodies(user: Any, day: date) -> dict[str, Any]:
    has_bodies = queries.works_with_bodies(user)
    return {
        "has_bodies": has_bodies,
        "bodies": queries.bodies_waiting(user, day) if has_bodies else (),
        "own_bodies": workplaces(user) if user.can(Permission.ORGANISATION_EDIT) else (),
        "referrals": (*incoming_waiting.waits(user, timezone.now()), *referrals_waiting(user, day)),
    }


def _may(user: Any) -> dict[str, Any]:
    can = user.can
    return {
        "may_register": can(Permission.PERSON_REGISTER),
        "may_see_team": can(Permission.TEAM_VIEW),
        "may_see_cases": can(Permission.CASE_VIEW),
        "may_manage_users": can(Permission.USER_MANAGE),
        "may_note": can(Permission.CASE_NOTE),
    }


@needs(Permission.DESK_VIEW)
def search(request: Entered) -> HttpResponse:
    """People, cases, bodies and services by one line of text; by POST, because names do not belong in addresses."""
    on, typed, only = timezone.localdate(), request.POST.get("q", ""), request.POST.get("only", "")
    only = only if only in queries.KINDS else ""
    asked = queries.asked_of(typed)
    groups = queries.found(asked, request.user, on=on, only=only) if asked.is_enough else ()
    for group in groups:
        if permission := _RECORDED.get(group.kind):
            note_shown(group.about, by=request.user, permission=permission)
    return page(
        request,
        "desk/search.html",
        groups=groups,
        has_found=any(group.count for group in groups),
        is_short=bool(request.method == "POST" and not asked.is_enough),
        typed=typed[: queries.LONGEST],
        only=only,
        may_search_people=request.user.can(Permission.PERSON_SEARCH),
        today=on,
    )


# That somebody's name stood in a list is part of their trail.
_RECORDED = {queries.PEOPLE: Permission.PERSON_SEARCH, queries.CASES: Permission.CASE_VIEW}


@needs(Permission.TEAM_VIEW)
def team(request: Entered) -> HttpResponse:
    """The screenings of those this person supervises."""
    state, worker = request.GET.get("keadaan", ""), key_in(request.GET.get("petugas", ""))
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


@needs(Permission.TRAIL_VIEW)
def trail(request: Entered, person: UUID) -> HttpResponse:
    """Who read or changed anything about one person, and when."""
    subject = look_up(Person, person, by=request.user, permission=Permission.TRAIL_VIEW)
    only = request.GET.get("hanya", "")
    events = queries.trail_of(subject.pk, request.user, only=only)
    found = Paginator(events, PAGE_LENGTH).get_page(request.GET.get("page"))
    tells = is_within_reach(subject, request.user, Permission.SENSITIVE_VIEW)
    return page(
        request,
        "desk/trail.html",
        person=subject,
        traces=queries.traces_of(found, tells=tells),
        page=found,
        only=only,
        readers=queries.readers_of(subject.pk, request.user),
    )


@needs(Permission.PERSON_COPY)
def copy(request: Entered, person: UUID) -> HttpResponse:
    """Everything kept about one person, for that person: to print, or as a file. Recorded each time."""
    subject = look_up(Person, person, by=request.user, permission=Permission.PERSON_COPY, always=True)
    require_copyable(subject)
    on, at, with_words = timezone.localdate(), timezone.now(), request.POST.get("words") == "1"
    made = copy_of(subject, by=request.user, on=on, at=at, with_words=with_words)
    if request.POST.get("as") == "json":
        shape = {"indent": 2, "ensure_ascii": False}
        response: HttpResponse = JsonResponse(made.as_json(), json_dumps_params=shape)
        # The name of the file tells nothing about the person: it stays in the list of downloads.
        response["Content-Disposition"] = f'attachment; filename="salinan-data-{on.isoformat()}.json"'
    else:
        response = page(request, "desk/copy.html", person=subject, copy=made, with_words=with_words)
    response["Cache-Control"] = "no-store"
    return response


@needs(Permission.QUALITY_VIEW)
def quality(request: Entered) -> HttpResponse:
    """What is missing, old or unlikely in the register: every work list with its number."""
    narrowed, seen = _seen(request)
    return page(
        request,
        "desk/quality.html",
        counted=quality_lists.counted(seen),
        out_of_reach=quality_lists.out_of_reach(seen),
        narrowed=narrowed,
        asked=narrowed.address,
    )


@needs(Permission.QUALITY_VIEW)
def quality_list(request: Entered, code: str) -> HttpResponse:
    """One work list, a page of it, with the way to the form that mends each row."""
    check = quality_lists.check_of(code, request.user)
    if check is None:
        raise Http404
    narrowed, seen = _seen(request)
    shown = _examined(request, check, seen) if check.is_examined else _cut(request, check, seen)
    note_shown(quality_seen.told_of(shown["lines"]), by=request.user, permission=Permission.QUALITY_VIEW)
    return page(
        request, "desk/quality_list.html", check=check, narrowed=narrowed, asked=narrowed.address, **shown
    )


def _seen(request: Entered) -> tuple[Narrowed, quality_seen.Seen]:
    narrowed = narrowed_by(request.GET.get("di", ""), request.GET.get("lembaga", ""))
    return narrowed, quality_seen.Seen(request.user, narrowed.scope, timezone.localdate(), timezone.now())


def _cut(request: Entered, check: quality_lists.Check, seen: quality_seen.Seen) -> dict[str, Any]:
    found = quality_lists.pages_of(check, seen).get_page(request.GET.get("page"))
    lines = check.lines(list(found), seen)
    told = quality_lists.counted_one(check, seen)
    return {"lines": lines, "page": found, "told": told, "looked_at": None, "is_more": False, "number": 1}


def _examined(request: Entered, check: quality_lists.Check, seen: quality_seen.Seen) -> dict[str, Any]:
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else 1
    number = max(number, 1)
    lines, looked_at, is_more = quality_lists.examined(check, seen, number)
    turning = {"number": number, "before": number - 1, "after": number + 1, "is_more": is_more}
    told = quality_lists.Counted(check, len(lines), looked_at)
    return {"lines": lines, "page": None, "told": told, "looked_at": looked_at, **turning}


# Nobody turns to a page with more digits; a database refuses to count so far.
_DIGITS = 7
