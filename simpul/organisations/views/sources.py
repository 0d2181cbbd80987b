"""Pages of sources of help: the list, counts, the types, one of them."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_reading
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.reach import is_within_reach
from simpul.catalogue import sources as catalogue
from simpul.organisations.models import Source
from simpul.organisations.models.sources import Day
from simpul.organisations.queries import (
    source_types,
    sources_counts,
    sources_judged,
    sources_list,
    sources_one,
)
from simpul.organisations.queries.sources_counts import TypeCount
from simpul.organisations.queries.sources_list import STATES, Filters
from simpul.places import queries as places
from simpul.ui.render import page

PAGE_LENGTH = 50


@needs(Permission.SOURCE_VIEW)
def sources(request: Entered) -> HttpResponse:
    """Those within reach; the filters stand in the address, but a name that is looked for comes by POST."""
    on, language = timezone.localdate(), get_language() or "id"
    filters = Filters.read(request.GET).named(request.POST.get("nama", ""))
    found = sources_list.within_reach(request.user, filters, on)
    shown = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    return page(
        request,
        "organisations/sources.html",
        page=shown,
        rows=sources_list.rows_of(shown, on, language),
        filters=filters,
        area_text=request.GET.get("wilayah_text", "").replace("\0", ""),
        types=sources_list.type_choices(language, request.user),
        states=STATES.items(),
        skills=[(skill.code, skill.title.in_language(language)) for skill in catalogue.skills()],
        days=Day.choices,
        may_edit=request.user.can(Permission.SOURCE_EDIT),
    )


@needs(Permission.SOURCE_VIEW)
def counts(request: Entered) -> HttpResponse:
    """How many of each type serve, in all and in each area below the one asked for."""
    on = timezone.localdate()
    region = sources_list.area_asked(request.GET)
    among = Source.objects.reachable(request.user, Permission.SOURCE_VIEW)
    by_area = sources_counts.counts_by_area(region, on, among=among)
    whole = sources_counts.counts_by_type(region, on, among=among)
    names = places.names_of({region, *by_area})
    return page(
        request,
        "organisations/sources_counts.html",
        tables=[
            (caption, counts)
            for caption, is_local in ((_("Dua belas jenis resmi"), False), (_("Tambahan daerah"), True))
            if (counts := [one for one in whole if one.type.is_local is is_local])
        ],
        areas=[
            (code, str(names.get(code, code)), _sum(rows, is_local=False), _sum(rows, is_local=True))
            for code, rows in by_area.items()
        ],
        region=region,
        place=str(names.get(region, region)),
        on=on,
        language=get_language() or "id",
    )


def _sum(rows: list[TypeCount], *, is_local: bool) -> int:
    """What regions added stands in no count of the official types."""
    return sum(one.total for one in rows if one.type.is_local is is_local)


@needs(Permission.SOURCE_VIEW)
def source(request: Entered, pk: UUID) -> HttpResponse:
    """One source: who, whether the criteria are met today, papers, hours, the public list."""
    on, language = timezone.localdate(), get_language() or "id"
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_VIEW, related=("organisation",))
    if found.is_erased:
        return page(request, "organisations/sources_erased.html", source=found)
    trainings = sources_one.trainings_of(found)
    return page(
        request,
        "organisations/sources_one.html",
        source=found,
        type=source_types.source_type(found.type_code),
        type_name=sources_list.type_name(found.type_code, language),
        judged=sources_judged.judged(found, trainings, on, language),
        otherwise=sources_judged.judged_otherwise(found, trainings, on, language),
        trainings=[(row, row.is_valid_on(on)) for row in trainings],
        years=sources_one.hours_by_year(found),
        listing=sources_one.listing_of(found, on),
        also=[
            (row, sources_list.type_name(row.type_code, language))
            for row in sources_one.also_as(found, request.user)
        ],
        skills=catalogue.skill_titles(found.skills, language),
        areas=[str(place) for place in places.names_of(found.areas).values()],
        days=[Day(day).label for day in found.free_days if day in Day.values],
        schooling=catalogue.facts()["education"].choice_label(found.education) if found.education else "",
        serves=found.serves_on(on),
        today=on,
        may_edit=is_within_reach(found, request.user, Permission.SOURCE_EDIT),
        may_see_number=_right_to_number(found, request.user) is not None,
    )


@needs(Permission.SOURCE_VIEW)
def nik(request: Entered, pk: UUID) -> HttpResponse:
    """The number in full, for who keeps the record or may see identities. Each time is recorded."""
    found = look_up(Source, pk, by=request.user, permission=Permission.SOURCE_VIEW)
    right = _right_to_number(found, request.user)
    if right is None or found.nik_sealed is None:
        raise Http404
    note_reading(found, by=request.user, permission=right, always=True)
    return page(request, "organisations/sources_nik.html", source=found)


def _right_to_number(source: Source, user: User) -> Permission | None:
    rights = (Permission.SOURCE_EDIT, Permission.PERSON_IDENTITY_VIEW)
    return next((right for right in rights if is_within_reach(source, user, right)), None)
