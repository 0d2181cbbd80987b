"""Which recaps are asked for: by offices, from bodies and regions; handing in, and what was handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where, is_within_reach
from simpul.organisations.queries.office import areas_of
from simpul.organisations.queries.office_map import is_within
from simpul.places.queries import names_of
from simpul.recaps import actions
from simpul.recaps.actions.targets import set_target
from simpul.recaps.facts import Table
from simpul.recaps.forms.due import DeliverForm, DueForm, TargetForm
from simpul.recaps.models import Delivery, Due
from simpul.recaps.queries import due as queries
from simpul.recaps.queries.kept import as_kept, mark_of
from simpul.recaps.queries.standards import services_of
from simpul.recaps.stages import Period, period_of
from simpul.recaps.views.recaps import Shown, as_shown, nowhere
from simpul.ui.doing import done, form_page, pressed, pressed_on
from simpul.ui.render import page

_DELIVER = Permission.RECAP_DELIVER


@needs(_DELIVER)
def dues(request: Entered) -> HttpResponse:
    """What this person's own bodies and offices owe, and what their offices ask of others."""
    on = timezone.localdate()
    asked = queries.dues_of(request.user)
    names = names_of({one.region for one in asked})
    return page(
        request,
        "recaps/dues.html",
        owed=queries.owed_by(request.user, on),
        asked=[(one, queries.title_of(one.code), names.get(one.region, one.region)) for one in asked],
        may_ask=_asks(request),
    )


def _asks(request: Entered) -> bool:
    """Whether somebody speaks for an office, not only for a body."""
    return any(not grant.organisation for grant in request.user.grants_with(_DELIVER))


@needs(_DELIVER)
def due_new(request: Entered) -> HttpResponse:
    """An office asks for a recap."""
    if not _asks(request):
        raise Http404
    form = DueForm(request.POST or None, viewer=request.user, on=timezone.localdate())
    if form.is_valid() and (made := done(request, form, actions.ask_for, form.where, **form.details())):
        return redirect("recaps:due", made.pk)
    title, back = _("Minta rekap"), reverse("recaps:dues")
    about = _("Berlaku mulai jangka yang sedang berjalan. Batas waktu ditentukan kantor ini sendiri.")
    return form_page(request, "ui/form.html", form, title=title, about=about, back=back, button=_("Minta"))


@needs(_DELIVER)
def due(request: Entered, pk: UUID) -> HttpResponse:
    """One recap that is asked for: in each period who has handed in and who is late."""
    row = look_up(Due, pk, by=request.user, permission=_DELIVER)
    on = timezone.localdate()
    periods = queries.periods_of(row, on)
    chosen = _period(row, request.GET.get("jangka", ""), on) or (periods[0] if periods else None)
    lines, first = queries.owed(row, chosen, on) if chosen else [], period_of(row.first, row.every)
    return page(
        request,
        "recaps/due.html",
        due=row,
        title=queries.title_of(row.code),
        place=names_of([row.region]).get(row.region, row.region),
        periods=periods,
        chosen=chosen,
        first=first,
        deadline=queries.deadline_of(row, chosen or first),
        lines=lines,
        handed_in=sum(one.delivery is not None for one in lines),
        late=sum(one.is_late for one in lines),
    )


def _period(row: Due, since: str, on: date) -> Period | None:
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return None
    return queries.period_since(row, day, on)


@needs(_DELIVER)
@pressed_on("recaps:due")
def due_stop(request: Entered, pk: UUID) -> HttpResponse:
    """From now on it is not asked for."""
    row = look_up(Due, pk, by=request.user, permission=_DELIVER)
    pressed(request, actions.ask_no_more, row, _("Tidak diminta lagi. Yang sudah diserahkan tetap ada."))
    return redirect("recaps:dues")


# --- handing in ---


@needs(_DELIVER)
def deliver(request: Entered, pk: UUID, since: str, party: str) -> HttpResponse:
    """What would be handed in, and handing it in."""
    row = Due.objects.standing().filter(pk=pk).first()
    period = _period(row, since, timezone.localdate()) if row else None
    whose = queries.party_of(request.user, row, party) if row else None
    if row is None or period is None or whose is None:
        raise Http404
    recap = queries.recap_for(request.user, row, period, whose)
    mark = mark_of(as_kept(recap))
    form = DeliverForm(request.POST or None, initial={"seen": mark})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        details = {"key": told["once"], "recap": recap, "note": told["catatan"], "seen": told["seen"]}
        if made := done(request, form, actions.deliver, whose.where, **details):
            if made.pk == told["once"]:
                messages.success(request, _("Rekap sudah diserahkan."))
            else:
                messages.info(
                    request,
                    _("Rekap ini sudah diserahkan dengan angka yang sama. Tidak diserahkan dua kali."),
                )
            return redirect("recaps:delivery", made.pk)
        # What is looked at from now on are the numbers of this page.
        form.data = form.data | {"seen": mark}  # type: ignore[operator]
    return form_page(
        request,
        "recaps/deliver.html",
        form,
        due=row,
        period=period,
        party=whose,
        deadline=queries.deadline_of(row, period),
        recap=recap,
        tables=_shown(recap.tables),
        earlier=queries.delivered(row, period, whose),
    )


@needs(Permission.RECAP_VIEW)
def delivery(request: Entered, pk: UUID) -> HttpResponse:
    """What was handed in, as it stood then, and every version of it."""
    row = look_up(Delivery, pk, by=request.user, permission=Permission.RECAP_VIEW)
    versions = list(queries.versions_of(row))
    return page(
        request,
        "recaps/delivery.html",
        delivery=row,
        title=queries.title_of(row.code),
        who=queries.who_of(row),
        heading=row.numbers["heading"],
        tables=_shown(queries.tables_of(row.numbers)),
        versions=versions if len(versions) > 1 else [],
        newest=versions[0],
    )


def _shown(tables: Iterable[Table]) -> list[tuple[Table, list[tuple[Shown, list[Shown]]]]]:
    return [as_shown(table, nowhere) for table in tables]


# --- what an office aims at ---


@needs(_DELIVER)
def target_new(request: Entered, area: str) -> HttpResponse:
    """A target of the minimum standard, with where it is written."""
    user, where = request.user, Where(region=area)
    if not services_of(area) or not is_within(area, areas_of(user, _DELIVER)):
        raise Http404
    if not is_within_reach(where, user, _DELIVER):
        raise Http404
    form = TargetForm(request.POST if request.method == "POST" else None, area=area, on=timezone.localdate())
    back = f"{reverse('recaps:one', args=['R10'])}?wilayah={area}"
    if form.is_bound and form.is_valid() and done(request, form, set_target, where, **form.details()):
        messages.success(request, _("Sasaran sudah dicatat."))
        return redirect(back)
    return form_page(
        request,
        "ui/form.html",
        form,
        title=_("Catat sasaran SPM"),
        about=str(names_of([area]).get(area, area)),
        back=back,
    )
