"""Look first, then register."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.people import actions, queries
from simpul.people.forms import RegisterForm, SearchForm
from simpul.people.models import Household, Person
from simpul.ui.doing import unjudged
from simpul.ui.render import page


@needs(Permission.PERSON_SEARCH)
def search(request: Entered) -> HttpResponse:
    """By POST, because names and NIK do not belong in addresses and their logs."""
    on = timezone.localdate()
    form = SearchForm(request.POST or None, on=on)
    found, odd = None, []
    if "region_find" in request.POST:
        unjudged(form)
    elif form.is_valid():
        cleaned = form.cleaned_data
        odd = queries.nik_warnings(cleaned["nik"], born=cleaned["birth"], sex="")
        found = queries.search(
            request.user,
            name=cleaned["name"],
            born=cleaned["birth"],
            nik=cleaned["nik"],
            region=cleaned["region"],
        )
        _note(request, (one.person for one in found))
    return page(
        request,
        "people/search.html",
        form=form,
        found=found,
        odd=[words for _oddity, words in odd],
        carried=_carried(request),
        knows_more=any(name not in ("name", "margin") for name, _typed in _carried(request)),
        may_register=request.user.can(Permission.PERSON_REGISTER),
        today=on,
    )


def _note(request: Entered, people: Iterable[Person]) -> None:
    """That somebody's name stood in a list is part of their trail."""
    note_shown(people, by=request.user, permission=Permission.PERSON_SEARCH)


def _carried(request: Entered) -> list[tuple[str, str]]:
    """What was looked for, as hidden fields of the way to registering."""
    names = ("name", "nik", "born_day", "born_month", "born_year", "age", "margin", "region", "region_text")
    return [(name, request.POST[name]) for name in names if request.POST.get(name)]


@needs(Permission.PERSON_REGISTER)
def register(request: Entered) -> HttpResponse:
    """Registers, after showing what should be looked at; everything typed stays."""
    on = timezone.localdate()
    if request.method != "POST" or "start" in request.POST:
        return _form_page(request, RegisterForm(initial=_started(request), on=on))
    form = RegisterForm(request.POST, on=on)
    if form.looks_up:
        return _form_page(request, unjudged(form))
    # Where the person would be kept is looked at with the rest, so that every mistake is told at once.
    place = _place(request, form)
    if place is None:
        return _form_page(request, form)
    if person := queries.registered_with(request.user, form.cleaned_data["once"]):
        return redirect("people:person", person.pk)
    doubts = _doubts(request, form)
    if doubts.unseen(form.cleaned_data["seen"]):
        return _form_page(request, form, doubts)
    if person := _registered(request, form, place):
        return _after(request, person)
    return _form_page(request, form)


def _after(request: Entered, person: Person) -> HttpResponse:
    """To the new person's page, which offers the next one of the household; or to that one at once."""
    told = _("%(name)s sudah didaftarkan.") % {"name": person.name}
    next_one = f"{reverse('people:register')}?household={person.household_id}"
    if request.POST.get("save") == "next":
        messages.success(request, told)
        return redirect(next_one)
    offer = _("Tambah anggota rumah tangga ini")
    messages.success(request, format_html('{} <a href="{}">{}</a>', told, next_one, offer))
    return redirect("people:person", person.pk)


@dataclass(frozen=True)
class Place:
    """Where a new person is kept, and with whom they live."""

    where: Where
    household: Household | None


def _place(request: Entered, form: RegisterForm) -> Place | None:
    """Where the person will be kept; None, and the reasons in the form, where anything typed is wrong."""
    form.is_valid()
    cleaned = form.cleaned_data
    chosen = cleaned.get("household")
    household = queries.household_within_reach(request.user, chosen) if chosen else None
    if chosen and household is None:
        form.add_error("household", _("Rumah tangga itu tidak ditemukan. Cari lagi, atau buat yang baru."))
    region = cleaned.get("region") or (household.region if household else "")
    where = queries.place_to_register(request.user, region)
    if where is None:
        form.add_error(
            "region", _("Desa itu di luar wilayah kerja Anda. Pilih desa lain, atau hubungi petugas di sana.")
        )
    return None if form.errors or where is None else Place(where, household)


def _registered(request: Entered, form: RegisterForm, place: Place) -> Person | None:
    """The new person, or nothing and the reason in the form."""
    try:
        return actions.register(
            place.where,
            by=request.user,
            key=form.cleaned_data["once"],
            household=place.household,
            on=form.on,
            at=timezone.now(),
            **form.details(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _doubts(request: Entered, form: RegisterForm) -> queries.Doubts:
    cleaned = form.cleaned_data
    return queries.doubts_about_new(
        request.user,
        name=cleaned["name"],
        born=cleaned["birth"],
        nik=cleaned["nik"],
        region=cleaned["region"],
        mother=cleaned["mother"],
        sex=cleaned["sex"],
        kk=cleaned["kk"],
        household=cleaned["household"],
    )


def _started(request: Entered) -> dict[str, Any]:
    """What was typed while looking, carried into the new record."""
    started: dict[str, Any] = {"once": uuid.uuid4(), "household": request.GET.get("household", "")}
    if request.method == "POST":
        looked = SearchForm(request.POST, on=timezone.localdate())
        looked.full_clean()
        names = ("name", "nik", "born", "age", "margin", "region")
        started |= {name: looked.cleaned_data.get(name) for name in names}
        started["age_carried"] = started["age"]
    return started


def _form_page(request: Entered, form: RegisterForm, doubts: queries.Doubts | None = None) -> HttpResponse:
    households = queries.households_to_join(
        request.user,
        chosen=str(form["household"].value() or ""),
        text=str(form["household_text"].value() or ""),
        with_kk=doubts.household if doubts else None,
    )
    members = (member for choice in households for member in choice.members)
    _note(request, (*(one.person for one in doubts.likely), *members) if doubts else members)
    return page(
        request,
        "people/register.html",
        form=form,
        doubts=doubts if doubts and doubts.seal else None,
        households=households,
        today=form.on,
    )
