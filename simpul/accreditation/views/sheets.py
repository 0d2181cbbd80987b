"""Keeping the files that came with the items of a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from simpul.access.gate import Entered
from simpul.access.refusal import Refusal
from simpul.accreditation.forms.sheets import SheetForm
from simpul.accreditation.models import Accreditation
from simpul.ui.doing import act


def saved_files(request: Entered, form: SheetForm, perform: Any, run: Accreditation) -> None:
    """Each file by itself: one that is refused says why, and what was typed is saved already."""
    for sent in form.sent():
        details = {"key": sent.key, "item": sent.item, "title": sent.title}
        try:
            act(request, perform, run, file_name=sent.file.name or "", data=sent.file.read(), **details)
        except Refusal as refusal:
            messages.error(
                request,
                _("Berkas “%(title)s” belum tersimpan. %(why)s") % {"title": sent.title, "why": refusal},
            )
