"""Pages of the secretariat for schemes that it enters itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.access.gate import Entered, look_up, needs
from simpul.access.permissions import Permission
from simpul.access.reach import Where
from simpul.access.refusal import Refusal
from simpul.accreditation.actions import own_schemes as actions
from simpul.accreditation.forms.own_schemes import AcceptSchemeForm, SchemeForm, example_csv
from simpul.accreditation.models import OwnScheme
from simpul.accreditation.queries import own_schemes as queries
from simpul.catalogue.accreditation import Scheme, from_words, schemes, to_words
from simpul.ui.doing import act, pressed, pressed_on
from simpul.ui.render import file_answer, page
from simpul.ui.sheets import CSV

_MAY = Permission.ACCREDITATION_SECRETARY


@needs(_MAY)
def own_schemes(request: Entered) -> HttpResponse:
    """What the office entered, and what the catalogue still lacks."""
    rows = queries.own_schemes(request.user)
    today = timezone.localdate()
    return page(
        request,
        "accreditation/own_schemes.html",
        rows=[(one, one.is_open(today)) for one in rows],
        shipped=schemes(),
    )


@needs(_MAY)
def own_scheme(request: Entered, pk: UUID) -> HttpResponse:
    """One of them, as it was read, with what it does not say."""
    row = look_up(OwnScheme, pk, by=request.user, permission=_MAY)
    return _scheme_page(request, from_words(row.words), row=row, form=None)


@needs(_MAY)
def new(request: Entered) -> HttpResponse:
    """A spreadsheet in, a preview out; nothing is kept before it is accepted."""
    form = SchemeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.scheme is not None:
        return _scheme_page(
            request, form.scheme, row=None, form=AcceptSchemeForm.begun(to_words(form.scheme))
        )
    return page(
        request,
        "accreditation/own_scheme_new.html",
        status=422 if form.is_bound else 200,
        form=form,
        refusal="",
    )


@needs(_MAY)
def accept(request: Entered) -> HttpResponse:
    """What was previewed is kept."""
    form = AcceptSchemeForm(request.POST)
    if request.method != "POST":
        return redirect("accreditation:own-scheme-new")
    if not form.is_valid():
        return _again(request, _("Pratinjau ini tidak lengkap lagi. Unggah berkasnya sekali lagi."))
    key, words = form.cleaned_data["once"], form.cleaned_data["content"]
    try:
        made = act(
            request, actions.enter_scheme, Where(region=queries.home_of(request.user)), key=key, words=words
        )
    except Refusal as refusal:
        return _again(request, str(refusal))
    messages.success(request, _("Skema %(code)s disimpan dan dapat dipakai.") % {"code": made.code})
    return redirect("accreditation:own-scheme", made.pk)


@needs(_MAY)
@pressed_on("accreditation:own-scheme")
def close(request: Entered, pk: UUID) -> HttpResponse:
    """No longer offered."""
    row = look_up(OwnScheme, pk, by=request.user, permission=_MAY)
    words = _("Skema ini tidak ditawarkan lagi. Akreditasi yang sudah mulai tetap memakainya.")
    pressed(request, actions.close_scheme, row, words)
    return redirect("accreditation:own-scheme", row.pk)


@needs(_MAY)
def example(request: Entered) -> HttpResponse:
    """A whole example to write over."""
    return file_answer(example_csv(), CSV, "skema.csv", is_public=True)


def _again(request: Entered, refusal: str) -> HttpResponse:
    return page(request, "accreditation/own_scheme_new.html", status=422, form=SchemeForm(), refusal=refusal)


def _scheme_page(
    request: Entered, scheme: Scheme, *, row: OwnScheme | None, form: AcceptSchemeForm | None
) -> HttpResponse:
    return page(
        request,
        "accreditation/own_scheme.html",
        scheme=scheme,
        row=row,
        form=form,
        gaps=queries.gaps(scheme),
        best=queries.best_reachable(scheme),
        next_code=queries.free_code(scheme.code),
    )
