"""Long work is asked for: it is done by the process beside the server, and goes on when the page is closed."""

from __future__ import annotations

from datetime import datetime

from simpul.access.gate import action
from simpul.access.jobs import begin
from simpul.access.models import Job, User
from simpul.access.permissions import Permission
from simpul.access.rows import current
from simpul.imports.actions.sending import NotNow, _require_open
from simpul.imports.models import Batch
from simpul.imports.stages import State

TRY, RUN, UNDO = "imports.try", "imports.run", "imports.undo"


@action(Permission.IMPORT_MAKE)
def ask_to_try(batch: Batch, /, *, by: User, at: datetime) -> Job:
    """See what the file would do; nothing is written."""
    _require_open(current(batch))
    return begin(TRY, about=batch.pk, by=by, at=at)


@action(Permission.IMPORT_MAKE)
def ask_to_run(batch: Batch, /, *, by: User, at: datetime) -> Job:
    """Load the file, all of it or nothing. Raises NotNow where it was not tried, or is loaded already."""
    held = current(batch)
    if held.state != State.TRIED:
        raise NotNow(held)
    return begin(RUN, about=batch.pk, by=by, at=at)


@action(Permission.IMPORT_MAKE)
def ask_to_undo(batch: Batch, /, *, by: User, at: datetime) -> Job:
    """Take back all that the file made."""
    held = current(batch)
    if held.state != State.DONE:
        raise NotNow(held)
    return begin(UNDO, about=batch.pk, by=by, at=at)
