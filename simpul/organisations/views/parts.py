"""Pages on which the record of a body is changed, part by part and row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed, Refusal
from simpul.access.rows import key_in
from simpul.organisations.actions.changes import PartClash, change_directly, propose_change
from simpul.organisations.forms.parts import PartForm
from simpul.organisations.models import Change, Organisation
from simpul.organisations.queries import bodies
from simpul.organisations.queries.changes import Draft, Sight, draft_of, sight_of
from simpul.organisations.queries.part_checks import PartWrong
from simpul.organisations.queries.part_words import Names, rows_in_words, title_of
from simpul.organisations.queries.parts import PARTS, ROWS, Part, Values, mark_of
from simpul.organisations.queries.secret_words import tells_place
from simpul.ui.doing import unjudged
from simpul.ui.render import page

Merge = Callable[[Values], Values]
# Parts with fields of free words that everybody reads.
_PUBLIC_WORDS = frozenset({"identity", "purpose"})
_FREE_WORDS = ("about", "source", "vision", "mission")


@dataclass(frozen=True, slots=True)
class Opened:
    """One part of a body's record, opened by somebody who may change it."""

    body: Organisation
    part: Part
    sight: Sight
    draft: Draft

    @property
    def warns_of_place(self) -> bool:
        """Whether free words of this part stand on public pages, and the place of the body must not be in them."""
        return self.part.code in _PUBLIC_WORDS and bodies.is_place_secret(self.body)

    @property
    def read(self) -> str:
        return mark_of(self.draft.values)

    @property
    def rows(self) -> list[Values]:
        return list(self.draft.values[ROWS])

    def row(self, key: UUID) -> Values:
        """One row of the list. Raises Http404 where it has left it."""
        found = next((row for row in self.rows if row["id"] == str(key)), None)
        if found is None:
            raise Http404
        return found

    @property
    def empty_row(self) -> Values:
        return {"id": "", **{field.name: field.empty for field in self.part.fields}}


def _opened(request: Entered, pk: UUID, code: str) -> Opened:
    """404 for a part that does not exist and a body out of reach; NotAllowed for who may only read it."""
    if code not in PARTS:
        raise Http404
    body = look_up(Organisation, pk, by=request.user, permission=Permission.ORGANISATION_INSIDE)
    sight = sight_of(body, request.user)
    if not sight.changes:
        raise NotAllowed
    return Opened(body, PARTS[code], sight, draft_of(body, code, proposes=not sight.verifies))


@needs(Permission.ORGANISATION_INSIDE)
def part(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """The form of a part, or the list that is one."""
    opened = _opened(request, pk, code)
    if opened.part.is_list:
        return _list_page(request, opened)
    form = PartForm(opened.part, opened.draft.values, opened.read, request.POST or None)
    return _answered(request, opened, form, lambda typed: typed)


@needs(Permission.ORGANISATION_INSIDE)
def row_add(request: Entered, pk: UUID, code: str) -> HttpResponse:
    """A new row of a list; the form's own key becomes the row's."""
    opened = _opened_list(request, pk, code)
    form = PartForm(opened.part, opened.empty_row, opened.read, request.POST or None)

    def merge(typed: Values) -> Values:
        fresh = {"id": str(form.cleaned_data["once"]), **typed}
        return {ROWS: [*(row for row in opened.rows if row["id"] != fresh["id"]), fresh]}

    return _answered(request, opened, form, merge)


@needs(Permission.ORGANISATION_INSIDE)
def row(request: Entered, pk: UUID, code: str, key: UUID) -> HttpResponse:
    """Change one row of a list."""
    opened = _opened_list(request, pk, code)
    held = opened.row(key)
    form = PartForm(opened.part, held, opened.read, request.POST or None)

    def merge(typed: Values) -> Values:
        return {ROWS: [{**one, **typed} if one["id"] == held["id"] else one for one in opened.rows]}

    return _answered(request, opened, form, merge, row=held)


@needs(Permission.ORGANISATION_INSIDE)
def row_end(request: Entered, pk: UUID, code: str, key: UUID) -> HttpResponse:
    """A row leaves the list. It is kept, with the day on which it left."""
    opened = _opened_list(request, pk, code)
    return _pressed(request, opened, [row for row in opened.rows if row["id"] != str(key)])


@needs(Permission.ORGANISATION_INSIDE)
def row_up(request: Entered, pk: UUID, code: str, key: UUID) -> HttpResponse:
    """A row changes places with the one above it."""
    opened = _opened_list(request, pk, code)
    rows = opened.rows
    place = rows.index(opened.row(key))
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return _pressed(request, opened, rows)


def _opened_list(request: Entered, pk: UUID, code: str) -> Opened:
    opened = _opened(request, pk, code)
    if not opened.part.is_list:
        raise Http404
    return opened


def _answered(
    request: Entered, opened: Opened, form: PartForm, merge: Merge, *, row: Values | None = None
) -> HttpResponse:
    """The form, the form with what is wrong, or back to where it came from."""
    _offer(form)
    clash: PartClash | None = None
    if form.is_bound and form.looks_up:
        return _form_page(request, opened, unjudged(form), row, status=200)
    if form.is_valid():
        try:
            _ask(request, opened, merge(form.values()), form.cleaned_data)
        except PartWrong as refusal:
            form.blame(refusal.field, str(refusal))
        except PartClash as refusal:
            clash = refusal
            form.add_error(None, str(refusal))
            form.renew(opened.read)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(opened)
    return _form_page(request, opened, form, row, clash=clash)


def _ask(request: Entered, opened: Opened, values: Values, typed: dict[str, Any]) -> Change:
    """Propose, or change directly, as this person may. Raises Refusal as the actions do."""
    perform = change_directly if opened.sight.verifies else propose_change
    made = perform(
        opened.body,
        by=request.user,
        key=typed["once"],
        part=opened.part.code,
        values=values,
        read=typed["read"],
        on=timezone.localdate(),
        at=timezone.now(),
        because=typed.get("because", ""),
    )
    words = (
        _("Perubahan sudah disimpan.")
        if opened.sight.verifies
        else _("Perubahan dikirim. Berlaku setelah diperiksa petugas.")
    )
    messages.success(request, words)
    if opened.warns_of_place:
        warn_of_place(request, opened.body, *(str(values.get(name, "")) for name in _FREE_WORDS))
    return made


def warn_of_place(request: Entered, body: Organisation, *texts: str) -> None:
    """Tell who wrote it that a text gives a secret place away, and is therefore held back from everybody."""
    if any(tells_place(body, text) for text in texts):
        messages.warning(
            request,
            _(
                "Keterangan itu menyebut tempat yang dirahasiakan, jadi tidak tampil untuk umum. Tulis ulang tanpa nama desa, kecamatan atau jalan."
            ),
        )


def _pressed(request: Entered, opened: Opened, rows: list[Values]) -> HttpResponse:
    """What a button of the list asks for; opened otherwise, the address leads back to the list."""
    once = key_in(request.POST.get("once", ""))
    if request.method == "POST" and once:
        try:
            _ask(request, opened, {ROWS: rows}, {"once": once, "read": request.POST.get("read", "")})
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return _back(opened)


def _back(opened: Opened) -> HttpResponse:
    if opened.part.is_list:
        return redirect("organisations:part", opened.body.pk, opened.part.code)
    return redirect("organisations:organisation", opened.body.pk)


def _offer(form: PartForm) -> None:
    """The bodies found for the words typed, with the one chosen already in front."""
    if "parent" not in form.fields:
        return
    chosen = key_in(str(form["parent"].value() or ""))
    found = bodies.like(str(form["parent_text"].value() or "")[:100])
    held = Organisation.objects.filter(pk=chosen) if chosen else ()
    form.offer({one.pk: one for one in (*held, *found)}.values())


def _form_page(
    request: Entered,
    opened: Opened,
    form: PartForm,
    row: Values | None,
    *,
    clash: PartClash | None = None,
    status: int | None = None,
) -> HttpResponse:
    title = title_of(opened.part, row, Names((opened.part.code, {ROWS: [row]}))) if row else ""
    status = status or (422 if form.is_bound else 200)
    return page(
        request,
        "organisations/bodies_part.html",
        status=status,
        opened=opened,
        form=form,
        row=row,
        row_title=title,
        clash=clash,
    )


def _list_page(request: Entered, opened: Opened) -> HttpResponse:
    # A key for each button: pressed twice it acts once.
    rows = [(row, uuid4(), uuid4()) for row in rows_in_words(opened.part, opened.draft.values)]
    return page(request, "organisations/bodies_rows.html", opened=opened, rows=rows)
