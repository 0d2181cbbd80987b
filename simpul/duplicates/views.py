"""Records that may be one person: the list, the two side by side, merging, undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.access.gate import Entered, look_up, needs, note_shown
from simpul.access.permissions import Permission
from simpul.access.refusal import NotAllowed, Refusal
from simpul.duplicates import actions
from simpul.duplicates.forms import DecideForm, MergeForm, ReopenForm, UndoForm
from simpul.duplicates.models import Merge, Pair
from simpul.duplicates.queries.attached import counts, obstacles
from simpul.duplicates.queries.beside import fuller, merges_of, pairs_of, side_by_side
from simpul.duplicates.queries.finding import last_search, where_of
from simpul.duplicates.queries.waterfall import ROW, WIDTH, in_words, waterfall
from simpul.people.models import Person
from simpul.ui.render import page

PAGE_LENGTH = 50
# What may not be done is shown again with this.
REFUSED = 422


@needs(Permission.DUPLICATE_VIEW)
def pairs(request: Entered) -> HttpResponse:
    """The list: what waits, what nobody is sure of, what was decided to be two."""
    which = request.GET.get("daftar", "")
    found = Paginator(pairs_of(request.user, which), PAGE_LENGTH).get_page(request.GET.get("page"))
    _note(request, [person for pair in found for person in pair.people])
    return page(
        request, "duplicates/pairs.html", page=found, which=which,
        rows=[(pair, _reasons(pair)) for pair in found], job=last_search(request.user),
        may_merge=request.user.can(Permission.PERSON_MERGE),
    )  # fmt: skip


def _reasons(pair: Pair) -> list[tuple[str, str]]:
    """The weightiest reasons for and against, in words."""
    parts = sorted(pair.parts, key=lambda part: -abs(part[2]))
    told = ((in_words(about, how), "yes" if bits > 0 else "no") for about, how, bits in parts)
    return [(words, speaks) for words, speaks in told if words][:4]


@needs(Permission.DUPLICATE_VIEW)
@require_POST
def search(request: Entered) -> HttpResponse:
    """Begins a search in the background."""
    where = where_of(request.user)
    if where is None:
        raise NotAllowed
    actions.search_again(where, by=request.user, at=timezone.now())
    return redirect("duplicates:pairs")


@needs(Permission.DUPLICATE_VIEW)
def pair(request: Entered, pk: UUID) -> HttpResponse:
    """The two side by side, why they look alike, and what can be decided."""
    both = _pair(request, pk, Permission.DUPLICATE_VIEW)
    if request.method == "POST":
        return _decided(request, both)
    form = DecideForm(initial={"version": both.version}) if both.waits else _reopening(both)
    return _pair_page(request, both, form)


def _reopening(both: Pair) -> ReopenForm:
    return ReopenForm(initial={"version": both.version})


def _decided(request: Entered, both: Pair) -> HttpResponse:
    form = (DecideForm if both.waits else ReopenForm)(request.POST)
    if form.is_valid():
        try:
            actions.decide(both, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Keputusan sudah disimpan."))
            return redirect("duplicates:pairs")
    both.refresh_from_db()
    return _pair_page(request, both, form, status=REFUSED)


def _pair_page(
    request: Entered, both: Pair, form: DecideForm | ReopenForm, *, status: int = 200
) -> HttpResponse:
    return page(
        request, "duplicates/pair.html", status=status, pair=both, form=form,
        lines=side_by_side(both, timezone.localdate()), picture=waterfall(both), width=WIDTH, row=ROW,
        may_merge=request.user.can(Permission.PERSON_MERGE),
        done=both.merges.filter(undone_at=None).first(),
    )  # fmt: skip


@needs(Permission.PERSON_MERGE)
def merge(request: Entered, pk: UUID) -> HttpResponse:
    """Which record stays, what goes along, what has to be finished first."""
    both = _pair(request, pk, Permission.PERSON_MERGE)
    form = MergeForm(request.POST or None, pair=both, stays=fuller(both).pk)
    if form.is_valid():
        try:
            done = actions.merge(both, by=request.user, at=timezone.now(), **_merging(form))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kedua catatan sudah menjadi satu. Periksa apakah datanya lengkap."))
            return redirect("people:person", done.survivor_id)
    stays = fuller(both)
    goes = both.right if stays == both.left else both.left
    return page(
        request, "duplicates/merge.html", status=REFUSED if form.errors else 200, pair=both, form=form,
        counts=counts(goes, stays), obstacles=obstacles(goes, stays), goes=goes,
        lines=[line for line in side_by_side(both, timezone.localdate()) if line.differs],
        moves_keeper=both.left.organisation != both.right.organisation,
    )  # fmt: skip


def _merging(form: MergeForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "key": cleaned["once"],
        "survivor": UUID(cleaned["survivor"]),
        "version": cleaned["version"],
        "because": cleaned["because"],
    }


@needs(Permission.DUPLICATE_VIEW)
def merges(request: Entered) -> HttpResponse:
    """What was merged, the newest first."""
    found = Paginator(merges_of(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    _note(request, [person for done in found for person in (done.survivor, done.loser)])
    return page(request, "duplicates/merges.html", page=found, rows=list(found))


@needs(Permission.PERSON_MERGE)
def undo(request: Entered, pk: UUID) -> HttpResponse:
    """Two again: what was moved goes back."""
    done = look_up(
        Merge, pk, by=request.user, permission=Permission.PERSON_MERGE, related=("survivor", "loser")
    )
    form = UndoForm(request.POST or None)
    if form.is_valid():
        try:
            actions.undo(done, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penggabungan dibatalkan. Kedua catatan berdiri sendiri lagi."))
            return redirect("duplicates:pair", done.pair_id)
    return page(
        request,
        "duplicates/undo.html",
        status=REFUSED if form.errors else 200,
        done=done,
        form=form,
    )


def _pair(request: Entered, pk: UUID, permission: Permission) -> Pair:
    both = look_up(Pair, pk, by=request.user, permission=permission, related=("left", "right"))
    _note(request, list(both.people))
    return both


def _note(request: Entered, people: list[Person]) -> None:
    note_shown(people, by=request.user, permission=Permission.DUPLICATE_VIEW)
