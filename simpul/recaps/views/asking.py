"""Which recap an address names, and what it asks of it."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from simpul.access.gate import Entered
from simpul.access.permissions import Permission
from simpul.organisations.queries.office import areas_of
from simpul.recaps.facts import Definition
from simpul.recaps.forms import AskedForm
from simpul.recaps.queries import RECAPS


def definition_of(code: str) -> Definition:
    """The recap of that code; 404 for none."""
    try:
        return RECAPS[code]
    except KeyError:
        raise Http404 from None


def form_of(request: Entered, definition: Definition, permission: Permission) -> AskedForm:
    return AskedForm(
        request.GET, of=definition, tops=areas_of(request.user, permission), on=timezone.localdate()
    )
