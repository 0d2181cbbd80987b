"""Homes: a new one before its people, the address and family card, and moving in with others."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.people import actions, queries
from simpul.people.forms import HouseholdForm, MoveForm, NewHouseholdForm
from simpul.people.models import Household, Person
from simpul.ui.doing import unjudged
from simpul.ui.render import page


@needs(Permission.PERSON_REGISTER)
def new(request: Entered) -> HttpResponse:
    """A home first; its people are registered one after another."""
    form = NewHouseholdForm(request.POST or None, initial={"once": uuid.uuid4()}, on=timezone.localdate())
    if "region_find" in request.POST:
        unjudged(form)
    elif form.is_valid() and (home := _registered(request, form)):
        messages.success(request, _("Rumah tangga sudah dicatat. Sekarang daftarkan anggotanya."))
        return redirect(f"{reverse('people:register')}?household={home.pk}")
    return page(request, "people/household_new.html", form=form)


def _registered(request: Entered, form: NewHouseholdForm) -> Household | None:
    """The new home, or nothing and the reason in the form."""
    cleaned = form.cleaned_data
    where = queries.place_to_register(request.user, cleaned["region"])
    if where is None:
        form.add_error(
            "region", _("Desa itu di luar wilayah kerja Anda. Pilih desa lain, atau hubungi petugas di sana.")
        )
        return None
    try:
        return actions.register_household(
            where,
            by=request.user,
            key=cleaned["once"],
            address=cleaned["address"],
            kk=cleaned["kk"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


@needs(Permission.PERSON_EDIT)
def household(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """Change the address and the family card of the household in which this person lives."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_EDIT)
    home = look_up(
        Household, someone.household_id, by=request.user, permission=Permission.PERSON_IDENTITY_VIEW
    )
    kept = {"address": home.address or "", "kk": home.kk or "", "version": home.version}
    form = HouseholdForm(request.POST or None, initial=kept, on=timezone.localdate())
    if form.is_valid():
        try:
            actions.edit_household(home, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perubahan sudah disimpan."))
            return redirect("people:person", pk)
    return page(request, "people/household.html", form=form, person=someone)


@needs(Permission.PERSON_EDIT)
def move(request: Entered, pk: uuid.UUID) -> HttpResponse:
    """Somebody goes to live with others, or alone."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_EDIT)
    started = {"once": uuid.uuid4(), "version": someone.version}
    form = MoveForm(request.POST or None, initial=started, on=timezone.localdate())
    if "household_find" in request.POST:
        unjudged(form)
    elif form.is_valid() and _moved(request, form, someone):
        messages.success(request, _("Perubahan sudah disimpan. Periksa juga alamat rumah tangganya."))
        return redirect("people:person", pk)
    households = queries.households_to_join(
        request.user,
        chosen=str(form["household"].value() or ""),
        text=str(form["household_text"].value() or ""),
    )
    others = [choice for choice in households if choice.key != someone.household_id]
    note_shown(
        (member for choice in others for member in choice.members),
        by=request.user,
        permission=Permission.PERSON_SEARCH,
    )
    return page(request, "people/move.html", form=form, person=someone, households=others)


def _moved(request: Entered, form: MoveForm, someone: Person) -> bool:
    cleaned = form.cleaned_data
    chosen = cleaned["household"]
    home = queries.household_within_reach(request.user, chosen) if chosen else None
    if chosen and home is None:
        form.add_error("household", _("Rumah tangga itu tidak ditemukan. Cari lagi, atau buat yang baru."))
        return False
    try:
        actions.change_household(
            someone,
            by=request.user,
            version=cleaned["version"],
            household=home,
            key=cleaned["once"],
            relation_to_head=cleaned["relation_to_head"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
