"""One person: the page, the numbers in full, changes, the history of a fact."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.people import actions, queries
from simpul.people.forms import EditForm
from simpul.people.models import Person, Purpose
from simpul.ui.doing import unjudged
from simpul.ui.render import page


@needs(Permission.PERSON_VIEW)
def person(request: Entered, pk: UUID) -> HttpResponse:
    """Who it is, with whom, what they agreed to, what is known."""
    try:
        someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_VIEW)
    except Http404:
        # An address of old, of a record that was merged into another one.
        if known_as := queries.record_now(request.user, pk):
            return redirect("people:person", known_as.pk)
        raise
    if someone.is_erased:
        return page(request, "people/erased.html", person=someone, minutes=queries.minutes_of(someone))
    on = timezone.localdate()
    consents = queries.consents_by_purpose(someone, on)
    return page(
        request,
        "people/person.html",
        person=someone,
        members=queries.members_of(request.user, someone.household_id),
        consents=consents,
        has_basis=any(one.purpose == Purpose.SCREENING and one.standing for one in consents),
        topics=queries.facts_by_topic(someone, request.user, on),
        may=queries.may_do(request.user, someone),
        sees_reasons=queries.may_see_hidden(someone, request.user),
        rights=queries.rights_of(someone),
        names_before=queries.names_before(someone),
        today=on,
    )


@needs(Permission.PERSON_IDENTITY_VIEW)
def identity(request: Entered, pk: UUID) -> HttpResponse:
    """The numbers and the address in full. That they were seen is recorded."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_IDENTITY_VIEW)
    # The address and the family card are those of everybody at home.
    note_shown(queries.others_at_home(someone), by=request.user, permission=Permission.PERSON_IDENTITY_VIEW)
    return page(request, "people/identity.html", part="identity", person=someone, household=someone.household)


@needs(Permission.PERSON_VIEW)
def fact(request: Entered, pk: UUID, key: UUID) -> HttpResponse:
    """Everything ever said about one fact. A very sensitive one does not exist for who may not see it."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_VIEW)
    name = queries.name_of_fact(someone, key)
    said = queries.visible(queries.history_of(someone, name), someone, request.user)
    if not said:
        raise Http404
    return page(request, "people/fact.html", person=someone, name=name, said=said)


@needs(Permission.PERSON_EDIT)
def edit(request: Entered, pk: UUID) -> HttpResponse:
    """Change the register. If somebody else was faster, both values are shown and nothing is overwritten."""
    someone = look_up(Person, pk, by=request.user, permission=Permission.PERSON_EDIT)
    on = timezone.localdate()
    form = EditForm(
        request.POST or None,
        initial=queries.register_values(someone, on),
        person=someone,
        lives_alone=not queries.others_at_home(someone),
        on=on,
    )
    if request.method != "POST":
        return _edit_page(request, form)
    if form.looks_up:
        return _edit_page(request, unjudged(form))
    if not form.is_valid():
        return _edit_page(request, form)
    cleaned = form.cleaned_data
    doubts = queries.doubts_about_edit(
        request.user, pk, nik=cleaned["nik"], born=cleaned["birth"], sex=cleaned["sex"]
    )
    if doubts.unseen(cleaned["seen"]):
        return _edit_page(request, form, doubts=doubts)
    return _edited(request, form)


def _edited(request: Entered, form: EditForm) -> HttpResponse:
    try:
        actions.edit(
            form.person,
            by=request.user,
            version=form.cleaned_data["version"],
            changes=form.changes(),
            on=form.on,
            at=timezone.now(),
            source=form.cleaned_data["source"],
            who_moves=form.cleaned_data.get("who_moves", ""),
            nik_confirmed=form.nik_confirmed,
        )
    except actions.EditClash as clash:
        form.based_on(clash.person.version)
        return _edit_page(request, form, clash=clash, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _edit_page(request, form)
    if "region" in form.changed_data:
        messages.success(request, _("Perubahan sudah disimpan. Periksa juga alamat rumah tangganya."))
    else:
        messages.success(request, _("Perubahan sudah disimpan."))
    return redirect("people:person", form.person.pk)


def _edit_page(
    request: Entered,
    form: EditForm,
    *,
    doubts: queries.Doubts | None = None,
    clash: actions.EditClash | None = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "people/edit.html",
        status=status,
        form=form,
        person=form.person,
        doubts=doubts if doubts and doubts.seal else None,
        clash=clash,
        today=form.on,
    )
