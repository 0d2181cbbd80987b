"""The file itself goes after its time; what was loaded from it stays."""

from __future__ import annotations

from datetime import datetime

from simpul.access import files
from simpul.access.gate import Machine, action
from simpul.access.models import User
from simpul.access.permissions import Permission
from simpul.access.rows import current
from simpul.imports.models import Batch


@files.leaves_no_file_behind
@action(Permission.SYSTEM_MANAGE)
def destroy_file(batch: Batch, /, *, by: User | Machine, at: datetime) -> Batch:
    """Destroy the office's file, and with it what was kept to show it; counts and the list's name stay."""
    held = current(batch)
    if held.is_there:
        files.destroy(held, at=at, by_name=str(by))
        held.picture, held.refused = _shape_only(held), None
        held.save()
    return held


def _shape_only(batch: Batch) -> dict[str, object]:
    """Of the picture only what undoing needs: no words and no examples of anybody."""
    return {"asked": (batch.picture or {}).get("asked", [])}
