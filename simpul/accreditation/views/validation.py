"""Pages of the validator: what waits, the scores side by side, and where it goes next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.files import handed_over
from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.accreditation.actions import validation as actions
from simpul.accreditation.forms.validation import SendForm, ValidationForm
from simpul.accreditation.models import Accreditation, Evidence, Validated
from simpul.accreditation.queries import plenary, scheme, visit
from simpul.accreditation.queries import validation as queries
from simpul.accreditation.stages import Stage
from simpul.organisations.queries.oversight_flags import standing_flags
from simpul.ui.doing import done, pressed, pressed_on
from simpul.ui.render import page

_MAY = Permission.ACCREDITATION_VALIDATE


@needs(_MAY)
def validations(request: Entered) -> HttpResponse:
    """What this validator was named for and has before them."""
    return page(request, "accreditation/validations.html", rows=queries.waiting_for_validation(request.user))


@needs(_MAY)
def validation(request: Entered, pk: UUID) -> HttpResponse:
    """The scores side by side, and the values that hold."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY, related=("organisation",))
    if request.method != "POST" or queries.barred_from_validating(found, request.user):
        return _shown(request, found)
    form = _form(found, request.POST)
    if form.is_valid():
        seen, held = form.cleaned_data["seen"], form.held()
        if done(request, form, actions.validate, found, seen=seen, held=held):
            messages.success(request, _("Nilai yang berlaku disimpan."))
            return redirect("accreditation:validate", found.pk)
    return _shown(request, found, form=form)


@needs(_MAY)
@pressed_on("accreditation:validate")
def confirm_agreed(request: Entered, pk: UUID) -> HttpResponse:
    """Confirm what all assessors gave alike."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    words = _("Butir yang nilainya sama dikonfirmasi.")
    pressed(request, actions.confirm_agreed, found, words)
    return redirect("accreditation:validate", found.pk)


@needs(_MAY)
@pressed_on("accreditation:validate")
def send_on(request: Entered, pk: UUID) -> HttpResponse:
    """To the plenary."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    form = SendForm(found.version, request.POST, prefix="on")
    if form.is_valid() and done(request, form, actions.send_to_plenary, found, **form.cleaned_data):
        messages.success(request, _("Hasil validasi diteruskan ke pleno."))
        return redirect("accreditation:validations")
    return _shown(request, found, on=form)


@needs(_MAY)
@pressed_on("accreditation:validate")
def send_back(request: Entered, pk: UUID) -> HttpResponse:
    """Back to the visit, with words."""
    found = look_up(Accreditation, pk, by=request.user, permission=_MAY)
    form = _back(found, request.POST)
    if form.is_valid() and done(request, form, actions.send_back_to_visit, found, **form.cleaned_data):
        messages.success(request, _("Akreditasi ini dikembalikan ke visitasi."))
        return redirect("accreditation:validations")
    return _shown(request, found, back=form)


@needs(_MAY)
def evidence(request: Entered, pk: UUID) -> HttpResponse:
    """One file, for whoever validates; each time it is recorded. Not before the declaration, nor in a conflict."""
    found = look_up(Evidence, pk, by=request.user, permission=_MAY, always=True, related=("accreditation",))
    if queries.barred_from_validating(found.accreditation, request.user):
        raise Http404
    return handed_over(found)


def _form(found: Accreditation, typed: object = None) -> ValidationForm:
    seen = Validated.objects.filter(accreditation=found).count()
    return ValidationForm(queries.validation_rows(found), seen, typed)


def _back(found: Accreditation, typed: object = None) -> SendForm:
    return SendForm(found.version, typed, label=_("Apa yang harus dilihat lagi?"), prefix="back")


def _shown(request: Entered, found: Accreditation, **forms: object) -> HttpResponse:
    found.refresh_from_db()
    barred = queries.barred_from_validating(found, request.user)
    left = queries.unsettled(found)
    rows = queries.item_rows(found)
    return page(
        request,
        "accreditation/validation.html",
        status=422 if forms else 200,
        run=found,
        barred=barred,
        form=forms.get("form") or _form(found),
        on_form=forms.get("on") or SendForm(found.version, prefix="on"),
        back_form=forms.get("back") or _back(found),
        forms=[one for one in forms.values() if one],
        scheme=scheme.scheme_of(found),
        is_recheck=found.stage == Stage.APPEAL,
        left=len(left),
        agreed=sum(row.held is None and row.is_agreed for row in rows.values()),
        differing=sum(not row.is_agreed for row in rows.values()),
        returned=queries.returned_words(found),
        reading=plenary.reading_of(found),
        flags=() if barred else standing_flags(found.organisation, timezone.localdate()),
        agreements=() if barred else visit.agreements(found),
        visits=() if barred else visit.visits_of(found),
        progress=ngettext("%(count)s butir belum divalidasi", "%(count)s butir belum divalidasi", len(left))
        % {"count": len(left)},
    )
