"""Pages of an appeal: the body's reasons, and the secretariat's list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.accreditation.actions import appeal as actions
from simpul.accreditation.forms.appeal import AppealForm, RecheckerForm
from simpul.accreditation.models import Accreditation
from simpul.accreditation.queries import appeal as queries
from simpul.accreditation.queries.plenary import decision_that_holds
from simpul.ui.doing import done, form_page
from simpul.ui.render import page

_SECRETARY = Permission.ACCREDITATION_SECRETARY


@needs(Permission.ACCREDITATION_APPLY)
def appeal(request: Entered, pk: UUID) -> HttpResponse:
    """The body objects. Where it may not, the page says why before anybody types."""
    may = Permission.ACCREDITATION_APPLY
    found = look_up(Accreditation, pk, by=request.user, permission=may, related=("organisation",))
    form = AppealForm(request.POST or None)
    if form.is_valid():
        key, words = form.cleaned_data["once"], form.cleaned_data["words"]
        if done(request, form, actions.appeal, found, key=key, words=words):
            messages.success(request, _("Keberatan Anda diterima dan diperiksa oleh orang lain."))
            return redirect("accreditation:result", found.pk)
    return form_page(
        request,
        "accreditation/appeal.html",
        form,
        run=found,
        decision=decision_that_holds(found),
        last_day=queries.last_day_to_appeal(found),
        barred=queries.barred_from_appeal(found, timezone.localdate()),
    )


@needs(_SECRETARY)
def appeals(request: Entered) -> HttpResponse:
    """Appeals that wait for their answer."""
    rows = queries.open_appeals(request.user, timezone.localdate())
    return page(request, "accreditation/appeals.html", rows=rows)


@needs(_SECRETARY)
def recheck(request: Entered, pk: UUID) -> HttpResponse:
    """Name who looks at the scores again."""
    found = look_up(Accreditation, pk, by=request.user, permission=_SECRETARY, related=("organisation",))
    standing = queries.appeal_of(found)
    if standing is None:
        return redirect("accreditation:appeals")
    form = RecheckerForm(queries.possible_recheckers(found), request.POST or None)
    if form.is_valid():
        key, user = form.cleaned_data["once"], form.chosen()
        if done(request, form, actions.name_rechecker, found, key=key, user=user):
            messages.success(request, _("%(who)s ditugaskan memeriksa ulang.") % {"who": user})
            return redirect("accreditation:appeals")
    return form_page(
        request,
        "accreditation/recheck.html",
        form,
        run=found,
        appeal=standing,
        rechecker=queries.rechecker_of(standing),
    )
