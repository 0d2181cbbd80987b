"""What the pages of listings do alike: find the row, let an action act, put a mistake where it belongs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.forms import Form

from simpul.access.gate import Entered, look_up
from simpul.access.permissions import Permission
from simpul.access.refusal import Clash, Refusal
from simpul.organisations.models import Organisation
from simpul.services.models import Service
from simpul.services.queries.values import ValueWrong
from simpul.ui.doing import act

EDIT = Permission.SERVICE_EDIT


def kept_service(request: Entered, pk: UUID) -> Service:
    """A listing that this person keeps, or 404."""
    return look_up(Service, pk, by=request.user, permission=EDIT, related=("organisation",))


def kept_body(request: Entered, pk: UUID) -> Organisation:
    """A body whose listings this person keeps, or 404."""
    return look_up(Organisation, pk, by=request.user, permission=EDIT)


def has_clashed(form: Form) -> bool:
    """Whether somebody was faster: the form may then be saved once more, over what both have seen."""
    return getattr(form, "has_clashed", False)


def done(request: Entered, form: Form, perform: Any, subject: Any, **details: Any) -> Any:
    """What the action gave back; None when it refused, and the form then says why, at the field where it can."""
    try:
        return act(request, perform, subject, **details)
    except ValueWrong as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
    except Clash as clash:
        form.add_error(None, str(clash))
        form.has_clashed = True  # type: ignore[attr-defined]
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return None
