"""What all pages that change something do alike: let an action act, say why it refused, show a form again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from simpul.access.gate import Entered
from simpul.access.refusal import Refusal
from simpul.ui.render import page

F = TypeVar("F", bound=Form)
View = Callable[..., HttpResponse]


def act(request: Entered, perform: Any, subject: Any, **details: Any) -> Any:
    """What the action gives back. It hears who asks, and the day and the moment as far as it wants to know them.

    Raises Refusal as the action does.
    """
    now = {"on": timezone.localdate(), "at": timezone.now()}
    wanted = signature(perform).parameters
    return perform(
        subject,
        by=request.user,
        **{name: value for name, value in now.items() if name in wanted},
        **details,
    )


def done(request: Entered, form: Form, perform: Any, subject: Any, **details: Any) -> Any:
    """What the action gave back; None when it refused, and the form then says why."""
    try:
        return act(request, perform, subject, **details)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def pressed(request: Entered, perform: Any, subject: Any, words: str = "", **details: Any) -> None:
    """What a button alone asks for: the next page says `words`, or why it was refused."""
    try:
        act(request, perform, subject, **details)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if words:
            messages.success(request, words)


def pressed_on(parent: str) -> Callable[[View], View]:
    """For an address that only takes what a button sends: opened otherwise, it leads to the page with the button.

    So it is after signing in again, or going back in the browser. `parent` names a page with the same key.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def pressed_only(request: Entered, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(parent, pk)
            return view(request, pk, *args, **kwargs)

        return pressed_only

    return guard


def form_page(request: Entered, template: str, form: Form, **shown: Any) -> HttpResponse:
    """The form, or the same with what was typed and what is wrong with it."""
    return page(request, template, status=422 if form.is_bound else 200, form=form, **shown)


def unjudged(form: F) -> F:
    """The form as typed, without mistakes: somebody only pressed a button to look something up."""
    told: Any = form
    told._errors = ErrorDict()
    told.cleaned_data = {}
    return form


def read_version(request: Entered) -> int:
    """The version that was read; 0, which no row has, where the page did not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
