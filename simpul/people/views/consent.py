"""Agreeing, and taking it back as easily."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.people import actions
from simpul.people.forms import ConsentForm, WithdrawForm
from simpul.people.models import CONSENT_TEXT, Consent, Person, Purpose
from simpul.ui.render import page


@needs(Permission.CONSENT_RECORD)
def consent(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """The text to read out, and what was agreed."""
    person = look_up(Person, pk, by=request.user, permission=Permission.CONSENT_RECORD)
    on = timezone.localdate()
    form = ConsentForm(request.POST or None, initial={"once": uuid.uuid4()}, on=on)
    if form.is_valid():
        try:
            actions.record_consent(person, by=request.user, on=on, at=timezone.now(), **form.details())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sudah dicatat. Persetujuan dapat dicabut kapan saja."))
            return _after(request, form, pk)
    return page(
        request,
        "people/consent.html",
        person=person,
        form=form,
        text=f"people/consent_text_{CONSENT_TEXT}.html",
        is_child=person.is_child_on(on),
        today=on,
    )


def _after(request: Entered, form: ConsentForm, pk: uuid.UUID) -> HttpResponse:
    """Who agreed to be screened is sitting there: the screening comes next."""
    is_for_screening = form.cleaned_data["purpose"] == Purpose.SCREENING
    if is_for_screening and request.user.can(Permission.SCREENING_START):
        return redirect("screening:start", pk)
    return redirect("people:person", pk)


@needs(Permission.CONSENT_WITHDRAW)
def withdraw(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """One page, one button: what stops, and that it stops now."""
    given = look_up(Consent, pk, by=request.user, permission=Permission.CONSENT_WITHDRAW)
    form = WithdrawForm(request.POST or None, on=timezone.localdate())
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_consent(
                given, by=request.user, on=form.on, at=timezone.now(), because=form.cleaned_data["because"]
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(
                request, _("Persetujuan sudah dicabut. Data tidak dipakai lagi untuk tujuan itu.")
            )
            return redirect("people:person", given.person_id)
    return page(
        request, "people/withdraw.html", consent=given, person=given.person, form=form, refusal=refusal
    )
