"""A file is sent."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from simpul.access.gate import Entered, needs
from simpul.access.permissions import Permission
from simpul.access.refusal import Refusal
from simpul.imports import actions
from simpul.imports.forms import SendForm
from simpul.imports.queries.planning import looked_at
from simpul.ui.doing import act, form_page


@needs(Permission.IMPORT_MAKE)
def send(request: Entered) -> HttpResponse:
    """The file and what is asked once about the list; then its columns."""
    form = SendForm(request.POST or None, request.FILES or None, user=request.user, initial={"once": uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.sent.read()
        try:
            batch = act(
                request,
                actions.send,
                form.where,
                key=form.cleaned_data["once"],
                data=data,
                looked=looked_at(data),
                file_name=form.sent.name or "",
                about=form.about(),
            )
        except actions.SentBefore as before:
            messages.info(request, str(before))
            return redirect("imports:batch", before.batch.pk)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("imports:columns", batch.pk)
    return form_page(request, "imports/send.html", form)
